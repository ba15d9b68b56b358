"""`handbook diff`: what a proposal means, in real repositories, from the branch that it leaves to what is on disk."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path

import pytest

from handbook.cli import run
from handbook.errors import CLEAN, COULD_NOT_RUN, WRONG_USE
from tests.changes.books import (
    BASE,
    LAUNCH,
    PATH,
    RELEASE,
    ROLES,
    TEAMS,
    TEMPLATE,
    Edit,
    Files,
    drop,
    edited,
    put,
)
from tests.changes.repositories import Repository

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE)
    repository.git("checkout", "--quiet", "-b", "proposal")
    return repository


def ask_first(files: Files) -> None:
    step = {"id": "security", "title": "Security review", "responsible": "security-lead", "duration": "2d"}
    files[RELEASE]["steps"].insert(2, copy.deepcopy(step))


REWORDED = put(RELEASE, "purpose", "Other words.")
TIER = put(TEMPLATE, "tier", 2)


def diff(made: Repository, capsys: Printed, *arguments: str) -> str:
    """Run the command and return what it prints."""
    assert run(["diff", "--root", str(made.root), *arguments]) == CLEAN
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(made: Repository, capsys: Printed, *arguments: str) -> tuple[int, str]:
    """Run the command, which cannot do it, and return its exit status and what it says."""
    status = run(["diff", "--root", str(made.root), *arguments])
    out, err = capsys.readouterr()
    assert out == ""
    return status, err


def kinds(made: Repository, capsys: Printed, *arguments: str) -> list[str]:
    """Return the kinds of what a proposal changes."""
    data = json.loads(diff(made, capsys, *arguments, "--format", "json"))
    return [change["kind"] for change in data["changes"]]


def summary(made: Repository, capsys: Printed, *arguments: str) -> str:
    found: str = json.loads(diff(made, capsys, *arguments, "--format", "json"))["summary"]
    return found


def test_a_proposal_is_told_to_those_who_have_to_agree(made: Repository, capsys: Printed) -> None:
    made.commit("Ask Security first", edited(ask_first, put(TEMPLATE, "process", "launch-management")))
    sha = made.git("rev-parse", "--short=7", "HEAD")
    assert (
        diff(made, capsys, "--format", "markdown").replace("&#43;", "+").replace("&#58;", ":")
        == f"""\
# What this proposal means

2 changes to act on. Launch management: lead time +2 working days. 1 launch under way must follow: Shared dashboards.

## What you must do differently

### Launch management (process)

- “Security review” is now required before “Go or stop?”; responsible: Security lead.

From {sha}.

### Tier 1 launch (launch template)

- Tier 1 launch now follows Launch management.

From {sha}.

## What follows from it

| Figure | Before | After | Difference |
| --- | --- | --- | --- |
| Launch management: lead time | 2 working days | 4 working days | +2 working days |
| Launch management: steps | 4 steps | 5 steps | +1 step |
| Launch management: handovers between roles | 3 handovers | 4 handovers | +1 handover |

## Launches under way

- **Shared dashboards** (must follow): it has not come to this yet: “Security review” is now required before “Go or stop?” in Launch management; responsible: Security lead; Tier 1 launch now follows Launch management.

## Whom it concerns

| Role | Has to act on |
| --- | --- |
| Security lead | 1 change |
| Product manager | 1 change |

## Onboarding paths that lead to it

Who follows one of them has to hear of it: Product manager path.

## Who should look at it

- **Product operations** (team): owns Launch management and Tier 1 launch.

## Before it is merged

