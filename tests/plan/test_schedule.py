"""Dates of a launch whose teams work in several countries, and what a plan says about itself."""

from __future__ import annotations

from typing import Any

import pytest

from handbook.errors import UserError
from handbook.model.launch import Anchor, LaunchTemplate
from handbook.plan.anchor import allowed, in_month, objections
from handbook.plan.calendar import PlanError, Stretch, WorkingDays
from handbook.plan.diary import diary
from handbook.plan.public import public_holidays
from handbook.plan.schedule import conflicts, schedule
from handbook.plan.selection import select
from handbook.plan.variables import filled
from tests.plan.made import TEMPLATE, day, handbook, task, template


def planned(record: dict[str, Any], values: dict[str, object] | None = None, **calendars: Any) -> Any:
    """The schedule of a template for 16 February 2027 in the calendar `company`, with its selection and diary."""
    book = handbook({TEMPLATE.format("one"): record}, calendars or None)
    found = book.find(LaunchTemplate, "one")
    assert found is not None
    known = diary(book, "company", [2026, 2027], public_holidays)
    selection = select([found], values or {})
    return schedule(selection, day("2027-02-16"), known), selection, known


def test_a_team_in_another_country_is_not_asked_to_work_on_its_holidays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 11 February 2027 is National Foundation Day in Japan, and a Thursday like any other in Germany.
    from tests.plan import made

    monkeypatch.setattr(
        made, "TEAMS", {"product": {"title": "Product", "summary": "A team.", "calendar": "tokyo"}}
    )
    record = template(tasks=[task("build", -3, duration="2d"), task("tell", -2, needs=["build"])])
    plan, *_ = planned(
        record,
        company={"title": "Company", "summary": "Days.", "country": "DE"},
        tokyo={"title": "Tokyo", "summary": "Days.", "country": "JP"},
    )
    assert str(plan.tasks["build"].due_on) == "2027-02-10"  # three days before, but for the holiday
    assert str(plan.tasks["build"].start_on) == "2027-02-09"
    assert str(plan.tasks["tell"].due_on) == "2027-02-12"


def test_what_has_to_start_before_it_can_is_told_in_words() -> None:
    record = template(tasks=[task("brief", -6), task("legal", -4, needs=["brief"], duration="5d")])
    plan, selection, known = planned(record)
    assert [text.replace("\u00a0", " ") for text in conflicts(selection, plan, known)] == [
        '"Legal" has to start on 4 Feb 2027, 2 working days before "Brief", which it waits for, is due on 8 Feb 2027'
    ]


def test_a_task_that_does_not_apply_hands_on_what_it_waited_for() -> None:
    record = template(
        variables={"region": {"type": "list", "choices": ["home", "eu"]}},
        tasks=[
            task("a", -9),
            task("b", -6, needs=["a"], when="region in [eu]"),
            task("c", -5, needs=["b"], when="region in [eu]"),
            task("d", -3, needs=["c"]),
        ],
    )
    home, selection, _ = planned(record, {"region": ["home"]})
    assert list(home.tasks) == ["a", "d"]
    assert [one.needs for one in selection.tasks] == [(), ("a",)]
    assert list(planned(record, {"region": ["home", "eu"]})[0].tasks) == ["a", "b", "c", "d"]


def test_tasks_that_wait_for_one_another_have_no_dates() -> None:
    record = template(tasks=[task("a", -3, needs=["b"]), task("b", -3, needs=["a"])])
    with pytest.raises(PlanError, match="wait for one another in a circle"):
        planned(record)


def anchor(**fields: Any) -> Anchor:
    from handbook.finding import Place

    return Anchor(at=Place("x"), name="Launch day", **fields)


DAYS = WorkingDays(closures=(Stretch(day("2026-12-24"), day("2027-01-01"), "Winter closure"),))


@pytest.mark.parametrize(
    ("rule", "month", "expected"),
    [
        ({"on_or_before": 16}, (2027, 1), "2027-01-15"),  # the 16th is a Saturday
        ({"on_or_after": 16}, (2027, 1), "2027-01-18"),
        ({"on_or_before": 31}, (2027, 2), "2027-02-26"),  # February ends on a Sunday
        ({"on_or_before": 1}, (2027, 1), "2026-12-23"),  # back over the closure
        ({"on_or_after": 1}, (2027, 1), "2027-01-04"),
        ({"on_or_before": 16, "weekdays": ("tuesday", "wednesday")}, (2027, 1), "2027-01-13"),
        ({}, (2027, 1), None),
    ],
)
def test_the_day_of_a_month(rule: dict[str, Any], month: tuple[int, int], expected: str | None) -> None:
    found = in_month(anchor(**rule), *month, DAYS)
    assert (found and str(found)) == expected


def test_every_objection_to_a_day_is_told() -> None:
    against = list(objections(anchor(on_or_before=16, weekdays=("tuesday",)), day("2026-12-26"), DAYS))
    assert against == [
        'nobody works on 2026-12-26: it is "Winter closure"',
        "2026-12-26 is a Saturday, and the template asks for a Tuesday",
        "by the rule of the template, the day in this month is 2026-12-15, not 2026-12-26",
    ]
    assert allowed(anchor(weekdays=("friday",)), day("2026-12-24"), DAYS) == day("2027-01-08")
    assert allowed(None, day("2026-12-26"), DAYS, step=-1) == day("2026-12-23")
    with pytest.raises(PlanError, match="no day in the year"):
        in_month(anchor(on_or_after=1, weekdays=("sunday",)), 2027, 1, DAYS)


def test_a_country_that_nobody_knows_is_told_with_its_calendar() -> None:
    with pytest.raises(
        UserError, match='the calendar "company" is of XX, whose public holidays are not known'
    ):
        planned(template(tasks=[task("a", -1)]), company={"title": "C", "summary": "D.", "country": "XX"})


VARIABLES = template(
    variables={
        "region": {"type": "list", "choices": ["home", "eu"], "default": ["home"]},
        "count": {"type": "number"},
        "on": {"type": "date"},
        "event": {"type": "boolean", "default": False},
        "name": {"type": "text"},
    },
    tasks=[task("a", -1)],
)


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ([], {"region": ["home"], "event": False}),
        (["region=eu, home", "event=yes"], {"region": ["eu", "home"], "event": True}),
        (["count=3", "count-x=1"], 'the template has no variable "count_x"; did you mean "count"?'),
        (["count=2.5"], {"region": ["home"], "count": 2.5, "event": False}),
        (["count=nan"], '"count" cannot be "nan"'),
        (["on=2027-02-30"], '"on" cannot be "2027-02-30"'),
        (["event=perhaps"], '"event" cannot be "perhaps"'),
        (["name="], '"name" cannot be ""'),
        (["name"], '"name" sets nothing'),
        (["name=a", "name=b"], '"name" is given twice'),
        (["region=mars"], '"region" cannot be "mars"'),
    ],
)
def test_what_a_launch_fills_in(given: list[str], values: dict[str, object] | str) -> None:
    found = handbook({TEMPLATE.format("one"): VARIABLES}).find(LaunchTemplate, "one")
    assert found is not None
    if isinstance(values, dict):
        assert filled(found.variables, given) == values
    else:
        with pytest.raises(UserError) as error:
            filled(found.variables, given)
        assert error.value.message == values
