"""The option `--today`, which several commands have: the same handbook on the same day always prints the same."""

from __future__ import annotations

from datetime import date

from handbook.errors import UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def option(parser: argparse.ArgumentParser) -> None:
    """Declare the option; without it, its value is None."""
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day to check for (default: today)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f'"{text}" is not a day such as 2026-10-05') from None


def day_of(text: str) -> date:
    """Return the day that is typed.

    Raises:
        UserError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f'"{text}" is not a day', "write year-month-day, such as 2027-06-15") from None


def past_day(given: str | None, today: date, what: str) -> date:
    """Return the day that is typed, or today where none is; `what` was done on it.

    Raises:
        UserError: it is no day, or is still to come.
    """
    day = day_of(given) if given else today
    if day > today:
        raise UserError(f"{day} is still to come", f"name the day on which it was {what}")
    return day
