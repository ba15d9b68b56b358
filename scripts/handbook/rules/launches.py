"""Templates and launches that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit
from handbook.model.launch import Launch, LaunchTemplate
from handbook.rules.registry import Context, rule
from handbook.text.near import did_you_mean, listed


@rule("launches", on=(LaunchTemplate, Launch))
def unknown_task(record: LaunchTemplate | Launch, context: Context) -> Iterator[Hit]:
    """A task waits for a task that the template or launch does not have.

    It is a slip, or the task was renamed. The plan cannot be put in order.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -20d}
      - {id: review, phase: frame, title: Review it, responsible: legal-counsel, due: -15d, needs: [breif]}  # error: [unknown-task]
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -20d}
      - {id: review, phase: frame, title: Review it, responsible: legal-counsel, due: -15d, needs: [brief]}
    ```
    """
    known = [task.id for task in record.tasks]
    for task in record.tasks:
        for index, need in enumerate(task.needs):
            if need not in known:
                message = f'task "{task.id}" waits for "{need}", which is not a task here{did_you_mean(need, known)}'
                yield Hit(task.at / "needs" / index, message, "name a task of this file, or remove the entry")


@rule("launches", on=(LaunchTemplate, Launch))
def unknown_gate(record: LaunchTemplate | Launch, context: Context) -> Iterator[Hit]:
    """A task is checked at a gate that the template or launch does not have.

    Nobody checks it, although everyone believes that the gate does.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -20d, gate: scop}  # error: [unknown-gate]
    gates:
      - {id: scope, title: Scope, due: -19d, approver: head-of-product, criteria: [The brief names one audience]}
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -20d, gate: scope}
    gates:
      - {id: scope, title: Scope, due: -19d, approver: head-of-product, criteria: [The brief names one audience]}
    ```
    """
    known = [gate.id for gate in record.gates]
    for task in record.tasks:
        if task.gate is not None and task.gate not in known:
            message = f'task "{task.id}" is checked at "{task.gate}", which is not a gate here{did_you_mean(task.gate, known)}'
            yield Hit(
                task.at / "gate",
                message,
                f"the gates are {listed(known, 'and')}" if known else "add the gate",
            )


@rule("launches", on=LaunchTemplate)
def unknown_phase(template: LaunchTemplate, context: Context) -> Iterator[Hit]:
    """A task belongs to a phase that the template does not have.

    It is in no part of the plan, so it is left out of the template's page.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    phases: [{id: frame, title: Frame}]
    tasks:
      - {id: brief, phase: fram, title: Write the launch brief, responsible: product-manager, due: -20d}  # error: [unknown-phase]
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    phases: [{id: frame, title: Frame}]
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -20d}
    ```
    """
    known = [phase.id for phase in template.phases]
    for task in template.tasks:
        if task.phase not in known:
            message = f'task "{task.id}" is in "{task.phase}", which is not a phase of this template{did_you_mean(task.phase, known)}'
            yield Hit(task.at / "phase", message, f"the phases are {listed(known, 'and')}")


@rule("launches", on=LaunchTemplate)
def unknown_variable(template: LaunchTemplate, context: Context) -> Iterator[Hit]:
    """A condition asks about a variable that the template does not have.

    It can never be answered, so the task is always in the plan or never.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    variables:
      region: {type: choice, choices: [home, eu]}
    tasks:
      - {id: notice, phase: frame, title: Send the notice, responsible: legal-counsel, due: -20d, when: market == eu}  # error: [unknown-variable]
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    variables:
      region: {type: choice, choices: [home, eu]}
    tasks:
      - {id: notice, phase: frame, title: Send the notice, responsible: legal-counsel, due: -20d, when: region == eu}
    ```
    """
    for task in template.tasks:
        variable = task.when.partition(" ")[0] if task.when else None
        if variable is not None and variable not in template.variables:
            near = did_you_mean(variable, template.variables)
            yield Hit(
                task.at / "when",
                f'"{variable}" is not a variable of this template{near}',
                "add it to variables, or correct the name",
            )


@rule("launches", on=LaunchTemplate)
def due_before_need(template: LaunchTemplate, context: Context) -> Iterator[Hit]:
    """A task is due before something that it waits for.

    The plan asks for the impossible from its first day.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -20d}
      - {id: review, phase: frame, title: Review it, responsible: legal-counsel, due: -25d, needs: [brief]}  # error: [due-before-need]
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - {id: brief, phase: frame, title: Write the launch brief, responsible: product-manager, due: -30d}
      - {id: review, phase: frame, title: Review it, responsible: legal-counsel, due: -25d, needs: [brief]}
    ```
    """
    due = {task.id: task.due for task in template.tasks}
    for task in template.tasks:
        for need in task.needs:
            if need in due and task.due.days < due[need].days:
                message = f'task "{task.id}" is due on {task.due}, before "{need}", which it waits for and which is due on {due[need]}'
                yield Hit(task.at / "due", message, "move one of the two")
