"""Dates for the tasks and gates of a launch, counted back and forth from its day in working days. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from handbook.frozen import EMPTY, Frozen
from handbook.model.launch import TemplateGate, TemplateTask
from handbook.plan.diary import Diary
from handbook.plan.order import in_order
from handbook.plan.selection import Selection
from handbook.text.words import count, short_day, some


class Slot(Frozen):
    """When a task is worked on: the latest day to start and the day it is due, both included."""

    start_on: date
    due_on: date


class Schedule(Frozen):
    """The dates of a launch by id: `tasks` with their latest start, `gates` on their day."""

    anchor: date
    tasks: Mapping[str, Slot]
    gates: Mapping[str, date] = EMPTY


def schedule(selection: Selection, anchor: date, diary: Diary) -> Schedule:
    """Return the dates of a launch whose day is `anchor`.

    A task is due so many working days of the launch from its day as the template says. Where the role that does it
    is off on that day, it is due on the last day before on which both work; and what it waits for is never due
    later than it is. It starts so many working days of its role earlier as it takes, at the longest. Gates are
    decided on working days of the launch and of their approver.

    Raises:
        PlanError: tasks wait for one another in a circle, or a calendar has no working day.
    """
    dependants: dict[str, list[str]] = {task.id: [] for task in selection.tasks}
    for task in selection.tasks:
        for need in task.needs:
            dependants[need].append(task.id)
    slots: dict[str, Slot] = {}
    tasks = {task.id: task for task in selection.tasks}
    for id in reversed(in_order({id: task.needs for id, task in tasks.items()})):
        task = tasks[id]
        due_on = _due(task, anchor, diary)
        latest = min([slots[id].due_on for id in dependants[task.id]], default=due_on)
        if latest < due_on:
            due_on = diary.on_or_before(task.responsible, latest)
        slots[task.id] = Slot(_start(task, due_on, diary), due_on)
    gates = {gate.id: _due(gate, anchor, diary) for gate in selection.gates}
    return Schedule(anchor=anchor, tasks={task.id: slots[task.id] for task in selection.tasks}, gates=gates)


def work_days(task: TemplateTask) -> int:
    """Return how many working days a task may take at the longest: one where nothing is said, and at least one."""
    return max(1, math.ceil(task.duration.high_days)) if task.duration else 1


def conflicts(selection: Selection, plan: Schedule, diary: Diary) -> Iterator[str]:
    """Yield in words where a task has to start before something that it waits for is due.

    Tasks that are due on the same day follow one another within it.
    """
    tasks = {task.id: task for task in selection.tasks}
    for task in selection.tasks:
        slot = plan.tasks[task.id]
        for need in task.needs:
            ready = plan.tasks[need].due_on
            early = diary.of(task.responsible).between(slot.start_on, ready)
            if slot.start_on < ready < slot.due_on or (slot.start_on < ready == slot.due_on and early > 0):
                yield (
                    f'"{task.title}" has to start on {short_day(slot.start_on)}, {count(early, "working day")} before '
                    f'"{tasks[need].title}", which it waits for, is due on {short_day(ready)}'
                )


def too_late(selection: Selection, plan: Schedule, today: date) -> list[TemplateTask]:
    """Return the tasks whose day has passed already, earliest first."""
    late = [task for task in selection.tasks if plan.tasks[task.id].due_on < today]
    return sorted(late, key=lambda task: plan.tasks[task.id].due_on)


def explained(late: Sequence[TemplateTask], plan: Schedule, most: int = 3) -> str:
    """Return in words which tasks come too late: a few by name, the rest counted."""
    return some([f'"{task.title}" ({short_day(plan.tasks[task.id].due_on)})' for task in late], most)


def _due(part: TemplateTask | TemplateGate, anchor: date, diary: Diary) -> date:
    role = part.responsible if isinstance(part, TemplateTask) else part.approver
    return diary.on_or_before(role, diary.days.shifted(anchor, part.due.days))


def _start(task: TemplateTask, due_on: date, diary: Diary) -> date:
    days = diary.of(task.responsible)
    return days.shifted(due_on, 1 - work_days(task)) if work_days(task) > 1 else due_on


def years(anchor: date, selection: Selection) -> range:
    """Return the years that a launch reaches into, for public holidays: with room for days off on the way."""
    offsets = [task.due.days for task in selection.tasks] + [gate.due.days for gate in selection.gates]
    longest = max([work_days(task) for task in selection.tasks], default=1)
    first = anchor + timedelta(2 * min([0, *offsets]) - 2 * longest - 60)
    last = anchor + timedelta(2 * max([0, *offsets]) + 60)
    return range(first.year, last.year + 1)