Say why, in a line that begins with “Why:” in the description or in a commit: {NOT_EXPLAINED}
"""
    )


def test_what_is_on_disk_counts_whether_git_knows_it_or_not(made: Repository, capsys: Printed) -> None:
    made.write(edited(TIER))
    assert kinds(made, capsys) == ["tier-changed"]
    made.git("add", "--all")
    assert kinds(made, capsys) == ["tier-changed"]
    made.write(
        {"processes/release/hotfix.yaml": {**BASE[RELEASE], "title": "Hotfix"}, "docs/new.md": "# New"}
    )
    data = json.loads(diff(made, capsys, "--format", "json"))
    assert [change["kind"] for change in data["changes"]] == ["process-added", "tier-changed"]
    assert data["pages"] == ["docs/new.md"]
    assert (data["commits"], data["to"]) == ([], "your working copy")


def test_a_record_that_is_deleted_on_disk_is_gone(made: Repository, capsys: Printed) -> None:
    (made.root / PATH).unlink()
    assert kinds(made, capsys) == ["onboarding-path-removed"]


def test_what_others_did_on_the_main_branch_is_not_part_of_a_proposal(
    made: Repository, capsys: Printed
) -> None:
    made.commit("Ask Security first", edited(ask_first))
    made.git("checkout", "--quiet", "main")
    made.commit("Another tier", edited(TIER))
    made.git("checkout", "--quiet", "proposal")
    assert kinds(made, capsys) == kinds(made, capsys, "main") == ["step-added"]
    made.git("merge", "--quiet", "--no-edit", "main")
    assert kinds(made, capsys) == ["step-added"]


def remote(made: Repository, branch: str = "main") -> None:
    """Let the repository be a clone of another one, of which a branch is the main one."""
    sha = made.git("rev-parse", "main")
    made.git("update-ref", f"refs/remotes/origin/{branch}", sha)


def test_the_base_is_the_main_branch_of_origin(made: Repository, capsys: Printed) -> None:
    remote(made, "trunk")
    remote(made)
    made.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    made.commit("Ask Security first", edited(ask_first))
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.git("update-ref", "refs/heads/main", "HEAD")
    assert kinds(made, capsys) == ["step-added"]
    assert kinds(made, capsys, "origin/main") == []


def test_the_base_is_main_of_origin_where_origin_does_not_say(made: Repository, capsys: Printed) -> None:
    remote(made)
    made.commit("Ask Security first", edited(ask_first))
    made.git("update-ref", "refs/heads/main", "HEAD")
    assert kinds(made, capsys) == ["step-added"]


def test_the_base_is_main_where_there_is_no_origin(made: Repository, capsys: Printed) -> None:
    made.commit("Ask Security first", edited(ask_first))
    assert kinds(made, capsys) == ["step-added"]


def test_the_base_is_what_is_checked_out_where_nothing_else_is_known(
    made: Repository, capsys: Printed
) -> None:
    made.git("branch", "--move", "main", "somewhere")
    made.commit("Ask Security first", edited(ask_first))
    assert kinds(made, capsys) == []
    made.write(edited(ask_first, TIER))
    assert kinds(made, capsys) == ["tier-changed"]


def test_the_base_is_still_found_where_origin_points_nowhere(made: Repository, capsys: Printed) -> None:
    made.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    made.commit("Ask Security first", edited(ask_first))
    assert kinds(made, capsys) == ["step-added"]


def test_a_handbook_in_a_folder_of_a_repository_is_compared_with_itself(
    tmp_path: Path, capsys: Printed
) -> None:
    made = Repository(tmp_path / "repository", handbook="company/handbook")
    made.commit("The handbook", {**BASE, "docs/a.md": "# A"})
    made.write(edited(TIER))
    (made.folder / "other.md").write_text("# Not of the handbook", encoding="utf-8")
    data = json.loads(diff(made, capsys, "--format", "json"))
    assert [change["kind"] for change in data["changes"]] == ["tier-changed"]
    assert data["pages"] == []


def test_a_page_with_an_odd_name_has_not_changed(made: Repository, capsys: Printed) -> None:
    folder = bytes(made.root) + b"/docs"
    Path(folder.decode()).mkdir()
    Path((folder + b"/caf\xe9.md").decode(errors="surrogateescape")).write_text("# A", encoding="utf-8")
    made.commit("Pages")
    made.git("update-ref", "refs/heads/main", "HEAD")
    assert json.loads(diff(made, capsys, "--format", "json"))["pages"] == []


NOT_EXPLAINED = (
    "Launch management (process) changes what people have to do, and nobody is told for what reason."
)


def described(made: Repository, text: str) -> list[str]:
    """Write a description beside the repository and return the arguments that name it."""
    path = made.folder.parent / "description.md"
    path.write_bytes(text.encode())
    return ["--description", str(path)]


def test_a_breaking_change_without_a_reason_is_named(made: Repository, capsys: Printed) -> None:
    made.commit("Ask Security first", edited(ask_first))
    assert NOT_EXPLAINED in " ".join(diff(made, capsys).split())


def test_a_reason_may_stand_in_a_commit(made: Repository, capsys: Printed) -> None:
    made.commit("Ask Security first\n\nWhy: The audit asked for it.", edited(ask_first))
    text = diff(made, capsys)
    assert "Before it is merged" not in text
    assert "\n  * Why: The audit asked for it.\n" in text


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_reason_may_stand_in_the_description(made: Repository, capsys: Printed, end: str) -> None:
    made.write(edited(ask_first))
    lines = [
        "What changes, and for whom?",
        "",
        "Security looks first.",
        "",
        "Why: The audit asked for it.",
        "Effective: 2027-01-04",
        "",
    ]
    text = diff(made, capsys, *described(made, end.join(lines)), "--format", "markdown")
    assert "\n## Why\n\nThe audit asked for it.\n\n## From when\n\n2027-01-04\n\n## What you must do" in text
    assert "Before it is merged" not in text


@pytest.mark.parametrize(
    "text", ["", "Security looks first.", "Why:\nEffective:", "Effective: 2027-01-04", "Whyever: not"]
)
def test_a_description_without_a_reason_explains_nothing(
    made: Repository, capsys: Printed, text: str
) -> None:
    made.write(edited(ask_first))
    assert NOT_EXPLAINED in " ".join(diff(made, capsys, *described(made, text)).split())


def test_what_breaks_nothing_needs_no_reason(made: Repository, capsys: Printed) -> None:
    made.write(edited(put(ROLES, "pm", "capacity", "6h"), TIER))
    assert "Before it is merged" not in diff(made, capsys)


def test_nothing_changes(made: Repository, capsys: Printed) -> None:
    assert diff(made, capsys) == "What this proposal means\n========================\n\nNothing changes.\n"


def test_only_words_change(made: Repository, capsys: Printed) -> None:
    page = "# A\n\nHow it is {} here.\n"
    made.git("checkout", "--quiet", "main")
    made.commit("A page", {"docs/a.md": page.format("done")})
    made.git("checkout", "--quiet", "-B", "proposal")
    made.write({**edited(REWORDED), "docs/a.md": page.format("always done")})
    assert (
        diff(made, capsys)
        == """\
