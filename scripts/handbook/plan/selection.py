"""Which tasks and gates of a template, and of what is laid over it, apply to a launch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handbook.frozen import Frozen
from handbook.model.launch import LaunchTemplate, TemplateGate, TemplateTask
from handbook.plan.condition import holds


class Selection(Frozen):
    """The work of a launch before it has dates. Tasks name in `needs` only tasks of the selection."""

    tasks: tuple[TemplateTask, ...]
    gates: tuple[TemplateGate, ...]


def select(templates: Iterable[LaunchTemplate], values: Mapping[str, object]) -> Selection:
    """Return what applies for these values of variables: without a condition everything, a task's or gate's id once.

    A task that waits for one that does not apply waits for what that one waits for. A gate of a template that is
    laid over another takes the place of a gate with its id, and so does a task.
    """
    templates = tuple(templates)
    every = {task.id: task for template in templates for task in template.tasks}
    gates = {gate.id: gate for template in templates for gate in template.gates}
    kept = {id for id, task in every.items() if task.when is None or holds(task.when, values)}
    tasks = [
        task.replaced(
            needs=tuple(dict.fromkeys(_kept_needs(task, every, kept, ()))),
            gate=task.gate if task.gate in gates else None,
        )
        for id, task in every.items()
        if id in kept
    ]
    return Selection(tasks=tuple(tasks), gates=tuple(gates.values()))


def _kept_needs(
    task: TemplateTask, every: Mapping[str, TemplateTask], kept: set[str], seen: tuple[str, ...]
) -> Iterable[str]:
    for need in task.needs:
        if need in kept:
            yield need
        elif need in every and need not in seen:
            yield from _kept_needs(every[need], every, kept, (*seen, need))
