"""How tasks stand in Jira: a CSV export of issues, with the columns Status and Description among others."""

from __future__ import annotations

from handbook.plan.exports.facts import key_in
from handbook.plan.imports.progress import Problem, Progress, Taken
from handbook.plan.imports.table import Row, day, rows

_NEEDED = ("Status", "Description")
#: Jira's own words; a workflow of one's own adds others, and its category says what they mean
_STATUSES = {
    "to do": "todo",
    "open": "todo",
    "backlog": "todo",
    "selected for development": "todo",
    "reopened": "todo",
    "in progress": "doing",
    "in review": "doing",
    "blocked": "blocked",
    "done": "done",
    "closed": "done",
    "resolved": "done",
}
_NOT_DONE = ("won't do", "wont do", "won't fix", "duplicate", "declined", "cannot reproduce")


def read(source: bytes) -> Taken:
    """Return how the issues stand that came from a launch; others are passed over."""
    table = rows(source, _NEEDED)
    found: list[Progress] = []
    problems = list(table.problems)
    for row in table.rows:
        key = key_in(row.get("Description"))
        if key is None:
            continue
        status = _status(row)
        if status is None:
            message = f'"{row.get("Status")}" is no status that is known here, and there is no column Status Category'
            problems.append(Problem(row.number, "Status", message))
            continue
        resolved = row.get("Resolved") or row.get("Resolution date")
        done = day(resolved)
        if status == "done" and resolved and done is None:
            problems.append(
                Problem(row.number, "Resolved", f'"{resolved}" is no day that can be read in one way only')
            )
            continue
        found.append(_progress(row, key, status, done))
    return Taken(tuple(found), tuple(problems))


def _status(row: Row) -> str | None:
    known = _STATUSES.get(row.get("Status").casefold().strip())
    return known or _STATUSES.get(row.get("Status Category").casefold().strip())


def _progress(row: Row, key: str, status: str, done: object) -> Progress:
    from datetime import date

    resolution = row.get("Resolution")
    skipped = status == "done" and resolution.casefold().strip() in _NOT_DONE
    return Progress(
        key=key,
        status="skipped" if skipped else status,
        done_on=done if status == "done" and not skipped and isinstance(done, date) else None,
        person=row.get("Assignee") or None,
        why=f"Closed in Jira as {resolution}"
        if skipped
        else "Blocked in Jira"
        if status == "blocked"
        else None,
        row=row.number,
    )
