"""Where a launch stands on a day: how ready it is, what is late, what comes next, and when it will be out. Pure.

The colours follow stated rules, so that nobody has to be asked for a feeling:

- red: a gate failed, or it is three working days or more past its day; a task is blocked that moves the launch day
  when it waits for five more working days; or the day cannot be kept when each open task takes as long as planned;
- amber: a task or gate is past its day, a task is blocked, a task of the next five working days has no person, or
  there is no working day left to lose;
- green: none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handbook.frozen import Frozen
from handbook.model.launch import Launch, LaunchTask
from handbook.plan import network
from handbook.plan.anchor import allowed
from handbook.plan.diary import Diary
from handbook.plan.network import Activity, Outlook
from handbook.plan.sheet import Item, LaunchSheet
from handbook.plan.states import AHEAD, OPEN
from handbook.text.words import count, listed

AHEAD_DAYS = 10  #: working days that "next" looks ahead
CLOSE_DAYS = (
    5  #: working days before its day in which a task has to have a person, and in which a block is an alarm
)
GATE_DAYS = 3  #: working days after its day from which on an open gate is an alarm


class Standing(Frozen):
    """Where a launch stands. `ready` is the share (0..1) of the work until the launch that is done, by planned hours.

    `days_left` are working days until the launch day, `slack_days` those that can still be lost without moving it,
    `forecast` the launch day when each open task takes as long as planned; None when there is nothing to forecast.
    """

    sheet: LaunchSheet
    today: date
    health: str
    reasons: tuple[str, ...]
    ready: float
    days_left: int
    slack_days: int | None
    forecast: date | None
    critical: tuple[Item, ...]
    overdue: tuple[Item, ...]
    next: tuple[Item, ...]
    blocked: tuple[Item, ...]

    @property
    def done(self) -> int:
        """How many tasks nobody has to do any more."""
        return sum(item.settled for item in self.sheet.tasks)

    @property
    def passed(self) -> int:
        """How many gates are passed or waived."""
        return sum(item.settled for item in self.sheet.gates)


def standing(sheet: LaunchSheet, diary: Diary, today: date) -> Standing:
    """Return where a launch stands on a day."""
    launch = sheet.launch
    ahead = launch.status in AHEAD
    late = tuple([item for item in sheet.items if _is_open(item) and item.due_on < today])
    last = diary.days.shifted(today, AHEAD_DAYS)
    coming = tuple([item for item in sheet.items if _is_open(item) and today <= item.due_on <= last])
    work = list(activities(launch, diary, today)) if ahead else []
    found = network.outlooks(work, today, diary)
    slack = min([outlook.slack_days for outlook in found.values()], default=None)
    chain = network.critical_path(work, found, launch.anchor)
    reasons = list(_reasons(sheet, diary, today, late, found, slack) if ahead else _after(late))
    red, amber = (
        tuple([reason for colour, reason in reasons if colour == wanted]) for wanted in ("red", "amber")
    )
    return Standing(
        sheet=sheet,
        today=today,
        health="red" if red else "amber" if amber else "green",
        reasons=(*red, *amber),
        ready=_ready(sheet),
        days_left=diary.days.between(today, launch.anchor),
        slack_days=slack,
        forecast=_forecast(sheet, slack, diary) if ahead else None,
        critical=tuple([item for id in chain if (item := sheet.item(f"{launch.id}.{id}"))]),
        overdue=late,
        next=coming,
        blocked=tuple([item for item in sheet.tasks if item.status == "blocked"]),
    )


def activities(launch: Launch, diary: Diary, today: date) -> Iterator[Activity]:
    """Yield what still has to be done before the launch day, with that day as the deadline of everything.

    A task takes as many working days as its plan gives it. Work that is under way is taken to end on its day, or
    today where that day has passed.
    """
    for task in launch.tasks:
        if task.status in OPEN and task.due_on <= launch.anchor:
            yield Activity(
                id=task.id,
                role=task.responsible,
                due_on=task.due_on,
                days=_length(task, diary, today),
                needs=task.needs,
                deadline=launch.anchor,
            )


def _length(task: LaunchTask, diary: Diary, today: date) -> int:
    """Return the working days from the first to the last day of a task, both included; of work under way, those left."""
    first = task.start_on or task.due_on
    if task.status == "doing":
        first = max(first, today)
    return max(1, diary.of(task.responsible).between(first, task.due_on) + 1)


def _is_open(item: Item) -> bool:
    return item.status in (*OPEN, "open")


def _ready(sheet: LaunchSheet) -> float:
    """Return the share of the planned hours until the launch that is done; a task without a figure counts as an hour."""
    until = [item for item in sheet.tasks if item.due_on <= sheet.launch.anchor and item.status != "skipped"]
    every = sum(item.hours or 1 for item in until)
    return sum(item.hours or 1 for item in until if item.settled) / every if every else 1.0


def _forecast(sheet: LaunchSheet, slack: int | None, diary: Diary) -> date:
    """Return the launch day, or the first one after it that the work that is left, and the template, allow."""
    launch, template = sheet.launch, sheet.template
    if slack is None or slack >= 0:
        return launch.anchor
    day = diary.days.shifted(launch.anchor, -slack)
    return allowed(template.anchor if template else None, day, diary.days, launch.tags) or day


def _reasons(
    sheet: LaunchSheet,
    diary: Diary,
    today: date,
    late: Sequence[Item],
    found: Mapping[str, Outlook],
    slack: int | None,
) -> Iterator[tuple[str, str]]:
    """Yield colours with their reasons, in the order of the rules."""
    days = diary.days
    for gate in sheet.gates:
        past = days.between(gate.due_on, today)
        if gate.status == "failed":
            yield "red", f'the gate "{gate.title}" failed'
        elif gate.status == "open" and past >= GATE_DAYS:
            yield "red", f'the gate "{gate.title}" was due {count(past, "working day")} ago'
    for task in sheet.tasks:
        if task.status == "blocked":
            tight = (id := task.id) in found and found[id].slack_days < CLOSE_DAYS
            why = f": {task.why}" if task.why else ""
            yield ("red" if tight else "amber"), f'"{task.title}" is blocked{why}'
    if slack is not None and slack < 0:
        yield (
            "red",
            f"the open work takes {count(-slack, 'working day')} more than there are until the launch day",
        )
    if late:
        yield "amber", f"{counted(late)} past the day"
    near = days.shifted(today, CLOSE_DAYS)
    nobody = {
        item.role_title for item in sheet.tasks if _is_open(item) and not item.person and item.due_on <= near
    }
    if nobody:
        yield "amber", f"nobody is named for {', '.join(sorted(nobody))}, with work due by {near}"
    if slack == 0:
        yield "amber", "there is no working day left to lose"


def _after(late: Sequence[Item]) -> Iterator[tuple[str, str]]:
    if late:
        yield "amber", f"{counted(late)} past the day"


def counted(items: Sequence[Item]) -> str:
    """Return how many tasks and gates there are, in words."""
    gates = sum(item.part == "gate" for item in items)
    tasks = len(items) - gates
    return listed([*([count(tasks, "task")] if tasks else ()), *([count(gates, "gate")] if gates else ())])
