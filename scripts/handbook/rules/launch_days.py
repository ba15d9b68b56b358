"""Launches whose dates do not fit: days off, other launches, and dates that did not move along."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handbook.finding import Change, Hit, Severity
from handbook.model.handbook import Name
from handbook.model.launch import Launch, LaunchTask, LaunchTemplate
from handbook.plan.calendar import WorkingDays
from handbook.plan.states import AHEAD, OPEN
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.rules.working_days import counted, working_days

_APART = 3  #: working days that two of the largest launches keep from each other


@rule("launches", Severity.WARNING, on=Launch, fix="safe")
def due_on_day_off(launch: Launch, around: Around) -> Iterator[Hit]:
    """An open task or gate is due on a weekend, a holiday or in a closure.

    It slips to the next working day without anybody deciding so, and what waits for it slips too. A day off counts
    as the working day before it.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    calendar: company
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-25  # warning: [due-on-day-off]
        status: todo
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    calendar: company
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-23
        status: todo
    ```
    """
    if launch.status not in AHEAD:
        return
    days = working_days(around, launch.calendar)
    parts = [("task", task) for task in launch.tasks if task.status in OPEN]
    parts += [("gate", gate) for gate in launch.gates if gate.status == "open"]  # type: ignore[misc]
    for word, part in parts:
        if why := days.why_off(part.due_on):
            at, before = part.at / "due_on", counted(days, part.due_on, 0)
            message = f'{word} "{part.id}" is due on {part.due_on}, a day off: {why}'
            help = f"make it {before}, the working day before"
            yield Hit(at, message, help, change=Change(at, before.isoformat(), safe=True))


@rule("launches", Severity.WARNING, on=LaunchTemplate)
def colliding_launches(template: LaunchTemplate, around: Around) -> Iterator[Hit]:
    """Two launches of one tier 1 template have days that are at most three working days apart.

    Both need the same support, sales and marketing people, and customers hear of neither.

    Wrong:

    ```yaml title="processes/launches/templates/large.yaml"
    tier: 1
    tasks:
      - {id: rollback, phase: frame, title: Rehearse the rollback, responsible: engineering-manager, due: -5d}
      - {id: support, phase: frame, title: Train support, responsible: support-lead, due: -5d}
      - {id: announce, phase: frame, title: Announce it to customers, responsible: product-manager, due: 0d}
    ```

    ```yaml title="processes/launches/plans/add-on.yaml"
    template: large
    anchor: 2026-11-10
    tasks:
      - {id: rollback, title: Rehearse the rollback, responsible: engineering-manager, due_on: 2026-11-03, status: todo}
      - {id: support, title: Train support, responsible: support-lead, due_on: 2026-11-03, status: todo}
      - {id: announce, title: Announce it to customers, responsible: product-manager, due_on: 2026-11-10, status: todo}
    ```

    ```yaml title="processes/launches/plans/new-plan.yaml"
    template: large
    anchor: 2026-11-12  # warning: [colliding-launches]
    tasks:
      - {id: rollback, title: Rehearse the rollback, responsible: engineering-manager, due_on: 2026-11-05, status: todo}
      - {id: support, title: Train support, responsible: support-lead, due_on: 2026-11-05, status: todo}
      - {id: announce, title: Announce it to customers, responsible: product-manager, due_on: 2026-11-12, status: todo}
    ```

    Right:

    ```yaml title="processes/launches/plans/new-plan.yaml"
    anchor: 2026-11-17
    ```
    """
    if template.tier != 1:
        return
    names = around.naming(Name(template.kind, template.id), "template")
    ahead = [name.id for name in names if (head := around.head(name)) and head.status in AHEAD]
    launches = [launch for id in ahead if (launch := around.find(Launch, id))]
    launches.sort(key=lambda launch: (launch.anchor, launch.id))
    for first, second in pairwise(launches):
        if WorkingDays().between(first.anchor, second.anchor) <= _APART:
            message = f'"{second.id}" is launched on {second.anchor}, and "{first.id}", also of tier 1, on {first.anchor}'
            yield Hit(second.at / "anchor", message, "move one of the two by a week or more")


@rule("launches", Severity.WARNING, on=Launch)
def plan_not_redated(launch: Launch, around: Around) -> Iterator[Hit]:
    """The launch day moved, and open tasks kept their old dates.

    A task that the template puts on the launch day is due on another one, or one that comes before it is due after
    it. People who look at their own dates work towards the wrong day.

    Wrong:

    ```yaml title="processes/launches/templates/small.yaml"
    tasks:
      - {id: switch-on, phase: frame, title: Switch it on, responsible: engineering-manager, due: 0d}
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    template: small
    anchor: 2026-11-17  # warning: [plan-not-redated]
    tasks:
      - {id: switch-on, title: Switch it on, responsible: engineering-manager, due_on: 2026-11-10, status: todo}
    ```

    Right:

    ```yaml title="processes/launches/templates/small.yaml"
    tasks:
      - {id: switch-on, phase: frame, title: Switch it on, responsible: engineering-manager, due: 0d}
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    template: small
    anchor: 2026-11-17
    tasks:
      - {id: switch-on, title: Switch it on, responsible: engineering-manager, due_on: 2026-11-17, status: todo}
    ```
    """
    template = around.find(LaunchTemplate, launch.template) if launch.status in AHEAD else None
    if template is None:
        return
    offsets = {task.id: task.due.days for task in template.tasks}
    astray = [
        task for task in launch.tasks if task.status in OPEN and _astray(launch, task, offsets.get(task.id))
    ]
    if astray:
        one, others = astray[0], len(astray) - 1
        more = (
            f", and {others} more {'is' if others == 1 else 'are'} on the wrong side of it" if others else ""
        )
        where = {0: "on", -1: "before", 1: "after"}[_side(offsets[one.id])]
        message = f'the launch day is {launch.anchor}; "{one.id}" belongs {where} it and is due on {one.due_on}{more}'
        yield Hit(launch.at / "anchor", message, "date the open tasks anew from the template")


def _astray(launch: Launch, task: LaunchTask, offset: int | None) -> bool:
    """Whether a task is on another side of the launch day than its template says."""
    return offset is not None and _side((task.due_on - launch.anchor).days) != _side(offset)


def _side(days: int) -> int:
    return (days > 0) - (days < 0)


@rule("launches", Severity.WARNING, on=Launch)
def launch_day_without_slip(launch: Launch) -> Iterator[Hit]:
    """The moves of a launch day do not lead to the launch day, or do not follow one another.

    Whoever asks why the launch is late finds a reason for another day.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    anchor: 2026-11-24
    calendar: open-all-year
    slips:
      - on: 2026-10-01
        from: 2026-11-10
        to: 2026-11-17  # warning: [launch-day-without-slip]
        reason: The load test failed
    ```

    ```yaml title="processes/catalog/calendars.yaml"
    open-all-year: {title: Without freezes, summary: Monday to Friday.}
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    anchor: 2026-11-17
    slips:
      - on: 2026-10-01
        from: 2026-11-10
        to: 2026-11-17
        reason: The load test failed
    ```
    """
    for slip, following in pairwise(launch.slips):
        if slip.to != following.from_:
            message = f"the launch day moved to {slip.to}, and the next move starts from {following.from_}"
            yield Hit(
                following.at / "from", message, "list the moves in order, each from where the last one led"
            )
    if launch.slips and launch.slips[-1].to != launch.anchor:
        message = f"the last move leads to {launch.slips[-1].to}, and the launch day is {launch.anchor}"
        yield Hit(launch.slips[-1].at / "to", message, "add the move that is missing, with its reason")
