"""Calendars on whose days nobody can count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handbook.finding import Hit, Severity
from handbook.model.catalog import Calendar, Closure, Freeze
from handbook.plan.calendar import WEEKDAYS, next_day
from handbook.rules.registry import rule


@rule("catalogue", on=Calendar)
def inverted_dates(calendar: Calendar) -> Iterator[Hit]:
    """A closure or a freeze ends before it begins.

    It holds on no day at all, so launches land in it. Most often the year of one date is wrong.

    Wrong:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: Monday to Friday, without the winter closure.
      closures:
        - from: 2027-12-24
          to: 2027-01-01  # error: [inverted-dates]
          title: Winter closure
    ```

    Right:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: Monday to Friday, without the winter closure.
      closures:
        - from: 2027-12-24
          to: 2028-01-01
          title: Winter closure
    ```
    """
    for stretch in _stretches(calendar):
        if stretch.to < stretch.from_:
            message = f'"{stretch.title}" begins on {stretch.from_} and ends on {stretch.to}'
            yield Hit(stretch.at / "to", message, "correct one of the two days")


def _stretches(calendar: Calendar) -> list[Closure | Freeze]:
    return [*calendar.closures, *calendar.freezes]


@rule("catalogue", Severity.WARNING, on=Calendar)
def overlapping_freezes(calendar: Calendar) -> Iterator[Hit]:
    """Two freezes that hold for the same launches share days.

    Whoever lifts one of them for a launch overlooks the other. Often it is one freeze that was entered twice.

    Wrong:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: Monday to Friday.
      freezes:
        - {from: 2026-11-23, to: 2026-11-30, title: Peak season}
        - {from: 2026-11-30, to: 2026-12-04, title: Peak week}  # warning: [overlapping-freezes]
    ```

    Right:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: Monday to Friday.
      freezes:
        - {from: 2026-11-23, to: 2026-12-04, title: Peak season}
    ```
    """
    freezes = sorted(calendar.freezes, key=lambda freeze: (freeze.from_, freeze.to))
    for first, second in pairwise(freezes):
        if first.from_ <= second.from_ <= first.to and _same_launches(first, second):
            message = (
                f'"{second.title}" begins on {second.from_}, while "{first.title}" lasts until {first.to}'
            )
            yield Hit(second.at / "from", message, "make it one freeze, or correct the days")


def _same_launches(first: Freeze, second: Freeze) -> bool:
    return set(first.scope) == set(second.scope)


@rule("catalogue", Severity.WARNING, on=Calendar)
def outdated_calendar(calendar: Calendar) -> Iterator[Hit]:
    """Every holiday, closure and freeze of a calendar is over.

    It once was kept and no longer is: plans of the coming year run through the next closure.

    Wrong:

    ```yaml title="processes/catalog/calendars.yaml"
    company:  # warning: [outdated-calendar]
      title: Company calendar
      summary: Monday to Friday, without the winter closure.
      closures:
        - {from: 2025-12-24, to: 2026-01-01, title: Winter closure}
    ```

    Right:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: Monday to Friday, without the winter closure.
      closures:
        - {from: 2025-12-24, to: 2026-01-01, title: Winter closure}
        - {from: 2026-12-24, to: 2027-01-01, title: Winter closure}
    ```
    """
    ends = [(day.on, day.title) for day in calendar.holidays]
    ends += [(stretch.to, stretch.title) for stretch in _stretches(calendar)]
    if ends and calendar.status != "retired":
        last, title = max(ends)
        message = f'the last entry of "{calendar.id}" is "{title}", which ended on {last}'
        yield Hit(
            calendar.at.key, message, "add the days off and freezes of the coming year", since=next_day(last)
        )


@rule("catalogue", on=Calendar)
def endless_weekend(calendar: Calendar) -> Iterator[Hit]:
    """Every day of the week is weekend.

    Nothing that counts in working days can be planned with such a calendar.

    Wrong:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: The days on which people work.
      weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]  # error: [endless-weekend]
    ```

    Right:

    ```yaml title="processes/catalog/calendars.yaml"
    company:
      title: Company calendar
      summary: The days on which people work.
      weekend: [saturday, sunday]
    ```
    """
    if len(set(calendar.weekend)) == len(WEEKDAYS):
        message = f'"{calendar.id}" has no day of the week on which people work'
        yield Hit(calendar.at / "weekend", message, "list the days without work only")
