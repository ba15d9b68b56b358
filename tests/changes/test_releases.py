"""Tags, clones and machines: from where the notes begin, what their ends are called, and what changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.cli import run
from handbook.errors import COULD_NOT_RUN
from handbook.git import tags
from tests.changes.stories import Story, hours, review

PRE = [
    "v2026.11.0-rc.1",
    "v1.0.0-beta",
    "1.0rc1",
    "1.0b2",
    "v2.0.0.dev3",
    "handbook-v2.0.0-alpha.1",
    "v3-SNAPSHOT",
]
FINAL = ["v1", "v2026.10", "2026.11.0", "handbook-v2.0.0", "handbook/v2.0.0", "v1.0.0+build.5"]
OTHER = ["latest", "stable", "audit-of-may", "v", "version-one", "v1x", "2026-review-notes"]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "repository")


def titled(story: Story, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the title of the notes, without the day."""
    assert run(["notes", "--root", str(story.root), *arguments]) == 0
    return capsys.readouterr().out.partition("\n")[0].rpartition(" (")[0].removeprefix("# What changed from ")


@pytest.mark.parametrize("tag", [*PRE, *FINAL, *OTHER])
def test_a_tag_is_a_version_or_not_and_final_or_not(tag: str) -> None:
    assert (tags.is_version(tag), tags.is_pre_release(tag)) == (tag not in OTHER, tag in PRE)


