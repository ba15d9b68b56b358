"""Versions of records, read off real histories: which change raises which number, and what is no change."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from handbook.changes.timeline import Timeline, timeline
from handbook.git.repository import open_repository
from handbook.model.handbook import Name
from tests.changes.books import BASE, LAUNCH, RELEASE, ROLES, TEMPLATE, Edit, Files, drop, edited, put
from tests.changes.repositories import Repository

PROCESS = Name("process", "launch-management")


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE)
    return repository


def read(made: Repository, end: str = "HEAD", start: str | None = None) -> Timeline:
    return timeline(open_repository(str(made.root)), end, start)


def versions(made: Repository, name: Name = PROCESS) -> list[str]:
    return [revision.number for revision in read(made).of(name)]


def with_step(id: str) -> Edit:
    step = {"id": id, "title": f"Do {id}", "responsible": "security-lead"}
    return lambda files: files[RELEASE]["steps"].insert(2, step)


#: edits, one commit each -> the versions of the process
RAISES: dict[str, tuple[Sequence[Sequence[Edit]], list[str]]] = {
    "nothing but the beginning": ([], ["1.0"]),
    "a duty": ([[with_step("a")]], ["1.0", "2.0"]),
    "worth knowing": ([[put(RELEASE, "volume", {"per": "year", "count": 2})]], ["1.0", "1.1"]),
    "wording": ([[put(RELEASE, "purpose", "Nobody is surprised.")]], ["1.0"]),
    "a review": ([[put(RELEASE, "reviewed", "2026-10-05")]], ["1.0"]),
    "one after the other": (
        [[with_step("a")], [with_step("a"), put(RELEASE, "sla", "10d")], [with_step("a"), put(RELEASE, "sla", "10d"), put(RELEASE, "tags", ["x"])]],
        ["1.0", "2.0", "3.0"],
    ),
    "two duties at once": ([[with_step("a"), with_step("b")]], ["1.0", "2.0"]),
    "another record": ([[put(TEMPLATE, "tier", 2)]], ["1.0"]),
}  # fmt: skip


@pytest.mark.parametrize(("commits", "expected"), RAISES.values(), ids=list(RAISES))
def test_the_first_number_counts_what_breaks_and_the_second_all_else(
    made: Repository, commits: Sequence[Sequence[Edit]], expected: list[str]
) -> None:
    for edits in commits:
        made.commit("Change", edited(*edits))
    assert versions(made) == expected


def test_a_revision_says_what_changed_when_why_and_by_which_pull_request(made: Repository) -> None:
    made.commit("Review first (#12)\n\nWhy: Two launches went wrong.", edited(with_step("a")))
    last = read(made).of(PROCESS)[-1]
    assert (last.number, str(last.on), last.pull_request, last.why) == (
        "2.0", "2026-10-06", 12, ("Two launches went wrong.",),
    )  # fmt: skip
    assert last.changes == ("“Do a” is now required before “Go or stop?”; responsible: Security lead.",)


def test_a_merge_is_one_revision(made: Repository) -> None:
    made.git("switch", "--quiet", "--create", "branch")
    made.commit("One", edited(with_step("a")))
    made.commit("Two", edited(with_step("a"), with_step("b")))
    made.git("switch", "--quiet", "main")
    made.commit("Meanwhile", {"README.md": "x"})
    made.git("merge", "--quiet", "--no-ff", "--message", "Merge pull request #7 from branch", "branch")
    assert [(one.number, one.pull_request) for one in read(made).of(PROCESS)] == [("1.0", None), ("2.0", 7)]


def rename(files: Files) -> None:
    files["processes/release/launching.yaml"] = {**files.pop(RELEASE), "aliases": ["launch-management"]}


def test_a_renamed_record_keeps_its_versions(made: Repository) -> None:
    made.commit("Change", edited(with_step("a")))
    (made.root / RELEASE).unlink()
    made.commit("Rename", edited(with_step("a"), rename))
    assert versions(made, Name("process", "launching")) == ["1.0", "2.0"]
    assert read(made).of(PROCESS) == ()


def broken(made: Repository, path: str, text: str) -> None:
    made.commit("Break", {**edited(), path: text})


@pytest.mark.parametrize("path", [RELEASE, ROLES], ids=["record", "catalogue"])
def test_a_file_that_was_broken_for_a_while_changed_what_it_changed(made: Repository, path: str) -> None:
    broken(made, path, "title: [\n")
    made.commit("Mend", edited(with_step("a")))
    assert versions(made) == ["1.0", "2.0"]
    assert versions(made, Name("role", "pm")) == ["1.0"]


def test_what_is_gone_has_no_versions_and_begins_anew_when_it_comes_back(made: Repository) -> None:
    (made.root / LAUNCH).unlink()
    made.commit("Remove")
    name = Name("launch", "dashboards")
    assert read(made).of(name) == ()
    made.commit("Bring back", edited())
    assert versions(made, name) == ["1.0"]


def test_other_folders_in_the_settings_move_records_and_change_nothing(made: Repository) -> None:
    made.git("mv", "processes", "records")
    made.commit("Another folder", {"handbook.toml": '[paths]\nprocesses = "records"\n'})
    moved = {path.replace("processes/", "records/"): data for path, data in edited(with_step("a")).items()}
    made.commit("Change", moved)
    assert versions(made) == ["1.0", "2.0"]


def test_a_commit_that_only_stamps_reviews_is_noted(made: Repository) -> None:
    stamped = [put(path, "reviewed", "2026-10-05") for path in (RELEASE, TEMPLATE)]
    made.commit("Review", edited(*stamped))
    made.commit("Review and change", edited(*stamped, put(RELEASE, "reviewed", "2026-10-06"), with_step("a")))
    (stamps,) = read(made).stamps
    assert (str(stamps.on), set(stamps.records)) == (
        "2026-10-06",
        {Name("launch-template", "tier-1"), PROCESS},
    )


def test_a_stretch_tells_only_what_it_changed(made: Repository) -> None:
    start = made.commit("Change", edited(with_step("a")))
    made.commit("Change again", edited(with_step("a"), put(RELEASE, "sla", "10d")))
    stretch = read(made, "HEAD", start)
    assert [one.changes for one in stretch.of(PROCESS)] == [
        ("Launch management is now promised within 10 working days instead of 20 working days.",)
    ]
    assert set(stretch.records) == {PROCESS}


def reordered(files: Files) -> None:
    files[RELEASE] = dict(reversed(files[RELEASE].items()))


@pytest.mark.parametrize(
    "edit", [reordered, lambda files: drop(RELEASE, "inputs")(files)], ids=["order", "input"]
)
def test_another_order_of_keys_is_no_revision(made: Repository, edit: Callable[[Files], object]) -> None:
    made.commit("Edit", {path: json.dumps(data, indent=3) for path, data in edited(edit).items()})
    assert versions(made) == (["1.0"] if edit is reordered else ["1.0", "1.1"])
