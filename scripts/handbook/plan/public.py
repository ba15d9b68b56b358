"""Public holidays of a country or a part of it, from the package `holidays`, which needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from handbook.errors import COULD_NOT_RUN
from handbook.model.catalog import Calendar
from handbook.plan.calendar import PlanError

MISSING = "install what planning needs: pip install 'process-handbook[plan]'"


def public_holidays(calendar: Calendar, years: Iterable[int]) -> Mapping[date, str]:
    """Return the public holidays of a calendar's country in some years, by day, named in English where that is known.

    Days that are only observed on another day count too. A calendar without a country has none.

    Raises:
        PlanError: there is no such country or part of it, or the package is not installed.
    """
    if calendar.country is None:
        return {}
    try:
        import holidays
    except ImportError:
        message = f'the calendar "{calendar.id}" counts public holidays, and the package that knows them is not installed'
        raise PlanError(message, MISSING, code=COULD_NOT_RUN) from None
    try:
        found = holidays.country_holidays(
            calendar.country, subdiv=calendar.subdivision, years=sorted(years), language="en_US"
        )
    except NotImplementedError:
        where = f"{calendar.country}-{calendar.subdivision}" if calendar.subdivision else calendar.country
        hint = (
            f"correct country and subdivision in {calendar.at.path}, or leave them out and list the holidays"
        )
        raise PlanError(
            f'the calendar "{calendar.id}" is of {where}, whose public holidays are not known', hint
        ) from None
    return dict(sorted(found.items()))
