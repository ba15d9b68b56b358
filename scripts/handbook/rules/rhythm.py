"""Rhythms that cannot be read, never come round, or come round too soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handbook.finding import Hit, Severity
from handbook.model import rhythm
from handbook.model.courses import courses, quickest_days
from handbook.model.flow import flow
from handbook.model.process import Process
from handbook.rules.registry import rule
from handbook.text import words
from handbook.text.words import count, length

_FACTOR = 1.5  #: how far volume and rhythm may differ before one of them must be wrong


@rule("timing", on=Process)
def unreadable_rhythm(process: Process) -> Iterator[Hit]:
    """The rhythm of a process is a recurrence rule that the standard does not allow.

    A calendar that gets it leaves the process out or takes it for another rhythm, so nobody is reminded. The form is
    that of the iCalendar standard (RFC 5545); for common rhythms a word such as `quarter` is enough.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: FREQ=WEEKLY;BYDAY=TUE}  # error: [unreadable-rhythm]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: FREQ=WEEKLY;BYDAY=TU}
    ```
    """
    every = process.trigger.every
    for fault in rhythm.faults(every) if every and rhythm.is_recurrence_rule(every) else ():
        yield Hit(
            process.trigger.at / "every",
            f'"{every}" is not a recurrence rule: {fault}',
            "correct it, or use a word such as week, month or quarter",
        )


@rule("timing", on=Process)
def rhythm_never_comes_round(process: Process) -> Iterator[Hit]:
    """The rhythm of a process asks for a day that no calendar has, or its last day is over.

    The process looks alive, and nobody is ever reminded of it.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30}  # error: [rhythm-never-comes-round]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1}
    ```
    """
    every = process.trigger.every
    if every is None or not _is_sound_rule(every):
        return
    given = rhythm.parts(every)
    at = process.trigger.at / "every"
    missing = rhythm.missing_day(given)
    if missing:
        yield Hit(
            at,
            f'"{every}" never comes round: there is no {missing}',
            "choose a day that exists; -1 is the last one",
        )
    last = rhythm.last_day(given)
    if last:
        yield Hit(
            at,
            f'"{every}" came round for the last time on {last} or before',
            "remove UNTIL, or retire the process",
            since=last + timedelta(days=1),
        )


def _is_sound_rule(every: str) -> bool:
    return rhythm.is_recurrence_rule(every) and not any(rhythm.faults(every))


@rule("timing", Severity.WARNING, on=Process)
def runs_pile_up(process: Process) -> Iterator[Hit]:
    """A process begins again before the run before it can be done.

    However quick each step is, the next run starts while the last one is still going. The same people then work on two
    runs, and soon on three.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: week}  # warning: [runs-pile-up]
    steps:
      - {id: collect, title: Collect the numbers, responsible: product-manager, duration: 3d..5d}
      - {id: report, title: Write the report, responsible: product-manager, duration: 4d}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: 2 weeks}
    steps:
      - {id: collect, title: Collect the numbers, responsible: product-manager, duration: 3d..5d}
      - {id: report, title: Write the report, responsible: product-manager, duration: 4d}
    ```
    """
    per_year = _runs_per_year(process)
    if not per_year or not any(step.duration for step in process.steps):
        return
    graph = flow(process)
    quickest = min(
        (quickest_days(graph, course) for course in courses(graph) if not course.returns), default=0.0
    )
    between = rhythm.WORKING_DAYS_PER_YEAR / per_year
    if quickest > between:
        message = f"it begins every {count(round(between, 1), 'working day')} and takes at least {length(quickest, quickest)}"
        yield Hit(process.trigger.at / "every", message, "let it begin less often, or shorten it")


@rule("timing", Severity.WARNING, on=Process)
def volume_against_rhythm(process: Process) -> Iterator[Hit]:
    """A process runs in a rhythm, and its volume says something else.

    Nothing but the rhythm starts it, so the rhythm says how often it runs. Load and cost are counted from the
    volume and come out wrong.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: quarter}
    volume: {per: month, count: 4}  # warning: [volume-against-rhythm]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    trigger: {every: quarter}
    volume: {per: year, count: 4}
    ```
    """
    trigger, volume = process.trigger, process.volume
    per_year = _runs_per_year(process)
    if volume is None or not per_year or trigger.event or trigger.request or trigger.from_:
        return
    said = rhythm.volume_per_year(volume)
    if not 1 / _FACTOR <= said / per_year <= _FACTOR:
        message = f"{words.rhythm(trigger.every or '')} makes {words.number(per_year)} runs a year, and the volume {words.number(said)}"
        yield Hit((process.at / "volume").key, message, "correct one of the two, or say what else starts it")


def _runs_per_year(process: Process) -> float:
    """How often the rhythm of a process comes round in a year; 0 where it has none, or one that never does."""
    every = process.trigger.every
    if every is None or (rhythm.is_recurrence_rule(every) and not _is_sound_rule(every)):
        return 0.0
    return rhythm.runs_per_year(every)