What this proposal means
========================

Only words change: nobody has to do anything differently.

Who should look at it
---------------------

  * Product operations (team): owns Launch management.

Wording
-------

Reworded or tidied up, with the same meaning: Launch management and 1 page.
"""
    )


def test_pages_are_told_too(made: Repository, capsys: Printed) -> None:
    page = (
        "---\ntitle: Writing a brief\nsummary: What belongs in it.\n---\n\n# Writing a brief\n\nOne page.\n"
    )
    made.write({"docs/brief.md": page})
    text = diff(made, capsys, "--format", "markdown")
    assert "\n\n1 new page.\n\n## New\n\n- **Writing a brief** (new page): What belongs in it.\n" in text
    made.commit("A page")
    made.git("update-ref", "refs/heads/main", "HEAD")
    made.write({"docs/brief.md": f"{page}\n## Length\n\nAt most 300 words.\n"})
    text = diff(made, capsys, "--format", "markdown")
    assert "\n\n1 changed page.\n\n## Worth knowing\n\n### Writing a brief (page)\n" in text


SUMMARIES: dict[str, tuple[tuple[Edit, ...], str]] = {
    "one to act on": ((TIER,), "1 change to act on. 1 launch under way must follow: Shared dashboards."),
    "worth knowing": ((put(ROLES, "pm", "capacity", "6h"),), "1 change worth knowing."),
    "both": (
        (drop(RELEASE, "steps", 3, "checklist"), put(ROLES, "pm", "capacity", "6h"), put(TEAMS, "security", "mail", "s@example.com")),
        "2 changes to act on and 1 change worth knowing.",
    ),
    "something new": ((lambda files: files.__setitem__("processes/release/hotfix.yaml", {**BASE[RELEASE], "title": "Hotfix"}),), "1 new record."),
    "past all launches": ((TIER, put(LAUNCH, "status", "launched")), "1 change to act on and 1 change worth knowing."),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), SUMMARIES.values(), ids=SUMMARIES)
def test_the_summary_says_what_matters(
    made: Repository, capsys: Printed, edits: tuple[Edit, ...], expected: str
) -> None:
    made.write(edited(*edits))
    assert summary(made, capsys) == expected


def test_what_cannot_be_read_is_said_and_not_taken_for_unchanged(made: Repository, capsys: Printed) -> None:
    made.write({RELEASE: "title: [\n"})
    text = diff(made, capsys)
    assert "\nNothing changes. Not everything could be compared.\n" in text
    assert "\n  * Launch management (at your working copy): " in text
    made.write({**edited(TIER), RELEASE: "title: [\n"})
    assert summary(made, capsys).endswith(" Not everything could be compared.")


def test_settings_that_are_broken_are_said(made: Repository, capsys: Printed) -> None:
    made.write({"handbook.toml": "[handbook\n"})
    assert run(["diff", "--root", str(made.root)]) == CLEAN
    out, err = capsys.readouterr()
    assert "\n  * handbook.toml (at your working copy): " in out
    assert err.startswith("handbook: handbook.toml:1:10 is left out: this is not valid TOML")


def test_a_long_list_of_roles_ends_with_how_many_more(made: Repository, capsys: Printed) -> None:
    def crowd(files: Files) -> None:
        for number in range(20):
            files[ROLES][f"r{number:02}"] = {"title": f"Role {number:02}", "summary": "One of many."}
            files[RELEASE]["steps"].append(
                {"id": f"s{number}", "title": f"Step {number}", "responsible": f"r{number:02}"}
            )

    made.write(edited(crowd))
    text = diff(made, capsys)
    assert "\n  * Role 11: 1 change\n  * 8 more roles\n" in text


def test_the_result_can_be_a_file(made: Repository, tmp_path: Path, capsys: Printed) -> None:
    path = tmp_path / "build" / "comment.md"
    assert run(["diff", "--root", str(made.root), "--format", "markdown", "--out", str(path)]) == CLEAN
    assert capsys.readouterr() == ("", f"Written: what the proposal means is in {path}\n")
    assert path.read_text(encoding="utf-8") == "# What this proposal means\n\nNothing changes.\n"


DEEPEN = "  = help: fetch the rest with `git fetch --unshallow --tags`; in a workflow, check out with `fetch-depth: 0`\n"


def test_a_base_that_is_not_there_is_said(made: Repository, capsys: Printed) -> None:
    assert refused(made, capsys, "mian") == (
        WRONG_USE,
        'handbook: there is no revision "mian"; did you mean "main"?\n  = help: name a tag, a branch or the id of a commit\n',
    )
    assert refused(made, capsys, "") == (
        WRONG_USE,
        'handbook: there is no revision ""\n  = help: name a tag, a branch or the id of a commit\n',
    )


def test_a_base_of_another_history_is_said(made: Repository, capsys: Printed) -> None:
    made.git("checkout", "--quiet", "--orphan", "other")
    made.commit("Another beginning")
    made.git("checkout", "--quiet", "proposal")
    assert refused(made, capsys, "other") == (
        WRONG_USE,
        'handbook: what is checked out and "other" have no commit in common\n  = help: name a revision that it comes from\n',
    )


def cloned(made: Repository, tmp_path: Path, *branches: str, depth: int) -> Repository:
    """Return a shallow clone with some branches."""
    clone = Repository(tmp_path / "clone")
    specs = [f"{branch}:refs/remotes/origin/{branch}" for branch in branches]
    clone.git("fetch", "--quiet", f"--depth={depth}", f"file://{made.folder}", *specs)
    clone.git("checkout", "--quiet", "--detach", f"refs/remotes/origin/{branches[0]}")
    return clone


def test_a_clone_that_is_too_shallow_for_the_parting_is_said(
    made: Repository, tmp_path: Path, capsys: Printed
) -> None:
    made.commit("Ask Security first", edited(ask_first))
    made.git("checkout", "--quiet", "main")
    made.commit("Another tier", edited(TIER))
    clone = cloned(made, tmp_path, "proposal", "main", depth=1)
    assert refused(clone, capsys) == (
        COULD_NOT_RUN,
        f'handbook: what is checked out and "origin/main" have no commit in common in this shallow clone\n{DEEPEN}',
    )
    clone.git("fetch", "--quiet", "--unshallow", f"file://{made.folder}")
    assert kinds(clone, capsys) == ["step-added"]


def test_a_shallow_clone_without_the_base_is_said(made: Repository, tmp_path: Path, capsys: Printed) -> None:
    made.commit("Ask Security first", edited(ask_first))
    clone = cloned(made, tmp_path, "proposal", depth=1)
    status, said = refused(clone, capsys, "origin/main")
    assert status == WRONG_USE
    assert said.startswith('handbook: there is no revision "origin/main"')
    assert "this is a shallow clone, so it may lack it" in said


def test_a_shallow_clone_that_holds_the_parting_is_enough(
    made: Repository, tmp_path: Path, capsys: Printed
) -> None:
    made.commit("Ask Security first", edited(ask_first))
    clone = cloned(made, tmp_path, "proposal", "main", depth=2)
    assert kinds(clone, capsys) == ["step-added"]


def test_without_a_repository_or_a_commit_nothing_can_be_compared(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "processes").mkdir()
    (tmp_path / "handbook.toml").write_text("")
    assert run(["diff", "--root", str(tmp_path)]) == COULD_NOT_RUN
    assert capsys.readouterr().err.startswith(f"handbook: {tmp_path} is not in a git repository\n")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert run(["diff", "--root", str(tmp_path)]) == COULD_NOT_RUN
    assert capsys.readouterr().err.startswith("handbook: there is no commit yet\n")


def test_a_description_that_cannot_be_read_is_said(made: Repository, capsys: Printed) -> None:
    path = made.folder / "none.md"
    assert refused(made, capsys, "--description", str(path)) == (
        WRONG_USE,
        f"handbook: {path} cannot be read: No such file or directory\n  = help: name the file that holds the description\n",
    )
    assert refused(made, capsys, "--description", str(made.folder))[0] == WRONG_USE


SECURITY_STEP = """\
  - id: security
    title: Review the security of the change
    responsible: security-lead
    needs: [build]
    effort: 6h
    duration: 2d..4d
    outputs: [security-review]

