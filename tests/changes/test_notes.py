"""Release notes: what people read, from real histories."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handbook.changes.formats.markdown import render, safe
from handbook.changes.history import history
from handbook.changes.notes import notes
from handbook.cli import run
from handbook.git.repository import open_repository
from tests.changes.books import BASE, PATH, RELEASE, ROLES, TEMPLATE, Files, edited, put
from tests.changes.repositories import Repository

ADDRESS = "https://github.com/example/handbook"
SECURITY = {"id": "security", "title": "Security review", "responsible": "security-lead"}


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE, tag="v1")
    return repository


def written(made: Repository, before: str | None, after: str = "HEAD", address: str = "") -> str:
    return render(notes(history(open_repository(str(made.root)), before, after), "Our handbook", address))


def with_review(files: Files) -> None:
    files[RELEASE]["steps"].insert(2, copy.deepcopy(SECURITY))


def test_notes_say_what_to_do_differently_why_and_where_it_comes_from(made: Repository) -> None:
    first = made.commit(
        "Ask Security first (#12)\n\nWhy: The audit of May asked for it.\nEffective: 2027-01-01",
        edited(with_review),
    )
    more = put(ROLES, "pm", "capacity", "6h")
    second = made.commit("More time", edited(with_review, more))
    hotfix = {**BASE[RELEASE], "title": "Hotfix", "summary": "Repair it at once."}
    rest = put(PATH, "summary", "From day one on.")
    last = made.commit(
        "Hotfix",
        {**edited(with_review, more, rest), "processes/release/hotfix.yaml": hotfix, "docs/a.md": "# A"},
    )
    assert (
        written(made, "v1", address=ADDRESS)
        == f"""\
# What changed from v1 to {last[:7]}, not released yet (8 October 2026)

1 change to act on, 1 change worth knowing, 1 new record and 1 new page, from 3 commits in 1 pull request.

## What you must do differently

### Launch management (process)

- “Security review” is now required before “Go or stop?”; responsible: Security lead.
- *Why: The audit of May asked for it.*
- *Effective: 2027-01-01*

