"""What a launch can teach its template: tasks that people added, days that never held, what the retrospective says. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change
from handbook.frozen import Frozen
from handbook.model.launch import Launch, LaunchTask, LaunchTemplate
from handbook.plan.diary import Diary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LATE = 3  #: working days by which a task has to miss its day before its day is doubted


class Lesson(Frozen):
    """One thing to change in a template: a sentence, and the change in its file where it is plain what to write."""

    sentence: str
    change: Change | None = None


def lessons(launch: Launch, template: LaunchTemplate, diary: Diary) -> list[Lesson]:
    """Return what a launch can teach its template, in the order added, late, skipped, said."""
    known = {task.id: task for task in template.tasks}
    added = [task for task in launch.tasks if task.id not in known and task.status == "done"]
    last = len(template.tasks)
    return [
        *(_added(launch, template, task, last + at, diary) for at, task in enumerate(added)),
        *_late(launch, diary, set(known)),
        *_skipped(launch, set(known)),
        *(Lesson(text) for text in (launch.retrospective.learnings if launch.retrospective else ())),
    ]


def _added(launch: Launch, template: LaunchTemplate, task: LaunchTask, at: int, diary: Diary) -> Lesson:
    offset = diary.days.between(launch.anchor, task.due_on)
    phases = [phase.id for phase in template.phases]
    known = {one.id for one in template.tasks}
    days = diary.of(task.responsible).between(task.start_on or task.due_on, task.due_on) + 1
    needs = [need for need in task.needs if need in known]
    written: dict[str, Any] = {
        "id": task.id,
        "phase": task.phase if task.phase in phases else _phase(template, offset),
        "title": task.title,
        "responsible": task.responsible,
        "due": f"{offset:+d}d" if offset else "0d",
        "duration": f"{days}d" if days > 1 else None,
        "needs": needs,
        "gate": task.gate if task.gate in {gate.id for gate in template.gates} else None,
    }
    change = Change(template.at / "tasks" / at, {key: value for key, value in written.items() if value})
    return Lesson(
        f'The launch had a task of its own, and it was done: "{task.title}", due {written["due"]}.', change
    )


def _phase(template: LaunchTemplate, offset: int) -> str:
    """Return the phase of the task whose day is nearest."""
    return min(template.tasks, key=lambda task: abs(task.due.days - offset)).phase


def _late(launch: Launch, diary: Diary, known: set[str]) -> Iterator[Lesson]:
    for task in launch.tasks:
        if task.id in known and task.done_on is not None:
            late = diary.days.between(task.due_on, task.done_on)
            if late >= _LATE:
                yield Lesson(
                    f'"{task.title}" was done {late} working days after its day: give it more time, or start it earlier.'
                )


def _skipped(launch: Launch, known: set[str]) -> Iterator[Lesson]:
    for task in launch.tasks:
        if task.id in known and task.status == "skipped":
            why = f": {task.why.rstrip('.')}" if task.why else ""
            yield Lesson(f'"{task.title}" was skipped{why}. A condition could say when it applies.')
