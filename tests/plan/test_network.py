"""Slack and critical path, against networks that were worked out by hand."""

from __future__ import annotations

import pytest

from handbook.plan.calendar import PlanError
from handbook.plan.diary import Diary
from handbook.plan.network import Activity, critical_path, outlooks
from tests.plan.made import day

TODAY = day("2026-10-05")  # a Monday
KNOWN = Diary()


def work(id: str, days: int, due: str, *needs: str, deadline: str = "") -> Activity:
    return Activity(id, "analyst", day(due), days, needs, day(deadline) if deadline else None)


#: the example of textbooks: A(3) -> B(4) -> D(2) and A -> C(2) -> D, in working days from Monday 5 October
DIAMOND = [
    work("a", 3, "2026-10-30"),
    work("b", 4, "2026-10-31", "a"),
    work("c", 2, "2026-10-31", "a"),
    work("d", 2, "2026-11-02", "b", "c"),
]


def with_deadline(activities: list[Activity], deadline: str) -> list[Activity]:
    return [one.replaced(deadline=day(deadline)) for one in activities]


def test_the_longest_way_has_the_least_slack() -> None:
    activities = with_deadline(DIAMOND, "2026-10-19")  # 11 working days; the longest way takes 9
    found = outlooks(activities, TODAY, KNOWN)
    assert {id: (str(one.start_on), str(one.finish_on), one.slack_days) for id, one in found.items()} == {
        "a": ("2026-10-05", "2026-10-07", 2),
        "b": ("2026-10-08", "2026-10-13", 2),
        "c": ("2026-10-08", "2026-10-09", 4),
        "d": ("2026-10-14", "2026-10-15", 2),
    }
    assert critical_path(activities, found, day("2026-11-02")) == ("a", "b", "d")


def test_too_little_time_is_negative_slack_on_the_longest_way_alone() -> None:
    found = outlooks(with_deadline(DIAMOND, "2026-10-14"), TODAY, KNOWN)
    assert {id: one.slack_days for id, one in found.items()} == {"a": -1, "b": -1, "c": 1, "d": -1}


def test_work_that_is_due_on_one_day_follows_within_it() -> None:
    one_day = [
        work("on", 1, "2026-10-05"),
        work("publish", 1, "2026-10-05", "on"),
        work("tell", 1, "2026-10-05", "publish"),
    ]
    found = outlooks(one_day, TODAY, KNOWN)
    assert {str(one.finish_on) for one in found.values()} == {"2026-10-05"}
    assert {one.slack_days for one in found.values()} == {0}


def test_work_that_is_late_already_has_no_way_to_be_in_time() -> None:
    found = outlooks([work("late", 2, "2026-10-01")], TODAY, KNOWN)
    assert found["late"].slack_days == -3  # Thursday to Tuesday: Friday, Monday, Tuesday


def test_what_is_done_does_not_hold_anything_up() -> None:
    found = outlooks([work("b", 1, "2026-10-05", "done-before")], TODAY, KNOWN)
    assert (str(found["b"].start_on), found["b"].after) == ("2026-10-05", None)


def test_a_circle_is_told_with_its_tasks() -> None:
    circle = [work("a", 1, "2026-10-05", "b"), work("b", 1, "2026-10-05", "a")]
    with pytest.raises(PlanError, match=r"in a circle: (a → b → a|b → a → b)"):
        outlooks(circle, TODAY, KNOWN)


def test_nothing_to_do_has_no_critical_path() -> None:
    assert critical_path([], {}, TODAY) == ()
