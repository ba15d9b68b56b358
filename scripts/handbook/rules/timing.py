"""Times that contradict each other, or that nobody can keep."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change, Hit, Severity
from handbook.model.launch import LaunchTemplate, TemplateTask
from handbook.model.process import Process, Step
from handbook.model.values import HOURS_PER_DAY, Duration
from handbook.model.work import work
from handbook.rules.registry import rule
from handbook.text.words import count, duration, effort

_SAME_DAY = 1  #: tasks of one day can follow each other


@rule("timing", Severity.WARNING, on=(Process, LaunchTemplate))
def effort_beyond_duration(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """A step is more hours of work than fit into its duration.

    A working day has 8 hours, so 16 hours do not fit into one day. One of the two numbers is wrong, and the plan that
    is made from them will be late.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, effort: 16h, duration: 1d}  # warning: [effort-beyond-duration]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, effort: 16h, duration: 2d..4d}
    ```
    """
    for each in work(record):
        if each.effort and each.duration:
            days = max(each.duration.low_days, each.duration.high_days)
            if each.effort.hours > days * HOURS_PER_DAY + 0.01:
                message = f'"{each.id}" is {effort(each.effort)} of work and lasts at most {count(days * HOURS_PER_DAY, "working hour")}'
                yield Hit(each.at / "effort", message, "correct one of the two; a day has 8 hours")


@rule("timing", Severity.INFO, on=Process)
def effort_without_duration(process: Process) -> Iterator[Hit]:
    """A step has an effort and no duration, although other steps have one.

    How long the process takes is the sum of durations along its longest way. A step without one counts as nothing, so
    the process looks quicker than it is.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, effort: 16h}  # info: [effort-without-duration]
      - {id: sign, title: Sign off the release, responsible: head-of-product, effort: 1h, duration: 1d}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, effort: 16h, duration: 3d}
      - {id: sign, title: Sign off the release, responsible: head-of-product, effort: 1h, duration: 1d}
    ```
    """
    if not any(step.duration for step in process.steps):
        return
    for step in process.steps:
        if step.effort and step.effort.hours and not step.duration and not step.process:
            message = (
                f'step "{step.id}" takes {effort(step.effort)} of work, and nothing says how long it lasts'
            )
            yield Hit(step.at / "effort", message, "add the duration, from its start until it is done")


@rule("timing", on=(Process, LaunchTemplate), fix="suggestion")
def inverted_range(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """A range of time begins with the longer one.

    Either the two were swapped, or one of them is a slip, such as `6d..2d` for `6d..12d`. Every plan that is made from
    it is wrong.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 6d..2d}  # error: [inverted-range]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 2d..6d}
    ```
    """
    for holder, key, value in _durations(record):
        if value.low_days > value.high_days:
            low, high = value.text.split("..")
            at, swapped = holder.at / key, f"{high}..{low}"
            help = f"write {swapped} if that is what is meant"
            yield Hit(at, f'"{value.text}" begins with the longer time', help, change=Change(at, swapped))


@rule("timing", Severity.INFO, on=(Process, LaunchTemplate), fix="safe")
def needless_range(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """A range of time begins and ends with the same time.

    It is no range. Readers wonder what the second value was meant to be.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 2d..2d}  # info: [needless-range]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 2d}
    ```
    """
    for holder, key, value in _durations(record):
        if value.low_days == value.high_days and ".." in value.text:
            at, single = holder.at / key, value.text.split("..")[1]
            message = f'both ends of "{value.text}" are {duration(value)}'
            yield Hit(at, message, f"write {single}", change=Change(at, single, safe=True))


@rule("timing", Severity.WARNING, on=(Process, LaunchTemplate), fix="suggestion")
def time_of_nothing(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """Something is said to take no time at all.

    Everything takes some time, if only until somebody looks. A zero is most often a placeholder that was forgotten, and
    sums take it at its word. The effort of a step that a tool does by itself may be nothing.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 0d}  # warning: [time-of-nothing]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, duration: 4h}
    ```
    """
    durations = [
        (holder, key, value.text) for holder, key, value in _durations(record) if not value.high_days
    ]
    efforts = [
        (each, "effort", each.effort.text)
        for each in work(record)
        if each.effort
        and not each.effort.hours
        and not (isinstance(each, Step) and each.automation == "full")
    ]
    for holder, key, text in (*durations, *efforts):
        if ".." not in text:
            at = holder.at / key
            help = "say how long it takes, or leave it out"
            yield Hit(at, f'"{text}" is no time at all', help, change=Change(at))


_Timed = Process | LaunchTemplate | Step | TemplateTask


def _durations(record: Process | LaunchTemplate) -> Iterator[tuple[_Timed, str, Duration]]:
    """Yield each length of time, with what has it under which key."""
    if isinstance(record, Process) and record.sla:
        yield record, "sla", record.sla
    for each in work(record):
        if each.duration:
            yield each, "duration", each.duration


@rule("timing", Severity.WARNING, on=LaunchTemplate)
def task_longer_than_its_time(template: LaunchTemplate) -> Iterator[Hit]:
    """A task takes longer than the days between what it waits for and its own day.

    It can begin when what it waits for is done, and by then it is too late. Every launch from the template is late by
    the same days.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the brief, responsible: product-manager, due: -20d}
      - id: review
        phase: frame
        title: Review the brief
        responsible: legal-counsel
        due: -15d
        needs: [brief]
        duration: 8d  # warning: [task-longer-than-its-time]
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the brief, responsible: product-manager, due: -20d}
      - id: review
        phase: frame
        title: Review the brief
        responsible: legal-counsel
        due: -12d
        needs: [brief]
        duration: 8d
    ```
    """
    due = {task.id: task.due.days for task in template.tasks}
    for task in template.tasks:
        last = max((need for need in task.needs if need in due), key=lambda need: due[need], default=None)
        if last is None or task.duration is None:
            continue
        days = task.due.days - due[last]
        if max(days, _SAME_DAY) < task.duration.low_days and days >= 0:
            message = f'task "{task.id}" takes {duration(task.duration)}, and from "{last}" to its own day there are {count(days, "working day")}'
            yield Hit(task.at / "duration", message, "move one of the two, or correct the duration")
