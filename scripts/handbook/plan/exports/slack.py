"""Where a launch stands as blocks of Slack's Block Kit, within its limits. What a person typed notifies nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from handbook.changes.formats.slack import block, blocks_of, few, header, safe
from handbook.plan.exports import facts
from handbook.plan.exports.context import Context
from handbook.plan.overview import HEALTH
from handbook.plan.sheet import Item, LaunchSheet
from handbook.plan.states import in_words
from handbook.plan.status import AHEAD_DAYS, Standing
from handbook.text.words import count, day, sentence


def render(sheets: Sequence[LaunchSheet], context: Context) -> str:
    """Return the body of a message about the one launch as JSON: its blocks, and the text for a notification."""
    (sheet,) = sheets
    standing = context.standings[sheet.launch.id]
    text = safe(f"{sheet.launch.title}: {_said(standing)}")
    return json.dumps({"text": text, "blocks": few(list(_blocks(standing, context)))}, indent=2) + "\n"


def _blocks(standing: Standing, context: Context) -> Iterator[dict[str, Any]]:
    sheet = standing.sheet
    yield header(sheet.launch.title)
    yield block(safe(sentence(_said(standing))))
    yield from blocks_of(f"• {safe(sentence(reason))}" for reason in standing.reasons)
    if page := context.page(sheet):
        yield block(f"<{page}|Open the page of the launch>")
    shown = (*standing.overdue, *standing.next)
    gates = [item for item in sheet.gates if not item.settled and item not in shown]
    for heading, items in (
        ("Past the day", standing.overdue),
        (f"Next {AHEAD_DAYS} working days", standing.next),
        ("Gates ahead", gates),
    ):
        if items:
            yield {"type": "divider"}
            yield block(f"*{heading}*")
            yield from blocks_of(map(_line, items))


def _said(standing: Standing) -> str:
    launch = standing.sheet.launch
    far = f", in {count(standing.days_left, 'working day')}" if standing.days_left > 0 else ""
    return (
        f"{HEALTH[standing.health]}. Launch on {day(launch.anchor)}{far}. "
        f"{standing.done} of {count(len(standing.sheet.tasks), 'task')} are settled, "
        f"{standing.passed} of {count(len(standing.sheet.gates), 'gate')} passed."
    )


def _line(item: Item) -> str:
    state = f", {in_words(item.status)}" if item.status in ("doing", "blocked", "failed") else ""
    return f"• *{safe(facts.title(item))}* – {day(item.due_on)}, {safe(facts.who(item))}{state}"
