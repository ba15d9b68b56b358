"""Launches for Jira's CSV importer: an epic for each launch, with a task for each task and gate below it.

Parents and blockers are named by the numbers in the column `Issue ID`, which only count within the file. A column
that holds several values is repeated. The configuration tells the importer which column is which.

Sources: "Import data from a CSV file" and "Keep the hierarchy of issues when importing" in Atlassian's support pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from handbook.plan.exports import facts
from handbook.plan.exports.cells import table
from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet

#: the words of Jira's own workflow
STATUSES = {
    "todo": "To Do",
    "doing": "In Progress",
    "blocked": "To Do",
    "open": "To Do",
    "failed": "To Do",
    "done": "Done",
    "skipped": "Done",
    "passed": "Done",
    "waived": "Done",
}
_RESOLUTIONS = {"done": "Done", "passed": "Done", "waived": "Done", "skipped": "Won't Do"}
_HEAD = (
    *("Issue Type", "Issue ID", "Parent", "Summary", "Description", "Status", "Resolution", "Assignee"),
    *("Start date", "Due date"),
)  # fmt: skip
#: column -> field; the start day has none, because it is a field of one's own in each Jira
_FIELDS = {
    "Issue Type": "issuetype",
    "Issue ID": "issue-id",
    "Parent": "parent",
    "Summary": "summary",
    "Description": "description",
    "Status": "status",
    "Resolution": "resolution",
    "Assignee": "assignee",
    "Due date": "duedate",
    "Labels": "labels",
}
_LINK, _BLOCKS = "Link Blocks", "10000"  #: the number that Jira gives its own link type "Blocks"
_SUMMARY = 255  #: characters that Jira takes


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return the table. Rows of epics come first, because a parent has to be known before its children."""
    numbers = _numbers(sheets)
    rows: list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = [
        (_epic(sheet, numbers, context), (sheet.noun, *_tags(sheet)), ()) for sheet in sheets
    ]
    rows += [
        (_task(item, sheet, numbers, context), _labels(item, sheet), _blocked(item, sheet, numbers))
        for sheet in sheets
        for item in sheet.items
    ]
    labels = max((len(row[1]) for row in rows), default=0)
    links = max((len(row[2]) for row in rows), default=0)
    head = [*_HEAD, *["Labels"] * labels, *[_LINK] * links]
    return table(head, [[*row, *_wide(tags, labels), *_wide(ends, links)] for row, tags, ends in rows])


def configuration(_: Sequence[Sheet], context: Context) -> str:
    """Return the configuration of the importer, which asks for it on its first page."""
    fields = {column: {"jira.field": field, "userChanged": "true"} for column, field in _FIELDS.items()}
    data = {
        "config.version": "2.0",
        "config.project.from.csv": "false",
        "config.encoding": "UTF-8",
        "config.email.suffix": "@",
        "config.delimiter": ",",
        "config.date.format": "yyyy-MM-dd",
        "config.field.mappings": {**fields, _LINK: {"link.type": _BLOCKS}},
        "config.value.mappings": {},
        "config.project": {"project.name": context.title, "project.key": ""},
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _numbers(sheets: Sequence[Sheet]) -> dict[str, str]:
    keys = [sheet.id for sheet in sheets] + [item.key for sheet in sheets for item in sheet.items]
    return {key: str(number) for number, key in enumerate(keys, 1)}


def _epic(sheet: Sheet, numbers: dict[str, str], context: Context) -> tuple[str, ...]:
    off = sheet.status == "cancelled"
    status = "done" if sheet.status == "closed" else "skipped" if off else "doing"
    return (
        "Epic",
        numbers[sheet.id],
        "",
        _one_line(sheet.title),
        _text(facts.about(sheet, context)),
        STATUSES[status],
        _RESOLUTIONS.get(status, ""),
        "",
        "",
        sheet.day.isoformat(),
    )


def _task(item: Item, sheet: Sheet, numbers: dict[str, str], context: Context) -> tuple[str, ...]:
    return (
        "Task",
        numbers[item.key],
        numbers[sheet.id],
        _one_line(facts.title(item)),
        _text(facts.description(item, sheet, context)),
        STATUSES[item.status],
        _RESOLUTIONS.get(item.status, ""),
        facts.mail(item),
        item.start_on.isoformat() if item.start_on else "",
        item.due_on.isoformat(),
    )


def _labels(item: Item, sheet: Sheet) -> tuple[str, ...]:
    """Labels hold no space: what the part is, what stands in its way, and the phase."""
    state = ("blocked",) if item.status == "blocked" else ()
    phase = (_label(item.phase),) if item.phase else ()
    return (item.part, *state, *phase, *_tags(sheet))


def _tags(sheet: Sheet) -> tuple[str, ...]:
    return (_label(sheet.id),)


def _label(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text.lower()).strip("-") or "none"


def _blocked(item: Item, sheet: Sheet, numbers: dict[str, str]) -> tuple[str, ...]:
    """What waits for it: Jira reads the column as `this issue blocks that one`."""
    return tuple([numbers[other.key] for other in sheet.items if item.key in other.needs])


def _wide(values: Sequence[str], width: int) -> list[str]:
    return [*values, *[""] * (width - len(values))]


def _one_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SUMMARY else f"{flat[: _SUMMARY - 1]}…"


def _text(text: str) -> str:
    """Return Markdown so that Jira's own markup shows it: lists, and nobody told who is only named."""
    return re.sub(r"(?m)^- (?:\[[ x]\] )?", "* ", text).replace("[~", "[ ~")
