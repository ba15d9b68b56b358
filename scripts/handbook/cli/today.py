"""The option `--today`, which several commands have: the same handbook on the same day always prints the same."""

from __future__ import annotations

from datetime import date

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
