"""Of a long range readers get the weightiest of each section, and learn how much more there is and how to see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handbook.changes.digest import digest, named
from handbook.changes.formats import renderer
from handbook.changes.history import history
from handbook.changes.notes import notes
from handbook.changes.told import Notes
from handbook.git.repository import open_repository
from tests.changes.books import BASE, ROLES, edited, put
from tests.changes.repositories import Repository
from tests.changes.test_notes import command as run

COMMAND = "handbook notes v1..v2 --all"
MANY = 30


def process(number: int, **more: Any) -> dict[str, Any]:
    step = {"id": "do", "title": "Do it", "responsible": "pm", "duration": "2d", **more}
    return {
        "title": f"Process {number:02}", "summary": "What is done.", "status": "active", "owner": "product-operations",
        "purpose": "It is done.", "trigger": {"event": "It comes up"}, "outcome": "Done", "accountable": "head-of-product",
        "steps": [step],
    }  # fmt: skip


def processes(count: int, **more: Any) -> dict[str, Any]:
    return {f"processes/release/p{number:02}.yaml": process(number, **more) for number in range(count)}


def command(made: Repository, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(made, *arguments) == 0
    return capsys.readouterr().out


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", {**BASE, **processes(MANY)}, tag="v1")
    return repository


def told(made: Repository) -> Notes:
    return notes(history(open_repository(str(made.root)), "v1", "v2"), "Our handbook", "", few=True)


def test_the_weightiest_come_first_and_the_rest_is_counted(made: Repository) -> None:
    made.commit("Longer", processes(MANY, duration="3d"))
    heavy = process(17, duration="3d", responsible="qa-lead", consulted=["head-of-product", "pm"])
    made.commit("Heavier", {"processes/release/p17.yaml": heavy}, tag="v2")
    (section, *_) = digest(told(made), COMMAND).sections
    assert section.title == "What you must do differently"
    assert [one.title for one in section.entries][:3] == ["Process 17", "Process 00", "Process 01"]
    assert len(section.entries) == 10
    assert section.more is not None
    assert section.more.said == "And 20 more processes. To see them all:"


def test_a_few_more_are_told_all_the_same(made: Repository) -> None:
    made.commit("Longer", processes(12, duration="3d"), tag="v2")
    (section, *_) = digest(told(made), COMMAND).sections
    assert (len(section.entries), section.more) == (12, None)


def test_of_one_record_the_first_changes_are_told(made: Repository) -> None:
    before = process(0)
    before["steps"] = [
        {"id": f"s{n}", "title": f"Step {n}", "responsible": "pm", "duration": "2d"} for n in range(20)
    ]
    after = json.loads(json.dumps(before).replace('"2d"', '"3d"'))
    made.commit("Steps", {"processes/release/p00.yaml": before}, tag="v1.5")
    made.commit("Longer", {"processes/release/p00.yaml": after}, tag="v2")
    found = notes(history(open_repository(str(made.root)), "v1.5", "v2"), "Our handbook", "", few=True)
    (entry,) = digest(found, COMMAND).sections[0].entries
    assert (len(entry.lines), entry.lines[-1]) == (7, "14 more changes of it.")


@pytest.mark.parametrize(
    ("format", "line"),
    [
        ("markdown", f"And 20 more processes. To see them all: `{COMMAND}`"),
        ("html", f"<p>And 20 more processes. To see them all: <code>{COMMAND}</code></p>"),
        ("text", f"And 20 more processes. To see them all:\n  {COMMAND}"),
        ("slack", f"And 20 more processes. To see them all: `{COMMAND}`"),
    ],
)
def test_each_format_says_how_to_see_the_rest(made: Repository, format: str, line: str) -> None:
    made.commit("Longer", processes(MANY, duration="3d"), tag="v2")
    assert line in renderer(format)(digest(told(made), COMMAND))


def test_many_names_are_cut(made: Repository) -> None:
    titles = [f"T{number}" for number in range(30)]
    assert named(titles, few=True)[-1] == "10 more"
    assert named(titles, few=False) == titles
    made.commit(
        "Worded",
        {path: {**data, "summary": "What people do."} for path, data in processes(MANY).items()},
        tag="v2",
    )
    (section,) = [one for one in told(made).sections if one.title == "Wording"]
    assert section.text.endswith("Process 19 and 10 more records.")


def test_the_command_tells_all_where_it_is_asked(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.commit(
        "Longer",
        {**processes(MANY, duration="3d"), **edited(put(ROLES, "pm", "title", "Product lead"))},
        tag="v2",
    )
    few = command(made, capsys, "v1..v2")
    assert "To see them all: `handbook notes v1..v2 --all`" in few
    every = command(made, capsys, "v1..v2", "--all")
    assert (few.count("### Process"), every.count("### Process")) == (10, MANY)
    assert len(json.loads(command(made, capsys, "v1..v2", "--format", "json"))["changes"]) == MANY + 1
    assert "`handbook notes v1..v2 --all --for role:pm`" in command(
        made, capsys, "v1..v2", "--for", "role:pm"
    )
