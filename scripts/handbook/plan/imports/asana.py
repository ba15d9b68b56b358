"""How tasks stand in Asana: a CSV export of a project. It knows whether a task is completed, and no more."""

from __future__ import annotations

from handbook.plan.exports.facts import key_in
from handbook.plan.imports.progress import Problem, Progress, Taken
from handbook.plan.imports.table import day, rows

_NEEDED = ("Completed At", "Notes")


def read(source: bytes) -> Taken:
    """Return how the tasks stand that came from a launch; others are passed over."""
    table = rows(source, _NEEDED)
    found: list[Progress] = []
    problems = list(table.problems)
    for row in table.rows:
        key = key_in(row.get("Notes"))
        completed = row.get("Completed At")
        if key is None:
            continue
        done = day(completed)
        if completed and done is None:
            problems.append(
                Problem(
                    row.number, "Completed At", f'"{completed}" is no day that can be read in one way only'
                )
            )
            continue
        person = row.get("Assignee") or None
        found.append(Progress(key, "done" if completed else "open", done, person, row=row.number))
    return Taken(tuple(found), tuple(problems))
