"""Rhythms: what the iCalendar standard allows, what never comes round, and how often the others do."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from handbook.model.rhythm import faults, last_day, missing_day, parts, runs_per_year

SOUND = [
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    "FREQ=DAILY;UNTIL=20261231T235959Z",
    "FREQ=YEARLY;BYYEARDAY=-1",
]


@pytest.mark.parametrize("rule", SOUND)
def test_a_rule_that_the_standard_allows_has_no_fault(rule: str) -> None:
    assert (list(faults(rule)), missing_day(parts(rule))) == ([], "")


UNSOUND = {
    "FREQ=FORTNIGHTLY": "FORTNIGHTLY is no frequency: it is DAILY, WEEKLY, MONTHLY or YEARLY",
    "FREQ=WEEKLY;BYDAY=TUE": "TUE is no day: a day is MO, TU, WE, TH, FR, SA or SU, or one with a number such as 2TU",
    "FREQ=WEEKLY;BYDAY=": "nothing is no day: a day is MO, TU, WE, TH, FR, SA or SU, or one with a number such as 2TU",
    "FREQ=WEEKLY;BYDAY=2TU": "2TU counts the days of a month or year, and the frequency is WEEKLY",
    "FREQ=WEEKLY;BYMONTHDAY=1": "BYMONTHDAY cannot stand with WEEKLY",
    "FREQ=MONTHLY;BYWEEKNO=3": "BYWEEKNO cannot stand with MONTHLY",
    "FREQ=MONTHLY;BYMONTHDAY=32": "BYMONTHDAY has to be from 1 to 31, not 32",
    "FREQ=YEARLY;BYMONTH=-1": "BYMONTH has to be from 1 to 12, not -1",
    "FREQ=WEEKLY;INTERVAL=0": "INTERVAL has to be from 1 to 9999, not 0",
    "FREQ=WEEKLY;INTERVAL=1,2": "INTERVAL has to be from 1 to 9999, not 1,2",
    "FREQ=WEEKLY;INTERVAL=99999999": "INTERVAL has to be from 1 to 9999, not 99999999",
    "FREQ=WEEKLY;COUNT=3;UNTIL=20261231": "COUNT and UNTIL cannot stand together",
    "FREQ=WEEKLY;UNTIL=20260230": "UNTIL has to be a day such as 20261231, not 20260230",
    "FREQ=WEEKLY;BYSETPOS=1": "BYSETPOS chooses among the days of another BY part, and there is none",
    "FREQ=WEEKLY;EVERY=2": "EVERY is no part of a recurrence rule",
    "FREQ=WEEKLY;WKST=2": "WKST has to be a day such as MO, not 2",
    "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU": "BYDAY stands in it twice",
}


@pytest.mark.parametrize(("rule", "fault"), UNSOUND.items(), ids=list(UNSOUND))
def test_a_rule_that_the_standard_does_not_allow_has_a_fault(rule: str, fault: str) -> None:
    assert list(faults(rule)) == [fault]


NEVER = {
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30": "day 30 of month 2",
    "FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31": "day 31 of month 4",
    "FREQ=MONTHLY;BYMONTH=3,4;BYMONTHDAY=31": "",
    "FREQ=MONTHLY;BYMONTHDAY=31": "",
    "FREQ=MONTHLY;BYDAY=6MO": "6MO of a month",
    "FREQ=YEARLY;BYDAY=6MO": "",
    "FREQ=YEARLY;BYDAY=54MO": "54MO of a year",
}


@pytest.mark.parametrize(("rule", "day"), NEVER.items(), ids=list(NEVER))
def test_a_rule_may_ask_for_a_day_that_no_calendar_has(rule: str, day: str) -> None:
    assert (list(faults(rule)), missing_day(parts(rule))) == ([], day)


def test_a_rule_may_have_a_last_day() -> None:
    assert last_day(parts("FREQ=DAILY;UNTIL=20261231T235959Z")) == date(2026, 12, 31)
    assert last_day(parts("FREQ=DAILY")) is None


PER_YEAR = {
    "day": 260,
    "2 weeks": 26,
    "half-year": 2,
    "FREQ=DAILY": 260,
    "FREQ=DAILY;BYDAY=MO,WE": 104,
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH": 52,
    "FREQ=WEEKLY;BYMONTH=1,2,3": 13,
    "FREQ=MONTHLY": 12,
    "FREQ=MONTHLY;BYDAY=2TU": 12,
    "FREQ=MONTHLY;BYDAY=TU": 52,
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": 12,
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,15": 8,
    "FREQ=YEARLY": 1,
    "FREQ=YEARLY;INTERVAL=2": 0.5,
    "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1": 2,
}


@pytest.mark.parametrize(("rhythm", "times"), PER_YEAR.items(), ids=list(PER_YEAR))
def test_a_rhythm_comes_round_so_many_times_a_year(rhythm: str, times: float) -> None:
    assert round(runs_per_year(rhythm), 6) == times


#: rules that go on for ever, and come round in each year
LASTING = [
    rule
    for rule in SOUND
    if not any(part in rule for part in ("BYMONTHDAY=29", "BYWEEKNO", "UNTIL", "COUNT"))
]


@pytest.mark.parametrize("rule", LASTING)
def test_another_implementation_counts_the_same(rule: str) -> None:
    rrule = pytest.importorskip("dateutil.rrule")
    first, last = (
        datetime(2001, 1, 1),
        datetime(2028, 12, 31),
    )  # after 28 years the days of the week come again
    days = rrule.rrulestr(rule, dtstart=first).between(first, last, inc=True)
    assert len(days) / 28 == pytest.approx(runs_per_year(rule), rel=0.05)
