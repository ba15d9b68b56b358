"""The table that `handbook launch export --as csv` wrote, after people worked in it with a spreadsheet."""

from __future__ import annotations

from handbook.plan.imports.progress import STATUSES, Problem, Progress, Taken
from handbook.plan.imports.table import day, rows
from handbook.report.signs import in_order
from handbook.text.near import did_you_mean

_NEEDED = ("Key", "Status", "Done")
_GATES = {"passed": "done", "waived": "done", "failed": "open"}


def read(source: bytes) -> Taken:
    """Return how the tasks stand. A row without a key is one that somebody added, and a problem."""
    table = rows(source, _NEEDED)
    found: list[Progress] = []
    problems = list(table.problems)
    for row in table.rows:
        key, said, done = row.get("Key").strip(), row.get("Status").strip().casefold(), row.get("Done")
        why = in_order(row.get("Why"))
        status = _GATES.get(said, said)
        if not key:
            problems.append(
                Problem(row.number, "Key", "there is none: a new task has to be written into the plan")
            )
        elif status not in STATUSES:
            near = did_you_mean(status, STATUSES)
            problems.append(Problem(row.number, "Status", f'"{row.get("Status")}" is no status{near}'))
        elif done and day(done) is None:
            problems.append(
                Problem(row.number, "Done", f'"{done}" is no day that can be read in one way only')
            )
        elif status in ("blocked", "skipped") and not why:
            problems.append(Problem(row.number, "Why", f"it is {status}, and others have to know why"))
        else:
            on = day(done) if status == "done" else None
            found.append(Progress(key, status, on, row.get("Person") or None, why or None, row.number))
    return Taken(tuple(found), tuple(problems))
