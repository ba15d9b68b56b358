"""The page of each kind that lists its records, in the order in which readers look for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from handbook.model import flow as flows
from handbook.model.catalog import Metric, Role, Team, Term
from handbook.model.experiment import Experiment
from handbook.model.kinds import KINDS
from handbook.model.launch import Launch, LaunchTemplate
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.site import (
    access,
    experiment,
    launch,
    metric,
    onboarding,
    printing,
    process,
    skills,
    term,
    tool,
)
from handbook.site.diagram import lanes
from handbook.site.diagram.map import process_map
from handbook.site.page import Here, Page
from handbook.text import markup, words

Groups = Mapping[str, Sequence[Record]]  #: heading -> records below it; "" has no heading
Row = Callable[[Here, Any], Sequence[str]]

#: kind -> what its page says at the top
INTRODUCTIONS = {
    "process": "How we work, step by step. Each page says when to follow it, who does what, and how long it takes.",
    "launch-template": "The plans that launches start from. The tier of a launch decides which one.",
    "launch": "What is being launched, and what was: the day, the state and every task.",
    "experiment": "What we try on real users to find out whether it helps, and what came of it.",
    "onboarding-path": "The way into a role: what to read, do and set up, and whom to meet, stage by stage.",
    "role": "The hats that people wear. Each page lists all duties of the role, from every process and launch.",
    "team": "Who owns what, and where to ask.",
    "tool": "The systems that we work in, and how to get access.",
    "metric": "The numbers that decisions rest on, with their formulas and targets.",
    "artifact": "The documents and other things that work produces, and how to tell that they are good enough.",
    "term": "The words that we use, and what they mean here.",
    "calendar": "The days on which people work, and on which nothing is launched.",
}


def page(here: Here, kind: str, records: Sequence[Record]) -> Page:
    """Return the page that lists the records of a kind."""
    title = "Glossary" if kind == "term" else KINDS[kind].plural
    groups = grouped(kind, records, here.settings.areas)
    lists = (_listed(here, kind, title, records) for title, records in groups.items())
    further = [(title, *body(here, records)) for title, body in _FURTHER.get(kind, {}).items()]
    below = (markup.section(title, text) for title, text, _ in further)
    body = markup.join(*lists, *below) or "There is nothing here yet."
    head = markup.front_matter(title, INTRODUCTIONS[kind])
    more = access.pointer(here) if kind in ("tool", "onboarding-path") and records else ""
    if kind == "launch" and records:
        more = f"{here.to(launch.BOARD, 'All launches on one time line')}, with what collides and calendars to follow."
    text = markup.join(head, markup.top(title, INTRODUCTIONS[kind]), more, body)
    return Page(
        path=here.path, text=f"{text}\n", files=tuple(file for *_, files in further for file in files)
    )


def _map(here: Here, records: Sequence[Record]) -> tuple[str, Sequence[Page]]:
    """Return the map of the processes with its legend, and its file; where none can be drawn, where else that is said."""
    processes = [record for record in records if isinstance(record, Process)]
    drawn = process_map(here.handbook, processes, here.settings.areas)
    if drawn is None:
        return "Each process says on its page what it follows, and what it starts." if records else "", ()
    said = "An arrow leads to the process that follows, or with “runs” to one that is part of another"
    legend = f"{said}. Each name leads to its line above. As a file: [SVG](index.svg).\n{{ .legend }}"
    file = Page(path=f"{here.path.removesuffix('.md')}.svg", text=lanes.file(drawn))
    return markup.join(lanes.figure(drawn), legend), (file,)


def _matrix(here: Here, records: Sequence[OnboardingPath]) -> tuple[str, Sequence[Page]]:
    return skills.matrix(here, records), ()


def further(kind: str, records: Sequence[Record]) -> list[str]:
    """Return the titles of what stands on the page of a kind below its records, if it has any."""
    return list(_FURTHER.get(kind, ())) if records else []


def grouped(kind: str, records: Iterable[Record], areas: Mapping[str, str]) -> Groups:
    """Return records in the groups and the order of their page: processes by area, tools by category, launches by day."""
    ordered = sorted(records, key=order)
    if kind not in _GROUPS:
        return {"": ordered} if ordered else {}
    first = {"process": areas.values(), "experiment": experiment.STATES.values()}.get(kind)
    groups: dict[str, list[Record]] = {title: [] for title in first or ()}
    for record in ordered:
        groups.setdefault(_GROUPS[kind](record, areas), []).append(record)
    names = groups if first else sorted(groups)
    return {name: groups[name] for name in names if groups[name]}


def order(record: Record) -> tuple[str, str, str]:
    """Return what records of a kind are sorted by: launches and experiments by day, templates by tier, all others by title."""
    if isinstance(record, Launch):
        return (record.anchor.isoformat(), record.title, record.id)
    if isinstance(record, Experiment):
        return (record.starts_on.isoformat() if record.starts_on else "later", record.title, record.id)
    if isinstance(record, LaunchTemplate):
        return (str(record.tier), record.title, record.id)
    return ("", record.title.casefold(), record.id)


_GROUPS: dict[str, Callable[[Any, Mapping[str, str]], str]] = {
    "process": lambda record, areas: areas.get(record.area, record.area),
    "experiment": lambda record, areas: experiment.STATES[record.state],
    "tool": lambda record, areas: tool.category(record),
    "term": lambda record, areas: record.title[:1].upper(),
}


def _listed(here: Here, kind: str, title: str, records: Sequence[Record]) -> str:
    if kind == "term":
        body = markup.join(*(term.entry(here, record) for record in records if isinstance(record, Term)))
    else:
        head, row = _TABLES[kind]
        body = markup.table(head, (row(here, record) for record in records))
    if isinstance(records[0], Process):
        body = markup.join(body, printing.of_area(here, records[0].area))
    return markup.section(title, body) if title else body


def _name(here: Here, record: Record) -> str:
    """Return a link to a record, with its status where that is not the usual one. The map leads to that of a process."""
    unusual = record.status in words.STATUSES and not isinstance(record, Launch)
    anchor = f"{{ #{record.id} }}" if isinstance(record, Process) else ""
    return f"{here.link(record)}{anchor}" + (
        f" {markup.chip(words.sentence(record.status), 'status', record.status)}" if unusual else ""
    )


def _process(here: Here, record: Process) -> Iterator[str]:
    yield _name(here, record)
    yield markup.text(record.summary)
    yield here.name(Team, record.owner)
    yield process.how_long(record, flows.flow(record))


def _template(here: Here, record: LaunchTemplate) -> Iterator[str]:
    yield _name(here, record)
    yield markup.text(record.summary)
    yield words.count(len(record.tasks), "task")
    yield words.count(len(record.gates), "gate")


def _launch(here: Here, record: Launch) -> Iterator[str]:
    yield words.short_day(record.anchor)
    yield here.link(record)
    yield launch.status(record)
    yield launch.progress(record)
    yield here.name(LaunchTemplate, record.template)


def _experiment(here: Here, record: Experiment) -> Iterator[str]:
    yield _name(here, record)
    yield markup.text(record.summary)
    yield here.name(Metric, record.primary.metric)
    yield words.short_day(record.starts_on)
    yield words.short_day(record.ends_on)
    yield experiment.verdict(record)


def _path(here: Here, record: OnboardingPath) -> Iterator[str]:
    yield _name(here, record)
    yield here.name(Role, record.role)
    yield markup.text(record.summary)
    stages = onboarding.joined(here, record).stages
    yield words.count(sum(len(stage.items) for stage in stages), "item")


def _metric(here: Here, record: Metric) -> Iterator[str]:
    yield _name(here, record)
    yield markup.text(record.summary)
    yield markup.text(words.sentence(words.target(record.target)))
    yield words.sentence(metric.DIRECTIONS[record.direction])


def _summary(*more: Callable[[Here, Any], str]) -> Row:
    """Return a row of name and summary, with further cells."""
    return lambda here, record: (
        _name(here, record),
        markup.text(record.summary),
        *(cell(here, record) for cell in more),
    )


#: kind -> title of what stands below the records, and the function that gives its text and the files beside it
_FURTHER: dict[str, dict[str, Callable[[Here, Any], tuple[str, Sequence[Page]]]]] = {
    "onboarding-path": {"Who learns what": _matrix},
    "process": {"How they lead to each other": _map},
}

#: kind -> head of its table, and the row of a record
_TABLES: dict[str, tuple[Sequence[str], Row]] = {
    "process": (
        ("Process", "What it is for", "Owner", "How long"),
        lambda here, record: tuple(_process(here, record)),
    ),
    "launch-template": (
        ("Template", "What it is for", "Tasks", "Gates"),
        lambda here, record: tuple(_template(here, record)),
    ),
    "launch": (
        ("Day", "Launch", "Status", "Progress", "Template"),
        lambda here, record: tuple(_launch(here, record)),
    ),
    "experiment": (
        ("Experiment", "What it tries", "What decides", "From", "To", "Decision"),
        lambda here, record: tuple(_experiment(here, record)),
    ),
    "onboarding-path": (
        ("Path", "Role", "Where it leads", "Size"),
        lambda here, record: tuple(_path(here, record)),
    ),
    "role": (("Role", "What it is for", "Team"), _summary(lambda here, record: here.name(Team, record.team))),
    "team": (
        ("Team", "What it does", "Ask in"),
        _summary(lambda here, record: markup.code(record.channel or "")),
    ),
    "tool": (
        ("Tool", "What it is", "How to get access"),
        _summary(lambda here, record: markup.text(record.access or "")),
    ),
    "metric": (
        ("Metric", "What it says", "Target", "Direction"),
        lambda here, record: tuple(_metric(here, record)),
    ),
    "artifact": (
        ("Artifact", "What it is", "Owner"),
        _summary(lambda here, record: here.name(Team, record.owner)),
    ),
    "calendar": (("Calendar", "What it holds"), _summary()),
}
