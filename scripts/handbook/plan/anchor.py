"""The day that a plan counts from: which days a template allows, and which of them a month has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from handbook.model.launch import Anchor
from handbook.plan.calendar import WEEKDAYS, PlanError, WorkingDays, month_length
from handbook.text.words import listed

_FURTHEST = 366  #: days in which a day that is allowed has to come


def objections(
    anchor: Anchor | None, day: date, days: WorkingDays, tags: Iterable[str] = ()
) -> Iterator[str]:
    """Yield why a day cannot be the anchor day, each as a sentence without its end. Without an anchor, any working day can."""
    if why := days.why_off(day):
        yield f"nobody works on {day}: it is {_named(why)}"
    if anchor and anchor.weekdays and WEEKDAYS[day.weekday()] not in anchor.weekdays:
        allowed = listed((f"a {name.capitalize()}" for name in anchor.weekdays), "or")
        yield f"{day} is a {WEEKDAYS[day.weekday()].capitalize()}, and the template asks for {allowed}"
    if freeze := days.freeze(day, tags):
        yield f'{day} is in the freeze "{freeze.title}", from {freeze.from_} to {freeze.to}'
    if anchor and (found := in_month(anchor, day.year, day.month, days)) not in (None, day):
        yield f"by the rule of the template, the day in this month is {found}, not {day}"


def _named(why: str) -> str:
    return why if why.startswith("a ") else f'"{why}"'


def in_month(anchor: Anchor, year: int, month: int, days: WorkingDays) -> date | None:
    """Return the day of a month that the rule of a template gives; None where it has no such rule.

    The day is the named one, or the nearest before it, or after it, on which people work and that is one of the
    weekdays of the rule. It may so be in the month before or after.

    Raises:
        PlanError: there is no such day within a year.
    """
    named, step = (anchor.on_or_before, -1) if anchor.on_or_before is not None else (anchor.on_or_after, 1)
    if named is None:
        return None
    start = date(year, month, min(named, month_length(year, month)))
    for distance in range(_FURTHEST):
        day = start + timedelta(step * distance)
        if days.works(day) and (not anchor.weekdays or WEEKDAYS[day.weekday()] in anchor.weekdays):
            return day
    side = "before" if step < 0 else "after"
    raise PlanError(
        f"no day in the year {side} {start} is allowed by the rule of the template",
        "allow more weekdays, or correct the calendar",
    )


def allowed(
    anchor: Anchor | None, start: date, days: WorkingDays, tags: Iterable[str] = (), step: int = 1
) -> date | None:
    """Return the first day from `start` on (or back from it, with a `step` of -1) that nothing speaks against."""
    tags = tuple(tags)
    for distance in range(_FURTHEST):
        day = start + timedelta(step * distance)
        if not any(objections(anchor, day, days, tags)):
            return day
    return None
