"""Working days, against days that were counted by hand in a calendar on the wall."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.finding import Place
from handbook.model.catalog import Calendar, Closure, Freeze, Holiday
from handbook.model.values import Period
from handbook.plan.calendar import PlanError, WorkingDays, earlier, later, next_day

AT = Place("processes/catalog/calendars.yaml", ("company",))


def day(text: str) -> date:
    return date.fromisoformat(text)


def closure(first: str, last: str, title: str = "Winter closure") -> Closure:
    return Closure(at=AT, from_=day(first), to=day(last), title=title)


def freeze(first: str, last: str, *scope: str) -> Freeze:
    return Freeze(at=AT, from_=day(first), to=day(last), title="Freeze", scope=scope)


def calendar(**fields: object) -> Calendar:
    return Calendar(id="company", at=AT, title="Company", summary="A calendar.", **fields)  # type: ignore[arg-type]


COMPANY = calendar(
    holidays=(Holiday(at=AT, on=day("2026-10-07"), title="Founders' day"),),
    closures=(closure("2026-12-24", "2027-01-01"),),
    freezes=(freeze("2026-11-23", "2026-11-30"), freeze("2026-12-21", "2026-12-23", "billing", "pricing")),
)
DAYS = WorkingDays.of([COMPANY])


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-10-05", None),
        ("2026-10-03", "a Saturday"),
        ("2026-10-04", "a Sunday"),
        ("2026-10-07", "Founders' day"),
        ("2026-12-23", None),
        ("2026-12-24", "Winter closure"),
        ("2027-01-01", "Winter closure"),
        ("2027-01-04", None),
        ("2026-11-24", None),
    ],
)
def test_a_day_is_worked_unless_something_says_why_not(on: str, why: str | None) -> None:
    assert DAYS.why_off(day(on)) == why
    assert DAYS.works(day(on)) == (why is None)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-10-05", 1, "2026-10-06"),
        ("2026-10-06", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-12"),
        ("2026-10-12", -1, "2026-10-09"),
        ("2026-10-08", -2, "2026-10-05"),
        ("2026-10-10", 0, "2026-10-09"),
        ("2026-10-05", 0, "2026-10-05"),
        ("2026-12-23", 1, "2027-01-04"),
        ("2027-01-26", -60, "2026-10-23"),
        ("2026-10-10", 1, "2026-10-12"),
    ],
)
def test_counting_leaves_out_the_days_off(start: str, count: int, end: str) -> None:
    assert DAYS.shifted(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("on", "before", "after"),
    [
        ("2026-10-05", "2026-10-05", "2026-10-05"),
        ("2026-10-10", "2026-10-09", "2026-10-12"),
        ("2026-12-26", "2026-12-23", "2027-01-04"),
    ],
)
def test_a_day_off_moves_to_the_nearest_working_day(on: str, before: str, after: str) -> None:
    assert (DAYS.on_or_before(day(on)), DAYS.on_or_after(day(on))) == (day(before), day(after))


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-10-05", "2026-10-05", 0),
        ("2026-10-05", "2026-10-12", 4),
        ("2026-10-12", "2026-10-05", -4),
        ("2026-12-23", "2027-01-04", 1),
        ("2026-10-09", "2026-10-11", 0),
    ],
)
def test_the_days_between_two_days_are_those_that_are_worked(first: str, last: str, count: int) -> None:
    assert DAYS.between(day(first), day(last)) == count


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(-300, 300))
def test_counting_forth_and_back_leads_home(start: date, count: int) -> None:
    home = DAYS.on_or_before(start)
    there = DAYS.shifted(home, count)
    assert DAYS.works(there)
    assert DAYS.shifted(there, -count) == home
    assert DAYS.between(home, there) == count


def test_a_freeze_holds_for_every_launch_or_for_those_with_one_of_its_tags() -> None:
    assert DAYS.freeze(day("2026-11-23")) == COMPANY.freezes[0]
    assert DAYS.freeze(day("2026-11-30"), ["billing"]) == COMPANY.freezes[0]
    assert DAYS.freeze(day("2026-12-01")) is None
    assert DAYS.freeze(day("2026-12-21"), ["sharing"]) is None
    assert DAYS.freeze(day("2026-12-21"), ["sharing", "pricing"]) == COMPANY.freezes[1]


def test_days_off_of_an_extended_calendar_count_and_its_weekend_does_not() -> None:
    site = calendar(weekend=("friday", "saturday"))
    days = WorkingDays.of([site, COMPANY])
    assert days.why_off(day("2026-10-04")) is None
    assert days.why_off(day("2026-10-02")) == "a Friday"
    assert days.why_off(day("2026-10-07")) == "Founders' day"
    assert days.why_off(day("2026-12-31")) == "Winter closure"


def test_public_holidays_count_where_they_are_known() -> None:
    days = WorkingDays.of([COMPANY], {day("2026-10-05"): "A public holiday"})
    assert days.why_off(day("2026-10-05")) == "A public holiday"
    assert days.shifted(day("2026-10-02"), 1) == day("2026-10-06")


def test_without_a_calendar_monday_to_friday_are_worked() -> None:
    assert WorkingDays.of([]).shifted(day("2026-12-24"), 2) == day("2026-12-28")


@pytest.mark.parametrize(
    "never",
    [
        calendar(weekend=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")),
        calendar(closures=(closure("2000-01-01", "2999-12-31"),)),
    ],
    ids=["no-weekday", "closed-for-ever"],
)
def test_a_calendar_without_working_days_is_an_error_and_not_a_hang(never: Calendar) -> None:
    with pytest.raises(PlanError, match="nobody works in the 366 days before 2026-10-05"):
        WorkingDays.of([never]).shifted(day("2026-10-06"), -1)
    with pytest.raises(PlanError, match="nobody works in the 366 days after 2026-10-06"):
        WorkingDays.of([never]).shifted(day("2026-10-05"), 1)


@pytest.mark.parametrize(
    ("on", "period", "after", "before"),
    [
        ("2026-08-31", "6mo", "2027-02-28", "2026-02-28"),
        ("2027-08-31", "6mo", "2028-02-29", "2027-02-28"),
        ("2028-02-29", "1y", "2029-02-28", "2027-02-28"),
        ("2026-12-15", "1mo", "2027-01-15", "2026-11-15"),
        ("2026-01-31", "1mo", "2026-02-28", "2025-12-31"),
        ("2026-10-05", "90d", "2027-01-03", "2026-07-07"),
        ("2026-10-05", "2w", "2026-10-19", "2026-09-21"),
        ("2026-10-05", "9999y", "9999-12-31", "0001-01-01"),
        ("2026-10-05", "365d", "2027-10-05", "2025-10-05"),
    ],
)
def test_a_period_ends_on_the_same_day_of_the_month_or_on_its_last(
    on: str, period: str, after: str, before: str
) -> None:
    assert later(day(on), Period.parse(period)) == day(after)
    assert earlier(day(on), Period.parse(period)) == day(before)


def test_the_day_after_the_last_day_is_the_last_day() -> None:
    assert next_day(day("2026-12-31")) == day("2027-01-01")
    assert next_day(date.max) == date.max
