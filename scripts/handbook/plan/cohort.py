"""Where hires stand on their paths: each of them, and how long a stage takes for a role. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median

from handbook.frozen import Frozen
from handbook.model.handbook import Handbook
from handbook.model.onboarding import OnboardingPath
from handbook.plan.calendar import WorkingDays
from handbook.plan.journal import DONE, READ, Entry, hires
from handbook.plan.onboarding import Hire, onboarding
from handbook.plan.sheet import Item, Sheet

LATE_DAYS = 5  #: working days that something may be late before the hire counts as late and not only behind


class Place(Frozen):
    """Where one hire stands. `stage` is the first one that is not done; empty when all are.

    `late` are items past their day, `unread` the processes that are to be confirmed and are past their day.
    `health` is "green" when nothing is late, "amber" when something is, and "red" when it has been for more than five
    working days.
    """

    who: str
    path: str
    role: str
    start: date
    stage: str
    done: int
    items: int
    late: tuple[Item, ...]
    unread: tuple[Item, ...]
    health: str

    @property
    def cohort(self) -> str:
        """The quarter in which the hire began: 2026-Q4."""
        return f"{self.start.year}-Q{(self.start.month + 2) // 3}"


class Pace(Frozen):
    """How long a stage took: the working days from the first day at work until its last item, in the middle of `hires`."""

    role: str
    stage: str
    median_days: float
    hires: int


class Cohorts(Frozen):
    """All hires of a journal on a day. `unknown` are rows of paths and items that the handbook does not have any more."""

    today: date
    places: tuple[Place, ...]
    paces: tuple[Pace, ...]
    unknown: tuple[Entry, ...]


def cohorts(
    handbook: Handbook,
    entries: Sequence[Entry],
    today: date,
    days_of: Callable[[OnboardingPath], WorkingDays],
) -> Cohorts:
    """Return where the hires of a journal stand on a day."""
    places: list[Place] = []
    took: dict[tuple[str, str], list[int]] = {}
    unknown: list[Entry] = []
    for who, id, start in hires(entries):
        mine = [one for one in entries if (one.who, one.path, one.start) == (who, id, start)]
        path = handbook.find(OnboardingPath, id)
        if path is None:
            unknown += mine
            continue
        days = days_of(path)
        plan = onboarding(handbook, path, Hire(start=start, handle=who), days)
        done = _done(plan, mine)
        unknown += [one for one in mine if _key(plan, one) not in {item.key for item in plan.items}]
        places.append(_place(plan, path, who, start, done, today, days))
        for stage, length in _lengths(plan, done, days):
            took.setdefault((path.role or path.id, stage), []).append(length)
    paces = [Pace(role, stage, median(found), len(found)) for (role, stage), found in took.items()]
    return Cohorts(today, tuple(places), tuple(paces), tuple(unknown))


def _key(plan: Sheet, one: Entry) -> str:
    return f"{plan.id}.{'sign-off.' if one.what == READ else ''}{one.item}"


def _done(plan: Sheet, entries: Iterable[Entry]) -> dict[str, date]:
    """Return the day on which each item was done, by key; of what was read again, the first day."""
    found: dict[str, date] = {}
    for one in entries:
        if one.what in (DONE, READ):
            key = _key(plan, one)
            found[key] = min(found.get(key, one.on), one.on)
    return found


def _place(
    plan: Sheet,
    path: OnboardingPath,
    who: str,
    start: date,
    done: Mapping[str, date],
    today: date,
    days: WorkingDays,
) -> Place:
    open_items = [item for item in plan.items if item.key not in done]
    late = [item for item in open_items if item.due_on < today]
    worst = max([days.between(item.due_on, today) for item in late], default=0)
    sign_offs = [item for item in late if ".sign-off." in item.key]
    return Place(
        who=who,
        path=path.id,
        role=path.role or path.id,
        start=start,
        stage=next((stage for stage in plan.phases if any(item.phase == stage for item in open_items)), ""),
        done=len(plan.items) - len(open_items),
        items=len(plan.items),
        late=tuple([item for item in late if item not in sign_offs]),
        unread=tuple(sign_offs),
        health="red" if worst > LATE_DAYS else "amber" if late else "green",
    )


def _lengths(plan: Sheet, done: Mapping[str, date], days: WorkingDays) -> Iterator[tuple[str, int]]:
    """Yield the stages that are done, with the working day on which the last item was: the first day at work is 1."""
    for stage in plan.phases:
        items = [item for item in plan.items if item.phase == stage]
        if items and all(item.key in done for item in items):
            last = max(done[item.key] for item in items)
            if last >= plan.day:
                yield stage, days.between(plan.day, last) + 1
