"""A monthly release train, modelled on a published table of milestones, against another library that counts working days."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from handbook.model.launch import LaunchTemplate
from handbook.plan.anchor import in_month
from handbook.plan.diary import diary
from handbook.plan.public import public_holidays
from handbook.plan.schedule import schedule
from handbook.plan.selection import select
from tests.plan.made import TEMPLATE, day, handbook, task, template

#: working days from the release: feature complete, judgment day, qualification, code freeze, approval, and six rings
OFFSETS = (-24, -19, -18, -10, -8, -7, -6, -5, -3, -2, 0)
TRAIN = template(
    anchor={"name": "Release day", "on_or_before": 16},
    tasks=[task(f"step-{-offset}", offset) for offset in OFFSETS],
)
MONTHS = [(year, month) for year in (2026, 2027, 2028) for month in range(1, 13)]
PLACES = [("US", None), ("DE", "BY"), ("GB", "ENG"), ("JP", None)]


def peer(country: str, subdivision: str | None, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision, years=[year - 1, year, year + 1])


@pytest.mark.parametrize(("country", "subdivision"), PLACES, ids=lambda one: str(one))
def test_every_month_has_the_dates_that_another_library_counts(country: str, subdivision: str | None) -> None:
    place = {"country": country, **({"subdivision": subdivision} if subdivision else {})}
    book = handbook({TEMPLATE.format("train"): TRAIN}, {"company": place})
    train = book.find(LaunchTemplate, "train")
    assert train is not None
    selection = select([train], {})
    for year, month in MONTHS:
        known = diary(book, "company", [year - 1, year, year + 1], public_holidays)
        counted = peer(country, subdivision, year)
        release = date(year, month, 16)
        if not counted.is_working_day(release):
            release = counted.get_nth_working_day(release, -1)
        assert in_month(train.anchor, year, month, known.days) == release
        plan = schedule(selection, release, known)
        expected = {
            f"step-{-offset}": counted.get_nth_working_day(release, offset) if offset else release
            for offset in OFFSETS
        }
        assert {id: slot.due_on for id, slot in plan.tasks.items()} == expected


@pytest.mark.parametrize(
    ("month", "release", "feature_complete", "code_freeze"),
    [
        # Counted by hand in a calendar: New Year's Day and Epiphany are the holidays of Bavaria in between.
        ("2027-02", "2027-02-16", "2027-01-13", "2027-02-02"),
        ("2027-01", "2027-01-15", "2026-12-09", "2026-12-30"),
        ("2026-08", "2026-08-14", "2026-07-13", "2026-07-31"),
    ],
)
def test_a_month_counted_by_hand(month: str, release: str, feature_complete: str, code_freeze: str) -> None:
    book = handbook({TEMPLATE.format("train"): TRAIN}, {"company": {"country": "DE", "subdivision": "BY"}})
    train = book.find(LaunchTemplate, "train")
    assert train is not None
    known = diary(book, "company", [2026, 2027], public_holidays)
    found = in_month(train.anchor, int(month[:4]), int(month[5:]), known.days)
    assert found == day(release)
    plan = schedule(select([train], {}), day(release), known)
    assert plan.tasks["step-24"].due_on == day(feature_complete)
    assert plan.tasks["step-10"].due_on == day(code_freeze)
