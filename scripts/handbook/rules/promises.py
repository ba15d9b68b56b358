"""Promises of time to others that a process cannot keep."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.courses import Course, courses, quickest_days
from handbook.model.flow import flow
from handbook.model.process import Process, Step
from handbook.model.remembered import remembered
from handbook.rules.registry import rule
from handbook.text.near import listed
from handbook.text.words import duration, length


@rule("timing", on=Process)
def promise_never_kept(process: Process) -> Iterator[Hit]:
    """A process promises a time in which it can never be done.

    Even if every step takes its shortest time, no way through the process fits into the `sla`. Whoever relies on the
    promise is let down each time.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    sla: 3d  # error: [promise-never-kept]
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 2d..4d}
      - {id: sign, title: Sign off the release, responsible: head-of-product, duration: 2d}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    sla: 6d
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 2d..4d}
      - {id: sign, title: Sign off the release, responsible: head-of-product, duration: 2d}
    ```
    """
    ways = _timed(process)
    if process.sla and ways:
        days, _ = ways[0]
        if days > _promised(process):
            message = f"{duration(process.sla)} are promised, and the quickest way through takes {length(days, days)}"
            yield Hit(
                process.at / "sla",
                message,
                "promise more, shorten the steps, or let some of them run beside each other",
            )


@rule("timing", Severity.WARNING, on=Process)
def promise_not_always_kept(process: Process) -> Iterator[Hit]:
    """One of the ways through a process takes longer than it promises, however quick each step is.

    The promise holds for some runs only, and nobody outside can tell for which. Promise what the longest way needs, or
    say in `skip_when` which cases it is not for.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    sla: 3d  # warning: [promise-not-always-kept]
    steps:
      - {id: test, title: Test the release, responsible: engineering-manager, duration: 2d, outputs: [qa-report]}
      - id: verdict
        decision: Is it good?
        responsible: qa-lead
        requires: [qa-report]
        options: [{when: "Yes", end: Released}, {when: "No", to: explain}]
      - {id: explain, title: Explain what is missing, responsible: qa-lead, duration: 2d}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    sla: 4d
    steps:
      - {id: test, title: Test the release, responsible: engineering-manager, duration: 2d, outputs: [qa-report]}
      - id: verdict
        decision: Is it good?
        responsible: qa-lead
        requires: [qa-report]
        options: [{when: "Yes", end: Released}, {when: "No", to: explain}]
      - {id: explain, title: Explain what is missing, responsible: qa-lead, duration: 2d}
    ```
    """
    ways = _timed(process)
    if not process.sla or not ways or any(_too_long(step, process) for step in process.steps):
        return
    days, course = ways[-1]
    if ways[0][0] <= _promised(process) < days:
        answers = listed([answer for _, answer in course.answers], "and")
        message = f"{duration(process.sla)} are promised, and with the answers {answers} it takes at least {length(days, days)}"
        yield Hit(process.at / "sla", message, "promise more, or shorten that way")


@rule("timing", Severity.WARNING, on=Process)
def step_longer_than_promise(process: Process) -> Iterator[Hit]:
    """A single step takes longer than the whole process promises.

    When the step is needed, the promise cannot be kept. One of the two numbers is wrong.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    sla: 3d
    steps:
      - {id: test, title: Test the release, responsible: engineering-manager, duration: 2d, outputs: [qa-report]}
      - id: verdict
        decision: Is it good?
        responsible: qa-lead
        requires: [qa-report]
        options: [{when: "Yes", end: Released}, {when: "No", to: fix}]
      - {id: fix, title: Fix the release, responsible: engineering-manager, duration: 1w, to: test, max: 2}  # warning: [step-longer-than-promise]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    sla: 3w
    steps:
      - {id: test, title: Test the release, responsible: engineering-manager, duration: 2d, outputs: [qa-report]}
      - id: verdict
        decision: Is it good?
        responsible: qa-lead
        requires: [qa-report]
        options: [{when: "Yes", end: Released}, {when: "No", to: fix}]
      - {id: fix, title: Fix the release, responsible: engineering-manager, duration: 1w, to: test, max: 2}
    ```
    """
    ways = _timed(process)
    if not process.sla or (ways and ways[0][0] > _promised(process)):
        return  # that no way fits is told once
    for step in process.steps:
        if step.duration and _too_long(step, process):
            message = f'step "{step.id}" takes {duration(step.duration)}, and {duration(process.sla)} are promised for the whole process'
            yield Hit(step.at / "duration", message, "promise more, or correct the duration")


def _promised(process: Process) -> float:
    """The working days that a process promises at most."""
    return max(process.sla.low_days, process.sla.high_days) if process.sla else float("inf")


def _too_long(step: Step, process: Process) -> bool:
    return step.duration is not None and min(step.duration.low_days, step.duration.high_days) > _promised(
        process
    )


@remembered
def _timed(process: Process) -> list[tuple[float, Course]]:
    """The courses in which nobody has to go back, each with the days that it takes at least, the quickest first."""
    if process.sla is None or not any(step.duration for step in process.steps):
        return []
    graph = flow(process)
    timed = [(quickest_days(graph, course), course) for course in courses(graph) if not course.returns]
    return sorted(timed, key=lambda each: each[0])
