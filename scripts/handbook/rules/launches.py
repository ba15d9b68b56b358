"""Templates and launches that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.launch import Launch, LaunchTemplate
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.text import words as spoken
from handbook.text.near import did_you_mean, listed


@rule("launches", on=(LaunchTemplate, Launch))
def unknown_task(record: LaunchTemplate | Launch, around: Around) -> Iterator[Hit]:
    """A task waits for a task that the template or launch does not have.

    It is a slip, or the task was renamed. The plan cannot be put in order. A template that is laid over others may
    also name their tasks, gates and phases.

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
    known = [task.id for plan in (record, *_below(record, around)) for task in plan.tasks]
    for task in record.tasks:
        for index, need in enumerate(task.needs):
            if need not in known:
                message = f'task "{task.id}" waits for "{need}", which is not a task here{did_you_mean(need, known)}'
                yield Hit(task.at / "needs" / index, message, "name a task of this file, or remove the entry")


@rule("launches", on=(LaunchTemplate, Launch))
def unknown_gate(record: LaunchTemplate | Launch, around: Around) -> Iterator[Hit]:
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
    known = [gate.id for plan in (record, *_below(record, around)) for gate in plan.gates]
    for task in record.tasks:
        if task.gate is not None and task.gate not in known:
            message = f'task "{task.id}" is checked at "{task.gate}", which is not a gate here{did_you_mean(task.gate, known)}'
            yield Hit(
                task.at / "gate",
                message,
                f"the gates are {listed(known, 'and')}" if known else "add the gate",
            )


@rule("launches", on=LaunchTemplate)
def unknown_phase(template: LaunchTemplate, around: Around) -> Iterator[Hit]:
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
    known = [phase.id for plan in (template, *_below(template, around)) for phase in plan.phases]
    for task in template.tasks:
        if task.phase not in known:
            message = f'task "{task.id}" is in "{task.phase}", which is not a phase of this template{did_you_mean(task.phase, known)}'
            yield Hit(task.at / "phase", message, f"the phases are {listed(known, 'and')}")


@rule("launches", on=LaunchTemplate)
def unknown_variable(template: LaunchTemplate, around: Around) -> Iterator[Hit]:
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
    known = {name for plan in (template, *_below(template, around)) for name in plan.variables}
    for task in template.tasks:
        variable = task.when.partition(" ")[0] if task.when else None
        if variable is not None and variable not in known:
            near = did_you_mean(variable, sorted(known))
            yield Hit(
                task.at / "when",
                f'"{variable}" is not a variable of this template{near}',
                "add it to variables, or correct the name",
            )


def _below(record: LaunchTemplate | Launch, around: Around) -> list[LaunchTemplate]:
    """Return the templates that one can be laid over: its tasks may name theirs."""
    if isinstance(record, Launch):
        return []
    names = around.naming(Name(record.kind, record.id), "overlays")
    ids = [name.id for name in names if name.kind == record.kind]
    return [below for id in ids if (below := around.find(LaunchTemplate, id))]


@rule("launches", on=LaunchTemplate)
def due_before_need(template: LaunchTemplate) -> Iterator[Hit]:
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


#: what the largest launches prepare -> words of which one stands in the id, the title or the role of such a task
_SAFEGUARDS = {
    "the way back": ("rollback", "roll back", "roll-back", "fallback", "switch off", "revert"),
    "support": ("support",),
    "telling customers": ("announce", "customer", "communication", "message", "mail"),
}


@rule("launches", Severity.WARNING, on=LaunchTemplate, from_absence=True)
def tier_without_safeguard(template: LaunchTemplate, around: Around) -> Iterator[Hit]:
    """A template of tier 1 has no task about the way back, about support or about telling customers.

    Small launches survive without; the largest ones reach every customer on one day. A template that is only laid
    over others need not have them.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tier: 1
    tasks:  # warning: [tier-without-safeguard]
      - {id: support, phase: frame, title: Train support, responsible: support-lead, due: -8d}
      - {id: announce, phase: frame, title: Announce it to customers, responsible: product-manager, due: 0d}
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tier: 1
    tasks:
      - {id: rollback, phase: frame, title: Rehearse the rollback, responsible: engineering-manager, due: -9d}
      - {id: support, phase: frame, title: Train support, responsible: support-lead, due: -8d}
      - {id: announce, phase: frame, title: Announce it to customers, responsible: product-manager, due: 0d}
    ```
    """
    name = Name(template.kind, template.id)
    if template.tier != 1 or around.incoming(name, "overlays"):
        return
    tasks = "\n".join([f"{task.id} {task.title} {task.responsible}" for task in template.tasks]).lower()
    missing = [what for what, words in _SAFEGUARDS.items() if not any(word in tasks for word in words)]
    if missing:
        message = f"this template of tier 1 has no task about {spoken.listed(missing, 'or')}"
        yield Hit((template.at / "tasks").key, message, "add such a task, with the role that does it")
