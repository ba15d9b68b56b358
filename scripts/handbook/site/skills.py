"""Which path teaches which process and tool, and in which stage: the modules that a role has to know, with the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handbook.model.catalog import Role, Tool
from handbook.model.handbook import Name
from handbook.model.onboarding import Item, OnboardingPath
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.site import onboarding
from handbook.site.page import Here
from handbook.site.uses import uses
from handbook.text import markup

_DUTIES = ("accountable", "responsible")
_LEAD = (
    "A line is a process or a tool, a column is a path. The cell says in which stage the path comes to it,"
    " and *checked* that somebody asks whether it was understood. *Missing* means that the role has work in the"
    " process, or needs the tool, and its path does not speak of it."
)


def matrix(here: Here, paths: Sequence[OnboardingPath]) -> str:
    """Return the table of all processes and tools that a role with a path has to know, and where its path comes to them."""
    shown = [path for path in paths if path.role and path.status == "active"]
    taught = [dict(_taught(here, onboarding.joined(here, path))) for path in shown]
    needed = [set(_needed(here, path)) for path in shown]
    modules = _ordered(here, {name for names in (*taught, *needed) for name in names})
    rows = (
        (
            here.link(module),
            *(_cell(name, *column) for column in zip(taught, needed, strict=True)),
        )
        for module in modules
        for name in (Name(module.kind, module.id),)
    )
    head = ("Process or tool", *(markup.text(path.title) for path in shown))
    return markup.join(_LEAD, markup.table(head, rows)) if modules else ""


def _cell(name: Name, taught: dict[Name, str], needed: set[Name]) -> str:
    return taught.get(name) or (markup.chip("Missing", "health", "red") if name in needed else "")


def _taught(here: Here, path: OnboardingPath) -> Iterator[tuple[Name, str]]:
    """Yield each module of a path with the first place that speaks of it; the last of a name counts."""
    for id in path.acknowledge:
        yield here.handbook.resolve(Name("process", id)), here.link(path, "Sign-off", "acknowledge")
    items = [(stage, item) for stage in path.stages for item in stage.items if _teaches(item)]
    checked = {item.process for _, item in items if item.check}
    for stage, item in reversed(items):
        link = here.link(path, stage.title, onboarding.place(path, item))
        if item.access:
            yield here.handbook.resolve(Name("tool", item.access)), link
        elif item.process:
            mark = ", *checked*" if item.process in checked else ""
            yield here.handbook.resolve(Name("process", item.process)), link + mark


def _teaches(item: Item) -> bool:
    """Whether the hire learns from an item: what the manager or the buddy does alone is not for the hire to know."""
    return item.actor == "hire" or item.check is not None


def _needed(here: Here, path: OnboardingPath) -> Iterator[Name]:
    """Yield the active processes in which the role has work, and the tools that name it."""
    role = here.handbook.find(Role, path.role)
    for use in uses(here.handbook, role) if role else ():
        record = use.record
        duty = isinstance(record, Process) and use.key in _DUTIES
        if record.status == "active" and (duty or (isinstance(record, Tool) and use.key == "used_by")):
            yield Name(record.kind, record.id)


def _ordered(here: Here, names: Iterable[Name]) -> list[Record]:
    """Return processes before tools, each by title."""
    found = (here.handbook.records.get(name) for name in names)
    return sorted((one for one in found if one), key=lambda one: (one.kind != "process", one.title))
