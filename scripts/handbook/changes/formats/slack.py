"""Release notes as blocks of Slack's Block Kit, within its limits: 50 blocks, 3,000 characters of text in each.

What a person typed is text and nothing else: `&`, `<` and `>` are escaped, so nobody is notified and nothing is linked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from handbook.changes.told import Entry, Link, Notes
from handbook.text.words import listed

_BLOCKS, _TEXT, _HEADER = 50, 3000, 150
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = str.maketrans(
    {sign: f"\u200b{sign}" for sign in "*_~`"}
)  # an empty space keeps a sign from being markup


def render(notes: Notes) -> str:
    """Return the body of a message as JSON: its blocks, and the text for a notification."""
    blocks = list(_blocks(notes))
    if len(blocks) > _BLOCKS:
        rest = {"type": "section", "text": _mrkdwn(f"_{len(blocks) - _BLOCKS + 1} more parts are left out._")}
        blocks = [*blocks[: _BLOCKS - 1], rest]
    return json.dumps({"text": f"{notes.title}: {notes.summary}"[:_TEXT], "blocks": blocks}, ensure_ascii=False, indent=2) + "\n"  # fmt: skip


def _blocks(notes: Notes) -> Iterator[dict[str, Any]]:
    title = notes.title if len(notes.title) <= _HEADER else notes.title[: _HEADER - 1] + "…"
    yield {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}
    yield _section(_safe(notes.summary))
    for section in notes.sections:
        if section.title:
            yield {"type": "divider"}
            yield _section(f"*{_safe(section.title)}*")
        if section.text:
            yield _section(_safe(section.text))
        if len(section.table) > 1:
            rows = (
                f"• *{_safe(row[0])}*: {_safe(', '.join(filter(None, row[1:])))}" for row in section.table[1:]
            )
            yield _section("\n".join(rows))
        for one in section.entries:
            yield _section(_entry(one))
            if one.sources:
                yield {"type": "context", "elements": [_mrkdwn(f"From {_linked(one.sources)}")]}


def _entry(one: Entry) -> str:
    lines = [f"• {_safe(line)}" for line in one.lines]
    lines += [f"• _{name}:_ {_safe(text)}" for name, text in one.reasons]
    lines += [f"• {_safe(line)}" for line in one.consequences]
    return "\n".join([f"*{_safe(one.title)}* ({_safe(one.kind)})", *lines])


def _linked(links: tuple[Link, ...]) -> str:
    return listed(f"<{link.address}|{link.label}>" if link.address else _safe(link.label) for link in links)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> dict[str, Any]:
    shown = text if len(text) <= _TEXT else text[: _TEXT - 1].rpartition("\n")[0] + "\n…"
    return {"type": "mrkdwn", "text": shown, "verbatim": True}


def _safe(text: str) -> str:
    """Return text from outside so that Slack only shows it."""
    return "".join(_ESCAPES.get(sign, sign) for sign in text.translate(_MARKS))
