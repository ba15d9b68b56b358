"""The rhythms in which processes run: words such as `2 weeks`, and recurrence rules of the iCalendar standard.

Source: RFC 5545, section 3.3.10.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handbook.model.process import Volume
from handbook.model.values import DAYS_PER_WEEK

WEEKS_PER_YEAR = 52
WORKING_DAYS_PER_YEAR = WEEKS_PER_YEAR * DAYS_PER_WEEK
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKS_PER_MONTH = 52 / 12
_PER_YEAR = {
    "day": WORKING_DAYS_PER_YEAR,
    "week": 52,
    "2 weeks": 26,
    "month": 12,
    "quarter": 4,
    "half-year": 2,
    "year": 1,
}
_LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}  #: months with fewer than 31 days
_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
#: part -> the smallest and the largest number, and whether it may also count from the end, below zero
_NUMBERS = {
    "INTERVAL": (1, 9999, False),
    "COUNT": (1, 9999, False),
    "BYSECOND": (0, 60, False),
    "BYMINUTE": (0, 59, False),
    "BYHOUR": (0, 23, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYMONTH": (1, 12, False),
    "BYSETPOS": (1, 366, True),
}
_SINGLE = ("INTERVAL", "COUNT")
#: part -> the frequencies with which it must not stand
_NOT_WITH = {
    "BYWEEKNO": _FREQUENCIES[:-1],
    "BYYEARDAY": ("DAILY", "WEEKLY", "MONTHLY"),
    "BYMONTHDAY": ("WEEKLY",),
}


def is_recurrence_rule(rhythm: str) -> bool:
    """Whether a rhythm is a recurrence rule, and not a word."""
    return rhythm.startswith("FREQ=")


def parts(rule: str) -> dict[str, str]:
    """Return the parts of a recurrence rule by name."""
    return dict(part.split("=", 1) for part in rule.split(";"))


def faults(rule: str) -> Iterator[str]:
    """Yield what the standard does not allow in a recurrence rule, each in a few words."""
    names = [part.partition("=")[0] for part in rule.split(";")]
    yield from (f"{name} stands in it twice" for name in dict.fromkeys(names) if names.count(name) > 1)
    given = parts(rule)
    frequency = given["FREQ"]
    if frequency not in _FREQUENCIES:
        yield f"{frequency} is no frequency: it is DAILY, WEEKLY, MONTHLY or YEARLY"
        return
    for name, value in given.items():
        yield from _faults_of_part(name, value, frequency)
    if "COUNT" in given and "UNTIL" in given:
        yield "COUNT and UNTIL cannot stand together"
    if "BYSETPOS" in given and not any(name.startswith("BY") and name != "BYSETPOS" for name in given):
        yield "BYSETPOS chooses among the days of another BY part, and there is none"


def _faults_of_part(name: str, value: str, frequency: str) -> Iterator[str]:
    if frequency in _NOT_WITH.get(name, ()):
        yield f"{name} cannot stand with {frequency}"
    elif name in _NUMBERS:
        yield from _faults_of_numbers(name, value)
    elif name == "BYDAY":
        yield from _faults_of_days(value, frequency)
    elif name == "WKST":
        if value not in WEEKDAYS:
            yield f"WKST has to be a day such as MO, not {value}"
    elif name == "UNTIL":
        if last_day({"UNTIL": value}) is None:
            yield f"UNTIL has to be a day such as 20261231, not {value}"
    elif name != "FREQ":
        yield f"{name} is no part of a recurrence rule"


def _faults_of_numbers(name: str, value: str) -> Iterator[str]:
    low, high, below_zero = _NUMBERS[name]
    entries = [value] if name in _SINGLE else value.split(",")
    for entry in entries:
        number = _number(entry)
        if number is None or not low <= (abs(number) if below_zero else number) <= high:
            yield f"{name} has to be from {low} to {high}, not {entry or 'nothing'}"


def _faults_of_days(value: str, frequency: str) -> Iterator[str]:
    for entry in value.split(","):
        which, day = entry[:-2], entry[-2:]
        if day not in WEEKDAYS or (which and _number(which) in (None, 0)):
            yield f"{entry or 'nothing'} is no day: a day is MO, TU, WE, TH, FR, SA or SU, or one with a number such as 2TU"
        elif which and frequency not in ("MONTHLY", "YEARLY"):
            yield f"{entry} counts the days of a month or year, and the frequency is {frequency}"


def _number(text: str) -> int | None:
    digits = text[1:] if text[:1] in ("+", "-") else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _numbers(given: dict[str, str], name: str) -> list[int]:
    return [int(entry) for entry in given[name].split(",")] if name in given else []


def last_day(given: dict[str, str]) -> date | None:
    """Return the last day of a recurrence rule, or None where it goes on for ever."""
    until = given.get("UNTIL", "")[:8]
    try:
        return date(int(until[:4]), int(until[4:6]), int(until[6:])) if len(until) == 8 else None
    except ValueError:
        return None


def missing_day(given: dict[str, str]) -> str:
    """Return in words the day that a recurrence rule asks for and no calendar has, or nothing."""
    months = _numbers(given, "BYMONTH") or [1]
    days = _numbers(given, "BYMONTHDAY")
    if days and all(abs(day) > _LONGEST.get(month, 31) for day in days for month in months):
        return f"day {days[0]} of month {months[0]}"
    within_month = given["FREQ"] == "MONTHLY" or "BYMONTH" in given
    most = 5 if within_month else 53
    named = [entry for entry in given.get("BYDAY", "").split(",") if entry]
    if named and all(abs(int(entry[:-2] or 1)) > most for entry in named):
        return f"{named[0]} of a {'month' if within_month else 'year'}"
    return ""


def runs_per_year(rhythm: str) -> float:
    """Return how often a rhythm comes round in a year, by and large."""
    if not is_recurrence_rule(rhythm):
        return _PER_YEAR[rhythm]
    given = parts(rhythm)
    months = len(_numbers(given, "BYMONTH")) or 12
    interval = int(given.get("INTERVAL", 1))
    days = given["BYDAY"].split(",") if "BYDAY" in given else []
    by_frequency = {
        "DAILY": 52 * len(days) if days else WORKING_DAYS_PER_YEAR,
        "WEEKLY": 52 * (len(days) or 1),
        "MONTHLY": 12 * _per_month(given, days),
        "YEARLY": months * _per_month(given, days) if "BYMONTH" in given else 1,
    }
    once = by_frequency.get(given["FREQ"], WORKING_DAYS_PER_YEAR)
    seasonal = 1 if given["FREQ"] == "YEARLY" else months / 12
    return once * seasonal / interval


def volume_per_year(volume: Volume) -> float:
    """Return how often a process with this volume runs in a year."""
    return volume.count * _PER_YEAR[volume.per]


def _per_month(given: dict[str, str], days: list[str]) -> float:
    if "BYSETPOS" in given:
        return len(_numbers(given, "BYSETPOS"))
    if days:
        return sum(1 if len(day) > 2 else _WEEKS_PER_MONTH for day in days)
    return len(_numbers(given, "BYMONTHDAY")) or 1
