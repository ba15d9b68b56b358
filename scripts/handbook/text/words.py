"""How values are said to a reader: days, times, rhythms and states in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from handbook.model.values import HOURS_PER_DAY, Duration, Effort, Offset, Period, Quantity, Target

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNITS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
_WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_FREQUENCIES = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_COMPARISONS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": "exactly"}

STATUSES = {
    "draft": "Draft: being written, not yet to be followed",
    "trial": "On trial: some teams follow it, and it may change",
    "deprecated": "Deprecated: still valid, and being replaced",
    "retired": "Retired: kept for the record only",
}


def number(value: float) -> str:
    """Return a number without needless zeros: 2, 2.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def count(value: float, noun: str) -> str:
    """Return a number of things: 1 day, 2.5 days, 3 processes."""
    plural = (
        noun[:-1] + "ies"
        if noun.endswith("y") and noun[-2] not in "aeou"
        else noun + ("es" if noun.endswith(("s", "ch")) else "s")
    )
    return f"{number(value)} {noun if value == 1 else plural}"


def day(value: date | None) -> str:
    """Return a day: 5 October 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


def short_day(value: date | None) -> str:
    """Return a day for a narrow column: 5 Oct 2026. Its spaces do not break."""
    return f"{value.day}\u00a0{MONTHS[value.month - 1][:3]}\u00a0{value.year}" if value else ""


def clock(time: str) -> str:
    """Return the time of day until which something is due: by 16:00."""
    return "by the end of the day anywhere on earth" if time == "AoE" else f"by {time}"


def length(low_days: float, high_days: float, unit: str = "working day") -> str:
    """Return a length of time: 2 working days, 2 to 6 working days, 4 hours to 2 working days."""
    if low_days == high_days or not low_days:
        return _length(high_days, unit)
    if low_days >= 1:
        return f"{number(low_days)} to {_length(high_days, unit)}"
    if high_days < 1:
        return f"{number(low_days * HOURS_PER_DAY)} to {_length(high_days, unit)}"
    return f"{_length(low_days, unit)} to {_length(high_days, unit)}"


def _length(days: float, unit: str) -> str:
    return count(days, unit) if days >= 1 else count(days * HOURS_PER_DAY, "hour")


def duration(value: Duration | None, unit: str = "working day") -> str:
    """Return how long something takes."""
    return length(value.low_days, value.high_days, unit) if value else ""


def effort(value: Effort | None) -> str:
    """Return an amount of work in the unit in which it was written: 45 minutes, 3 hours."""
    match = re.fullmatch(r"([0-9.]+)([a-z]+)", value.text) if value else None
    return count(float(match[1]), _UNITS[match[2]]) if match else ""


def hours(value: float) -> str:
    """Return a number of hours; of less than one, the minutes."""
    return count(round(value * 60), "minute") if 0 < value < 1 else count(value, "hour")


def period(value: Period | None) -> str:
    """Return a length of calendar time: 6 months."""
    return count(value.count, _UNITS[value.unit]) if value else ""


def every(value: Period | None) -> str:
    """Return a rhythm: every month, every 6 months."""
    return "every " + period(value).removeprefix("1 ") if value else ""


def offset(value: Offset) -> str:
    """Return a distance from the anchor day as plans write it: T−20, T, T+5."""
    sign = "−" if value.days < 0 else "+"
    return f"T{sign}{abs(value.days)}" if value.days else "T"


def target(value: Target | None) -> str:
    """Return what a metric has to reach: at least 90 %."""
    if value is None:
        return ""
    return f"{_COMPARISONS[value.comparison]} {number(value.value)}" + (
        f"\u00a0{value.unit}" if value.unit else ""
    )


def quantity(value: Quantity | None) -> str:
    """Return a number with its unit: 31 %, 2 points."""
    return f"{number(value.value)}\u00a0{value.unit}".strip() if value else ""


def rhythm(value: str) -> str:
    """Return a rhythm of a trigger: every quarter, every week on Thursday. An unusual rule stays as it is."""
    if not value.startswith("FREQ="):
        return f"every {value}"
    rule = dict(part.split("=", 1) for part in value.split(";"))
    days = [_WEEKDAYS.get(code) for code in rule.pop("BYDAY", "").split(",") if code]
    unit = _FREQUENCIES.get(rule.pop("FREQ"), "")
    times = rule.pop("INTERVAL", "1")
    if rule or not unit or None in days:
        return f"by the rule {value}"
    said = f"every {unit}" if times == "1" else f"every {times} {unit}s"
    return said + (f" on {listed(day for day in days if day)}" if days else "")


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as they are read aloud: a, b and c."""
    found = list(words)
    return f" {last} ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def some(words: Sequence[str], most: int = 5) -> str:
    """Return words as a list to read aloud, of which a long one only counts its end."""
    if len(words) <= most + 1:
        return listed(words)
    return listed([*words[:most], f"{len(words) - most} more"])


def sentence(words: str) -> str:
    """Return words with a capital first letter, also behind an opening quote."""
    start = 1 if words.startswith("“") else 0
    return words[:start] + words[start : start + 1].upper() + words[start + 1 :]
