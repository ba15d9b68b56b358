"""What is told of changes, as parts of a page: the records are links, and the day from which something holds stands out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from handbook.changes.told import Entry, Link, Section
from handbook.report.signs import in_order
from handbook.site.page import Here, relative
from handbook.text import markup, words


def safe(text: str) -> str:
    """Return text from messages and records so that it is only shown, in the order in which it was typed."""
    return markup.text(in_order(text))


def blocks(here: Here, sections: Iterable[Section], level: int, *, hidden: bool = False) -> Iterator[str]:
    """Yield the sections with headings of a level; `hidden` keeps them out of search results."""
    for section in sections:
        entries = (
            [markup.bullets(_brief(here, one) for one in section.entries)]
            if section.brief
            else [_entry(here, one, level + 1, hidden=hidden) for one in section.entries]
        )
        head, *rows = section.table or ((),)
        table = markup.table(head, ([safe(cell) for cell in row] for row in rows))
        heading = markup.heading(safe(section.title), level, hidden=hidden) if section.title else ""
        yield markup.join(heading, safe(section.text), *entries, table)


def link(here: Here, entry: Entry) -> str:
    """Return a link to what an entry is about, or its title where that has no page any more."""
    if entry.record is not None and entry.record.kind:
        record = here.handbook.records.get(here.handbook.resolve(entry.record))
        if record is not None:
            return here.link(record, in_order(entry.title))
    docs = f"{here.settings.docs}/"
    if entry.page.startswith(docs) and entry.page in here.around.written:
        way = relative(here.path, entry.page.removeprefix(docs))
        return markup.link(in_order(entry.title), way)
    return safe(entry.title)


def sources(links: Iterable[Link]) -> str:
    """Return where something comes from as a sentence; nothing where that is not known."""
    said = words.listed(markup.link(one.label, markup.target(one.address)) for one in links)
    return f"From {said}." if said else ""


def _entry(here: Here, entry: Entry, level: int, *, hidden: bool) -> str:
    lines = [safe(line) for line in entry.lines]
    lines += [_reason(name, text) for name, text in entry.reasons]
    lines += [safe(line) for line in entry.consequences]
    heading = markup.heading(f"{link(here, entry)} ({safe(entry.kind)})", level, hidden=hidden)
    source = sources(entry.sources)
    return markup.join(heading, markup.bullets(lines), f"{source}\n{{ .legend }}" if source else "")


def _brief(here: Here, entry: Entry) -> str:
    said = f"**{link(here, entry)}** ({safe(entry.kind)}): {safe(' '.join(entry.lines))}"
    return f"{said} {sources(entry.sources)}".rstrip()


def _reason(name: str, text: str) -> str:
    """Return a reason, or the day from which something holds, in words where it is written as one."""
    if name == "Effective":
        return f"**In force from {_day(text)}**"
    return f"*{safe(name)}: {safe(text)}*"


def _day(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        try:
            return words.day(date.fromisoformat(text.strip()))
        except ValueError:
            pass
    return safe(text)
