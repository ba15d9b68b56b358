"""Answers that stand for numbers, such as `more than 5 days`: which numbers they take in."""

from __future__ import annotations

import functools
import itertools
import re

from handbook.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from re import Pattern

_ENDLESS = float("inf")
_BELOW = ("less than", "under", "below", "fewer than", "<")
_AT_MOST = ("at most", "up to", "no more than", "<=", "≤")
_ABOVE = ("more than", "over", "above", ">")
_AT_LEAST = ("at least", "from", "no less than", ">=", "≥")


class Interval(Frozen):
    """The numbers from `low` to `high`; `low_in` and `high_in` say whether these two belong to it. `unit` is in lower case."""

    low: float
    low_in: bool
    high: float
    high_in: bool
    unit: str

    def holds(self, number: float) -> bool:
        """Whether a number belongs to it."""
        above = number > self.low or (self.low_in and number == self.low)
        return above and (number < self.high or (self.high_in and number == self.high))


def interval(answer: str) -> Interval | None:
    """Return what an answer such as `less than 5 days`, `5 to 10 days` or `11 days or more` stands for, or None."""
    text = " ".join(answer.lower().split())
    if match := _between().fullmatch(text):
        return Interval(_number(match[1]), True, _number(match[2]), True, _unit(match[3]))
    if match := _open().fullmatch(text):
        return Interval(_number(match[1]), True, _ENDLESS, False, _unit(match[2]))
    if match := _bound().fullmatch(text):
        number, word = _number(match[2]), match[1]
        if word in _BELOW or word in _AT_MOST:
            return Interval(-_ENDLESS, False, number, word in _AT_MOST, _unit(match[3]))
        return Interval(number, word in _AT_LEAST, _ENDLESS, False, _unit(match[3]))
    return None


def _unit(text: str) -> str:
    """Return a unit without what its plural adds."""
    return text.removesuffix("s")


def _number(text: str) -> float:
    return float(text.replace(",", ""))


_AMOUNT = r"([0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?)"
_UNIT = r" ?(%|[a-z]*(?: [a-z]+)?)"


@functools.cache
def _between() -> Pattern[str]:
    return re.compile(rf"(?:from |between )?{_AMOUNT} ?(?:to|and|\.\.|-|–) ?{_AMOUNT}{_UNIT}")


@functools.cache
def _open() -> Pattern[str]:
    return re.compile(rf"{_AMOUNT}{_UNIT} (?:or|and) (?:more|above|over)")


@functools.cache
def _bound() -> Pattern[str]:
    words = "|".join(
        re.escape(word) for word in sorted((*_BELOW, *_AT_MOST, *_ABOVE, *_AT_LEAST), key=len, reverse=True)
    )
    return re.compile(rf"({words}) ?{_AMOUNT}{_UNIT}")


def shared_number(intervals: Sequence[Interval]) -> Iterator[tuple[int, int, float]]:
    """Yield two neighbours that overlap, by their positions, with a number that belongs to both."""
    ordered = sorted(range(len(intervals)), key=lambda index: _order(intervals[index]))
    for one, other in itertools.pairwise(ordered):
        number = _inside(intervals[other], intervals[one])
        if number is not None:
            yield one, other, number


def _order(each: Interval) -> tuple[float, bool, float]:
    return each.low, not each.low_in, each.high


def _inside(later: Interval, earlier: Interval) -> float | None:
    """Return a number of both, or None. The later one begins where the earlier one has begun already."""
    if later.low == -_ENDLESS:
        return min(later.high, earlier.high) - 1
    if earlier.holds(later.low) and later.holds(later.low):
        return later.low
    if later.low < earlier.high:
        return (later.low + min(earlier.high, later.high, later.low + 2)) / 2
    return None


def missing_number(intervals: Sequence[Interval]) -> float | None:
    """Return a number between the intervals that belongs to none; nothing is said of what is below or above them all."""
    ordered = sorted(intervals, key=_order)
    reach, included = ordered[0].high, ordered[0].high_in
    for each in ordered[1:]:
        if each.low > reach and not _next_whole(reach, each.low, included and each.low_in):
            return (reach + each.low) / 2 if included and each.low_in else reach if not included else each.low
        if each.low == reach and not (included or each.low_in):
            return reach
        if (each.high, each.high_in) > (reach, included):
            reach, included = each.high, each.high_in
    return None


def _next_whole(low: float, high: float, both_in: bool) -> bool:
    """Whether two whole numbers follow each other, as in `1 to 5` and `6 to 10`: nobody counts 5.5 people."""
    return both_in and low.is_integer() and high.is_integer() and high - low == 1
