"""The page of a working calendar: the days off, and the days on which nothing is launched."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Calendar, Freeze, Team
from handbook.site import frame
from handbook.site.page import Here, Page
from handbook.site.uses import uses
from handbook.text import markup, words


def page(here: Here, calendar: Calendar) -> Page:
    """Return the page of a calendar."""
    off = [(day.on, day.on, day.title) for day in calendar.holidays]
    off += [(closure.from_, closure.to, closure.title) for closure in calendar.closures]
    days_off = (
        (words.day(first), words.day(last) if last != first else "", markup.text(title))
        for first, last, title in sorted(off)
    )
    freezes = sorted(calendar.freezes, key=lambda freeze: freeze.from_)
    return frame.page(
        here,
        calendar,
        _facts(here, calendar),
        markup.section(
            "Days off", markup.table(("First day", "Last day", "Why"), days_off), anchor="days-off"
        ),
        markup.section(
            "Freezes",
            "On these days people work, but nothing is launched." if freezes else "",
            _freezes(freezes),
            anchor="freezes",
        ),
    )


def _facts(here: Here, calendar: Calendar) -> Iterator[tuple[str, str]]:
    region = f"{calendar.country}-{calendar.subdivision}" if calendar.subdivision else calendar.country
    teams = (use.record for use in uses(here.handbook, calendar) if isinstance(use.record, Team))
    yield "Adds to", here.name(Calendar, calendar.extends)
    yield "Public holidays of", markup.text(region or "")
    yield "Weekend", words.sentence(" and ".join(words.sentence(day) for day in calendar.weekend))
    yield "Time zone", markup.text(calendar.time_zone or "")
    yield "Used by", ", ".join(here.link(team) for team in teams)


def _freezes(freezes: list[Freeze]) -> str:
    rows = (
        (
            words.day(freeze.from_),
            words.day(freeze.to),
            markup.text(freeze.title),
            markup.text(", ".join(freeze.scope) or "every launch"),
        )
        for freeze in freezes
    )
    return markup.table(("First day", "Last day", "Why", "Holds for"), rows)
