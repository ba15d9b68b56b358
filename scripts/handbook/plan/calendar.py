"""Working days: which days of a calendar people work on, and how to count in them.

Pure: a calendar, those that it extends and the public holidays of its country are given. Rules use it at every
commit, so it imports nothing that costs time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from handbook.errors import UserError
from handbook.frozen import EMPTY, Frozen
from handbook.model.catalog import Calendar, Freeze
from handbook.model.values import Period

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKEND = frozenset((5, 6))  #: Saturday and Sunday, as `date.weekday()` counts
ZONES = timedelta(2)  #: a day that is this far ahead has come nowhere; tomorrow is already today somewhere
_LONGEST_REST = 366  #: days without a working day after which a calendar counts as having none
_MONTHS = {"mo": 1, "y": 12}
_DAYS = {"d": 1, "w": 7}


class PlanError(UserError):
    """A plan cannot be made, such as when a calendar has no working day."""


class Stretch(Frozen):
    """Days off in a row, both ends included, and why."""

    first: date
    last: date
    title: str


class WorkingDays(Frozen):
    """The days on which people work: every day that is neither weekend, holiday nor closure.

    `weekend` holds days of the week, Monday being 0. A freeze is no day off: people work, and nothing is launched.
    """

    weekend: frozenset[int] = WEEKEND
    holidays: Mapping[date, str] = EMPTY
    closures: tuple[Stretch, ...] = ()
    freezes: tuple[Freeze, ...] = ()

    @classmethod
    def of(cls, calendars: Iterable[Calendar], public: Mapping[date, str] = EMPTY) -> WorkingDays:
        """Return the working days of a calendar and those that it extends, nearest first.

        The weekend is that of the first one; holidays, closures and freezes of all of them count. `public` are
        the public holidays of its country, where they are known. Without any calendar, Monday to Friday are worked.
        """
        given = tuple(calendars)
        return cls(
            weekend=frozenset(map(WEEKDAYS.index, given[0].weekend)) if given else WEEKEND,
            holidays={**public, **{day.on: day.title for calendar in given for day in calendar.holidays}},
            closures=tuple([Stretch(one.from_, one.to, one.title) for c in given for one in c.closures]),
            freezes=tuple([freeze for calendar in given for freeze in calendar.freezes]),
        )

    def why_off(self, day: date) -> str | None:
        """Return why nobody works on a day, such as "Winter closure" or "a Sunday", or None on a working day."""
        if (holiday := self.holidays.get(day)) is not None:
            return holiday
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return closure.title
        return f"a {WEEKDAYS[day.weekday()].capitalize()}" if day.weekday() in self.weekend else None

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        if day.weekday() in self.weekend or day in self.holidays:
            return False
        return not any(closure.first <= day <= closure.last for closure in self.closures)

    def on_or_before(self, day: date) -> date:
        """Return the day itself, or the last working day before it.

        Raises:
            PlanError: there is no working day in the 366 days before it.
        """
        return self._nearest(day, -1)

    def on_or_after(self, day: date) -> date:
        """Return the day itself, or the first working day after it.

        Raises:
            PlanError: there is no working day in the 366 days after it.
        """
        return self._nearest(day, 1)

    def shifted(self, day: date, count: int) -> date:
        """Return the working day that is `count` working days after a day, or before it where `count` is negative.

        The day itself does not count, so 1 is the next working day and -1 the one before. With 0 it is the
        day itself, or the last working day before it where nobody works on it.

        Raises:
            PlanError: there is a year without a working day on the way.
        """
        if count == 0:
            return self.on_or_before(day)
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            day = self._nearest(_plus(day, step), step)
        return day

    def between(self, first: date, last: date) -> int:
        """Return how many working days lie after `first` until `last`, which counts; negative where `last` is earlier.

        It undoes `shifted`: `between(day, shifted(day, count)) == count` for a working day.
        """
        if last < first:
            return -self._worked(last.toordinal(), first.toordinal() - 1)
        return self._worked(first.toordinal() + 1, last.toordinal())

    def freeze(self, day: date, tags: Iterable[str] = ()) -> Freeze | None:
        """Return the freeze in which something with these tags cannot be launched on a day, or None."""
        mine = frozenset(tags)
        for freeze in self.freezes:
            if freeze.from_ <= day <= freeze.to and (not freeze.scope or not mine.isdisjoint(freeze.scope)):
                return freeze
        return None

    def _worked(self, first: int, last: int) -> int:
        """Return how many days are worked from one to another, both included, as ordinals: counted by the week."""
        count = self._weekdays(first, last)
        stretches = self._stretches()
        for start, end in stretches[max(0, bisect_right(stretches, (first, first)) - 1) :]:
            if start > last:
                break
            count -= self._weekdays(max(start, first), min(end, last))
        return count

    def _weekdays(self, first: int, last: int) -> int:
        """Return how many days from one to another are not in the weekend."""
        if last < first:
            return 0
        weeks, rest = divmod(last - first + 1, 7)
        begun = (first + 6) % 7  # the weekday of an ordinal
        return weeks * (7 - len(self.weekend)) + sum(
            (begun + at) % 7 not in self.weekend for at in range(rest)
        )

    def _stretches(self) -> list[tuple[int, int]]:
        """The holidays and closures as stretches of ordinals that do not touch, in order. Made once."""
        made = self.__dict__.get("_made")
        if made is None or made[0] is not self.holidays or made[1] is not self.closures:
            made = self.__dict__["_made"] = (self.holidays, self.closures, _merged(self))
        stretches: list[tuple[int, int]] = made[2]
        return stretches

    def _nearest(self, day: date, step: int) -> date:
        start = day
        for _ in range(_LONGEST_REST + 1):
            if self.works(day):
                return day
            day = _plus(day, step)
        side = "before" if step < 0 else "after"
        raise PlanError(
            f"nobody works in the {_LONGEST_REST} days {side} {start}",
            "shorten the weekend or the closures of the calendar",
        )


def _merged(days: WorkingDays) -> list[tuple[int, int]]:
    off = [(day.toordinal(), day.toordinal()) for day in days.holidays]
    off += [(one.first.toordinal(), one.last.toordinal()) for one in days.closures if one.last >= one.first]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(off):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def later(day: date, period: Period) -> date:
    """Return the day a period after another: one month after 31 January is the last day of February.

    Nothing goes past the last day that a date can have.
    """
    return _moved(day, period, 1)


def earlier(day: date, period: Period) -> date:
    """Return the day a period before another, and not before the first day that a date can have."""
    return _moved(day, period, -1)


def next_day(day: date) -> date:
    """Return the day after, from which on something is past its last good day."""
    return _plus(day, 1)


def _plus(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _moved(day: date, period: Period, sign: int) -> date:
    if period.unit in _DAYS:
        return _plus(day, sign * period.count * _DAYS[period.unit])
    months = day.year * 12 + day.month - 1 + sign * period.count * _MONTHS[period.unit]
    year, month = months // 12, months % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if sign > 0 else date.min
    return date(year, month, min(day.day, month_length(year, month)))


def month_length(year: int, month: int) -> int:
    """Return the days of a month. The standard module `calendar` knows, but imports `locale`, which costs 15 ms."""
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(1)).day
