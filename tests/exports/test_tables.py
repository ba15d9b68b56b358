"""Tables for Jira, Asana, Linear and spreadsheets: strict checks of our own, and Linear's importer itself."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.plan.exports import asana, linear
from handbook.plan.exports.cells import guarded, plain, table
from handbook.plan.exports.facts import key_in
from handbook.plan.sheet import LaunchSheet
from tests.exports import readers
from tests.exports.launches import real, small, text

SHEETS: dict[str, Callable[[], LaunchSheet]] = {"small": small, "real": lambda: real()[1]}


def rows(made: str) -> tuple[list[str], list[list[str]]]:
    head, *rest = csv.reader(io.StringIO(made, newline=""), strict=True)
    assert {len(row) for row in rest} == {len(head)}, "a comma is missing"
    return head, rest


def named(made: str) -> list[dict[str, str]]:
    head, rest = rows(made)
    return [dict(zip(head, row, strict=True)) for row in rest]


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_says_the_same(value: str) -> None:
    cell = guarded(value)
    assert not re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell.lstrip())
    assert plain(cell) == value


GUARDS = {
    "=1+1": "'=1+1",
    "+49 30 1": "'+49 30 1",
    "-2 days": "'-2 days",
    "@all": "'@all",
    " =1": "' =1",
    "'=1": "''=1",
    "\t=1": "'\t=1",
    "＝1": "'＝1",
    "it's": "it's",
    "'tis": "'tis",
    "a=1": "a=1",
    "": "",
}


@pytest.mark.parametrize(("value", "cell"), GUARDS.items())
def test_only_what_begins_like_a_formula_is_guarded(value: str, cell: str) -> None:
    assert (guarded(value), plain(cell)) == (cell, value)


def test_line_ends_inside_of_cells_are_line_feeds_and_a_null_is_left_out() -> None:
    assert table(["a"], [["x\r\ny\rz\0"]]) == 'a\r\n"x\ny\nz"\r\n'


@pytest.mark.parametrize("format", ["asana", "csv", "jira", "linear"])
@pytest.mark.parametrize("which", SHEETS.values(), ids=list(SHEETS))
def test_no_cell_is_a_formula(format: str, which: Callable[[], LaunchSheet]) -> None:
    head, rest = rows(text(format, which()))
    assert not [cell for row in [head, *rest] for cell in row if cell[:1] in tuple("=+-@")]


# --- Jira


@pytest.mark.parametrize("which", SHEETS.values(), ids=list(SHEETS))
def test_jira_gets_epics_before_tasks_and_every_parent_exists(which: Callable[[], LaunchSheet]) -> None:
    sheet = which()
    head, rest = rows(text("jira", sheet))
    assert not re.search(r"[^A-Za-z ]", "".join(head))
    assert {name for name, count in Counter(head).items() if count > 1} <= {"Labels", "Link Blocks"}
    made = [dict(zip(head, row, strict=True)) for row in rest]
    seen: set[str] = set()
    for row in made:
        assert row["Issue Type"] in ("Epic", "Task")
        assert (row["Parent"] in seen) == (row["Issue Type"] == "Task")
        assert row["Issue ID"] not in seen
        assert row["Summary"]
        assert "\n" not in row["Summary"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["Due date"])
        seen.add(row["Issue ID"])
    assert [row["Issue Type"] for row in made] == ["Epic"] + ["Task"] * len(sheet.items)
    assert [key_in(row["Description"]) for row in made] == [
        "links" if which is small else "shared-dashboards",
        *(item.key for item in sheet.items),
    ]


@pytest.mark.parametrize("which", SHEETS.values(), ids=list(SHEETS))
def test_jira_gets_each_blocker_from_the_side_that_blocks(which: Callable[[], LaunchSheet]) -> None:
    sheet = which()
    head, rest = rows(text("jira", sheet))
    places = [place for place, name in enumerate(head) if name == "Link Blocks"]
    keys = {row[1]: key_in(row[4]) for row in rest}
    found = {(key_in(row[4]), keys[row[place]]) for row in rest for place in places if row[place]}
    assert found == {(need, item.key) for item in sheet.items for need in item.needs}


def test_jira_knows_users_by_mail_only_and_states_in_its_own_words() -> None:
    made = {key_in(row["Description"]): row for row in named(text("jira", small()))}
    assert {key: row["Assignee"] for key, row in made.items() if row["Assignee"]} == {
        "links.docs": "owen@example.com",
        "links.page": "owen@example.com",
    }
    assert {key: (row["Status"], row["Resolution"]) for key, row in made.items() if key} == {
        "links": ("In Progress", ""),
        "links.brief": ("Done", "Done"),
        "links.price": ("To Do", ""),
        "links.gate.scope": ("Done", "Done"),
        "links.docs": ("In Progress", ""),
        "links.page": ("Done", "Won't Do"),
        "links.form": ("To Do", ""),
        "links.gate.go": ("To Do", ""),
        "links.talk": ("To Do", ""),
    }


def test_labels_of_jira_hold_no_space() -> None:
    head, rest = rows(text("jira", small(), real()[1]))
    labels = {row[place] for row in rest for place, name in enumerate(head) if name == "Labels"} - {""}
    assert not [label for label in labels if re.search(r"\s", label)]
    assert {"gate", "task", "launch", "blocked", "guest-links", "launch-and-land"} - labels == {"guest-links"}


def test_the_configuration_of_jira_maps_columns_that_are_there() -> None:
    from handbook.plan.exports import renderer
    from tests.exports.launches import context

    sheet = small()
    made = json.loads(renderer("jira:configuration")([sheet], context(sheet)))
    head, _ = rows(text("jira", sheet))
    mappings: dict[str, Any] = made["config.field.mappings"]
    assert set(mappings) <= set(head)
    assert set(head) - set(mappings) == {"Start date"}
    assert (made["config.version"], made["config.date.format"], made["config.delimiter"]) == (
        "2.0",
        "yyyy-MM-dd",
        ",",
    )
    assert all(set(one) <= {"jira.field", "userChanged", "link.type"} for one in mappings.values())


# --- Asana


@pytest.mark.parametrize("which", SHEETS.values(), ids=list(SHEETS))
def test_asana_gets_unique_names_and_dependencies_on_rows_above(which: Callable[[], LaunchSheet]) -> None:
    sheet = which()
    head, rest = rows(text("asana", sheet))
    assert tuple(head) == asana.HEAD
    assert head[0] == "Name"
    made = [dict(zip(head, row, strict=True)) for row in rest]
    names = [plain(row["Name"]) for row in made]
    assert len({name.casefold() for name in names}) == len(names) == len(sheet.items)
    assert not [name for name in names if "," in name or "\n" in name]
    above: set[str] = set()
    pairs = set()
    for name, row in zip(names, made, strict=True):
        needs = [need for need in plain(row["Dependencies"]).split(",") if need]
        assert set(needs) <= above
        above.add(name)
        pairs |= {
            (key_in(made[names.index(need)]["Description"]), key_in(row["Description"])) for need in needs
        }
        for column in ("Start Date", "Due Date"):
            assert re.fullmatch(r"(0\d|1[0-2])/[0-3]\d/\d{4}|", row[column])
        assert row["Due Date"]
        assert row["Section"]
        assert row["Assignee"].count("@") <= 1
    assert pairs == {(need, item.key) for item in sheet.items for need in item.needs}


def test_a_name_that_two_tasks_have_is_told_apart_by_the_id() -> None:
    names = [row["Name"] for row in named(text("asana", small()))]
    assert {"Write the docs", "Write the docs (page)"} <= set(names)


def test_a_circle_in_a_plan_is_cut_and_does_not_hang() -> None:
    def circle(plan: dict[str, Any]) -> None:
        plan["tasks"][0]["needs"] = ["talk"]

    sheet = small(circle)
    assert {item.key for item in asana.in_order(sheet.items)} == {item.key for item in sheet.items}
    assert len(named(text("asana", sheet))) == len(sheet.items)


# --- Linear


@pytest.mark.parametrize("which", SHEETS.values(), ids=list(SHEETS))
def test_linear_s_own_importer_reads_titles_states_and_labels(
    which: Callable[[], LaunchSheet], tmp_path: Path
) -> None:
    sheet = which()
    made = text("linear", sheet)
    assert "\r" not in made
    assert tuple(rows(made)[0]) == linear.HEAD
    (tmp_path / "linear.csv").write_text(made, encoding="utf-8")
    issues = {key_in(one["description"]): one for one in readers.linear(tmp_path / "linear.csv")["issues"]}
    assert issues.keys() == {item.key for item in sheet.items}
    for item in sheet.items:
        one = issues[item.key]
        assert one["title"] == (f"Gate: {item.title}" if item.part == "gate" else item.title)
        assert one["status"] == linear.STATUSES[item.status]
        assert one["labels"][0] == item.part
        assert (
            one["assigneeId"] == plain(guarded(item.person or ""))
            or one["assigneeId"].lstrip("'") == item.person
        )
        assert ("completedAt" in one) == (item.status in ("done", "passed", "waived"))


# --- spreadsheets


def test_the_plain_table_has_a_row_for_each_task_and_gate() -> None:
    made = {row["Key"]: row for row in named(text("csv", small()))}
    assert made["links.docs"] == {
        "Key": "links.docs",
        "Launch": "Guest links",
        "Kind": "task",
        "Title": "Write the docs",
        "Phase": "Plan",
        "Role": "Writer",
        "Person": "owen@example.com",
        "Start": "2027-01-11",
        "Due": "2027-01-15",
        "Due time": "16:00",
        "Status": "doing",
        "Done": "",
        "Waits for": "links.brief",
        "Gate": "links.gate.go",
        "Hours": "",
        "Evidence": "",
        "Why": "",
    }
    assert made["links.price"]["Title"] == "'=Set the price"
    assert made["links.gate.go"]["Person"] == "'@tomas-r"
