"""Launches as a plain table, one row for each task and gate. `handbook launch import --from csv` reads it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handbook.plan.exports.cells import table
from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet

HEAD = (
    *("Key", "Launch", "Kind", "Title", "Phase", "Role", "Person", "Start", "Due", "Due time", "Status", "Done"),
    *("Waits for", "Gate", "Hours", "Evidence", "Why"),
)  # fmt: skip


def render(sheets: Sequence[Sheet], _: Context) -> str:
    """Return the table. Days are ISO dates, which every spreadsheet takes for days."""
    return table(HEAD, [_row(item, sheet) for sheet in sheets for item in sheet.items])


def _row(item: Item, sheet: Sheet) -> tuple[str, ...]:
    return (
        item.key,
        sheet.title,
        item.part,
        item.title,
        item.phase,
        item.role_title,
        item.person or "",
        _day(item.start_on),
        _day(item.due_on),
        item.due_time or "",
        item.status,
        _day(item.done_on),
        ", ".join(item.needs),
        item.gate or "",
        f"{item.hours:g}" if item.hours else "",
        item.evidence or "",
        item.why or "",
    )


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
