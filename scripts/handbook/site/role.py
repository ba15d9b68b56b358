"""The page of a role: what it is for, what it decides, and all its duties in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handbook.model.catalog import Role, Team, Tool
from handbook.model.launch import Launch, LaunchTask, LaunchTemplate, TemplateGate, TemplateTask
from handbook.model.onboarding import Item, OnboardingPath
from handbook.model.process import Process, Step
from handbook.model.record import Record
from handbook.site import frame, launch, raci, template
from handbook.site.page import Here, Page, page_path
from handbook.site.uses import Use, uses
from handbook.text import markup, words


def page(here: Here, role: Role) -> Page:
    """Return the page of a role."""
    found = uses(here.handbook, role)
    return frame.page(
        here,
        role,
        _facts(here, role, found),
        markup.section(
            "Decides without asking", markup.bullets(map(markup.text, role.decides)), anchor="decides"
        ),
        markup.section("My duties", *_duties(here, found), anchor="duties"),
        markup.section("Gates to decide", _gates(here, found), anchor="gates"),
        markup.section("Launches", _launches(here, role, found), anchor="launches"),
        markup.section("Tools", _tools(here, found), anchor="tools"),
        markup.section("Good to be good at", markup.bullets(map(markup.text, role.skills)), anchor="skills"),
    )


def _facts(here: Here, role: Role, found: Sequence[Use]) -> Iterator[tuple[str, str]]:
    yield "What for", markup.text(role.purpose or "")
    yield "Team", here.name(Team, role.team)
    yield (
        "Leads",
        _links(here, (use.record for use in found if isinstance(use.record, Team) and use.key == "lead")),
    )
    yield "Held by", markup.text(", ".join(role.holders))
    yield "Stand-in", here.name(Role, role.backup)
    yield (
        "Stands in for",
        _links(here, (use.record for use in found if isinstance(use.record, Role) and use.key == "backup")),
    )
    yield "Time for it", f"{words.effort(role.capacity)} a week" if role.capacity else ""
    yield "Onboarding path", _links(here, (use.record for use in found if _is_way_in(use)))
    yield (
        "Answers for",
        _links(
            here, (use.record for use in found if isinstance(use.part, Process) and use.key == "accountable")
        ),
    )
    yield "Should know", _links(here, (use.record for use in found if use.key == "audience"))
    yield "Meets newcomers", _links(here, (use.record for use in found if isinstance(use.part, Item)))


def _is_way_in(use: Use) -> bool:
    return isinstance(use.part, OnboardingPath) and use.key == "role"


def _links(here: Here, records: Iterable[Record]) -> str:
    return ", ".join(dict.fromkeys(here.link(record) for record in records))


def _duties(here: Here, found: Iterable[Use]) -> Iterator[str]:
    """Yield a table for each process and template in which the role takes part, the processes by area."""
    by_record: dict[str, list[Use]] = {}
    for use in found:
        if isinstance(use.part, Step | TemplateTask) and use.key in raci.LETTERS:
            by_record.setdefault(page_path(use.record), []).append(use)
    areas = list(here.settings.areas)
    ordered = sorted(by_record.values(), key=lambda uses: _place(uses[0].record, areas))
    for duties in ordered:
        record = duties[0].record
        rows = (_duty(here, record, part, letters) for part, letters in _by_part(duties))
        yield markup.join(
            markup.heading(here.link(record), 3, f"in-{record.kind}-{record.id}"),
            markup.table(("Part", "When", "What", "How much"), rows),
        )
    if ordered:
        yield raci.LEGEND


def _place(record: Record, areas: list[str]) -> tuple[int, str]:
    if not isinstance(record, Process):
        return (len(areas) + 1, record.title)
    return (areas.index(record.area) if record.area in areas else len(areas), record.title)


def _by_part(duties: Iterable[Use]) -> Iterator[tuple[Step | TemplateTask, list[str]]]:
    """Yield each step or task once, with every letter that the role has there."""
    parts: dict[str, tuple[Step | TemplateTask, list[str]]] = {}
    for use in duties:
        if isinstance(use.part, Step | TemplateTask):
            parts.setdefault(use.part.id, (use.part, []))[1].append(raci.LETTERS[use.key])
    yield from parts.values()


def _duty(here: Here, record: Record, part: Step | TemplateTask, letters: Iterable[str]) -> tuple[str, ...]:
    does = part.responsible if "R" in letters else None
    chips = " ".join(map(raci.letter, sorted(set(letters), key="RACI".index)))
    much = words.effort(part.effort) or words.duration(part.duration) if does else ""
    if isinstance(part, Step):
        return chips, "", here.link(record, part.name, f"step-{part.id}"), much
    return chips, words.offset(part.due), here.link(record, part.title, f"task-{part.id}"), much


def _gates(here: Here, found: Iterable[Use]) -> str:
    rows = (
        (words.offset(use.part.due), template.gate(here, use.record, use.part.id), here.link(use.record))
        for use in found
        if isinstance(use.part, TemplateGate) and isinstance(use.record, LaunchTemplate)
    )
    return markup.table(("When", "Gate", "Template"), rows)


def _launches(here: Here, role: Role, found: Iterable[Use]) -> str:
    """Return the launches in which the role has tasks, with how many are still open."""
    launches = {
        use.record.id: use.record
        for use in found
        if isinstance(use.record, Launch) and isinstance(use.part, LaunchTask)
    }
    ordered = sorted(launches.values(), key=lambda found: (found.anchor, found.id))
    rows = (
        (
            words.short_day(item.anchor),
            here.link(item),
            launch.status(item),
            _share(item, role),
            markup.text(item.people.get(role.id, "")),
        )
        for item in ordered
    )
    return markup.table(("Day", "Launch", "Status", "My tasks", "Person"), rows)


def _share(item: Launch, role: Role) -> str:
    mine = [task for task in item.tasks if task.responsible in (role.id, *role.aliases)]
    left = sum(task.status not in ("done", "skipped") for task in mine)
    return f"{left} open of {len(mine)}"


def _tools(here: Here, found: Iterable[Use]) -> str:
    tools = {
        use.record.id: use.record for use in found if isinstance(use.record, Tool) and use.key == "used_by"
    }
    rows = (
        (here.link(tool), markup.text(tool.summary), markup.text(tool.access or ""))
        for tool in tools.values()
    )
    return markup.table(("Tool", "What it is", "How to get access"), rows)
