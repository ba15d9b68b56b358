"""What tools say comes back by key, and whatever is wrong with a file is said by row and column. Nothing is trusted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.plan.imports import SOURCES, reader
from handbook.plan.imports.progress import Problem, Progress, Taken, against
from handbook.plan.imports.table import day
from tests.exports.launches import TODAY, small, text

K = "Who: Writer\n\nHandbook key: "


def table(*rows: Sequence[str], parts: str = ",") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=parts).writerows(rows)
    return made.getvalue().encode()


JIRA = (
    "Summary",
    "Issue key",
    "Status",
    "Resolution",
    "Resolved",
    "Assignee",
    "Description",
    "Labels",
    "Labels",
)
ASANA = ("Task ID", "Created At", "Completed At", "Name", "Assignee", "Notes")


def jira(
    status: str, resolution: str = "", resolved: str = "", key: str = "links.docs", person: str = ""
) -> bytes:
    return table(JIRA, ("Write", "LNCH-7", status, resolution, resolved, person, f"{K}{key}", "a", "b"))


TAKEN = {
    "jira: to do": ("jira", jira("To Do"), Progress("links.docs", "todo", row=2)),
    "jira: doing, by somebody": ("jira", jira("In Progress", person="Owen"), Progress("links.docs", "doing", None, "Owen", None, 2)),
    "jira: done": ("jira", jira("Done", "Done", "09/Jan/27 3:04 PM"), Progress("links.docs", "done", date(2027, 1, 9), row=2)),
    "jira: done without a day": ("jira", jira("DONE"), Progress("links.docs", "done", row=2)),
    "jira: won't do": ("jira", jira("Done", "Won't Do", "09/Jan/27"), Progress("links.docs", "skipped", None, None, "Closed in Jira as Won't Do", 2)),
    "jira: blocked": ("jira", jira("Blocked"), Progress("links.docs", "blocked", why="Blocked in Jira", row=2)),
    "jira: a state of one's own": (
        "jira",
        table(("Status", "Status Category", "Description"), ("Polishing", "In Progress", f"{K}links.docs")),
        Progress("links.docs", "doing", row=2),
    ),
    "asana: completed": ("asana", table(ASANA, ("1", "x", "2027-01-09", "Write", "Owen", f"{K}links.docs")), Progress("links.docs", "done", date(2027, 1, 9), "Owen", None, 2)),
    "asana: not completed": ("asana", table(ASANA, ("1", "x", "", "Write", "", f"{K}links.docs")), Progress("links.docs", "open", row=2)),
    "github: open": ("github", json.dumps([{"state": "open", "body": "<!-- handbook: links.docs -->\nx"}]).encode(), Progress("links.docs", "open", row=1)),
    "github: closed, by the command line tool": (
        "github",
        json.dumps([{"state": "CLOSED", "stateReason": "COMPLETED", "closedAt": "2027-01-09T10:00:00Z", "body": "<!-- handbook: links.docs -->", "assignees": [{"login": "owen"}]}]).encode(),
        Progress("links.docs", "done", date(2027, 1, 9), "owen", None, 1),
    ),
    "github: not planned, by the API": (
        "github",
        json.dumps({"items": [{"state": "closed", "state_reason": "not_planned", "closed_at": "2027-01-09T10:00:00Z", "body": "<!-- handbook: links.docs -->"}]}).encode(),
        Progress("links.docs", "skipped", None, None, "Closed at GitHub as not planned", 1),
    ),
    "github: as a table": (
        "github",
        table(("Number", "State", "Body", "Closed At"), ("3", "CLOSED", "<!-- handbook: links.docs -->", "2027-01-09T10:00:00Z")),
        Progress("links.docs", "done", date(2027, 1, 9), row=2),
    ),
    "mattermost: doing": ("mattermost", json.dumps({"checklists": [{"items": [{"state": "in_progress", "description": f"{K}links.docs"}]}]}).encode(), Progress("links.docs", "doing", row=1)),
    "mattermost: done": (
        "mattermost",
        json.dumps({"checklists": [{"items": [{"state": "closed", "state_modified": 1799488800000, "assignee_id": "u1", "description": f"{K}links.docs"}]}]}).encode(),
        Progress("links.docs", "done", date(2027, 1, 9), "u1", None, 1),
    ),
    "mattermost: skipped": ("mattermost", json.dumps({"checklists": [{"items": [{"state": "skipped", "description": f"{K}links.docs"}]}]}).encode(), Progress("links.docs", "skipped", None, None, "Skipped in Mattermost", 1)),
    "a spreadsheet": ("csv", table(("Key", "Status", "Done"), ("links.docs", "Done", "2027-01-09")), Progress("links.docs", "done", date(2027, 1, 9), row=2)),
    "a spreadsheet that was saved with semicolons": (
        "csv",
        table(("Key", "Status", "Done"), ("links.docs", "done", "09.01.2027"), parts=";"),
        Progress("links.docs", "done", date(2027, 1, 9), row=2),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "file", "progress"), TAKEN.values(), ids=list(TAKEN))
def test_a_state_comes_back_by_its_key(source: str, file: bytes, progress: Progress) -> None:
    assert reader(source)(file) == Taken((progress,), ())


ENCODINGS = {
    "UTF-8 with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16, as spreadsheets call Unicode": lambda text: text.encode("utf-16"),
    "old line ends": lambda text: text.replace("\r\n", "\r").encode(),
}


@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=list(ENCODINGS))
def test_usual_encodings_are_read(encode: Any) -> None:
    file = encode("Key,Status,Done,Person\r\nlinks.docs,doing,,Zoë\r\n")
    assert reader("csv")(file).progress == (Progress("links.docs", "doing", None, "Zoë", None, 2),)


PROBLEMS = {
    "empty": ("csv", b"", ["it is empty"]),
    "no row": ("csv", b"Key,Status,Done\n", ["it has a head and no row below it"]),
    "no row of issues": ("jira", table(JIRA), ["it has a head and no row below it"]),
    "a wrong column": ("csv", b"Keys,Status,Done\na,b,c\n", ['column Key: there is no such column; "Keys" is near']),
    "wrong columns": (
        "jira",
        b"a,b\n1,2\n",
        ['column Status: there is no such column; it has "a" and "b"', 'column Description: there is no such column; it has "a" and "b"'],
    ),
    "another encoding": ("csv", "Key,Status,Done\n\nZoë,done,\n".encode("latin-1"), ["line 3 is not UTF-8: save it as CSV UTF-8"]),
    "a workbook": ("csv", b"PK\x03\x04\x00\x00", ["it is no text: export it as CSV"]),
    "an open quote": ("csv", b'Key,Status,Done\n"a,b,c\n', ["it cannot be read as CSV: unexpected end of data"]),
    "no key": ("csv", b"Key,Status,Done\n,done,\n", ["row 2, column Key: there is none: a new task has to be written into the plan"]),
    "no status": ("csv", b"Key,Status,Done\nlinks.docs,dome,\n", ['row 2, column Status: "dome" is no status; did you mean "done"?']),
    "no reason": ("csv", b"Key,Status,Done\nlinks.docs,blocked,\n", ["row 2, column Why: it is blocked, and others have to know why"]),
    "a day that could be two": (
        "csv",
        b"Key,Status,Done\nlinks.docs,done,01/02/2027\n",
        ['row 2, column Done: "01/02/2027" is no day that can be read in one way only'],
    ),
    "a day that is none in Jira": (
        "jira",
        jira("Done", "Done", "yesterday"),
        ['row 2, column Resolved: "yesterday" is no day that can be read in one way only'],
    ),
    "a state that Jira does not explain": (
        "jira",
        jira("Polishing"),
        ['row 2, column Status: "Polishing" is no status that is known here, and there is no column Status Category'],
    ),
    "a day that is none in Asana": (
        "asana",
        table(ASANA, ("1", "x", "soon", "Write", "", f"{K}links.docs")),
        ['row 2, column Completed At: "soon" is no day that can be read in one way only'],
    ),
    "no JSON": ("mattermost", b"{", ["it is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"]),
    "JSON of something else": ("mattermost", b'{"a": 1}', ["column checklists: there are none: it has to be a run of a playbook"]),
    "JSON that is too deep": ("mattermost", b"[" * 200_000, ["it is nested too deeply"]),
    "JSON in another encoding": ("mattermost", b'"\xff"', ["it is not UTF-8"]),
    "no list": ("github", b'{"a": 1}', ["it holds no list of issues"]),
    "an odd state": ("github", b'[{"state": "half", "body": "Handbook key: links.docs"}]', ['row 1, column state: "half" is neither open nor closed']),
    "an odd state of an item": (
        "mattermost",
        b'{"checklists": [{"items": [{"state": 7, "description": "Handbook key: links.docs"}]}]}',
        ['row 1, column state: "7" is no state of an item'],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "file", "messages"), PROBLEMS.values(), ids=list(PROBLEMS))
def test_what_is_wrong_with_a_file_is_said(source: str, file: bytes, messages: list[str]) -> None:
    found = reader(source)(file)
    assert ([str(problem) for problem in found.problems], found.progress) == (messages, ())


FOREIGN = {
    "jira": table(JIRA, ("Other", "X-1", "Strange", "", "", "", "no key", "", "")),
    "asana": table(ASANA, ("1", "x", "whenever", "Other", "", "no key")),
    "github": b'[{"state": 3, "body": null}, 7, {"pull_request": {}, "body": "Handbook key: links.docs"}]',
    "mattermost": b'{"checklists": [7, {"items": 3}, {"items": [7, {"description": null}]}]}',
}


@pytest.mark.parametrize(("source", "file"), FOREIGN.items())
def test_what_came_from_no_launch_is_passed_over(source: str, file: bytes) -> None:
    assert reader(source)(file) == Taken()


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(SOURCES)),
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
)
def test_no_file_breaks_a_reader(source: str, file: bytes) -> None:
    found = reader(source)(file)
    assert all(problem.message for problem in found.problems)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "checklists",
                    "items",
                    "state",
                    "state_modified",
                    "description",
                    "body",
                    "assignees",
                    "closed_at",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["github", "mattermost"]), JSON)
def test_no_json_breaks_a_reader(source: str, value: Any) -> None:
    reader(source)(json.dumps(value).encode())


DAYS = {
    "2027-01-09": date(2027, 1, 9),
    "2027-01-09T23:30:00Z": date(2027, 1, 9),
    "2027-01-09T23:30:00-05:00": date(2027, 1, 10),
    "2027-01-09 10:00": date(2027, 1, 9),
    "09/Jan/27 3:04 PM": date(2027, 1, 9),
    "9 Jan 2027": date(2027, 1, 9),
    "9.1.2027": date(2027, 1, 9),
    "01/09/2027": None,
    "2027-02-30": None,
    "": None,
}


@pytest.mark.parametrize(("cell", "on"), DAYS.items())
def test_a_day_is_read_only_where_it_can_be_only_one(cell: str, on: date | None) -> None:
    assert day(cell) == on


def outcome(*progress: Progress) -> tuple[dict[str, tuple[Progress, ...]], tuple[str, ...], list[str]]:
    found = against(Taken(progress), [small()], TODAY)
    return dict(found.changes), found.remarks, [str(problem) for problem in found.problems]


MEANINGS = {
    "done": (
        Progress("links.docs", "done", date(2027, 1, 9)),
        Progress("links.docs", "done", date(2027, 1, 9)),
    ),
    "done on an unknown day": (Progress("links.docs", "done"), Progress("links.docs", "done", TODAY)),
    "the same": (Progress("links.docs", "doing"), None),
    "open": (Progress("links.docs", "open"), None),
    "begun": (Progress("links.talk", "doing"), Progress("links.talk", "doing")),
    "skipped": (
        Progress("links.talk", "skipped", why="Nobody came"),
        Progress("links.talk", "skipped", why="Nobody came"),
    ),
    "done in both": (Progress("links.brief", "done", date(2027, 1, 9)), None),
    "a gate that is open in both": (Progress("links.gate.go", "open"), None),
    "the launch": (Progress("links", "done"), None),
}


@pytest.mark.parametrize(("progress", "change"), MEANINGS.values(), ids=list(MEANINGS))
def test_only_what_is_new_changes_a_plan(progress: Progress, change: Progress | None) -> None:
    assert outcome(progress) == ({"links": (change,)} if change else {}, (), [])


REMARKS = {
    "reopened": (
        Progress("links.brief", "open"),
        '"links.brief" is done in the plan and open there: nothing was changed',
    ),
    "a gate": (
        Progress("links.gate.go", "done"),
        'gate "links.gate.go" is closed there: record the decision and its evidence in the plan',
    ),
}


@pytest.mark.parametrize(("progress", "remark"), REMARKS.values(), ids=list(REMARKS))
def test_what_somebody_has_to_look_at_is_said_and_changes_nothing(progress: Progress, remark: str) -> None:
    assert outcome(progress) == ({}, (remark,), [])


WRONG = {
    "unknown": ((Progress("links.dcos", "done", row=3),), 'row 3: "links.dcos" is no task or gate of a launch here; did you mean "links.docs"?'),
    "twice": ((Progress("links.docs", "doing", row=2), Progress("links.docs", "done", row=5)), 'row 5: "links.docs" is in row 2 already'),
    "to come": ((Progress("links.docs", "done", date(2027, 1, 12), row=2),), 'row 2: "links.docs" is said to be done on 2027-01-12, a day to come'),
}  # fmt: skip


@pytest.mark.parametrize(("progress", "message"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_is_a_problem(progress: tuple[Progress, ...], message: str) -> None:
    assert outcome(*progress)[2] == [message]


def test_rows_end_at_line_ends_and_at_nothing_else() -> None:
    file = table(("Key", "Status", "Done", "Why"), ("links.docs", "blocked", "", "a\u2028b\x0bc\nd\x85e"))
    assert reader("csv")(file).progress[0].why == "a b c d e"


def test_a_problem_says_where_it_is() -> None:
    assert [str(Problem(0, "", "m")), str(Problem(2, "", "m")), str(Problem(2, "C", "m"))] == [
        "m",
        "row 2: m",
        "row 2, column C: m",
    ]


def test_the_plain_table_comes_back_as_it_went() -> None:
    sheet = small()
    found = reader("csv")(text("csv", sheet).encode("utf-8-sig"))
    assert against(found, [sheet], TODAY).changes == {}
    assert found.problems == ()
    assert {one.key for one in found.progress} == {item.key for item in sheet.items}
