"""Gates of a launch that were passed without anybody being able to tell on what grounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handbook.finding import Hit, Place, Severity
from handbook.model.launch import Launch
from handbook.plan.calendar import ZONES, next_day
from handbook.plan.states import OPEN
from handbook.rules.registry import rule


@rule("launches", on=Launch)
def gate_without_evidence(launch: Launch) -> Iterator[Hit]:
    """A gate is passed, and nothing says on what evidence.

    An approval without evidence is a habit. After an incident nobody can tell what was known at the time.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-02
        approver: qa-lead
        status: passed  # error: [gate-without-evidence]
        decided_on: 2026-10-02
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-02
        approver: qa-lead
        status: passed
        decided_on: 2026-10-02
        evidence: Qualification report of release 7.2
    ```
    """
    for gate in launch.gates:
        if gate.status == "passed" and gate.evidence is None:
            message = f'gate "{gate.id}" is passed, and nothing says on what evidence'
            yield Hit(gate.at / "status", message, "add evidence: what the decision rests on")


@rule("launches", on=Launch)
def gate_without_reason(launch: Launch) -> Iterator[Hit]:
    """A gate is waived or failed, and nothing says why.

    A waiver is a risk that somebody took for all; its reason says which, and what makes it bearable.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-02
        approver: qa-lead
        status: waived  # error: [gate-without-reason]
        decided_on: 2026-10-02
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-02
        approver: qa-lead
        status: waived
        decided_on: 2026-10-02
        why: The open defect concerns a language that is not launched yet
    ```
    """
    for gate in launch.gates:
        if gate.status in ("waived", "failed") and gate.why is None:
            yield Hit(
                gate.at / "status", f'gate "{gate.id}" is {gate.status}, and nothing says why', "add why"
            )


@rule("launches", Severity.WARNING, on=Launch)
def gate_passed_early(launch: Launch) -> Iterator[Hit]:
    """A gate is passed while a task that it looks at is still open.

    The gate said yes to something that did not exist yet. If the task is not needed, skip it; if the gate can do
    without it, waive the gate with a reason.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - {id: tests, title: Test the release, responsible: qa-lead, due_on: 2026-10-27, gate: quality, status: doing}
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-28
        approver: head-of-product
        status: passed  # warning: [gate-passed-early]
        decided_on: 2026-10-02
        evidence: Message of the QA lead
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - {id: tests, title: Test the release, responsible: qa-lead, due_on: 2026-10-27, gate: quality, status: doing}
    gates:
      - {id: quality, title: Quality, due_on: 2026-10-28, approver: head-of-product, status: open}
    ```
    """
    for gate in launch.gates:
        left = [task.id for task in launch.tasks if task.gate == gate.id and task.status in OPEN]
        if gate.status == "passed" and left:
            others = f" and {len(left) - 1} more of its tasks" if len(left) > 1 else ""
            are = "are" if others else "is"
            message = f'gate "{gate.id}" is passed, and "{left[0]}"{others} {are} still open'
            yield Hit(gate.at / "status", message, "finish or skip the task, or waive the gate with a reason")


@rule("launches", Severity.WARNING, on=Launch)
def gate_overdue(launch: Launch) -> Iterator[Hit]:
    """A gate is past its day, and nobody has decided.

    The launch goes on as if the answer were yes.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-02  # warning: [gate-overdue]
        approver: qa-lead
        status: open
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    gates:
      - id: quality
        title: Quality
        due_on: 2026-10-02
        approver: qa-lead
        status: failed
        decided_on: 2026-10-02
        why: Two blockers are open; the gate meets again on 7 October
    ```
    """
    for gate in launch.gates if launch.status == "active" else ():
        if gate.status == "open":
            message = f'gate "{gate.id}" was to be decided on {gate.due_on} and is open'
            help = f'ask "{gate.approver}" for a decision, and record it with its evidence'
            yield Hit(gate.at / "due_on", message, help, since=next_day(gate.due_on))


@rule("launches", Severity.WARNING, on=Launch)
def settled_without_date(launch: Launch) -> Iterator[Hit]:
    """A task is done or a gate is decided, and nothing says on which day.

    Without the day nobody can tell whether the plan was kept, or whether a decision came before its evidence.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: done  # warning: [settled-without-date]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: done
        done_on: 2026-10-02
    ```
    """
    for task in launch.tasks:
        if task.status == "done" and task.done_on is None:
            yield Hit(
                task.at / "status", f'task "{task.id}" is done, and nothing says since when', "add done_on"
            )
    for gate in launch.gates:
        if gate.status != "open" and gate.decided_on is None:
            message = f'gate "{gate.id}" is {gate.status}, and nothing says since when'
            yield Hit(gate.at / "status", message, "add decided_on")


@rule("launches", Severity.WARNING, on=Launch)
def settled_in_future(launch: Launch) -> Iterator[Hit]:
    """Something is said to be done, decided or reported on a day that has not come.

    Either the day is mistyped, or it was meant as a plan: then it is not done yet.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: done
        done_on: 2027-10-02  # warning: [settled-in-future]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: done
        done_on: 2026-10-02
    ```
    """
    for at, on in _days(launch):
        message = f"{at.pointer[-1]} is {on}, a day that has not come"
        yield Hit(at, message, "correct the day, or leave it out until it is true", until=on - ZONES)


def _days(launch: Launch) -> Iterator[tuple[Place, date]]:
    """Yield the days on which something happened, as the launch tells it."""
    yield from ((task.at / "done_on", task.done_on) for task in launch.tasks if task.done_on)
    yield from ((gate.at / "decided_on", gate.decided_on) for gate in launch.gates if gate.decided_on)
    yield from (
        (result.at / "measured_on", result.measured_on) for result in launch.metrics if result.measured_on
    )
    for entries in (launch.decisions, launch.slips, launch.reports):
        yield from ((entry.at / "on", entry.on) for entry in entries)
    if launch.retrospective:
        yield launch.retrospective.at / "on", launch.retrospective.on
