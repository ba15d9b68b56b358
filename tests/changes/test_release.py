"""Releases: their names, their page, and that doing it twice, or half, does no harm."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from handbook import files
from handbook.changes.page import blank, with_section
from handbook.changes.version import DEFAULT, following, matches, objection
from handbook.cli import run
from handbook.git.repository import Repository as Opened
from tests.changes.books import BASE, RELEASE, edited, put
from tests.changes.repositories import Repository

TODAY = date(2026, 11, 28)
PAGE = "docs/release-notes.md"
DAY = ("--today", "2026-11-28")

NAMES = {
    "the first": (DEFAULT, [], "v2026.11.0"),
    "the second of a month": (DEFAULT, ["v2026.11.0"], "v2026.11.1"),
    "after another month": (DEFAULT, ["v2026.10.0", "v2026.10.1"], "v2026.11.0"),
    "ten of a month": (DEFAULT, [f"v2026.11.{number}" for number in range(10)], "v2026.11.10"),
    "a hole": (DEFAULT, ["v2026.11.0", "v2026.11.2"], "v2026.11.1"),
    "by number alone": ("r{number}", ["r0", "r1", "v2026.11.0"], "r2"),
    "with a word": ("handbook-{year}.{number}", [], "handbook-2026.0"),
}


@pytest.mark.parametrize(("pattern", "taken", "name"), NAMES.values(), ids=list(NAMES))
def test_a_release_is_named_after_the_day(pattern: str, taken: list[str], name: str) -> None:
    assert following(pattern, TODAY, taken) == name
    assert matches(pattern, name)


@pytest.mark.parametrize("tag", ["v2026.11", "v2026.11.0-rc.1", "w2026.11.0", "v2026.x.0", "v2026.11.0\n"])
def test_other_tags_are_no_releases(tag: str) -> None:
    assert not matches(DEFAULT, tag)


@pytest.mark.parametrize("pattern", ["", "v{year}", "v{number}..x", "v {number}", "-{number}", "{number}.lock", "v{week}.{number}", "{number}/"])  # fmt: skip
def test_a_pattern_that_cannot_name_a_tag_is_refused(pattern: str) -> None:
    assert objection(pattern)


def test_a_page_has_the_newest_release_first_and_keeps_what_others_wrote() -> None:
    page = with_section(blank("Our handbook"), "v1", "one")
    page = page.replace("is kept.", "is kept.\n\nWelcome.") + "\nThe end.\n"
    page = with_section(page, "v2", "two")
    assert [page.index(text) for text in ("Welcome.", "two", "one", "The end.")] == sorted(
        page.index(text) for text in ("Welcome.", "two", "one", "The end.")
    )
    assert with_section(page, "v2", "two") == page
    again = with_section(page, "v1", "1")
    assert again == page.replace("\n\none\n\n", "\n\n1\n\n")


@pytest.mark.parametrize("lost", ["<!-- release", "<!-- end"])
def test_a_page_with_half_a_mark_is_refused(lost: str) -> None:
    page = with_section("# Notes\n", "v1", "one")
    broken = "".join(line for line in page.splitlines(keepends=True) if not line.startswith(lost))
    with pytest.raises(ValueError, match="the marks of v1 do not belong together"):
        with_section(broken, "v1", "two")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE, tag="v2026.10.0")
    repository.commit("Promise less (#3)\n\nWhy: It was too quick.", edited(put(RELEASE, "sla", "30d")))
    monkeypatch.chdir(repository.folder)
    return repository


def state(made: Repository) -> tuple[str, str, str]:
    page = Path(PAGE)
    return made.git("show-ref"), page.read_text() if page.exists() else "", made.git("rev-parse", "HEAD")


def test_a_release_writes_its_notes_and_tags_what_is_checked_out(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["release", "--page", PAGE, "--out", "build/notes.md", *DAY]) == 0
    assert capsys.readouterr().out == "Released v2026.11.0. To make it known: git push origin v2026.11.0\n"
    assert made.git("rev-parse", "v2026.11.0^{commit}") == made.git("rev-parse", "HEAD")
    text = Path(PAGE).read_text()
    assert "## What changed from v2026.10.0 to v2026.11.0 (6 October 2026)" in text
    assert "- Launch management is now promised within 30 working days instead of 20 working days.\n" in text
    assert Path("build/notes.md").read_text().startswith("# What changed from v2026.10.0 to v2026.11.0")


def test_releasing_again_changes_nothing(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    run(["release", "--page", PAGE, *DAY])
    once = state(made)
    assert run(["release", "--page", PAGE, *DAY]) == 0
    assert run(["release", "--page", PAGE, "--today", "2026-12-01"]) == 0
    assert state(made) == once
    assert capsys.readouterr().out.endswith("v2026.11.0 is released already: the notes are up to date.\n")


def test_the_page_itself_is_nothing_to_release(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    run(["release", "--page", PAGE, *DAY])
    made.commit("Publish the notes")
    before = state(made)
    assert run(["release", "--page", PAGE, *DAY]) == 0
    assert state(made) == before
    assert capsys.readouterr().out.endswith("no record and no page changed since v2026.11.0.\n")


def test_what_was_written_by_hand_stays(made: Repository) -> None:
    run(["release", "--page", PAGE, *DAY])
    page = Path(PAGE)
    page.write_text(page.read_text().replace("is kept.\n", "is kept.\n\nWelcome to November.\n"))
    made.commit("Publish", edited(put(RELEASE, "sla", "40d")))
    assert run(["release", "--page", PAGE, *DAY]) == 0
    text = page.read_text()
    assert "Welcome to November." in text
    assert text.index("v2026.11.1 (") < text.index("v2026.11.0 (")


@pytest.mark.parametrize("moment", ["writing the page", "tagging"])
def test_a_release_that_is_killed_is_done_by_the_next_run(
    made: Repository, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    run(["release", "--page", "other.md", "--dry-run", *DAY])
    before = state(made)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(
            *((files, "write", killed) if moment == "writing the page" else (Opened, "tag", killed))
        )
        assert run(["release", "--page", PAGE, *DAY]) == 3
    assert state(made)[::2] == before[::2]
    assert run(["release", "--page", PAGE, *DAY]) == 0
    done = state(made)
    assert "v2026.11.0" in done[0]
    assert done[1].count("What changed from v2026.10.0 to v2026.11.0") == 1


def test_a_dry_run_does_nothing(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(made)
    assert run(["release", "--page", PAGE, "--dry-run", *DAY]) == 0
    assert state(made) == before
    said = capsys.readouterr()
    assert said.out.startswith("# What changed from v2026.10.0 to v2026.11.0")
    assert "nothing was written and nothing tagged" in said.err


def test_a_pattern_of_ones_own_starts_a_series_of_ones_own(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit("Name releases", {"handbook.toml": '[release]\ntag = "r{number}"\n'})
    assert run(["release", *DAY]) == 0
    made.commit("More", edited(put(RELEASE, "sla", "40d")))
    assert run(["release", "--dry-run", *DAY]) == 0
    assert "# What changed from r0 to r1" in capsys.readouterr().out


def test_without_a_name_for_the_tag_git_says_so(
    made: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    subprocess.run(["git", "config", "user.useConfigOnly", "true"], check=True)
    code = run(["release", *DAY])
    said = capsys.readouterr().err
    if code:  # where the machine has no identity at all
        assert code == 3
        assert "git config user.name" in said
    else:
        assert made.git("tag", "--points-at", "HEAD") == "v2026.11.0"


def test_a_page_with_a_broken_mark_is_left_alone(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path(PAGE)
    page.parent.mkdir(exist_ok=True)
    page.write_text("<!-- end of release v2026.11.0 -->\n")
    before = state(made)
    assert run(["release", "--page", PAGE, *DAY]) == 2
    assert state(made) == before
    assert "the marks of v2026.11.0 do not belong together" in capsys.readouterr().err
