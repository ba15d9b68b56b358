"""Readers of changes: who is meant by a role or a team, how much a change matters to them, and what they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.changes.audience import Audience, audience
from handbook.cli import run
from handbook.errors import WRONG_USE, UserError
from handbook.model.handbook import Name
from tests.changes.books import (
    BASE,
    PATH,
    RELEASE,
    ROLES,
    TEAMS,
    TEMPLATE,
    TOOLS,
    Edit,
    Files,
    book,
    changes,
    drop,
    edited,
    put,
)
from tests.changes.repositories import Repository


def readers(text: str, *edits: Edit) -> Audience:
    return audience(text, book(edited(*edits)))


def levels(*edits: Edit) -> dict[str, dict[str, str]]:
    """Return by kind of change how much it matters to each role whom it concerns."""
    found = {}
    for change in changes(*edits):
        weighed = {role: readers(f"role:{role}").level(change) for role in BASE[ROLES]}
        found[change.kind] = {role: level.word for role, level in weighed.items() if level is not None}
    return found


def ask_first(files: Files) -> None:
    files[RELEASE]["steps"].insert(
        2, {"id": "security", "title": "Security review", "responsible": "security-lead"}
    )


#: what is edited -> for each kind of change the roles that it concerns, and how much it matters to them.
#: "decide" is done by the head of product, who answers for the process, and consults the QA lead
LEVELS: dict[str, tuple[Edit, dict[str, dict[str, str]]]] = {
    "evidence that is gone breaks those who relied on it": (
        drop(RELEASE, "steps", 2, "requires"),
        {"evidence-removed": {"qa-lead": "breaking", "head-of-product": "info"}},
    ),
    "evidence that is new breaks those who need it now": (
        put(RELEASE, "steps", 2, "requires", ["report", "brief"]),
        {"evidence-added": {"qa-lead": "info", "head-of-product": "breaking"}},
    ),
    "a new step breaks who does it, and is info for who answers": (
        ask_first, {"step-added": {"security-lead": "breaking", "head-of-product": "info"}},
    ),
    "a step that is gone": (
        drop(RELEASE, "steps", 0), {"step-removed": {"pm": "info", "head-of-product": "action"}},
    ),
    "who did a step and who does it now both hear of it": (
        put(RELEASE, "steps", 1, "responsible", "pm"),
        {"responsible-changed": {"pm": "breaking", "qa-lead": "breaking", "head-of-product": "info"}},
    ),
    "who is no longer asked has lost something": (
        drop(RELEASE, "steps", 2, "consulted"),
        {"consulted-removed": {"qa-lead": "breaking", "head-of-product": "info"}},
    ),
    "a process as a whole concerns everybody in it": (
        put(RELEASE, "sla", "15d"),
        {"sla-decreased": {"pm": "breaking", "qa-lead": "breaking", "head-of-product": "breaking"}},
    ),
    "a gate concerns who decides it": (
        put(TEMPLATE, "gates", 0, "criteria", ["No blocker is open", "Support is ready"]),
        {"criterion-added": {"head-of-product": "info"}},
    ),
    "a role concerns who holds it": (
        put(ROLES, "pm", "capacity", "6h"), {"capacity-added": {"pm": "info"}},
    ),
    "a path concerns the role that it is for": (
        put(PATH, "stages", 1, "items", 0, "read", "How we launch well"),
        {"action-changed": {"pm": "action"}},
    ),
    "words concern everybody a little": (
        put(RELEASE, "purpose", "Other words."),
        {"wording-changed": {"pm": "editorial", "qa-lead": "editorial", "head-of-product": "editorial"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), LEVELS.values(), ids=LEVELS)
def test_doers_and_those_who_rely_on_them_are_told_different_things(
    edit: Edit, expected: dict[str, dict[str, str]]
) -> None:
    assert levels(edit) == expected


def test_a_team_is_the_roles_in_it_and_the_records_that_it_owns() -> None:
    found = readers(
        "team:security",
        put(ROLES, "security-lead", "team", "security"),
        put(TOOLS, "chat", "owner", "security"),
    )
    assert found == Audience(
        name=Name("team", "security"),
        title="Security",
        roles=frozenset(("security-lead",)),
        owned=frozenset((Name("tool", "chat"),)),
    )


def test_a_role_is_nobody_else_and_owns_nothing() -> None:
    assert readers("role:pm") == Audience(
        name=Name("role", "pm"), title="Product manager", roles=frozenset(("pm",)), owned=frozenset()
    )


def test_names_may_be_aliases_on_both_sides() -> None:
    other = (put(TEAMS, "security", "aliases", ["sec"]), put(ROLES, "pm", "aliases", ["product-manager"]))
    assert readers("role:product-manager", *other) == readers("role:pm", *other)
    named = (*other, put(ROLES, "security-lead", "team", "sec"), put(TOOLS, "chat", "owner", "sec"))
    assert readers("team:sec", *named).roles == {"security-lead"}
    assert readers("team:security", *named).owned == {Name("tool", "chat")}


def word(text: str, edit: Edit) -> str | None:
    """How much the one change of an edit matters to readers."""
    (change,) = changes(edit)
    level = readers(text, edit).level(change)
    return level.word if level is not None else None


def test_an_owner_relies_on_what_it_owns() -> None:
    assert word("team:product-operations", drop(RELEASE, "steps", 2, "requires")) == "breaking"
    assert word("team:product-operations", ask_first) == "info"
    assert word("team:security", ask_first) is None


def test_a_team_hears_what_matters_most_to_one_of_its_roles() -> None:
    def member(files: Files) -> None:
        files[ROLES]["security-lead"]["team"] = "product-operations"

    (change,) = changes(ask_first)
    found = readers("team:product-operations", member, ask_first).level(change)
    assert found is not None
    assert found.word == "breaking"


def test_a_team_hears_of_itself() -> None:
    assert word("team:security", put(TEAMS, "security", "channel", "#security")) == "action"


WRONG = {
    "no kind": ("pm", '"pm" names no readers', "write role:product-manager or team:quality, for example"),
    "nothing": ("", '"" names no readers', "write role:product-manager or team:quality, for example"),
    "another kind": ("tool:chat", '"tool:chat" names no readers', "write role:product-manager or team:quality, for example"),
    "a slip": ("role:qa-led", 'there is no role "qa-led"; did you mean "qa-lead"?', "`handbook schema role` tells where they are"),
    "a team as a role": ("role:security", 'there is no role "security"; did you mean "security-lead"?', "`handbook schema role` tells where they are"),
    "far from all": ("team:xxxxxx", 'there is no team "xxxxxx"', "`handbook schema team` tells where they are"),
    "no id": ("team:", 'there is no team ""', "`handbook schema team` tells where they are"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message", "hint"), WRONG.values(), ids=WRONG)
def test_readers_that_are_not_there_are_said(text: str, message: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        readers(text)
    assert (caught.value.message, caught.value.hint, caught.value.code) == (message, hint, WRONG_USE)


def test_a_role_that_cannot_be_read_is_not_said_to_be_missing() -> None:
    with pytest.raises(UserError) as caught:
        readers("role:pm", put(ROLES, "pm", "title", ""))
    assert caught.value.message == 'the role "pm" cannot be read'


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE, tag="v1")
    repository.commit("Ask Security first\n\nWhy: The audit.", edited(ask_first), tag="v2")
    more = (ask_first, drop(RELEASE, "steps", 3, "requires"), put(ROLES, "pm", "capacity", "6h"))
    repository.commit("Decide on less (#7)", edited(*more), tag="v3")
    return repository


def told(made: Repository, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["notes", "--root", str(made.root), *arguments]) == 0
    return capsys.readouterr().out


def test_a_role_reads_what_it_has_to_do(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(made, capsys, "v1..v3", "--for", "role:security-lead")
    assert text.startswith(
        """\
