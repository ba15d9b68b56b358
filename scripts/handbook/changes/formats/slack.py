"""Release notes as blocks of Slack's Block Kit, within its limits: 50 blocks, 3,000 characters of text in each.

What a person typed is text and nothing else: `&`, `<` and `>` are escaped, so nobody is notified and nothing is linked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from handbook.changes.told import Entry, Link, Notes, Section
from handbook.report.signs import in_order
from handbook.text.words import listed

_BLOCKS, _TEXT, _HEADER = 50, 3000, 150
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = str.maketrans(
    {sign: f"\u200b{sign}" for sign in "*_~`"}
)  # an empty space keeps a sign from being markup


def render(notes: Notes) -> str:
    """Return the body of a message as JSON: its blocks, and the text for a notification."""
    blocks = few([*_head(notes), *(one for section in notes.sections for one in _section(section))])
    text = _cut(safe(f"{notes.title}: {notes.summary}"))
    return json.dumps({"text": text, "blocks": blocks}, indent=2) + "\n"


def few(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many blocks as a message holds; the last one says what is missing."""
    if len(blocks) <= _BLOCKS:
        return blocks
    kept = blocks[: _BLOCKS - 1]
    for place in (-2, -1):  # a divider with a heading of which nothing is left, or alone
        if kept[place]["type"] == "divider":
            kept = kept[:place]
            break
    return [*kept, block("_A message of Slack holds no more; the rest is left out._")]


def _head(notes: Notes) -> Iterator[dict[str, Any]]:
    yield header(notes.title)
    yield block(safe(notes.summary))


def header(title: str) -> dict[str, Any]:
    """Return a block with a title."""
    title = in_order(title)
    title = title if len(title) <= _HEADER else f"{title[: _HEADER - 1]}…"
    return {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}


def _section(section: Section) -> Iterator[dict[str, Any]]:
    if section.title:
        yield {"type": "divider"}
        yield block(f"*{safe(section.title)}*")
    if section.text:
        yield block(safe(section.text))
    yield from blocks_of(map(_row, section.table[1:]))
    if section.brief:
        yield from blocks_of(map(_brief, section.entries))
    for one in () if section.brief else section.entries:
        yield block(_entry(one))
        if one.sources:
            yield {"type": "context", "elements": [_mrkdwn(_linked(one.sources))]}
    if section.more:
        yield block(f"{safe(section.more.said)} `{_escaped(section.more.command)}`")


def blocks_of(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield blocks with as many lines as each of them holds."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) >= _TEXT:
            yield block(text)
            text = ""
        text = f"{text}\n{line}" if text else line
    if text:
        yield block(text)


def _row(row: tuple[str, ...]) -> str:
    values = safe(", ".join(filter(None, row[1:])))
    return f"• *{safe(row[0])}*: {values}" if values else f"• *{safe(row[0])}*"


def _brief(one: Entry) -> str:
    said = f"• *{safe(one.title)}* ({safe(one.kind)}): {safe(' '.join(one.lines))}"
    return f"{said} {_linked(one.sources)}." if one.sources else said


def _entry(one: Entry) -> str:
    lines = [f"• {safe(line)}" for line in one.lines]
    lines += [f"• _{name}:_ {safe(text)}" for name, text in one.reasons]
    lines += [f"• {safe(line)}" for line in one.consequences]
    return "\n".join([f"*{safe(one.title)}* ({safe(one.kind)})", *lines])


def _linked(links: tuple[Link, ...]) -> str:
    said = listed(
        f"<{_escaped(link.address)}|{link.label}>" if link.address else link.label for link in links
    )
    return f"From {said}"


def block(text: str) -> dict[str, Any]:
    """Return a block with a text in Slack's markup."""
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": _cut(text), "verbatim": True}


def _cut(text: str) -> str:
    """Return as much text as a block holds, cut at the end of a line, or else of a word."""
    if len(text) <= _TEXT:
        return text
    kept = text[: _TEXT - 2]
    for end in ("\n", " "):
        head = kept.rpartition(end)[0]
        if len(head) > _TEXT // 2:
            return f"{head}{end}…"
    return re.sub("&[a-z]*$", "", kept) + "…"


def safe(text: str) -> str:
    """Return text from outside so that Slack only shows it."""
    return _escaped(in_order(text).translate(_MARKS))


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in text)
