"""Who does what: the four parts that a role can have in a piece of work."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Role
from handbook.model.launch import TemplateTask
from handbook.model.process import Process, Step
from handbook.site.page import Here
from handbook.text import markup

#: key of a step or task -> letter
LETTERS = {"responsible": "R", "accountable": "A", "consulted": "C", "informed": "I"}
MEANINGS = {"R": "does it", "A": "answers for it", "C": "is asked before", "I": "is told after"}


def letter(value: str) -> str:
    """Return a letter as a label."""
    return markup.chip(value, "raci", value.lower())


LEGEND = " · ".join(f"{letter(value)} {meaning}" for value, meaning in MEANINGS.items()) + "\n{ .legend }"


def roles(work: Step | TemplateTask, accountable: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield role and letter for each part in a piece of work. `accountable` answers where the work names nobody."""
    yield work.responsible, "R"
    if answers := work.accountable or accountable:
        yield answers, "A"
    yield from ((role, "C") for role in work.consulted)
    yield from ((role, "I") for role in work.informed)


def matrix(here: Here, process: Process) -> str:
    """Return the table of all steps by all roles of a process, the busiest roles first."""
    parts = [(step, list(roles(step, process.accountable))) for step in process.steps]
    columns: dict[str, int] = {}
    for _, found in parts:
        for role, value in found:
            columns[role] = columns.get(role, 0) + (value == "R") * 100 + 1
    ordered = sorted(columns, key=lambda role: -columns[role])
    head = ("Step", *(here.name(Role, role) for role in ordered))
    rows = []
    for position, (step, found) in enumerate(parts, 1):
        cells = (" ".join(letter(value) for role, value in found if role == column) for column in ordered)
        rows.append((here.link(process, f"{position}. {step.name}", f"step-{step.id}"), *cells))
    return markup.table(head, rows)
