"""An onboarding path with dates: what a hire, their manager and their buddy do on which working day. Pure.

The items of the hire are spread evenly over the days of their stage, in the order of the path, so that no day asks for
much more than another; the others are due by the end of the stage, or before what waits for them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handbook.frozen import EMPTY, Entity
from handbook.model.catalog import Calendar, Role, Team, Tool
from handbook.model.handbook import Handbook
from handbook.model.kinds import KINDS
from handbook.model.onboarding import Item as PathItem
from handbook.model.onboarding import OnboardingPath, Stage, whole
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.plan.calendar import WorkingDays
from handbook.plan.order import in_order
from handbook.plan.sheet import Item, Sheet
from handbook.text.words import listed

UNSAID_HOURS = 0.25  #: what an item takes where it says nothing
ACTORS = {"hire": "New hire", "manager": "Manager", "buddy": "Buddy"}
_SAYS = {
    "read": "Read: {}",
    "meet": "Meet the {}",
    "access": "Get access to {}",
    "check": "Check: {}",
    "do": "{}",
}


class Hire(Entity):
    """Who starts when. `people` are names by actor: hire, manager and buddy; `handle` names the hire in keys.

    Where nobody wants a name in a tracker, the handle is all that it gets.
    """

    start: date
    handle: str
    people: Mapping[str, str] = EMPTY


def handle_of(name: str, start: date) -> str:
    """Return a handle that does not give the name away: eight hex digits of a hash of name and day."""
    from hashlib import blake2b

    return blake2b(f"{name.casefold()} {start}".encode(), digest_size=4).hexdigest()


def plan_id(path: OnboardingPath, hire: Hire) -> str:
    """Return the id of the plan of a hire, such as `product-manager-2026-11-30-kim`; keys of items begin with it."""
    return f"{path.id}-{hire.start.isoformat()}-{hire.handle}"


def calendar_of(handbook: Handbook, path: OnboardingPath, given: str | None) -> str | None:
    """Return the calendar that a hire works by: the one that is named, that of the team of the role, or the only one."""
    role = handbook.find(Role, path.role)
    team = handbook.find(Team, role.team if role else None)
    roots = [one.id for one in handbook.all(Calendar) if one.extends is None]
    return given or (team.calendar if team else None) or (roots[0] if len(roots) == 1 else None)


def onboarding(
    handbook: Handbook, path: OnboardingPath, hire: Hire, days: WorkingDays, site: str = ""
) -> Sheet:
    """Return the dated plan of a hire. The first day is their first working day on or after the start.

    `site` is the address of the published handbook, with a slash at its end, for links; empty for none.

    Raises:
        PlanError: items wait for one another in a circle, or the calendar has no working day.
    """
    joined = whole(path, lambda id: handbook.find(OnboardingPath, id))
    first = days.on_or_after(hire.start)
    id = plan_id(path, hire)
    due = _dates(joined, first, days)
    items = [
        _item(handbook, id, stage, item, days.shifted(first, stage.starts.days), due[item.id], hire, site)
        for stage in joined.stages
        for item in stage.items
    ]
    items += _sign_offs(handbook, id, joined, first, days, hire, site)
    name = hire.people.get("hire")
    return Sheet(
        id=id,
        title=f"{path.title}, {name}" if name else path.title,
        summary=joined.summary,
        status="active",
        noun="onboarding",
        day=first,
        day_name="First day",
        items=tuple(sorted(items, key=lambda one: one.due_on)),
        phases=tuple(stage.title for stage in joined.stages),
        page=f"{KINDS[path.kind].pages}/{path.id}/",
        roles=ACTORS,
        detailed=True,
    )


def _dates(path: OnboardingPath, first: date, days: WorkingDays) -> dict[str, date]:
    """Return the day by which each item is due."""
    due: dict[str, date] = {}
    for stage in path.stages:
        due.update(_stage_dates(stage, first, days))
    items = {item.id: item for stage in path.stages for item in stage.items}
    for id in reversed(in_order({id: item.needs for id, item in items.items()})):
        for need in items[id].needs:
            if need in due:
                due[need] = min(due[need], due[id])
    return due


def _stage_dates(stage: Stage, first: date, days: WorkingDays) -> Iterator[tuple[str, date]]:
    """Yield items with their days: those of the hire one after the other, by the hours that they take."""
    own = [item for item in stage.items if item.actor == "hire" and not item.check]
    pace = sum(map(_hours, own)) / (stage.ends.days - stage.starts.days + 1)
    hours = 0.0
    for item in stage.items:
        into = stage.ends.days - stage.starts.days
        if item in own:
            hours += _hours(item)
            into = min(into, math.ceil(hours / pace - 0.001) - 1)
        yield item.id, days.shifted(first, stage.starts.days + into)


def _hours(item: PathItem) -> float:
    return item.time.hours if item.time else UNSAID_HOURS


def _item(
    handbook: Handbook,
    plan: str,
    stage: Stage,
    item: PathItem,
    begins: date,
    due_on: date,
    hire: Hire,
    site: str,
) -> Item:
    return Item(
        key=f"{plan}.{item.id}",
        part="task",
        title=title(handbook, item),
        phase=stage.title,
        role=item.actor,
        role_title=ACTORS[item.actor],
        person=hire.people.get(item.actor),
        due_on=due_on,
        start_on=None if item.actor == "hire" else min(due_on, begins),
        status="todo",
        needs=tuple([f"{plan}.{need}" for need in item.needs]),
        details="\n\n".join(_details(handbook, item, site)),
        hours=item.time.hours if item.time else None,
        tool=item.access,
    )


def title(handbook: Handbook, item: PathItem) -> str:
    """Return what an item asks for, in a line."""
    said = item.read or item.do or item.check
    if item.meet:
        said = _title(handbook, Role, item.meet)
    elif item.access:
        said = _title(handbook, Tool, item.access)
    return _SAYS[item.action].format((said or "").removesuffix("."))


def _title(handbook: Handbook, entity: type[Record], id: str) -> str:
    found = handbook.find(entity, id)
    name = found.title if found else id
    return name[:1].lower() + name[1:] if entity is Role and name[1:2].islower() else name


def _details(handbook: Handbook, item: PathItem, site: str) -> Iterator[str]:
    """Yield paragraphs of Markdown: why, how to get access, where to read, and what shows that it is done."""
    if item.why:
        yield item.why
    tool = handbook.find(Tool, item.access)
    if tool and tool.access:
        yield f"How to get access: {tool.access}"
    links = list(_links(handbook, item, site))
    if links:
        yield f"See {listed(links)}."
    if item.evidence:
        yield f"Done when: {item.evidence}"


def _links(handbook: Handbook, item: PathItem, site: str) -> Iterator[str]:
    if item.link and (item.link.startswith(("https://", "http://")) or site):
        yield item.link if "://" in item.link else f"{site}{_address(item.link)}"
    process = handbook.find(Process, item.process)
    if process and site:
        yield f"{site}{KINDS[process.kind].pages}/{process.id}/"


def _address(page: str) -> str:
    """Return where the site has a page of the docs: `guides/first-day.md#where` is at `guides/first-day/#where`."""
    path, sign, anchor = page.partition("#")
    return f"{path.removesuffix('.md').removesuffix('index')}/{sign}{anchor}".replace("//", "/")


def _sign_offs(
    handbook: Handbook, plan: str, path: OnboardingPath, first: date, days: WorkingDays, hire: Hire, site: str
) -> Iterator[Item]:
    """Yield an item for each process that the hire confirms to have read, due when the path has come to it."""
    for id in path.acknowledge:
        stage = _stage_of(path.stages, id)
        process = handbook.find(Process, id)
        where = f"See {site}{KINDS[Process.kind].pages}/{id}/." if site else ""
        yield Item(
            key=f"{plan}.sign-off.{id}",
            part="task",
            title=f"Confirm that you have read “{process.title if process else id}”",
            phase=stage.title,
            role="hire",
            role_title=ACTORS["hire"],
            person=hire.people.get("hire"),
            due_on=days.shifted(first, stage.ends.days),
            status="todo",
            details=where,
        )


def _stage_of(stages: Sequence[Stage], process: str) -> Stage:
    """Return the last stage that speaks of a process, or the last one of all."""
    found = [stage for stage in stages if any(item.process == process for item in stage.items)]
    return (found or [*stages])[-1]
