"""A launch for Asana's CSV importer: a section for each phase, and dependencies by name.

Asana reads dependencies as names that commas part, and only those of rows above. So names have no comma here, no two
are the same, and every row comes after those that it waits for.

Source: "CSV importer" in Asana's help pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handbook.plan.exports import facts
from handbook.plan.exports.cells import table
from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet

HEAD = (
    *("Name", "Description", "Section", "Assignee", "Collaborators", "Start Date", "Due Date"),
    "Dependencies",
)
_GATES, _NO_PHASE = "Gates", "Tasks"


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return the table of the one launch, with its launch day as the last row."""
    (sheet,) = sheets
    items = in_order(sheet.items)
    names = _names(items)
    above: set[str] = set()
    rows = []
    for item in items:
        needs = [names[key] for key in item.needs if key in above]
        rows.append(_row(item, sheet, names[item.key], needs, context))
        above.add(item.key)
    return table(HEAD, rows)


def in_order(items: Sequence[Item]) -> list[Item]:
    """Return tasks and gates so that each comes after what it waits for, and else in their order."""
    placed: dict[str, Item] = {}
    waiting = list(items)
    known = {item.key for item in items}
    while waiting:
        ready = next(
            (item for item in waiting if all(key in placed or key not in known for key in item.needs)),
            waiting[0],  # a circle, which the check reports: somewhere it has to be cut
        )
        waiting.remove(ready)
        placed[ready.key] = ready
    return list(placed.values())


def _names(items: Sequence[Item]) -> dict[str, str]:
    """Return a name without a comma for each key, and no name twice."""
    names: dict[str, str] = {}
    for item in items:
        name = " ".join(facts.title(item).replace(",", ";").split())
        taken = {other.casefold() for other in names.values()}
        names[item.key] = f"{name} ({item.id})" if name.casefold() in taken else name
    return names


def _row(item: Item, sheet: Sheet, name: str, needs: Sequence[str], context: Context) -> tuple[str, ...]:
    return (
        name,
        facts.description(item, sheet, context),
        _GATES if item.part == "gate" else item.phase or _NO_PHASE,
        facts.mail(item),
        "",
        _day(item.start_on) if item.start_on and item.start_on < item.due_on else "",
        _day(item.due_on),
        ",".join(needs),
    )


def _day(value: date) -> str:
    """The one form of a day that Asana takes, whatever the language of the reader."""
    return f"{value.month:02}/{value.day:02}/{value.year}"
