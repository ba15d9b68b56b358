"""The name of the next release, from the day and the names that are taken: v2026.11.0, then v2026.11.1. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from handbook.settings import Settings

DEFAULT = Settings.release
_PARTS = ("year", "month", "number")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def objection(pattern: str) -> str | None:
    """Say what is wrong with a pattern of release names; None where nothing is."""
    rest = pattern
    for part in _PARTS:
        rest = rest.replace(f"{{{part}}}", "1")
    if "{number}" not in pattern:
        return "it has no {number}, so a second release could not be told from the first"
    if not _NAME.fullmatch(rest) or rest.endswith((".", ".lock")) or ".." in rest:
        return "it may have letters, digits, . _ - and the parts {year}, {month} and {number}"
    return None


def following(pattern: str, today: date, taken: Collection[str]) -> str:
    """Return the first name of a day that is free; the number counts the releases of the month, from 0."""
    number = 0
    while (name := _name(pattern, today, number)) in taken:
        number += 1
    return name


def matches(pattern: str, name: str) -> bool:
    """Whether a tag is the name of a release."""
    made = re.escape(pattern)
    for part in _PARTS:
        made = made.replace(re.escape(f"{{{part}}}"), "[0-9]+")
    return re.fullmatch(made, name) is not None


def _name(pattern: str, today: date, number: int) -> str:
    values = {"year": today.year, "month": today.month, "number": number}
    for part, value in values.items():
        pattern = pattern.replace(f"{{{part}}}", str(value))
    return pattern
