"""Launches as Markdown: a checklist by phase, for a page, a mail or an issue. Text is only shown, and notifies nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.changes.formats.markdown import safe
from handbook.plan.exports import facts
from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet
from handbook.plan.states import in_words
from handbook.text import markup
from handbook.text.words import day


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return the checklists of launches, one below the other."""
    return "\n".join(_launch(sheet, context) for sheet in sheets)


def _launch(sheet: Sheet, context: Context) -> str:
    settled = sum(item.settled for item in sheet.items)
    page = f" See [the page of the {sheet.noun}]({page})." if (page := context.page(sheet)) else ""
    said = f"{sheet.day_name}: {day(sheet.day)}. {settled} of {_counted(sheet)} settled.{page}"
    sections = [markup.join(f"## {safe(title)}", _list(items, sheet)) for title, items in parts(sheet)]
    return markup.join(f"# {safe(sheet.title)}", safe(sheet.summary), said, *sections) + "\n"


def _counted(sheet: Sheet) -> str:
    return f"{len(sheet.items)} tasks{' and gates' if sheet.gates else ''} are"


def mark(key: str) -> str:
    """Return the hidden end of a line, by which what was ticked off finds its way back."""
    return f"<!-- handbook: {key} -->"


def parts(sheet: Sheet) -> Iterator[tuple[str, list[Item]]]:
    """Yield the phases of a launch with their tasks, then its gates."""
    phases = dict.fromkeys((*sheet.phases, *(item.phase for item in sheet.tasks)))
    for phase in phases:
        if mine := [item for item in sheet.tasks if item.phase == phase]:
            yield phase or "Tasks", mine
    if sheet.gates:
        yield "Gates", list(sheet.gates)


def _list(items: Sequence[Item], sheet: Sheet) -> str:
    return "\n".join(line for item in items for line in _lines(item, sheet))


def _lines(item: Item, sheet: Sheet) -> Iterator[str]:
    name = safe(item.title)
    name = f"~~{name}~~" if item.status == "skipped" else f"**{name}**"
    state = "" if item.status in ("todo", "done", "open") else f", {in_words(item.status)}"
    why = f": {item.why}" if item.why else ""
    due = f"done {day(item.done_on)}" if item.done_on else facts.when(item).removeprefix("on ")
    said = safe(f"{facts.who(item)}{state}{why}")
    yield f"- [{'x' if item.settled else ' '}] {name} – {due}, {said} {mark(item.key)}"
    if sheet.detailed:
        yield from (f"    {line}" for line in safe(item.details).splitlines() if line)
    if item.part == "task" and not item.settled and (needs := facts.waits_for(item, sheet)):
        yield f"    - Waits for: {safe('; '.join(needs))}"
    if item.evidence:
        yield f"    - Evidence: {safe(item.evidence)}"
