"""The working days that a record's calendar gives, for rules that count in them."""

from __future__ import annotations

from datetime import date

from handbook.model.catalog import Calendar
from handbook.plan.calendar import PlanError, WorkingDays
from handbook.rules.around import Around


def working_days(around: Around, calendar: str | None) -> WorkingDays:
    """Return the working days of a calendar and of those that it extends; Monday to Friday where none is named."""
    found: dict[str, Calendar] = {}
    while calendar is not None and (one := around.find(Calendar, calendar)) and one.id not in found:
        found[one.id] = one
        calendar = one.extends
    return WorkingDays.of(found.values())


def counted(days: WorkingDays, day: date, count: int) -> date:
    """Return the day that is so many working days from another; in a calendar without any, Monday to Friday count."""
    try:
        return days.shifted(day, count)
    except PlanError:
        return WorkingDays().shifted(day, count)
