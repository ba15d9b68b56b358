"""Tasks of a launch that were left out, are late, or were done only on paper."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.launch import Launch, LaunchTemplate
from handbook.plan.calendar import next_day
from handbook.plan.condition import holds
from handbook.plan.states import AHEAD, OPEN, SETTLED
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.text.near import listed

_NAMED = 5  #: how many ids a message lists before it only counts


@rule("launches", Severity.WARNING, on=Launch)
def dropped_task(launch: Launch, around: Around) -> Iterator[Hit]:
    """A launch lacks a task or a gate of its template, and nothing says why.

    The legal check that was left out is noticed when it is too late. A task that is not needed stays in the plan
    with `status: skipped` and a `why`; one whose `when` does not hold for the launch need not be there.

    Wrong:

    ```yaml title="processes/launches/templates/small.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -10d}
      - {id: legal-check, phase: frame, title: Check the claims, responsible: legal-counsel, due: -5d}
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    template: small
    anchor: 2026-11-10
    tasks:  # warning: [dropped-task]
      - {id: brief, title: Write the launch brief, responsible: product-manager, due_on: 2026-10-27, status: todo}
    ```

    Right:

    ```yaml title="processes/launches/templates/small.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -10d}
      - {id: legal-check, phase: frame, title: Check the claims, responsible: legal-counsel, due: -5d}
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    template: small
    anchor: 2026-11-10
    tasks:
      - {id: brief, title: Write the launch brief, responsible: product-manager, due_on: 2026-10-27, status: todo}
      - id: legal-check
        title: Check the claims
        responsible: legal-counsel
        due_on: 2026-11-03
        status: skipped
        why: Nothing is claimed that was not claimed before
    ```
    """
    for id in (launch.template, *launch.overlays) if launch.status in AHEAD else ():
        if template := around.find(LaunchTemplate, id):
            yield from _dropped(launch, template)


def _dropped(launch: Launch, template: LaunchTemplate) -> Iterator[Hit]:
    values = {name: variable.default for name, variable in template.variables.items()}
    values.update(launch.variables)
    asked = [task.id for task in template.tasks if task.when is None or holds(task.when, values)]
    for word, at, wanted, there in (
        ("task", "tasks", asked, launch.tasks),
        ("gate", "gates", [gate.id for gate in template.gates], launch.gates),
    ):
        have = {part.id for part in there}
        missing = [id for id in wanted if id not in have]
        if missing:
            more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
            names = ", ".join(f'"{id}"' for id in missing[:_NAMED]) if more else listed(missing, "and")
            s = "s" if len(missing) > 1 else ""
            message = f'the template "{template.id}" has the {word}{s} {names}{more}, and this plan does not'
            place = (launch.at / at if there else launch.at / "template").key
            yield Hit(place, message, f"add the {word}{s}, and write down under why what is not needed")


@rule("launches", Severity.WARNING, on=Launch)
def task_without_reason(launch: Launch) -> Iterator[Hit]:
    """A task is blocked or was skipped, and nothing says why.

    Whoever could unblock it does not know what is asked of them, and a skipped check looks like a forgotten one.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: blocked  # warning: [task-without-reason]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: blocked
        why: Waits for the price; finance decides on 20 October
    ```
    """
    for task in launch.tasks:
        if task.status in ("blocked", "skipped") and task.why is None:
            state = "is blocked" if task.status == "blocked" else "was skipped"
            yield Hit(task.at / "status", f'task "{task.id}" {state}, and nothing says why', "add why")


@rule("launches", Severity.WARNING, on=Launch)
def done_before_need(launch: Launch) -> Iterator[Hit]:
    """A task is done although one that it waits for is not.

    Either the order of the plan is wrong, or somebody ticked a box: what was reviewed was not what will be launched.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - {id: draft, title: Draft the message, responsible: product-manager, due_on: 2026-10-27, status: doing}
      - id: approval
        title: Approve the message
        responsible: legal-counsel
        due_on: 2026-10-29
        needs: [draft]  # warning: [done-before-need]
        status: done
        done_on: 2026-10-02
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - {id: draft, title: Draft the message, responsible: product-manager, due_on: 2026-10-27, status: doing}
      - id: approval
        title: Approve the message
        responsible: legal-counsel
        due_on: 2026-10-29
        needs: [draft]
        status: todo
    ```
    """
    status = {task.id: task.status for task in launch.tasks}
    for task in launch.tasks:
        for index, need in enumerate(task.needs if task.status == "done" else ()):
            if status.get(need, "done") not in SETTLED:
                message = (
                    f'task "{task.id}" is done, and "{need}", which it waits for, is {_said(status[need])}'
                )
                yield Hit(
                    task.at / "needs" / index, message, "correct one of the two states, or remove the need"
                )


def _said(status: str) -> str:
    return {"todo": "not begun", "doing": "under way"}.get(status, status)


@rule("launches", Severity.WARNING, on=Launch)
def done_without_evidence(launch: Launch) -> Iterator[Hit]:
    """A task that a gate looks at is done, and nothing says where the result can be seen.

    The approver has to take somebody's word for it, or ask again on the day of the decision.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        gate: scope
        status: done  # warning: [done-without-evidence]
        done_on: 2026-10-02
    gates:
      - {id: scope, title: Scope, due_on: 2026-10-28, approver: head-of-product, status: open}
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        gate: scope
        status: done
        done_on: 2026-10-02
        evidence: Brief 1.4 in the launch folder
    gates:
      - {id: scope, title: Scope, due_on: 2026-10-28, approver: head-of-product, status: open}
    ```
    """
    for task in launch.tasks:
        if task.status == "done" and task.gate is not None and task.evidence is None:
            message = (
                f'task "{task.id}" is done for the gate "{task.gate}", and nothing says where the result is'
            )
            yield Hit(task.at / "status", message, "add evidence: where the result can be seen")


@rule("launches", Severity.WARNING, on=Launch)
def task_overdue(launch: Launch) -> Iterator[Hit]:
    """A task is past its day and not done.

    What waits for it slips with it, and nobody has said so.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-01  # warning: [task-overdue]
        status: doing
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-01
        status: done
        done_on: 2026-10-01
    ```
    """
    for task in launch.tasks if launch.status in ("active", "launched") else ():
        if task.status in OPEN:
            message = f'task "{task.id}" was due on {task.due_on} and is {_said(task.status)}'
            help = "finish it, agree on another day with those who wait for it, or skip it with a reason"
            yield Hit(task.at / "due_on", message, help, since=next_day(task.due_on))
