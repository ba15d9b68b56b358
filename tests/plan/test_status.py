"""Where a launch stands: each rule of the colours, what becomes of several launches, and what they ask of people."""

from __future__ import annotations

from typing import Any

import pytest

from handbook.model.launch import Launch
from handbook.model.values import Target
from handbook.plan.diary import diaries
from handbook.plan.gathered import gathered
from handbook.plan.outcome import met
from handbook.plan.public import public_holidays
from handbook.plan.sheet import sheet
from handbook.plan.status import Standing, standing
from tests.plan.made import PLAN, TEMPLATE, day, handbook, task, template

TODAY = day("2027-01-11")  # a Monday
PLANNED = template(
    tier=1,
    tasks=[task("brief", -10, effort="6h"), task("test", -3, effort="2h", needs=["brief"], duration="2d")],
    gates=[{"id": "go", "title": "Go", "due": "-2d", "approver": "head-of-product", "criteria": ["It works"]}],
)  # fmt: skip


def launch(anchor: str = "2027-01-26", **fields: Any) -> dict[str, Any]:
    return {
        "title": "It", "summary": "One.", "status": "active", "owner": "product", "template": "one", "anchor": anchor,
        "calendar": "company", "people": {"analyst": "Amara", "qa-lead": "Jonas", "head-of-product": "Tomás"},
        "tasks": [one("brief", "2027-01-12", "done", done_on="2027-01-08"), one("test", "2027-01-21", start_on="2027-01-20", needs=["brief"])],
        "gates": [gate("2027-01-22")],
        **fields,
    }  # fmt: skip


def one(id: str, due_on: str, status: str = "todo", **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "title": id.capitalize(),
        "responsible": "analyst",
        "due_on": due_on,
        "status": status,
        **fields,
    }


def gate(due_on: str, status: str = "open", **fields: Any) -> dict[str, Any]:
    return {
        "id": "go",
        "title": "Go",
        "due_on": due_on,
        "approver": "head-of-product",
        "status": status,
        **fields,
    }


def looked_at(record: dict[str, Any]) -> Standing:
    book = handbook({TEMPLATE.format("one"): PLANNED, PLAN.format("it"): record})
    found = book.find(Launch, "it")
    assert found is not None
    return standing(sheet(book, found), diaries(book, [found], [TODAY], public_holidays)["it"], TODAY)


BRIEF = one("brief", "2027-01-12", "done", done_on="2027-01-08")
COLOURS: dict[str, tuple[dict[str, Any], str, str]] = {
    "all is well": (launch(), "green", ""),
    "a gate failed": (launch(gates=[gate("2027-01-22", "failed", why="No")]), "red", 'the gate "Go" failed'),
    "a gate is three days late": (launch(gates=[gate("2027-01-06")]), "red", 'the gate "Go" was due 3 working days ago; 1 gate past the day'),
    "a gate is two days late": (launch(gates=[gate("2027-01-07")]), "amber", "1 gate past the day"),
    "a task is late": (launch(tasks=[one("brief", "2027-01-08")]), "amber", "1 task past the day"),
    "a task is blocked with room": (launch(tasks=[BRIEF, one("test", "2027-01-21", "blocked", why="No rig")]), "amber", '"Test" is blocked: No rig'),
    "a task is blocked without room": (launch("2027-01-13", tasks=[BRIEF, one("test", "2027-01-12", "blocked", why="No rig")]), "red", '"Test" is blocked: No rig'),
    "nobody is named": (launch(people={"qa-lead": "Jonas"}, tasks=[one("brief", "2027-01-14")]), "amber", "nobody is named for Analyst, with work due by 2027-01-18"),
    "nobody is named yet": (launch(people={"qa-lead": "Jonas"}, tasks=[one("brief", "2027-01-19")]), "green", ""),
    "no day left": (launch("2027-01-13", tasks=[one("test", "2027-01-13", start_on="2027-01-11")]), "amber", "there is no working day left to lose"),
    "too little time": (launch("2027-01-13", tasks=[one("test", "2027-01-13", start_on="2027-01-08")]), "red", "the open work takes 1 working day more than there are until the launch day"),
    "a past launch": (launch("2027-01-05", status="launched", gates=[gate("2027-01-04", "passed", evidence="x")]), "green", ""),
}  # fmt: skip


