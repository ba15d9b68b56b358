"""Reviews: what may not be true any more, what a reviewer is shown, and what is noted afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.cli import run
from tests.changes.books import BASE, PATH, RELEASE, ROLES, TEMPLATE, Edit, Files, edited, put
from tests.changes.repositories import Repository

WHY = "\n\nWhy: Two launches went wrong."
#: the days of the commits of these histories are 5 October 2026 and those after it
REVIEWED = "2026-10-05"


def reviewed(files: Files) -> None:
    files[TEMPLATE] |= {"reviewed": REVIEWED, "review_every": "6mo", "process": "launch-management"}


def with_step(files: Files) -> None:
    files[RELEASE]["steps"].insert(2, {"id": "a", "title": "Ask security", "responsible": "security-lead"})


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", edited(reviewed))
    monkeypatch.chdir(repository.folder)
    return repository


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int, str]]:
    """The findings of the rules on history: path, line and message."""
    capsys.readouterr()
    run(["check", "--format", "json", "--today", "2026-10-20", *arguments])
    rules = ("suspect-record", "stamped-reviews", "unexplained-change")
    found = json.loads(capsys.readouterr().out)["findings"]
    return [(each["path"], each["line"], each["message"]) for each in found if each["rule"] in rules]


def line(made: Repository, path: str, text: str) -> int:
    return next(n for n, each in enumerate((made.root / path).read_text().splitlines(), 1) if text in each)


def test_a_record_is_suspect_when_what_it_relies_on_changed_after_its_review(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert findings(capsys, "--history") == []
    made.commit(f"Ask security{WHY}", edited(reviewed, with_step))
    said = (
        'since the last review, "launch-management" changed on 2026-10-06 '
        "(“Ask security” is now required before “Go or stop?”; responsible: Security lead)"
    )
    assert findings(capsys, "--history") == [(TEMPLATE, line(made, TEMPLATE, '"reviewed"'), said)]
    assert findings(capsys) == []  # the history is looked at only where somebody asks for it
    made.commit("Reviewed", edited(reviewed, with_step, put(TEMPLATE, "reviewed", "2026-10-06")))
    assert findings(capsys, "--history") == []


NOT_SUSPECT: dict[str, list[Edit]] = {
    "wording": [put(RELEASE, "purpose", "Nobody is surprised.")],
    "worth knowing": [put(RELEASE, "volume", {"per": "year", "count": 2})],
    "a role": [put(ROLES, "pm", "backup", "qa-lead")],
    "a record that names it": [put(PATH, "acknowledge", [])],
}


@pytest.mark.parametrize("edits", NOT_SUSPECT.values(), ids=list(NOT_SUSPECT))
def test_what_asks_nothing_of_anybody_makes_nothing_suspect(
    made: Repository, capsys: pytest.CaptureFixture[str], edits: list[Edit]
) -> None:
    made.commit("Edit", edited(reviewed, *edits))
    assert findings(capsys, "--history") == []


def test_a_breaking_change_without_a_reason_is_found_where_it_is(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("Ask security", edited(reviewed, with_step))
    expected = (
        RELEASE,
        line(made, RELEASE, '"Ask security"') - 2,
        "“Ask security” is now required before “Go or stop?” in Launch management; responsible: Security lead, and nothing says why",
    )
    assert findings(capsys, "--since", "HEAD~1") == [expected]
    made.git("commit", "--quiet", "--amend", "--message", f"Ask security{WHY}")
    assert findings(capsys, "--since", "HEAD~1") == []


def many(day: str) -> dict[str, object]:
    role = {"title": "Role", "summary": "A role."}
    roles = {f"role-{number}": {**role, "reviewed": day} for number in range(12)}
    return {**BASE, ROLES: {**BASE[ROLES], **roles}}


@pytest.mark.parametrize("asked", [("--history",), ("--since", "HEAD~1")], ids=["all", "stretch"])
def test_a_commit_that_stamps_many_reviews_is_found(
    made: Repository, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...]
) -> None:
    made.commit("Roles", many("2026-10-05"))
    sha = made.commit("Reviewed", many("2026-10-07"))
    (found,) = findings(capsys, *asked)
    assert found[0] == ROLES
    assert found[2] == (
        f"commit {sha[:7]} of 2026-10-07 moved the review dates of 12 records, and changed nothing else"
    )


def test_a_waiver_for_what_is_rarely_looked_for_is_never_called_unused(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (made.root / TEMPLATE).read_text()
    (made.root / TEMPLATE).write_text(f"# handbook: allow-file suspect-record (it is an example)\n{text}")
    run(["check", "--all", "--format", "json", "--today", "2026-10-20"])
    assert "unused-waiver" not in capsys.readouterr().out
    made.commit("Ask security", edited(with_step))
    assert findings(capsys, "--history") == []


def test_the_list_of_reviews_has_what_is_due_and_what_is_suspect(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "--today", "2026-10-20"]) == 0
    assert capsys.readouterr().out.startswith("Nothing has to be reviewed")
    made.commit("Ask security", edited(reviewed, with_step))
    assert run(["review", "--today", "2027-04-06"]) == 0
    assert capsys.readouterr().out == (
        "1 record to review:\n\n"
        "Tier 1 launch (launch template, product-operations): due since 5 April 2027; "
        "Launch management changed since the last review\n"
        "  handbook review tier-1\n"
    )


def test_a_review_shows_what_changed_and_notes_the_day(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    sha = made.commit(f"Ask security{WHY}", edited(reviewed, with_step))
    assert run(["review", "tier-1", "--done", "--today", "2026-10-20"]) == 0
    assert capsys.readouterr().out == (
        f"Tier 1 launch (launch template, version 1.0), in {TEMPLATE}\n"
        "It was last reviewed on 5 October 2026, and is to be reviewed every 6 months.\n\n"
        "It relies on Launch management (process), which changed since then:\n"
        f"  2.0 on 6 October 2026 ({sha[:7]})\n"
        "    - “Ask security” is now required before “Go or stop?”; responsible: Security lead.\n"
        "    Why: Two launches went wrong.\n"
    )
    changed = [each for each in made.git("diff", "--unified=0").splitlines() if each[:2] in ("+ ", "- ")]
    assert changed == ['- "reviewed": "2026-10-05",', '+ "reviewed": "2026-10-20",']
    assert run(["review", "tier-1", "--done", "--today", "2026-10-20"]) == 0
    assert "says so already" in capsys.readouterr().err


def test_a_record_that_was_never_reviewed_gets_its_first_day(made: Repository) -> None:
    assert run(["review", "process:launch-management", "--done", "--today", "2026-10-20"]) == 0
    assert json.loads((made.root / RELEASE).read_text())["reviewed"] == "2026-10-20"


WRONG = {
    "unknown": (["review", "tier-11"], 'there is no record "tier-11"; did you mean "tier-1"?'),
    "nothing named": (["review", "--done"], "--done is about one record"),
    "shallow": (["check", "--since", "HEAD~9"], 'there is no revision "HEAD~9"'),
}


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=list(WRONG))
def test_wrong_use_is_said(
    made: Repository, capsys: pytest.CaptureFixture[str], call: list[str], message: str
) -> None:
    assert run(call) == 2
    assert capsys.readouterr().err.startswith(f"handbook: {message}")


def test_an_id_of_several_kinds_asks_for_the_kind(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("Same", edited(reviewed, lambda files: files[ROLES].update({"tier-1": files[ROLES]["pm"]})))
    assert run(["review", "tier-1"]) == 2
    assert "write role:tier-1 or launch-template:tier-1" in capsys.readouterr().err.replace(
        "launch-template:tier-1 or role:tier-1", "role:tier-1 or launch-template:tier-1"
    )
