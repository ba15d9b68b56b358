"""The timeline is gone on with from where the last run came to, and says what one from the beginning says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from handbook.changes import lasting as module
from handbook.changes.lasting import lasting
from handbook.changes.timeline import Timeline, timeline
from handbook.git.repository import open_repository
from tests.changes.books import BASE, LAUNCH, RELEASE, ROLES, TEMPLATE, edited, put
from tests.changes.repositories import Repository

MOVED = RELEASE.replace("launch-management", "launching")


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE)
    return repository


def known(made: Repository) -> Timeline:
    return lasting(open_repository(str(made.root)))


def whole(made: Repository) -> Timeline:
    return timeline(open_repository(str(made.root)), "HEAD")


def refuse(*_: object) -> Timeline:
    raise AssertionError("the history was walked from the beginning")


def test_each_commit_is_compared_once_and_nothing_is_lost(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known(made) == whole(made)
    with monkeypatch.context() as patched:
        patched.setattr(module, "timeline", refuse)
        made.commit("Earlier", edited(put(RELEASE, "sla", "10d")))
        assert known(made) == whole(made)
        made.commit(
            "Another role",
            edited(put(RELEASE, "steps", 0, "responsible", "qa-lead"), put(TEMPLATE, "tier", 2)),
        )
        made.commit("Stamped", edited(put(RELEASE, "reviewed", "2026-10-05")))
        assert known(made) == whole(made)
        made.git("mv", RELEASE, MOVED)
        made.commit("Called otherwise")
        assert known(made) == whole(made)
        made.git("rm", "--quiet", LAUNCH)
        made.commit("Gone")
        assert known(made) == whole(made)
        assert known(made) == whole(made)


def test_after_a_file_that_cannot_be_read_the_history_is_walked_anew(made: Repository) -> None:
    made.commit("Broken", {ROLES: "pm: ["})
    assert known(made) == whole(made)
    made.commit("Mended", edited(put(ROLES, "pm", "title", "Product manager of a team")))
    assert known(made) == whole(made)


def test_another_line_of_history_is_another_timeline(made: Repository) -> None:
    made.commit("A duty", edited(put(RELEASE, "sla", "10d")))
    known(made)
    made.git("checkout", "--quiet", "-b", "other", "HEAD~1")
    made.commit("Another", edited(put(RELEASE, "sla", "5d")))
    assert known(made) == whole(made)
    made.git("merge", "--quiet", "--strategy=ours", "-m", "Merge (#4)", "main")
    assert known(made) == whole(made)


def test_people_are_called_as_the_mailmap_says_now(made: Repository) -> None:
    known(made)
    made.commit("Names", {".mailmap": f"Someone Else <{made.git('log', '-1', '--format=%ae')}>\n"})
    assert {one.author for revisions in known(made).records.values() for one in revisions} == {"Someone Else"}


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"made_by": 1}', "damage"])
def test_what_cannot_be_used_is_made_anew(made: Repository, content: str) -> None:
    first = known(made)
    path = Path(made.folder, ".git", "handbook", "timeline.json")
    if content == "damage":
        content = json.dumps({**json.loads(path.read_text()), "records": [["process"]]})
    path.write_text(content)
    assert known(made) == first
    assert json.loads(path.read_text())["records"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_where_nothing_can_be_written_nothing_is_kept(made: Repository) -> None:
    folder = Path(made.folder, ".git")
    folder.chmod(0o500)
    try:
        assert known(made) == whole(made)
    finally:
        folder.chmod(0o700)
