"""All launches together: one time line, one table, what collides, and calendars to follow. No clock: only what reports say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handbook.model.catalog import Calendar, Role
from handbook.model.handbook import Name
from handbook.model.launch import Launch, LaunchTemplate
from handbook.plan.calendar import PlanError
from handbook.plan.diary import diaries
from handbook.plan.exports import ics
from handbook.plan.portfolio import collisions
from handbook.plan.sheet import LaunchSheet, sheet
from handbook.plan.states import AHEAD, SETTLED
from handbook.site import launch as launches
from handbook.site.diagram import portfolio
from handbook.site.diagram.portfolio import Band, Row
from handbook.site.entries import safe
from handbook.site.page import Here, Page
from handbook.text import markup, words

_TITLE = "Launch board"
_LEAD = (
    "All launches on one time line: when each is out, how it stands, and which ones are in each other's way."
)
_CALENDAR = "launches/launches.ics"
_RECENT = 120  #: days
_DECIDED = ("passed", "waived")


def pages(here: Here) -> Iterator[Page]:
    """Yield the board, with its calendars as files beside it."""
    here = replace(here, path=launches.BOARD)
    found = sorted(here.handbook.all(Launch), key=lambda one: (one.anchor, one.id))
    sheets = [sheet(here.handbook, one) for one in found]
    rows, bands = _drawn(found), _bands(here, found)
    shown = (portfolio.figure(rows, bands), _legend()) if found else ("No launch is planned.",)
    text = markup.join(
        markup.front_matter(_TITLE, _LEAD),
        markup.top(_TITLE, _LEAD, here.to("launches/index.md", "Launches")),
        *shown,
        markup.section("Ahead", _table(here, [one for one in found if one.status in AHEAD]), anchor="ahead"),
        markup.section("Collisions", *_collisions(here, sheets), anchor="collisions"),
        markup.section(
            "Out, or called off",
            _table(here, [one for one in found if one.status not in AHEAD]),
            anchor="past",
        ),
        markup.section("Calendars to follow", *_calendars(here, sheets), anchor="calendars"),
    )
    drawn = [Page(path="launches/board.svg", text=portfolio.file(rows, bands))] if found else []
    yield Page(path=here.path, text=f"{text}\n", files=(*drawn, *_feeds(here, sheets)))


def _drawn(found: Sequence[Launch]) -> list[Row]:
    """Return the launches that are drawn: those that are not over, and what ended shortly before the first of them."""
    rows = {one.id: _row(one) for one in found}
    going = [rows[one.id].first for one in found if one.status in (*AHEAD, "launched")]
    since = min(going) - timedelta(_RECENT) if going else date.min
    return [row for row in rows.values() if row.last >= since]


def _row(one: Launch) -> Row:
    days = [task.start_on or task.due_on for task in one.tasks], [task.due_on for task in one.tasks]
    first, last = min(*days[0], one.anchor, one.anchor), max(*days[1], one.anchor, one.anchor)
    health = one.reports[-1].health if one.reports else ""
    said = launches.STATUSES[one.status].lower()
    if health:
        said = f"{said}, {launches.HEALTH[health].lower()}"
    return Row(
        f"launch-{one.id}", one.title, first, last, one.anchor, health, said, one.status == "cancelled"
    )


def _bands(here: Here, found: Sequence[Launch]) -> list[Band]:
    """Return the freezes of the calendars that launches go by, each once."""
    bands: dict[Band, None] = {}
    seen: set[str] = set()
    queue = [one.calendar for one in found]
    while queue:
        calendar = here.handbook.find(Calendar, queue.pop())
        if calendar is None or calendar.id in seen:
            continue
        seen.add(calendar.id)
        queue.append(calendar.extends)
        bands |= {Band(freeze.title, freeze.from_, freeze.to): None for freeze in calendar.freezes}
    return sorted(bands, key=lambda band: (band.first, band.last, band.title))


def _legend() -> str:
    return (
        "A bar runs from the first task to the last and has the colour of the last report; a rhombus is the launch day;"
        " a band is a freeze, in which nothing is launched. The tables say the same in words."
        " As a file: [SVG](board.svg).\n{ .legend }"
    )


def _table(here: Here, found: Sequence[Launch]) -> str:
    rows = (
        (
            words.short_day(one.anchor),
            f"{here.link(one)}{{ #launch-{one.id} }}",
            _tier(here, one),
            launches.status(one),
            launches.health(one),
            _share(sum(task.status in SETTLED for task in one.tasks), len(one.tasks)),
            _share(sum(gate.status in _DECIDED for gate in one.gates), len(one.gates)),
        )
        for one in found
    )
    return markup.table(
        ("Day", "Launch", "Tier", "Status", "Last report", "Tasks settled", "Gates passed"), rows
    )


def _tier(here: Here, one: Launch) -> str:
    template = here.handbook.find(LaunchTemplate, one.template)
    return str(template.tier) if template else ""


def _share(good: int, every: int) -> str:
    return f"{good} of {every}" if every else ""


def _collisions(here: Here, sheets: Sequence[LaunchSheet]) -> Iterator[str]:
    """Yield what collides. Public holidays are not looked up: the page says the same wherever it is made."""
    try:
        known = diaries(here.handbook, [one.launch for one in sheets], (), lambda calendar, years: {})
        found = collisions(sheets, known)
    except PlanError as error:  # a calendar without any working day
        yield f"They could not be computed: {safe(error.message)}."
        return
    titles = {one.id: one.launch for one in sheets}
    rows = (
        (
            words.short_day(one.day),
            ", ".join(here.link(titles[id]) for id in one.launches),
            safe(words.sentence(one.why)),
        )
        for one in found
    )
    if table := markup.table(("Day", "Launches", "Why"), rows):
        yield table
    elif any(one.launch.status in AHEAD for one in sheets):
        yield "No launch that is ahead is in a freeze, or nearer to another one than its tier allows."


def _calendars(here: Here, sheets: Sequence[LaunchSheet]) -> Iterator[str]:
    if here.around.calendars is None or not sheets:
        return
    yield (
        f"Copy the address of {here.to(_CALENDAR, 'the calendar of all launches')} into your calendar program, as a calendar"
        " to subscribe to. It then shows each launch day, gate and task, and follows when one moves."
    )
    of_roles = [here.to(_role_path(role), role.title) for role in _roles(here, sheets)]
    if of_roles:
        yield f"Only the tasks and gates of a role: {', '.join(of_roles)}."


def _feeds(here: Here, sheets: Sequence[LaunchSheet]) -> Iterator[Page]:
    """Yield the calendars: of all launches, of each, and of each role."""
    context = here.around.calendars
    if context is None or not sheets:
        return
    yield Page(path=_CALENDAR, text=ics.render(sheets, context))
    for one in sheets:
        yield Page(path=launches.calendar_path(one.launch), text=ics.render([one], context))
    for role in _roles(here, sheets):
        names = (role.id, *role.aliases)
        mine = [one.replaced(items=tuple(item for item in one.items if item.role in names)) for one in sheets]
        yield Page(
            path=_role_path(role),
            text=ics.render([one for one in mine if one.items], context.replaced(gone=())),
        )


def _roles(here: Here, sheets: Sequence[LaunchSheet]) -> list[Role]:
    """Return the roles that have something to do in launches, by title."""
    names = {here.handbook.resolve(Name("role", item.role)) for one in sheets for item in one.items}
    found = [here.handbook.records[name] for name in names if name in here.handbook.records]
    return sorted((role for role in found if isinstance(role, Role)), key=lambda role: (role.title, role.id))


def _role_path(role: Role) -> str:
    return f"launches/for/{role.id}.ics"
