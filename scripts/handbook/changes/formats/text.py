"""Release notes as plain text for a terminal or a mail: lines of at most 78 characters, addresses written out.

Only an address may be longer: one that is broken leads nowhere.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from handbook.changes.told import Entry, Link, Notes
from handbook.report.signs import printable

_WIDTH = 78


def render(notes: Notes) -> str:
    """Return the notes as plain text."""
    blocks = [_underlined(notes.title, "="), _paragraph(notes.summary)]
    for section in notes.sections:
        blocks += [_underlined(section.title, "-")] if section.title else []
        blocks += [_paragraph(section.text)] if section.text else []
        if section.brief and section.entries:
            blocks.append("\n".join(_item(_brief(one)) for one in section.entries))
        else:
            blocks += ["\n".join(_entry(one)) for one in section.entries]
        blocks += ["\n".join(_rows(section.table))] if section.table else []
        blocks += [f"{_paragraph(section.more.said)}\n  {section.more.command}"] if section.more else []
    return "\n\n".join(blocks) + "\n"


def _entry(one: Entry) -> Iterator[str]:
    yield _paragraph(f"{one.title} ({one.kind})")
    yield from map(_item, one.lines)
    yield from (_item(f"{name}: {text}") for name, text in one.reasons)
    yield from map(_item, one.consequences)
    yield from map(_item, _sources(one.sources))


def _brief(one: Entry) -> str:
    return f"{one.title} ({one.kind}): {' '.join(one.lines)}"


def _rows(table: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """The rows of a table as sentences: what each is about, then its values, with what they are where there are several."""
    head, *rows = table
    for first, *rest in rows:
        several = len(rest) > 1
        values = [
            f"{name.lower()} {cell}" if several else cell
            for name, cell in zip(head[1:], rest, strict=True)
            if cell
        ]
        yield _item(f"{first}: {', '.join(values)}" if values else first)


def _sources(links: tuple[Link, ...]) -> Iterator[str]:
    if links:
        yield f"From {', '.join(link.address or link.label for link in links)}"


def _underlined(text: str, sign: str) -> str:
    shown = _paragraph(text)
    return f"{shown}\n{sign * max(map(len, shown.splitlines()))}"


def _paragraph(text: str) -> str:
    return _filled(text, "", "")


def _item(text: str) -> str:
    return _filled(text, "  * ", "    ")


def _filled(text: str, first: str, rest: str) -> str:
    words = (part for word in printable(text).split(" ") for part in _parts(word, _WIDTH - len(rest)))
    return textwrap.fill(
        " ".join(words), _WIDTH, initial_indent=first, subsequent_indent=rest,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


def _parts(word: str, width: int) -> Iterator[str]:
    """Yield a word in pieces that fit into a line, and an address in one."""
    if word.startswith(("https://", "http://")):
        yield word
        return
    yield from (word[start : start + width] for start in range(0, len(word), width))
