"""Tasks of a launch that no person is named for."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.launch import Launch, LaunchTask
from handbook.plan.states import OPEN
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.rules.working_days import counted, working_days

_CLOSE = 5  #: working days before the launch from which on a task without a person is an error


@rule("launches", Severity.WARNING, on=Launch)
def task_without_person(launch: Launch, around: Around) -> Iterator[Hit]:
    """A role has open tasks in an active launch, and no person is named for it.

    A task that belongs to a role in general belongs to nobody in particular.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    people: {head-of-product: Tomás R.}
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager  # warning: [task-without-person]
        due_on: 2026-10-27
        status: todo
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    people: {head-of-product: Tomás R., product-manager: Amara O.}
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-10-27
        status: todo
    ```
    """
    days = working_days(around, launch.calendar)
    for task, message, help in _without_person(launch, around):
        last = counted(days, launch.anchor, -_CLOSE - 1)
        yield Hit(task.at / "responsible", message, help, until=last)


@rule("launches", on=Launch)
def task_without_person_at_launch(launch: Launch, around: Around) -> Iterator[Hit]:
    """Five working days before the launch, or later, no person is named for a role that has open tasks.

    Nobody will begin it in time. Until then the same is a warning, `task-without-person`.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    anchor: 2026-10-08
    people: {head-of-product: Tomás R.}
    tasks:
      - id: switch-on
        title: Switch it on
        responsible: engineering-manager  # error: [task-without-person-at-launch]
        due_on: 2026-10-08
        status: todo
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    anchor: 2026-10-08
    people: {head-of-product: Tomás R., engineering-manager: Pavel D.}
    tasks:
      - id: switch-on
        title: Switch it on
        responsible: engineering-manager
        due_on: 2026-10-08
        status: todo
    ```
    """
    days = working_days(around, launch.calendar)
    for task, message, help in _without_person(launch, around):
        first = counted(days, launch.anchor, -_CLOSE)
        yield Hit(task.at / "responsible", f"{message}; the launch is on {launch.anchor}", help, since=first)


def _without_person(launch: Launch, around: Around) -> Iterator[tuple[LaunchTask, str, str]]:
    """Yield the first open task of each role that nobody is named for, with what to say about it."""
    if launch.status != "active":
        return
    named = {*launch.people, *(around.resolve(Name("role", role)).id for role in launch.people)}
    for task in launch.tasks:
        role = task.responsible
        if task.status in OPEN and role not in named and around.resolve(Name("role", role)).id not in named:
            named.add(role)
            message = f'no person is named for "{role}", which has "{task.id}" to do until {task.due_on}'
            yield task, message, f"add {role} to people"
