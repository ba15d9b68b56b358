"""What is said about a task or a gate in every tool: who, when, what it waits for, and the key by which it comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet
from handbook.plan.states import in_words
from handbook.text.words import clock, day, hours, listed

#: the line by which a status finds its way back; tools keep it, because it is text
KEY = "Handbook key: "
_KEY = re.compile(
    r"(?<![\w-])Handbook key: ([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*){0,2})(?![\w.-]*\w)"
)
_MAIL = re.compile(r"[^\s@<>,;\"']+@[^\s@<>,;\"']+\.[^\s@<>,;\"']+")


def key_in(text: str) -> str | None:
    """Return the key that a text of ours holds, wherever people have written around it."""
    found = _KEY.findall(text)
    return found[-1] if found else None


def title(item: Item) -> str:
    """Return what it is called where tasks and gates stand in one list."""
    return f"Gate: {item.title}" if item.part == "gate" else item.title


def who(item: Item) -> str:
    """Return the role that does it, or decides, and the person behind it."""
    return f"{item.role_title} ({item.person})" if item.person else item.role_title


def mail(item: Item) -> str:
    """Return the mail address of the person, where the plan names one by it; tools know people by nothing else."""
    return item.person if item.person and _MAIL.fullmatch(item.person) else ""


def when(item: Item) -> str:
    """Return its days in words."""
    start = f"from {day(item.start_on)} " if item.start_on and item.start_on != item.due_on else ""
    time = f", {clock(item.due_time)}" if item.due_time else ""
    return f"{start}{'to' if start else 'on'} {day(item.due_on)}{time}"


def waits_for(item: Item, sheet: Sheet) -> tuple[str, ...]:
    """Return the titles of what has to be done first."""
    return tuple([need.title for key in item.needs if (need := sheet.item(key))])


def lines(item: Item, sheet: Sheet, context: Context) -> Iterator[tuple[str, str]]:
    """Yield what there is to know, as labels and plain text."""
    yield "Decides" if item.part == "gate" else "Who", who(item)
    yield "When", when(item)
    if item.phase:
        yield "Phase", item.phase
    if item.gate and (gate := sheet.item(item.gate)):
        yield "Gate", gate.title
    if needs := waits_for(item, sheet):
        yield ("Looks at" if item.part == "gate" else "Waits for"), "; ".join(needs)
    if item.hours:
        yield "Effort", hours(item.hours)
    if item.informed:
        yield "Ask or tell", listed(sheet.roles.get(role, role) for role in item.informed)
    yield "Status", in_words(item.status) + (f": {item.why}" if item.why else "")
    if item.evidence:
        yield "Evidence", item.evidence
    if page := context.page(sheet):
        yield f"{sheet.noun.capitalize()} page", page


def description(item: Item, sheet: Sheet, context: Context) -> str:
    """Return all that a ticket says below its title; its last line is the key.

    It begins with a word: a list at its beginning would be taken for a formula where cells are guarded.
    """
    known = "\n".join(f"{label}: {value}" for label, value in lines(item, sheet, context))
    return "\n\n".join(part for part in (known, item.details, f"{KEY}{item.key}") if part)


def about(sheet: Sheet, context: Context) -> str:
    """Return what a ticket for the whole plan says below its title."""
    parts = [sheet.summary, f"{sheet.day_name}: {day(sheet.day)}"]
    parts += [f"{sheet.noun.capitalize()} page: {page}"] if (page := context.page(sheet)) else []
    return "\n\n".join([*parts, f"{KEY}{sheet.id}"])
