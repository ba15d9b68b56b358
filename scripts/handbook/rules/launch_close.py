"""Launches that are over in fact and not on paper, or on paper and not in fact."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.launch import Launch
from handbook.plan.calendar import next_day
from handbook.plan.states import AHEAD, OPEN, OUT
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.rules.working_days import counted, working_days
from handbook.text import words

_TO_TELL = 2  #: working days after the launch day in which its status may still be behind


@rule("launches", Severity.WARNING, on=Launch)
def launch_day_passed(launch: Launch, around: Around) -> Iterator[Hit]:
    """The day of a launch has passed, and its status says that it is still to come.

    Either it is out, or it slipped and nobody wrote down to which day and why.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    anchor: 2026-09-29  # warning: [launch-day-passed]
    tasks:
      - {id: switch-on, title: Switch it on, responsible: qa-lead, due_on: 2026-09-29, status: done, done_on: 2026-09-29}
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-09-29
    tasks:
      - {id: switch-on, title: Switch it on, responsible: qa-lead, due_on: 2026-09-29, status: done, done_on: 2026-09-29}
    ```
    """
    if launch.status in AHEAD:
        last = counted(working_days(around, launch.calendar), launch.anchor, _TO_TELL)
        message = f"the launch day was {launch.anchor}, and the launch is still {launch.status}"
        help = "set its status to launched, or move its day and write the move down under slips"
        yield Hit(launch.at / "anchor", message, help, since=next_day(last))


@rule("launches", Severity.WARNING, on=Launch)
def launched_past_gate(launch: Launch) -> Iterator[Hit]:
    """A launch is out although one of its gates was not decided, or said no.

    If that was right, the gate is waived, with a reason; if not, customers have something that nobody approved.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-09-29
    tasks:
      - {id: switch-on, title: Switch it on, responsible: qa-lead, due_on: 2026-09-29, status: done, done_on: 2026-09-29}
    gates:
      - id: quality
        title: Quality
        due_on: 2026-09-25
        approver: qa-lead
        status: open  # warning: [launched-past-gate]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-09-29
    tasks:
      - {id: switch-on, title: Switch it on, responsible: qa-lead, due_on: 2026-09-29, status: done, done_on: 2026-09-29}
    gates:
      - id: quality
        title: Quality
        due_on: 2026-09-25
        approver: qa-lead
        status: passed
        decided_on: 2026-09-25
        evidence: Qualification report of release 7.2
    ```
    """
    for gate in launch.gates if launch.status in OUT else ():
        if gate.status in ("open", "failed"):
            message = (
                f'the launch is out, and gate "{gate.id}" {"is open" if gate.status == "open" else "failed"}'
            )
            yield Hit(gate.at / "status", message, "record its decision, or waive it with a reason")


@rule("launches", Severity.WARNING, on=Launch)
def closed_with_open_task(launch: Launch) -> Iterator[Hit]:
    """A launch is closed, and tasks of it are still open.

    Nobody looks at the plan any more, so nobody does them.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    status: closed  # warning: [closed-with-open-task]
    anchor: 2026-09-08
    tasks:
      - {id: story, title: Publish a customer story, responsible: product-manager, due_on: 2026-09-29, status: todo}
    retrospective: {on: 2026-09-15, went_well: [Support knew the answers]}
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    status: closed
    anchor: 2026-09-08
    tasks:
      - id: story
        title: Publish a customer story
        responsible: product-manager
        due_on: 2026-09-29
        status: skipped
        why: No customer had used it for long enough
    retrospective: {on: 2026-09-15, went_well: [Support knew the answers]}
    ```
    """
    left = [task.id for task in launch.tasks if task.status in OPEN] if launch.status == "closed" else []
    if left:
        others = f" and {words.count(len(left) - 1, 'other task')}" if len(left) > 1 else ""
        message = f'the launch is closed, and "{left[0]}"{others} {"are" if others else "is"} still open'
        yield Hit(launch.at / "status", message, "finish them, or skip them with a reason")