From [&#35;12]({ADDRESS}/pull/12) and [{first[:7]}]({ADDRESS}/commit/{first}).

## Worth knowing

### Product manager (role)

- Product manager has 6 hours a week for process work.

From [{second[:7]}]({ADDRESS}/commit/{second}).

## New

- **Hotfix** (process): Repair it at once. From [{last[:7]}]({ADDRESS}/commit/{last}).
- **A** (new page): There is no text yet. From [{last[:7]}]({ADDRESS}/commit/{last}).

## Wording

Reworded or tidied up, with the same meaning: Product manager path.

Thanks to Test Person.
""".replace("&#35;", "#")
    )


def test_without_an_address_commits_are_only_named(made: Repository) -> None:
    sha = made.commit("Ask Security first (#12)", edited(with_review))
    assert f"\nFrom #12 and {sha[:7]}.\n" in written(made, "v1")


def test_a_merge_gives_its_pull_request_to_the_commits_that_it_brings(made: Repository) -> None:
    made.git("checkout", "--quiet", "-b", "review")
    sha = made.commit("wip", edited(with_review))
    made.git("checkout", "--quiet", "main")
    made.commit("Unrelated (#8)", {"docs/a.md": "# A"})
    made.git(
        "merge",
        "--quiet",
        "--no-ff",
        "review",
        "--message",
        "Merge pull request #9 from us/review\n\nAsk Security first",
    )
    assert f"\nFrom #9 and {sha[:7]}.\n" in written(made, "v1")


def test_what_is_undone_inside_the_range_is_not_told(made: Repository) -> None:
    made.commit("Ask Security first", edited(with_review))
    last = made.commit('Revert "Ask Security first"', dict(BASE))
    assert written(made, "v1") == (
        f"# What changed from v1 to {last[:7]}, not released yet (7 October 2026)\n\n"
        "No record changed, in 2 commits. Nobody has to do anything differently.\n\n"
        "Thanks to Test Person.\n"
    )


def test_a_range_with_new_wording_only_says_so(made: Repository) -> None:
    sha = made.commit("Clearer", edited(put(RELEASE, "purpose", "A launch surprises nobody.")))
    assert written(made, "v1") == (
        f"# What changed from v1 to {sha[:7]}, not released yet (6 October 2026)\n\n"
        "Only wording changed, in 1 commit. Nobody has to do anything differently.\n\n"
        "## Wording\n\nReworded or tidied up, with the same meaning: Launch management.\n\n"
        "Thanks to Test Person.\n"
    )


def test_an_empty_range_says_so(made: Repository) -> None:
    assert (
        written(made, "v1", "v1")
        == "# What changed from v1 to v1\n\nNothing changed: there is no commit in this range.\n"
    )


def test_the_first_release_is_a_list_by_kind(made: Repository) -> None:
    assert (
        written(made, None, "v1")
        == """\
# Our handbook at v1 (5 October 2026)

19 records from 1 commit.

- **Processes** (1): Launch management
- **Launch templates** (1): Tier 1 launch
- **Launches** (1): Shared dashboards
- **Experiments** (1): Checklist
- **Onboarding paths** (1): Product manager path
- **Roles** (4): Head of product, Product manager, QA lead, Security lead
- **Teams** (2): Product operations, Security
- **Tools** (2): Chat, Tracker
- **Metrics** (1): Launches on time
- **Artifacts** (3): Launch brief, Security review, Test report
- **Terms** (1): Launch
- **Calendars** (1): Company

Thanks to Test Person.
"""
    )


def test_what_could_not_be_read_is_said_and_the_rest_is_told(made: Repository) -> None:
    made.commit("Oops", {**edited(put(TEMPLATE, "tier", 2)), RELEASE: "title: [\n"}, tag="v2")
    text = written(made, "v1")
    assert "- Tier 1 launch is now a plan for tier 2 instead of tier 1.\n" in text
    assert "Launch management" not in text.partition("## Could not be compared")[0]
    assert "## Could not be compared\n\n- **Launch management** (at v2): " in text
    made.commit("Mended", edited(with_review))
    assert "- **Launch management** (at v2): " in written(made, "v2")


def test_the_handbook_may_change_its_settings_on_the_way(made: Repository) -> None:
    moved = {path.replace("processes/", "records/"): data for path, data in edited(with_review).items()}
    made.git("mv", "processes", "records")
    made.commit("Another folder", {**moved, "handbook.toml": '[paths]\nprocesses = "records"\n'})
    assert (
        "- “Security review” is now required before “Go or stop?”; responsible: Security lead.\n"
        in written(made, "v1")
    )


def test_text_from_outside_is_only_shown(made: Repository) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) @everyone #1 *b* \u202eevil"
    made.commit(f"Bad\n\nWhy: {evil}", edited(with_review, put(RELEASE, "steps", 2, "title", evil)))
    text = written(made, "v1")
    assert not any(part in text for part in ("<script", "](java", "*b*", "\u202e", "@everyone", "#1 "))
    assert "javascript" in text


NOT_MARKUP = [
    "@team",
    "#12",
    "**b**",
    "<b>",
    "[a](b)",
    "`x`",
    "http://x.y",
    "\u202e",
    "a\nb",
    "&lt;",
    "1. a",
    "- a",
    "# a",
    "~~a~~",
    "|",
]


@pytest.mark.parametrize("text", NOT_MARKUP, ids=map(repr, NOT_MARKUP))
def test_safe_text_starts_nothing(text: str) -> None:
    found = safe(text)
    assert found != text
    assert "\n" not in found


def test_notes_are_the_same_bytes_each_time_and_everywhere(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit("Ask Security first (#12)", edited(with_review))
    once = written(made, "v1")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert written(made, "v1") == once
    assert history(open_repository(str(made.root)), "v1", "HEAD").commits[0].committed_on == date(2026, 10, 6)


def command(made: Repository, *arguments: str) -> int:
    return run(["notes", "--root", str(made.root), *arguments])


def test_the_command_starts_at_the_last_tag(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    made.commit("Ask Security first", edited(with_review))
    made.git("tag", "v2")
    assert command(made) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# What changed from v1 to v2 (6 October 2026)\n")
    assert err == ""


def test_the_command_writes_a_file_and_says_where(
    made: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "build" / "new" / "notes.md"
    assert command(made, "--out", str(path)) == 0
    assert path.read_text(encoding="utf-8").startswith("# Handbook at v1 (5 October 2026)\n")
    assert [entry.name for entry in path.parent.iterdir()] == ["notes.md"]
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"Written: the release notes of everything up to v1 are in {path}\n")


WRONG: dict[str, tuple[list[str], int, str]] = {
    "an unknown revision": (["v1..v3"], 2, 'there is no revision "v3"'),
    "three dots": (["v1...HEAD"], 2, '"v1...HEAD" has three dots'),
    "a folder to write to": (["--out", "/"], 3, "/ cannot be written"),
    "a file to write into": (["--out", "/dev/null/notes.md"], 3, "/dev/null/notes.md cannot be written"),
    "no file to write to": (["--out", ""], 3, "a file without a name cannot be written"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "status", "message"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_said(
    made: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    assert command(made, *arguments) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"handbook: {message}")
    assert "\n  = help: " in err


def test_notes_of_this_repositorys_content_can_be_written(tmp_path: Path, root: Path) -> None:
    made = Repository(tmp_path / "copy")
    files: dict[str, Any] = {
        str(path.relative_to(root)): path.read_text() for path in (root / "processes").rglob("*.yaml")
    }
    made.commit("The handbook", files, tag="v1")
    path = "processes/release/launch-management.yaml"
    made.commit("Another owner", {path: files[path].replace("\nowner: ", "\nowner: security # was ", 1)})
    text = written(made, "v1")
    assert (
        "### Launch management (process)\n\n- Launch management is now owned by Security instead of " in text
    )
    assert "Could not be compared" not in text