@pytest.mark.parametrize(("record", "health", "reason"), COLOURS.values(), ids=list(COLOURS))
def test_a_colour_follows_its_rule(record: dict[str, Any], health: str, reason: str) -> None:
    found = looked_at(record)
    assert (found.health, "; ".join(found.reasons)) == (health, reason)


def test_readiness_is_the_share_of_planned_hours() -> None:
    assert looked_at(launch()).ready == 6 / 8


def test_the_forecast_is_the_first_day_that_the_work_allows() -> None:
    found = looked_at(launch("2027-01-13", tasks=[one("test", "2027-01-13", start_on="2027-01-07")]))
    assert (found.slack_days, found.forecast) == (-2, day("2027-01-15"))
    assert looked_at(launch()).forecast == day("2027-01-26")


def test_launches_of_the_largest_tier_keep_apart_and_a_freeze_is_told() -> None:
    freeze = {"from": "2027-02-01", "to": "2027-02-05", "title": "Closing of the books"}
    book = handbook(
        {
            TEMPLATE.format("one"): PLANNED,
            PLAN.format("a"): launch("2027-01-26"),
            PLAN.format("b"): launch("2027-01-28"),
            PLAN.format("c"): launch("2027-02-03"),
            PLAN.format("d"): launch("2027-04-06"),
        },
        {"company": {"country": "DE", "freezes": [freeze]}},
    )
    board = gathered(book, TODAY, public_holidays)
    assert [(one.launches, one.why) for one in board.collisions] == [
        (("a", "b"), "they are 2 working days apart"),
        (("b", "c"), "they are 4 working days apart"),
        (("c",), 'it is in the freeze "Closing of the books" until 2027-02-05'),
    ]


def test_hours_are_spread_over_the_working_days_of_a_task() -> None:
    work = launch(tasks=[one("test", "2027-01-19", start_on="2027-01-14", responsible="qa-lead")])
    board = gathered(
        handbook({TEMPLATE.format("one"): PLANNED, PLAN.format("it"): work}), TODAY, public_holidays
    )
    # two hours over Thursday, Friday, Monday and Tuesday
    assert [(str(load.week), load.role, load.hours) for load in board.loads] == [
        ("2027-01-11", "qa-lead", 1.0),
        ("2027-01-18", "qa-lead", 1.0),
    ]


def test_what_became_of_launches() -> None:
    slip = {"on": "2027-01-04", "from": "2027-01-05", "to": "2027-01-12", "reason": "x"}
    book = handbook(
        {
            TEMPLATE.format("one"): PLANNED,
            PLAN.format("a"): launch("2027-01-12", status="closed", slips=[slip], gates=[gate("2027-01-08", "passed", decided_on="2027-01-08", evidence="x")]),
            PLAN.format("b"): launch("2027-01-08", status="launched", gates=[gate("2027-01-07", "waived", why="x")]),
            PLAN.format("c"): launch("2027-02-16"),
        }
    )  # fmt: skip
    record = gathered(book, TODAY, public_holidays).record
    assert (record.launches, record.on_time_share, record.median_slip_days, record.first_pass_share) == (
        2,
        0.5,
        2.5,
        0.5,
    )


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        (">= 20%", "27%", True),
        (">= 20%", "19.5 %", False),
        ("<= 4 cases", "4 cases", True),
        ("< 4 cases", "4", False),
        ("> 1000 users", "1,200 users", True),
        ("= 0", "0", True),
        (">= 20%", "not measured", None),
        (">= 20%", "27", None),
        (">= 20%", None, None),
    ],
)
def test_a_value_meets_its_target_or_cannot_be_compared(
    target: str, actual: str | None, answer: bool | None
) -> None:
    assert met(Target.parse(target), actual) is answer
