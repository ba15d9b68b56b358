"""A stretch of history as the site tells it: a release, what came since the last one, or a week where nothing is released.

It is a value that can be kept between runs, for what lies behind does not change. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from handbook.changes.told import Entry, Link, Notes, Rest, Section
from handbook.model.handbook import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What is told of a stretch of history. `name` is that of a release or of a week, and stays what it is.

    `day` is that of its last commit. `readers` are the ids of roles, each with what concerns it. `released` is whether
    nothing will be added to it.
    """

    name: str
    title: str
    day: date
    summary: str
    sections: tuple[Section, ...]
    readers: Mapping[str, Readers]
    released: bool = True
    first: bool = False  #: whether it is the beginning, in which everything is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What a stretch brings for the holders of a role."""

    summary: str
    sections: tuple[Section, ...]


def told(notes: Notes) -> Readers:
    """Return what is kept of release notes."""
    return Readers(summary=notes.summary, sections=notes.sections)


def of_role(stretch: Stretch, role: str) -> Stretch:
    """Return a stretch with only what concerns a role."""
    mine = stretch.readers[role]
    return replace(stretch, summary=mine.summary, sections=mine.sections)


def written(stretch: Stretch) -> dict[str, Any]:
    """Return a stretch as values for JSON."""
    return {one.name: _plain(getattr(stretch, one.name)) for one in fields(stretch)}


def read(kept: Mapping[str, Any]) -> Stretch:
    """Return a stretch from what `written` made of it.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    return Stretch(
        name=kept["name"],
        title=kept["title"],
        day=date.fromisoformat(kept["day"]),
        summary=kept["summary"],
        sections=_sections(kept["sections"]),
        readers={
            id: Readers(summary=one["summary"], sections=_sections(one["sections"]))
            for id, one in kept["readers"].items()
        },
        released=kept["released"],
        first=kept["first"],
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _sections(kept: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
    return tuple(
        Section(
            title=one["title"],
            text=one["text"],
            entries=tuple(map(_entry, one["entries"])),
            brief=one["brief"],
            table=tuple(map(tuple, one["table"])),
            more=Rest(**one["more"]) if one["more"] else None,
        )
        for one in kept
    )


def _entry(kept: Mapping[str, Any]) -> Entry:
    return Entry(
        title=kept["title"],
        kind=kept["kind"],
        lines=tuple(kept["lines"]),
        reasons=tuple((name, text) for name, text in kept["reasons"]),
        consequences=tuple(kept["consequences"]),
        sources=tuple(Link(**link) for link in kept["sources"]),
        weight=kept["weight"],
        record=Name(*kept["record"]) if kept["record"] else None,
        page=kept["page"],
    )
