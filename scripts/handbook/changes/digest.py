"""Notes of which nobody has to read more than a few pages: the weightiest entries of each section, and how many more there are. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handbook.changes.told import Entry, Notes, Rest, Section
from handbook.text.words import count, listed

_MOST = 10  #: entries of a section with a heading each
_MOST_BRIEF = 20  #: entries of a list
_MOST_LINES = 6  #: of an entry
_MOST_REASONS = 3
_SPARED = 2  #: more that are told all the same: a sentence about them would be as long
MOST_TITLES = 20  #: of what is only named


def digest(notes: Notes, command: str) -> Notes:
    """Return the notes with at most a few entries in each section, the weightiest ones. `command` shows all of them."""
    return replace(notes, sections=tuple(_section(section, command) for section in notes.sections))


def _section(section: Section, command: str) -> Section:
    most = _MOST_BRIEF if section.brief else _MOST
    entries = tuple(map(_entry, section.entries))
    if len(entries) <= most + _SPARED:
        return replace(section, entries=entries)
    order = sorted(range(len(entries)), key=lambda place: (-entries[place].weight, place))
    rest = [entries[place] for place in sorted(order[most:])]
    kept = tuple(entries[place] for place in (sorted(order[:most]) if section.brief else order[:most]))
    more = Rest(f"And {_kinds(rest)}. To see them all:", command)
    return replace(section, entries=kept, more=more)


def _kinds(entries: Sequence[Entry]) -> str:
    """What entries are about, by kind and the most frequent first: 12 more processes and 3 more roles."""
    kinds = [entry.kind for entry in entries]
    names = sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))
    return listed(count(kinds.count(kind), f"more {kind}") for kind in names)


def _entry(entry: Entry) -> Entry:
    lines, reasons = entry.lines, entry.reasons
    if len(lines) > _MOST_LINES + 1:
        more = f"{count(len(lines) - _MOST_LINES, 'more change')} of it."
        lines = (*lines[:_MOST_LINES], more)
    if len(reasons) > _MOST_REASONS + 1:
        reasons = reasons[:_MOST_REASONS]
    return replace(entry, lines=lines, reasons=reasons)


def named(titles: Sequence[str], few: bool, noun: str = "more") -> list[str]:
    """Return titles, of many with `few` only the first ones and how many more there are."""
    if not few or len(titles) <= MOST_TITLES + _SPARED:
        return list(titles)
    return [*titles[:MOST_TITLES], f"{len(titles) - MOST_TITLES} {noun}"]
