"""What a tool says of tasks, and what that means for a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handbook.frozen import Frozen
from handbook.plan.sheet import Item, Sheet
from handbook.plan.states import OPEN, SETTLED
from handbook.text.near import did_you_mean

#: what a reader may say: the states of a task, and `open` where a tool only knows that it is not done
STATUSES = (*OPEN, *SETTLED, "open")


class Progress(Frozen):
    """How a task stands. `row` is its row or place in the file, the first one being 1."""

    key: str
    status: str
    done_on: date | None = None
    person: str | None = None
    why: str | None = None
    row: int = 0


class Problem(Frozen):
    """What is wrong with a file, or with a row of it; row 0 is the file, and an empty column the whole row."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [f"row {self.row}"] if self.row else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.message}" if where else self.message


class Taken(Frozen):
    """What was read. Where `problems` has one for row 0, nothing else was."""

    progress: tuple[Progress, ...] = ()
    problems: tuple[Problem, ...] = ()


class Outcome(Frozen):
    """What a file means for plans: the changes by launch, what is not taken over and why, and what is wrong."""

    changes: Mapping[str, tuple[Progress, ...]]
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


def against(taken: Taken, sheets: Sequence[Sheet], today: date) -> Outcome:
    """Compare what was read with plans. A task that is done in a plan stays done; gates are decided in the plan."""
    items = {item.key: item for sheet in sheets for item in sheet.items}
    launches = {sheet.id for sheet in sheets}
    changes: dict[str, list[Progress]] = {}
    remarks: list[str] = []
    problems = [*taken.problems, *_wrong(taken.progress, items, launches, today)]
    bad = {problem.row for problem in problems}
    for one in taken.progress:
        item = items.get(one.key)
        if item is None or one.row in bad:
            continue
        if remark := _remark(item, one):
            remarks.append(remark)
        elif change := _change(item, one, today):
            changes.setdefault(one.key.partition(".")[0], []).append(change)
    return Outcome({id: tuple(made) for id, made in changes.items()}, tuple(remarks), tuple(problems))


def _wrong(
    progress: Sequence[Progress], items: Mapping[str, Item], launches: set[str], today: date
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for one in progress:
        if one.key in launches:
            continue
        if one.key not in items:
            near = did_you_mean(one.key, items)
            yield Problem(one.row, "", f'"{one.key}" is no task or gate of a launch here{near}')
        elif one.key in seen:
            yield Problem(one.row, "", f'"{one.key}" is in row {seen[one.key]} already')
        elif one.done_on and one.done_on > today:
            yield Problem(one.row, "", f'"{one.key}" is said to be done on {one.done_on}, a day to come')
        seen.setdefault(one.key, one.row)


def _remark(item: Item, one: Progress) -> str:
    """Return why something is not taken over, where somebody has to look."""
    if item.part == "gate":
        if one.status in SETTLED and not item.settled:
            return f'gate "{item.key}" is closed there: record the decision and its evidence in the plan'
        return ""
    if item.status in SETTLED and one.status not in SETTLED:
        return f'"{item.key}" is {item.status} in the plan and open there: nothing was changed'
    return ""


def _change(item: Item, one: Progress, today: date) -> Progress | None:
    """Return what a plan has to say from now on, or None where it says so already."""
    if item.part == "gate" or one.status == "open" or item.status == one.status or item.status in SETTLED:
        return None
    done_on = (one.done_on or today) if one.status == "done" else None
    return Progress(item.key, one.status, done_on, one.person, one.why, one.row)
