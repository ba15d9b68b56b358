"""Release notes as Markdown.

Titles and messages come from whoever wrote them, so all text is made safe for Markdown and HTML.
"""

from __future__ import annotations

import re

from handbook.changes.told import Entry, Link, Notes, Rest, Section
from handbook.report.signs import in_order
from handbook.text import markup
from handbook.text.words import listed

_CALLS = re.compile(
    r"(&#64;|&#35;)(?=\w)"
)  # @name and #12, which a Git host turns into a message to somebody


def render(notes: Notes, level: int = 1) -> str:
    """Return the notes as a Markdown page, or as a part of one that begins with a heading of a lower level."""
    heading = f"{'#' * level} {safe(notes.title)}"
    sections = (_section(one, level + 1) for one in notes.sections)
    return markup.join(heading, safe(notes.summary), *sections) + "\n"


def safe(text: str) -> str:
    """Return text from outside so that it is only shown: no markup, no hidden reordering, nobody notified."""
    return _CALLS.sub("\\1\u2060", markup.text(in_order(text)))


def linked(links: tuple[Link, ...]) -> str:
    """Return where something comes from as a sentence; nothing where that is not known."""
    said = listed(f"[{link.label}]({link.address})" if link.address else link.label for link in links)
    return f"From {said}." if said else ""


def entry(one: Entry, level: int) -> str:
    """Return what is said about a record, under a heading of a level."""
    lines = [safe(line) for line in one.lines]
    lines += [f"*{name}: {safe(text)}*" for name, text in one.reasons]
    lines += [safe(line) for line in one.consequences]
    heading = f"{'#' * level} {safe(one.title)} ({safe(one.kind)})"
    return markup.join(heading, markup.bullets(lines), linked(one.sources))


def _section(section: Section, level: int) -> str:
    heading = f"{'#' * level} {section.title}" if section.title else ""
    entries = (
        [markup.bullets(_brief(one) for one in section.entries)]
        if section.brief
        else [entry(one, level + 1) for one in section.entries]
    )
    head, *rows = section.table or ((),)
    table = markup.table(head, ([safe(cell) for cell in row] for row in rows))
    return markup.join(heading, safe(section.text), *entries, table, _more(section.more))


def _more(rest: Rest | None) -> str:
    return f"{safe(rest.said)} {markup.code(rest.command)}" if rest else ""


def _brief(one: Entry) -> str:
    source = linked(one.sources)
    return f"**{safe(one.title)}** ({safe(one.kind)}): {safe(' '.join(one.lines))}" + (
        f" {source}" if source else ""
    )
