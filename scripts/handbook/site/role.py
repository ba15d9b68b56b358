"""The page of a role: what it is for, what it decides, and all its duties in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from handbook.model.catalog import Metric, Role, Team, Tool
from handbook.model.launch import Launch, LaunchTask, LaunchTemplate, TemplateGate, TemplateTask
from handbook.model.onboarding import Item, OnboardingPath
from handbook.model.process import Process, Step
from handbook.model.record import MetricTarget, Record
from handbook.model.values import Target
from handbook.site import access, frame, launch, raci, template, tool
from handbook.site.page import Here, Page, page_path
from handbook.site.uses import Use, uses
from handbook.text import markup, words

_MANY = 4  #: processes and templates, from which on nobody sees them all at once


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
        markup.section("Metrics to watch", _metrics(here, found), anchor="metrics"),
        markup.section("Tools", *_tools(here, role, found), anchor="tools"),
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
        if isinstance(use.part, Step | TemplateTask | Process) and use.key in raci.LETTERS:
            by_record.setdefault(page_path(use.record), []).append(use)
    ordered = sorted(by_record.values(), key=lambda uses: (here.place(uses[0].record), uses[0].record.title))
    if ordered:
        yield _legend(use for duties in ordered for use in duties)
    if len(ordered) >= _MANY:
        yield "In bold: where the role does something, or answers for it."
        yield markup.facts(_overview(here, ordered))
    for duties in ordered:
        record = duties[0].record
        rows = (_duty(here, record, part, letters) for part, letters in _by_part(duties))
        yield markup.join(
            markup.heading(here.link(record), 3, _anchor(record)),
            markup.table(("Part", "When", "What", "How much"), rows),
        )


def _overview(here: Here, ordered: Iterable[Sequence[Use]]) -> Iterator[tuple[str, str]]:
    """Yield the areas with their processes, and the templates, each leading to its table."""
    areas: dict[str, list[str]] = {}
    for duties in ordered:
        record = duties[0].record
        link = markup.link(record.title, f"#{_anchor(record)}")
        does = any(use.key in ("responsible", "accountable") for use in duties)
        area = (
            here.settings.areas.get(record.area, record.area) if isinstance(record, Process) else "Launches"
        )
        areas.setdefault(area, []).append(f"**{link}**" if does else link)
    yield from ((area, ", ".join(links)) for area, links in areas.items())


def _anchor(record: Record) -> str:
    return f"in-{record.kind}-{record.id}"


def _legend(duties: Iterable[Use]) -> str:
    """Return what the letters mean, and how often the role has each."""
    often = Counter(raci.LETTERS[use.key] for use in duties)
    said = (
        f"{raci.letter(value)} {meaning}: {often[value]}"
        for value, meaning in raci.MEANINGS.items()
        if often[value]
    )
    return f"{' · '.join(said)}\n{{ .legend }}"


def _by_part(duties: Iterable[Use]) -> Iterator[tuple[Step | TemplateTask | Process, list[str]]]:
    """Yield the process as a whole, then each step or task once, with every letter that the role has there."""
    parts: dict[str, tuple[Step | TemplateTask | Process, list[str]]] = {}
    for use in sorted(duties, key=lambda use: not isinstance(use.part, Process)):
        if isinstance(use.part, Step | TemplateTask | Process):
            parts.setdefault("" if isinstance(use.part, Process) else use.part.id, (use.part, []))[1].append(
                raci.LETTERS[use.key]
            )
    yield from parts.values()


def _duty(
    here: Here, record: Record, part: Step | TemplateTask | Process, letters: Iterable[str]
) -> tuple[str, ...]:
    if isinstance(part, Process):
        return raci.letter("A"), "", "The whole process, except steps that name somebody else", ""
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


def _metrics(here: Here, found: Iterable[Use]) -> str:
    """Return the metrics of the processes that the role answers for, with their targets there."""
    rows = (
        (
            here.name(Metric, target.metric),
            markup.text(words.target(_wanted(here, target))),
            here.link(use.record),
        )
        for use in found
        if isinstance(use.part, Process) and use.key == "accountable"
        for target in use.part.metrics
    )
    return markup.table(("Metric", "Target", "Process"), rows)


def _wanted(here: Here, target: MetricTarget) -> Target | None:
    metric = here.handbook.find(Metric, target.metric)
    return target.target or (metric.target if metric else None)


def _tools(here: Here, role: Role, found: Iterable[Use]) -> Iterator[str]:
    """Yield the tools that name the role, and those in which its steps and tasks are done."""
    tools = {
        use.record.id: use.record for use in found if isinstance(use.record, Tool) and use.key == "used_by"
    }
    for use in found:
        if isinstance(use.part, Step | TemplateTask) and use.key == "responsible":
            worked_in = here.handbook.find(Tool, use.part.tool)
            tools |= {worked_in.id: worked_in} if worked_in else {}
    rows = (
        (
            here.link(one),
            markup.text(one.summary),
            markup.text(one.access or ""),
            tool.guide(here, one, one.training or one.guideline),
        )
        for one in tools.values()
    )
    yield markup.table(("Tool", "What it is", "How to get access", "Where to learn it"), rows)
    yield access.pointer(here, "Whom to ask for each of them", role) if tools else ""
