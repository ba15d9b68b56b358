"""Release notes as HTML: an article that can stand in a page, a feed or a mail. It needs no style and no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escaped

from handbook.changes.formats.feeds import Release
from handbook.changes.told import Entry, Link, Notes, Rest, Section
from handbook.report.signs import in_order
from handbook.text.words import listed


def render(notes: Notes) -> str:
    """Return the notes as one element of HTML."""
    sections = "".join(map(_section, notes.sections))
    return f"<article>\n<h1>{_text(notes.title)}</h1>\n{body(notes.summary)}{sections}</article>\n"


def content(release: Release) -> str:
    """Return the notes of a release without their title, which a feed has beside them."""
    return body(release.summary) + "".join(map(_section, release.sections))


def body(text: str) -> str:
    """Return a paragraph, or nothing."""
    return f"<p>{_text(text)}</p>\n" if text else ""


def _section(section: Section) -> str:
    heading = f"<h2>{_text(section.title)}</h2>\n" if section.title else ""
    entries = _list(map(_brief, section.entries)) if section.brief else "".join(map(_entry, section.entries))
    return f"{heading}{body(section.text)}{entries}{_table(section.table)}{_more(section.more)}"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    if not rows:
        return ""
    head, *rest = ["".join(f"<td>{_text(cell)}</td>" for cell in row) for row in rows]
    lines = "".join(f"<tr>{row}</tr>\n" for row in rest)
    return (
        f"<table>\n<thead><tr>{head.replace('td>', 'th>')}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n"
    )


def _entry(one: Entry) -> str:
    lines = [_text(line) for line in one.lines]
    lines += [f"<em>{_text(name)}: {_text(text)}</em>" for name, text in one.reasons]
    lines += [_text(line) for line in one.consequences]
    source = _linked(one.sources)
    return f"<h3>{_text(one.title)} ({_text(one.kind)})</h3>\n{_list(lines)}" + (
        f"<p>{source}</p>\n" if source else ""
    )


def _brief(one: Entry) -> str:
    said = f"<strong>{_text(one.title)}</strong> ({_text(one.kind)}): {_text(' '.join(one.lines))}"
    return f"{said} {_linked(one.sources)}".rstrip()


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<ul>\n{lines}</ul>\n" if lines else ""


def _linked(links: tuple[Link, ...]) -> str:
    said = listed(
        f'<a href="{_text(link.address)}">{_text(link.label)}</a>' if link.address else _text(link.label)
        for link in links
    )
    return f"From {said}." if said else ""


def _more(rest: Rest | None) -> str:
    return f"<p>{_text(rest.said)} <code>{_text(rest.command)}</code></p>\n" if rest else ""


def _text(text: str) -> str:
    """Return text from outside so that it is only shown, in an attribute too."""
    return escaped(in_order(text))
