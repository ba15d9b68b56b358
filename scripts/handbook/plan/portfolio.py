"""All launches together: days that collide, and weeks in which a role has more to do than it has hours. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from handbook.frozen import Frozen
from handbook.model.catalog import Role
from handbook.model.handbook import Handbook
from handbook.plan.diary import Diary
from handbook.plan.sheet import Item, LaunchSheet
from handbook.plan.states import AHEAD
from handbook.text.words import count

#: working days that launches keep from each other, by the lower of their tiers: the largest need everybody
APART = {1: 5, 2: 2}


class Collision(Frozen):
    """Something that keeps a launch from its day: another launch near it, or a freeze around it."""

    day: date
    launches: tuple[str, ...]
    why: str


class Load(Frozen):
    """What launches ask of a role in a week, in hours. `week` is its Monday; `capacity` is None where nobody wrote it."""

    role: str
    title: str
    week: date
    hours: float
    capacity: float | None
    launches: tuple[str, ...]

    @property
    def over(self) -> bool:
        """Whether it is more than there are hours."""
        return self.capacity is not None and self.hours > self.capacity


def collisions(sheets: Iterable[LaunchSheet], diaries: Mapping[str, Diary]) -> list[Collision]:
    """Return what collides among the launches that are still ahead, by day."""
    ahead = sorted(
        (one for one in sheets if one.launch.status in AHEAD),
        key=lambda one: (one.launch.anchor, one.launch.id),
    )
    found = [*_freezes(ahead, diaries), *_near(ahead, diaries)]
    return sorted(found, key=lambda one: (one.day, one.launches))


def _freezes(sheets: Iterable[LaunchSheet], diaries: Mapping[str, Diary]) -> Iterator[Collision]:
    for sheet in sheets:
        launch, days = sheet.launch, diaries[sheet.launch.id].days
        if freeze := days.freeze(launch.anchor, launch.tags):
            yield Collision(
                launch.anchor, (launch.id,), f'it is in the freeze "{freeze.title}" until {freeze.to}'
            )
        elif why := days.why_off(launch.anchor):
            yield Collision(launch.anchor, (launch.id,), f"nobody works on that day: {why}")


def _near(sheets: Sequence[LaunchSheet], diaries: Mapping[str, Diary]) -> Iterator[Collision]:
    for one, other in combinations(sheets, 2):
        first, second = one.launch, other.launch
        apart = APART.get(min(_tier(one), _tier(other)), 0)
        if (second.anchor - first.anchor).days > 3 * apart + 14:
            continue
        between = diaries[first.id].days.between(first.anchor, second.anchor)
        if between < apart or first.anchor == second.anchor:
            distance = "on the same day" if between == 0 else f"{count(between, 'working day')} apart"
            yield Collision(first.anchor, (first.id, second.id), f"they are {distance}")


def _tier(sheet: LaunchSheet) -> int:
    return sheet.template.tier if sheet.template else max(APART) + 1


def loads(handbook: Handbook, sheets: Iterable[LaunchSheet], diaries: Mapping[str, Diary]) -> list[Load]:
    """Return the open work of each role in each week, by week and role.

    The planned hours of a task are spread evenly over its working days; a task without a figure counts an hour for
    each of its days. What a role can do is its hours a week for one person, times the people who wear the hat.
    """
    hours: dict[tuple[date, str], float] = {}
    launches: dict[tuple[date, str], dict[str, None]] = {}
    for sheet in sheets:
        diary = diaries[sheet.launch.id]
        for item in sheet.tasks:
            for day, share in _spread(item, diary):
                key = (day - timedelta(day.weekday()), item.role)
                hours[key] = hours.get(key, 0) + share
                launches.setdefault(key, {})[sheet.launch.id] = None
    roles = {role.id: role for role in handbook.all(Role)}
    return [
        Load(
            role=role,
            title=roles[role].title if role in roles else role,
            week=week,
            hours=round(total, 2),
            capacity=_capacity(roles.get(role)),
            launches=tuple(launches[week, role]),
        )
        for (week, role), total in sorted(hours.items())
    ]


def _spread(item: Item, diary: Diary) -> Iterator[tuple[date, float]]:
    if item.settled:
        return
    first, days = item.start_on or item.due_on, diary.of(item.role)
    stretch = (first + timedelta(ahead) for ahead in range(max(0, (item.due_on - first).days) + 1))
    worked = [day for day in stretch if days.works(day)] or [item.due_on]
    each = (item.hours or len(worked)) / len(worked)
    yield from ((day, each) for day in worked)


def _capacity(role: Role | None) -> float | None:
    if role is None or role.capacity is None:
        return None
    return role.capacity.hours * max(1, len(role.holders))
