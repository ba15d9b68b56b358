"""What a change breaks elsewhere is found by the check of the change alone, in real repositories."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.git import trees
from tests.check.clones import Clone

SHIP, CHECK, ROLES = (
    "processes/release/ship.yaml",
    "processes/release/check.yaml",
    "processes/catalog/roles.yaml",
)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def rename_all(clone: Clone) -> None:
    clone.change("docs/guide.md", "## How to test", "## How to try")
    clone.change(SHIP, "id: test,", "id: try,")
    clone.change(ROLES, "\ntester:", "\nqa-lead:")
    clone.git("mv", SHIP, "processes/release/deliver.yaml")
    clone.git("add", "--all")


BROKEN = [
    "docs/index.md:9 broken-anchor <- docs/guide.md",
    f"docs/index.md:10 broken-link <- {SHIP}",
    f"docs/index.md:10 broken-link <- {SHIP}",
    f"{ROLES}:1 unknown-reference",
    f"{CHECK}:8 unknown-reference <- {SHIP}",
    f"{CHECK}:12 unknown-reference <- {ROLES}",
    "processes/release/deliver.yaml:13 unknown-reference",
]


def test_a_handbook_without_a_change_has_nothing_to_report(clone: Clone) -> None:
    assert clone.check() == []
    assert clone.staged() == []


def test_renaming_a_heading_a_step_a_role_and_a_file_names_every_place_that_breaks(clone: Clone) -> None:
    assert clone.staged() == []
    rename_all(clone)
    assert clone.staged() == BROKEN


def test_the_commit_is_known_from_packed_refs_without_asking_git(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = clone.git("rev-parse", "HEAD").strip()
    monkeypatch.setattr(trees, "head", lambda root: None)
    assert trees.staged(str(clone.folder)) == (commit, [])
    clone.git("pack-refs", "--all")
    assert trees.staged(str(clone.folder)) == (commit, [])


def test_the_first_run_in_a_clone_finds_as_much_as_any_other(clone: Clone) -> None:
    rename_all(clone)
    assert clone.staged() == BROKEN
    assert clone.staged() == BROKEN


def test_a_check_of_everything_in_between_changes_nothing(clone: Clone) -> None:
    rename_all(clone)
    everything = [line.partition(" <-")[0] for line in BROKEN]
    assert clone.check() == everything
    assert clone.staged() == BROKEN
    assert clone.check() == everything


def test_since_a_revision_only_what_is_new_is_reported(clone: Clone) -> None:
    clone.change(CHECK, "owner: ops", "owner: opps")
    clone.commit("A mistake that is there already")
    rename_all(clone)
    clone.commit("Rename")
    assert clone.check("--since", "HEAD~1") == BROKEN
    assert clone.check("--since", "HEAD") == []
    assert f"{CHECK}:4 unknown-reference" in clone.check()


def test_a_mistake_that_was_there_before_is_reported_in_the_files_of_the_change_only(clone: Clone) -> None:
    clone.change(CHECK, "owner: ops", "owner: opps")
    clone.change(SHIP, "accountable: lead", "accountable: led")
    clone.commit("Two mistakes")
    clone.change(SHIP, "outcome: It is shipped", "outcome: It is out")
    clone.git("add", "--all")
    assert clone.staged() == [f"{SHIP}:10 unknown-reference"]


def test_a_commit_that_only_deletes_is_checked(clone: Clone) -> None:
    assert clone.staged() == []
    clone.git("rm", "--quiet", SHIP)
    assert clone.staged() == [
        f"docs/index.md:10 broken-link <- {SHIP}",
        f"docs/index.md:10 broken-link <- {SHIP}",
        f"{CHECK}:8 unknown-reference <- {SHIP}",
    ]


def test_what_is_staged_counts_and_not_what_is_on_disk(clone: Clone) -> None:
    clone.change(CHECK, "owner: ops", "owner: opps")
    clone.git("add", CHECK)
    clone.change(CHECK, "owner: opps", "owner: ops")
    clone.change(SHIP, "owner: ops", "owner: opps")
    assert clone.staged() == [f"{CHECK}:4 unknown-reference"]
    assert clone.check() == [f"{SHIP}:4 unknown-reference"]
    assert clone.staged() == [f"{CHECK}:4 unknown-reference"]


def test_another_branch_is_another_handbook(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--create", "other")
    clone.git("rm", "--quiet", SHIP)
    clone.change(CHECK, ", from: ship", "")
    clone.change(
        "docs/index.md",
        "The process is [Ship](processes/ship.md), with its [test](processes/ship.md#step-test).\n",
        "",
    )
    clone.commit("Without shipping")
    assert clone.staged() == []
    clone.git("switch", "--quiet", "main")
    assert clone.staged() == []
    clone.change(CHECK, "responsible: tester", "responsible: testr")
    clone.git("add", "--all")
    assert clone.staged() == [f"{CHECK}:12 unknown-reference"]
    assert clone.check() == [f"{CHECK}:12 unknown-reference"]


def test_the_state_of_a_record_concerns_those_that_name_it(clone: Clone) -> None:
    assert clone.staged() == []
    clone.change(SHIP, "status: active", "status: retired")
    clone.git("add", "--all")
    assert f"{CHECK}:8 reference-to-retired <- {SHIP}" in clone.staged()


def test_other_settings_concern_every_file(clone: Clone) -> None:
    clone.change(CHECK, "owner: ops", "owner: opps")
    clone.commit("A mistake")
    clone.write("handbook.toml", "[handbook]\ntitle = 'Small'\n\n[rules]\nunknown-reference = 'warning'\n")
    clone.git("add", "--all")
    assert clone.staged() == [f"{CHECK}:4 unknown-reference"]


def test_a_repository_without_a_commit_can_be_checked(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.git("update-ref", "-d", "HEAD")
    clone.change(CHECK, "owner: ops", "owner: opps")
    clone.git("add", "--all")
    assert clone.staged() == [f"{CHECK}:4 unknown-reference"]


def test_named_files_are_reported_with_what_refers_to_them(clone: Clone) -> None:
    clone.check()
    clone.change(ROLES, "\ntester:", "\nqa-lead:")
    clone.change(CHECK, "owner: ops", "owner: opps")
    assert clone.check(ROLES) == [
        f"{ROLES}:1 unknown-reference",
        f"{CHECK}:12 unknown-reference",
        f"{SHIP}:13 unknown-reference",
    ]


def break_bytes(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)


def break_late(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = b"\xff" * (len(data) // 2 - 4096)
    path.write_bytes(bytes(data))


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [break_bytes, break_late, empty])
def test_an_index_that_is_damaged_is_made_anew(clone: Clone, damage: Callable[[Path], None]) -> None:
    clone.check()
    clone.change(CHECK, "owner: ops", "owner: opps")
    index = clone.folder / ".cache/handbook/index.sqlite"
    damage(index)
    assert clone.check() == [f"{CHECK}:4 unknown-reference"]
    assert clone.check() == [f"{CHECK}:4 unknown-reference"]


def test_the_index_is_no_part_of_the_repository(clone: Clone) -> None:
    clone.check()
    assert (clone.folder / ".cache/handbook/index.sqlite").exists()
    assert clone.git("status", "--porcelain") == ""


def test_several_checks_at_once_say_the_same(clone: Clone) -> None:
    clone.change(CHECK, "owner: ops", "owner: opps")
    command = [sys.executable, "-m", "handbook", "check", "--format", "concise", "--today", "2026-11-24"]
    started = [
        subprocess.Popen(command, cwd=clone.folder, stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    said = {process.communicate()[0] for process in started}
    assert len(said) == 1
    assert said.pop().count("unknown-reference") == 1


def test_what_only_the_whole_handbook_shows_is_found_since_a_revision(clone: Clone) -> None:
    words = "a: {title: Alpha, summary: A word.}\nb: {title: Beta, summary: A word.}\n"
    clone.write("processes/catalog/terms.yaml", words)
    clone.commit("Two words")
    assert clone.check("--since", "HEAD") == []
    clone.change("processes/catalog/terms.yaml", "summary: A word.}\nb", "summary: A word., also: [beta]}\nb")
    assert clone.check("--since", "HEAD") == ["processes/catalog/terms.yaml:2 ambiguous-word"]
    clone.commit("One for both")
    assert clone.check("--since", "HEAD") == []


WRONG = {
    "unknown revision": (("--since", "nope"), 'there is no revision "nope"'),
    "path that is not there": (("README.md",), 'there is no file or folder "README.md"'),
    "path that is no record": (("mkdocs.yml",), "there is no record and no page in mkdocs.yml"),
    "path elsewhere": (("..",), '".." is outside the handbook'),
    "paths of what is staged": (("--staged", "docs"), "--staged is about all that is staged"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=list(WRONG))
def test_a_call_that_cannot_be_meant_says_so(clone: Clone, arguments: tuple[str, ...], message: str) -> None:
    done = clone.run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_a_conflict_is_said_once_and_not_taken_for_a_deletion(clone: Clone) -> None:
    for branch, words in (("one", "Ship this."), ("other", "Ship that.")):
        clone.git("switch", "--quiet", "--create", branch, "main")
        clone.change(SHIP, "Ship it.", words)
        clone.commit(words)
    subprocess.run(["git", "merge", "--quiet", "one"], cwd=clone.folder, check=False, capture_output=True)
    done = clone.run("--staged")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{SHIP} has a merge conflict" in done.stderr


@pytest.mark.parametrize("link", [".cache", ".cache/handbook", ".cache/handbook/index.sqlite"])
def test_an_index_is_never_written_through_a_link(
    clone: Clone, tmp_path_factory: pytest.TempPathFactory, link: str
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    target = outside / "other.sqlite" if link.endswith("sqlite") else outside
    if link.endswith("sqlite"):
        with contextlib.closing(sqlite3.connect(target)) as other:
            other.execute("CREATE TABLE kept (a)")
            other.commit()
    before = {path: path.read_bytes() for path in outside.iterdir()}
    (clone.folder / link).parent.mkdir(parents=True, exist_ok=True)
    (clone.folder / link).symlink_to(target)
    assert clone.check() == []
    assert {path: path.read_bytes() for path in outside.iterdir()} == before


def test_a_database_of_somebody_else_is_left_alone(clone: Clone) -> None:
    clone.check()
    index = clone.folder / ".cache/handbook/index.sqlite"
    for path in index.parent.glob("index.sqlite*"):
        path.unlink()
    with contextlib.closing(sqlite3.connect(index)) as other:
        other.execute("CREATE TABLE kept (a)")
        other.commit()
    assert clone.check() == []
    with contextlib.closing(sqlite3.connect(index)) as other:
        assert [name for (name,) in other.execute("SELECT name FROM sqlite_master")] == ["kept"]


def test_nothing_is_fetched_in_a_partial_clone(tmp_path: Path) -> None:
    origin = Clone(tmp_path / "origin")
    origin.change(SHIP, "Ship it.", "Ship all of it.")
    origin.commit("Say more")
    origin.git("config", "uploadpack.allowFilter", "true")
    subprocess.run(
        ["git", "clone", "--quiet", "--filter=blob:none", origin.folder.as_uri(), str(tmp_path / "partial")],
        check=True,
    )
    missing = ["git", "rev-list", "--objects", "--all", "--missing=print", "--quiet"]
    before = subprocess.run(missing, cwd=tmp_path / "partial", capture_output=True, check=True).stdout
    subprocess.run(
        [sys.executable, "-m", "handbook", "check", "--since", "HEAD~1"],
        cwd=tmp_path / "partial",
        check=False,
        capture_output=True,
    )
    assert subprocess.run(missing, cwd=tmp_path / "partial", capture_output=True, check=True).stdout == before
