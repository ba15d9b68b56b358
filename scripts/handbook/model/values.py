"""Small values that records are written in: durations, efforts, offsets, periods and targets.

The schemas have already checked the form; parsing here cannot fail on a record without findings.
"""

from __future__ import annotations

import re

from handbook.frozen import Frozen

HOURS_PER_DAY = 8
DAYS_PER_WEEK = 5
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 64
_DAYS = {"h": 1 / HOURS_PER_DAY, "d": 1.0, "w": float(DAYS_PER_WEEK)}
_HOURS = {"min": 1 / 60, "h": 1.0, "d": float(HOURS_PER_DAY)}
_AMOUNT = re.compile(r"([0-9.]+)(min|mo|h|d|w|y)")
_TARGET = re.compile(r"(>=|<=|>|<|=) ?(-?[0-9.]+) ?(.*)")


def is_id(text: str) -> bool:
    """Whether a text can be an id: lower-case letters, digits and single hyphens, and not too long."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None


def _amount(text: str) -> tuple[float, str]:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is not an amount such as 2d or 3h')
    return float(match[1]), match[2]


class Duration(Frozen):
    """How long something takes, in working days of eight hours; `text` is what was written."""

    low_days: float
    high_days: float
    text: str

    @classmethod
    def parse(cls, text: str) -> Duration:
        low, _, high = text.partition("..")
        days = [number * _DAYS[unit] for number, unit in map(_amount, (low, high or low))]
        return cls(days[0], days[1], text)


class Effort(Frozen):
    """How much work something is, in hours; `text` is what was written."""

    hours: float
    text: str

    @classmethod
    def parse(cls, text: str) -> Effort:
        number, unit = _amount(text)
        return cls(number * _HOURS[unit], text)


class Offset(Frozen):
    """Working days from an anchor day; negative before it."""

    days: int

    @classmethod
    def parse(cls, text: str) -> Offset:
        return cls(int(text.removesuffix("d")))

    def __str__(self) -> str:
        return f"{self.days:+d}d" if self.days else "0d"


class Period(Frozen):
    """A length of calendar time: a number of `d`, `w`, `mo` or `y`."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Period:
        number, unit = _amount(text)
        return cls(int(number), unit)

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


class Target(Frozen):
    """What a metric has to reach: a comparison (`>=`, `<=`, `>`, `<`, `=`), a number and a unit."""

    comparison: str
    value: float
    unit: str
    text: str

    @classmethod
    def parse(cls, text: str) -> Target:
        match = _TARGET.fullmatch(text)
        if match is None:
            raise ValueError(f'"{text}" is not a target such as ">= 90%"')
        return cls(match[1], float(match[2]), match[3], text)


class Quantity(Frozen):
    """A number with its unit, such as 31 % or 2 points."""

    value: float
    unit: str
    text: str

    @classmethod
    def parse(cls, text: str) -> Quantity:
        unit = text.lstrip("-0123456789.")
        return cls(float(text.removesuffix(unit)), unit.strip(), text)