def test_a_pre_release_begins_at_the_last_tag_and_a_final_one_at_the_last_final_one(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    story.change("One", tag="v2026.11.0-rc.1")
    assert titled(story, capsys) == "v1 to v2026.11.0-rc.1"
    story.change("Two", tag="v2026.11.0-rc.2")
    assert titled(story, capsys) == "v2026.11.0-rc.1 to v2026.11.0-rc.2"
    story.change("Three", tag="v2026.11.0")
    assert titled(story, capsys) == "v1 to v2026.11.0"
    sha = story.change("Four")
    assert titled(story, capsys) == f"v2026.11.0 to {sha[:7]}, not released yet"


def test_a_release_candidate_that_became_the_release_is_called_by_it(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    story.change("One", tag="v2-rc.1")
    story.git("tag", "v2")
    story.git("tag", "latest")
    assert titled(story, capsys) == "v1 to v2"
    story.change("Two", tag="v3")
    assert titled(story, capsys) == "v2 to v3"


def test_annotated_and_nested_tags_are_tags_of_their_commit(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    story.change("One")
    story.git("tag", "--annotate", "--message", "Inner", "v2")
    story.git("-c", "advice.nestedTag=false", "tag", "--annotate", "--message", "Outer", "a-signed", "v2")
    assert titled(story, capsys) == "v1 to v2"
    sha = story.change("Two")
    assert titled(story, capsys) == f"v2 to {sha[:7]}, not released yet"
    assert titled(story, capsys, "a-signed") == f"a-signed to {sha[:7]}, not released yet"


def test_other_tags_count_only_where_there_are_no_versions(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    story.change("One", tag="deployed")
    sha = story.change("Two")
    assert titled(story, capsys) == f"v1 to {sha[:7]}, not released yet"
    story.git("tag", "--delete", "v1")
    assert titled(story, capsys) == f"deployed to {sha[:7]}"


def test_a_stretch_of_the_past_is_released_by_what_came_later(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    sha = story.change("One")
    story.change("Two", tag="v2")
    assert titled(story, capsys, f"v1..{sha}") == f"v1 to {sha[:7]}"


def test_a_tag_of_another_branch_is_no_beginning(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    story.branch("other")
    story.change("Elsewhere", tag="v9")
    story.main()
    story.change("Here", tag="v2")
    assert titled(story, capsys) == "v1 to v2"


@pytest.mark.parametrize("given", [[], ["v1..v1"]], ids=["first", "empty"])
def test_the_first_release_and_an_empty_range_are_said(
    story: Story, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    assert run(["notes", "--root", str(story.root), *given]) == 0
    said = "Nothing changed: there is no commit in this range." if given else "19 records from 1 commit."
    assert f"\n\n{said}\n" in capsys.readouterr().out


def written(story: Story, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["notes", "v1", "--root", str(story.root)]) == 0
    return capsys.readouterr().out


@pytest.fixture
def busy(story: Story) -> Story:
    """A history with something of everything."""
    story.branch("side")
    story.change("More (#4)\n\nWhy: Ünder\nCo-authored-by: Ann <a@b.c>", hours("pm", "6h"))
    story.main()
    story.commit(
        "feat: a tool", {"tool.py": "", "docs/ü.md": "# Ü\n\nText.", ".mailmap": "Ann Ash <a@b.c>\n"}
    )
    story.merge("side", "Merge pull request #4 from us/side")
    story.change("Ask first", review)
    story.undo()
    return story


def test_what_somebody_has_configured_and_where_changes_nothing(
    busy: Story, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    once = written(busy, capsys)
    odd = {
        "log.showSignature": "true", "log.mailmap": "false", "log.diffMerges": "off", "log.follow": "true", "diff.renames": "copies",
        "diff.external": "false", "diff.ignoreSubmodules": "all", "diff.odd.textconv": "false", "diff.odd.command": "false",
        "diff.noprefix": "true", "diff.algorithm": "patience", "format.pretty": "oneline", "core.abbrev": "4", "core.quotePath": "true",
        "i18n.logOutputEncoding": "latin-1", "tag.sort": "-version:refname", "mailmap.file": str(tmp_path / "names"),
        "versionsort.suffix": "-rc", "core.commitGraph": "true", "rerere.enabled": "true", "trailer.separators": "=",
    }  # fmt: skip
    for name, value in odd.items():
        busy.git("config", name, value)
    (tmp_path / "names").write_text("Somebody Else <test@example.com>\n", encoding="utf-8")
    (busy.folder / ".git/info/attributes").write_text("* diff=odd\n", encoding="utf-8")
    busy.git("commit-graph", "write", "--reachable", "--changed-paths")
    busy.git("gc", "--quiet")
    for name, value in {"TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    assert written(busy, capsys) == once


def test_grafts_and_replaced_commits_change_nothing(busy: Story, capsys: pytest.CaptureFixture[str]) -> None:
    once = written(busy, capsys)
    head, first = busy.git("rev-parse", "HEAD"), busy.git("rev-parse", "v1")
    (busy.folder / ".git/info/grafts").write_text(f"{head} {first}\n", encoding="ascii")
    busy.git("replace", busy.git("rev-parse", "HEAD~1"), first)
    assert written(busy, capsys) == once


def test_a_shallow_clone_refuses(busy: Story, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    busy.git("clone", "--quiet", "--depth=2", f"file://{busy.folder}", str(tmp_path / "shallow"))
    assert run(["notes", "--root", str(tmp_path / "shallow")]) == COULD_NOT_RUN
    out, err = capsys.readouterr()
    assert (out, "handbook: this is a shallow clone, and" in err, "--unshallow" in err) == ("", True, True)


def test_a_partial_clone_refuses_and_fetches_nothing(
    busy: Story, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    busy.git("config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    busy.git("clone", "--quiet", "--filter=blob:none", f"file://{busy.folder}", str(partial))
    before = sorted(os.listdir(partial / ".git/objects/pack"))
    assert run(["notes", "v1", "--root", str(partial)]) == COULD_NOT_RUN
    out, err = capsys.readouterr()
    assert (out, "does not have every file of its history" in err) == ("", True)
    assert sorted(os.listdir(partial / ".git/objects/pack")) == before


def test_all_formats_escape_what_a_message_says(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "<script>alert(1)</script> [x](javascript:y) @all \u202e"
    story.change(f"More\n\nRelease-Note: {evil}", hours("pm", "6h"))
    story.change(f"feat({evil.replace('(', '').replace(')', '')}): {evil}")
    for format in ("markdown", "html"):
        assert run(["notes", "v1", "--root", str(story.root), "--format", format]) == 0
        out = capsys.readouterr().out
        assert "<script" not in out
        assert "](javascript" not in out or format == "html"