"""


@pytest.fixture
def copied(tmp_path: Path, root: Path) -> Repository:
    """A copy of this repository's handbook, in which the launch process asks for a security review."""
    made = Repository(tmp_path / "copy")
    files = {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for folder in ("processes", "docs")
        for path in (root / folder).rglob("*")
        if path.suffix in (".yaml", ".md")
    }
    made.commit(
        "The handbook", {**files, "handbook.toml": (root / "handbook.toml").read_text(encoding="utf-8")}
    )
    made.git("checkout", "--quiet", "-b", "security-review")
    path = "processes/release/launch-management.yaml"
    before = "  - id: qualify\n    title: Qualify the release\n    responsible: qa-lead\n    needs: [build]\n"
    assert before in files[path]
    after = SECURITY_STEP + before.replace("[build]", "[security]")
    made.commit("Review the security of each launch", {path: files[path].replace(before, after)})
    return made


def test_a_required_security_review_means_this_for_our_own_handbook(
    copied: Repository, capsys: Printed
) -> None:
    """The lead time, by hand, in working days for the quick and the slow case.

    The way that decides is brief, tier, plan, build, qualify, go, launch, retrospective and review:
    1+1+1+4+5+2+1+2+5 = 22 to 3+1+3+38+10+5+5+5+15 = 85. The way by message and enable is 1+1+1+4+2+2+1+2+5 = 19 to
    3+1+3+30+10+5+5+5+15 = 77. The review comes between build and qualify, so it adds all of its 2 to 4 days:
    24 to 89.

    The work: the tier lets 0.8 of the launches go on, so a review of 6 hours is 4.8 hours in an average run. Nine
    launches a quarter are 36/52 in a week: 36/52 · 4.8 = 3.32 hours of the security lead, who has 1.8 from other processes.
    """
    sha = copied.git("rev-parse", "--short=7", "HEAD")
    text = diff(copied, capsys)
    assert text.startswith("""\
What this proposal means
========================

1 change to act on. Launch management: lead time +2 to +4 working days. 1
launch under way must follow: Shared dashboards.

What you must do differently
----------------------------

Launch management (process)
  * “Review the security of the change” is now required before “Qualify the
    release”; responsible: Security lead.
""")
    said = " ".join(text.split())
    for part in (
        f"From {sha}",
        "Launch management: lead time: before 22 to 85 working days, after 24 to 89 working days, difference +2 to +4 working days",
        "difference +4.8 hours",
        "Security lead: work in a week: before 1.8 hours, after 5.1 hours, difference +3.3 hours",
        "Shared dashboards (must follow): it has not come to this yet: “Review the security of the change” is now required",
        "Whom it concerns ---------------- * Security lead: 1 change",
        "Who follows one of them has to hear of it: Everyone, New manager, Product designer, Product manager,"
        " Product marketing manager, Product operations analyst, Software engineer and Support specialist.",
        "Product operations (@example/product-operations): owns Launch management.",
        NOT_EXPLAINED,
    ):
        assert part in said


def test_the_page_on_proposals_shows_what_the_command_prints(
    copied: Repository, root: Path, capsys: Printed
) -> None:
    page = (root / "docs/how-to/see-what-a-proposal-means.md").read_text(encoding="utf-8")
    step, shown = (
        page.partition(f"```{kind}")[2].partition("\n")[2].partition("```")[0] for kind in ("yaml", "text")
    )
    assert step == SECURITY_STEP.rstrip("\n") + "\n"
    sha = copied.git("rev-parse", "--short=7", "HEAD")
    assert shown == diff(copied, capsys).replace(sha, "b43b70f")