# What changed for Security lead from v1 to v3 (7 October 2026)

1 change to act on, from 2 commits in 1 pull request.

## What you must do differently

### Launch management (process)

- “Security review” is now required before “Go or stop?”; responsible: Security lead.
- *Why: The audit.*
"""
    )
    assert "evidence" not in text
    assert "Product manager" not in text


def test_who_relies_on_a_step_reads_of_the_loss_first(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(made, capsys, "v1..v3", "--for", "role:qa-lead")
    assert "1 change to act on, from" in text
    assert "- “Go or stop?” no longer needs Test report as evidence.\n" in text
    doer = told(made, capsys, "v1..v3", "--for", "role:head-of-product")
    assert "2 changes worth knowing, from" in doer
    assert "## What you must do differently" not in doer


def test_nothing_changed_for_some(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(made, capsys, "v1..v2", "--for", "role:pm") == (
        "# What changed for Product manager from v1 to v2 (6 October 2026)\n\n"
        "Nothing changed for Product manager, in 1 commit.\n"
    )
    made.commit("Clearer", edited(ask_first, put(RELEASE, "purpose", "Other words.")), tag="v4")
    assert told(made, capsys, "v2..v4", "--for", "role:qa-lead").endswith(
        "\n\nNothing changed for QA lead, in 2 commits in 1 pull request.\n"
    )


def test_an_empty_range_says_so_to_everybody(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(made, capsys, "v1..v1", "--for", "role:pm") == (
        "# What changed for Product manager from v1 to v1\n\nNothing changed: there is no commit in this range.\n"
    )


def test_the_first_notes_list_what_concerns_the_readers(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.git("tag", "--delete", "v1", "v2", "v3")
    made.git("reset", "--quiet", "--hard", "HEAD~2")
    text = told(made, capsys, "--for", "role:security-lead")
    assert text.endswith(
        "1 record concerns Security lead, from 1 commit.\n\n- **Roles** (1): Security lead\n"
    )
    text = told(made, capsys, "--for", "role:qa-lead")
    assert "records concern QA lead, from 1 commit.\n\n- **Processes** (1): Launch management\n" in text
    assert "1 record concerns Security, from" in told(made, capsys, "--for", "team:security")


def test_readers_that_are_named_by_nothing_are_a_mistake(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    # as in a workflow in which the variable is not set: notes for everybody would be another thing
    assert run(["notes", "--root", str(made.root), "--for", ""]) == WRONG_USE
    assert capsys.readouterr().err.startswith('handbook: "" names no readers\n')


def test_a_role_that_was_removed_in_the_range_still_reads_of_it(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("Nobody tests", edited(put(RELEASE, "steps", 1, "responsible", "pm"), drop(ROLES, "qa-lead")))
    text = told(made, capsys, "v1..HEAD", "--for", "role:qa-lead")
    assert text.startswith("# What changed for QA lead from v1 to")
    assert "for “Test it” instead of QA lead." in text
    assert "- Role QA lead is gone." in text
