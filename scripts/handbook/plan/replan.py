"""A launch on another day: what is done stays, what is open moves along. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from handbook.finding import Change
from handbook.frozen import Frozen
from handbook.model.launch import Launch, LaunchGate, LaunchTask
from handbook.plan.diary import Diary
from handbook.plan.order import in_order
from handbook.plan.record import appended
from handbook.plan.schedule import Schedule, Slot
from handbook.plan.states import OPEN


class Move(Frozen):
    """A task or gate with its dates before and after; a gate has no start."""

    part: LaunchTask | LaunchGate
    before: Slot
    after: Slot


class Replan(Frozen):
    """A launch on another day: every open task and gate with its new dates, moved or not."""

    launch: Launch
    anchor: date
    moves: tuple[Move, ...]

    @property
    def moved(self) -> tuple[Move, ...]:
        """Those that have other dates than before."""
        return tuple([move for move in self.moves if move.before != move.after])

    def overdue(self, today: date) -> tuple[Move, ...]:
        """Those whose new day has passed already, and whose old one had not."""
        return tuple([move for move in self.moves if move.after.due_on < today <= move.before.due_on])


def replan(
    launch: Launch, anchor: date, diary: Diary, before: Schedule | None, after: Schedule | None
) -> Replan:
    """Return a launch with its day moved to `anchor`.

    `before` and `after` are the dates that the template gives for the old day and the new one. A task that has the
    dates of the template gets its new ones; one that people dated themselves keeps its distance from the launch day
    in working days. Whatever is done, skipped or decided keeps its dates, and work that is under way keeps its start.
    Nothing is due later than what waits for it.
    """
    open_tasks = {task.id: task for task in launch.tasks if task.status in OPEN}
    slots = {id: _moved(launch, task, anchor, diary, before, after) for id, task in open_tasks.items()}
    waiting = _waiting(open_tasks.values())
    for id in reversed(in_order({id: task.needs for id, task in open_tasks.items()})):
        latest = min([slots[other].due_on for other in waiting.get(id, ())], default=slots[id].due_on)
        if latest < slots[id].due_on:
            slots[id] = _ending(open_tasks[id], slots[id], latest, diary)
    tasks = [Move(task, _slot(task), slots[id]) for id, task in open_tasks.items()]
    gates = [
        Move(gate, Slot(gate.due_on, gate.due_on), _gate(launch, gate, anchor, diary, before, after))
        for gate in launch.gates
        if gate.status == "open"
    ]
    return Replan(launch=launch, anchor=anchor, moves=(*tasks, *gates))


def changes(moved: Replan, today: date, reason: str) -> Iterator[Change]:
    """Yield what changes in the file of the launch: its day, the dates, and the move with its reason."""
    launch = moved.launch
    if moved.anchor != launch.anchor:
        yield Change(launch.at / "anchor", moved.anchor.isoformat())
        days = {"on": today, "from": launch.anchor, "to": moved.anchor}
        yield appended(
            launch, "slips", {**{key: day.isoformat() for key, day in days.items()}, "reason": reason}
        )
    for move in moved.moved:
        yield from dated(move)


def dated(move: Move) -> Iterator[Change]:
    """Yield what changes in the file for new dates; a start on the day itself is not written down."""
    at = move.part.at
    if move.after.due_on != move.before.due_on:
        yield Change(at / "due_on", move.after.due_on.isoformat())
    if isinstance(move.part, LaunchTask) and move.after.start_on != move.before.start_on:
        if move.after.start_on != move.after.due_on:
            yield Change(at / "start_on", move.after.start_on.isoformat())
        elif move.part.start_on is not None:
            yield Change(at / "start_on", None)


def _slot(task: LaunchTask) -> Slot:
    return Slot(task.start_on or task.due_on, task.due_on)


def _waiting(tasks: Iterable[LaunchTask]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in tasks:
        for need in task.needs:
            found.setdefault(need, []).append(task.id)
    return found


def _moved(
    launch: Launch,
    task: LaunchTask,
    anchor: date,
    diary: Diary,
    before: Schedule | None,
    after: Schedule | None,
) -> Slot:
    old = _slot(task)
    if before and after and before.tasks.get(task.id) == old and task.id in after.tasks:
        new = after.tasks[task.id]
    else:
        distance = diary.days.between(launch.anchor, old.due_on)
        due_on = diary.on_or_before(task.responsible, diary.days.shifted(anchor, distance))
        new = _ending(task, old, due_on, diary)
    return Slot(min(old.start_on, new.due_on), new.due_on) if task.status == "doing" else new


def _ending(task: LaunchTask, old: Slot, day: date, diary: Diary) -> Slot:
    """The dates of a task that has to end on a day or before, and takes as many working days as it did."""
    days = diary.of(task.responsible)
    due_on = diary.on_or_before(task.responsible, day)
    length = days.between(old.start_on, old.due_on)
    return Slot(days.shifted(due_on, -length) if length > 0 else due_on, due_on)


def _gate(
    launch: Launch,
    gate: LaunchGate,
    anchor: date,
    diary: Diary,
    before: Schedule | None,
    after: Schedule | None,
) -> Slot:
    if before and after and before.gates.get(gate.id) == gate.due_on and gate.id in after.gates:
        day = after.gates[gate.id]
    else:
        distance = diary.days.between(launch.anchor, gate.due_on)
        day = diary.on_or_before(gate.approver, diary.days.shifted(anchor, distance))
    return Slot(day, day)
