"""Launches for Linear's importer, in the form of Linear's own exports: `linear-import`, then Linear (CSV).

It knows no due day and no parent, so both are told in the description. Line ends are line feeds only: with others,
titles keep a sign that nobody sees.
"""

from __future__ import annotations

from collections.abc import Sequence

from handbook.plan.exports import facts
from handbook.plan.exports.cells import table
from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet

HEAD = (
    *("Id", "Team", "Title", "Description", "Status", "Estimate", "Priority", "Project", "Creator", "Assignee"),
    *("Labels", "Cycle Number", "Cycle Name", "Cycle Start", "Cycle End", "Created", "Updated", "Started"),
    *("Completed", "Canceled", "Archived"),
)  # fmt: skip
STATUSES = {
    "todo": "Todo",
    "doing": "In Progress",
    "blocked": "Todo",
    "open": "Todo",
    "failed": "Todo",
    "done": "Done",
    "passed": "Done",
    "waived": "Done",
    "skipped": "Canceled",
}


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return the table, one row for each task and gate."""
    return table(HEAD, [_row(item, sheet, context) for sheet in sheets for item in sheet.items], end="\n")


def _row(item: Item, sheet: Sheet, context: Context) -> tuple[str, ...]:
    status = STATUSES[item.status]
    settled = f"{item.done_on.isoformat()}T12:00:00.000Z" if item.done_on else ""
    values = {
        "Id": item.key,
        "Title": " ".join(facts.title(item).split()),
        "Description": facts.description(item, sheet, context),
        "Status": status,
        "Priority": "No priority",
        "Project": sheet.title,
        "Assignee": item.person or "",
        "Labels": ", ".join(_labels(item)),
        "Completed": settled if status == "Done" else "",
        "Canceled": settled if status == "Canceled" else "",
    }
    return tuple([values.get(column, "") for column in HEAD])


def _labels(item: Item) -> tuple[str, ...]:
    """Labels are parted by a comma and a space, so none may have them inside."""
    state = ("blocked",) if item.status == "blocked" else ()
    phase = (item.phase.replace(", ", " "),) if item.phase else ()
    return (item.part, *state, *phase)
