"""A new key in a record, put in without touching anything else: comments, order and line ends stay."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.finding import Edit, Fix, Place, Span
from handbook.text import yaml
from handbook.text.edit import applied
from handbook.text.lines import Lines
from handbook.text.scalar import written
from handbook.text.spans import Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def inserted(source: bytes, record: Place, key: str, value: str, behind: Sequence[str]) -> Fix | None:
    """Return how a key is put into the mapping at a place, behind the last of some keys that are there already.

    None where no way is known that changes nothing else.
    """
    before = yaml.read(record.path, source).data
    there = [name for name in behind if isinstance(_at(before, record), dict) and name in _at(before, record)]
    if not there:
        return None
    tree = Tree(source)
    span, named = tree.span(record / there[-1]), tree.span((record / there[-1]).key)
    lines = Lines(source.decode())
    for edit in (_below(lines, span, named, key, value), _beside(span, key, value)):
        after = yaml.read(record.path, applied(source, [edit]))
        if not after.broken and _at(after.data, record) == {**_at(before, record), key: value}:
            return Fix(f"add {key}", (edit,))
    return None


def _below(lines: Lines, span: Span, named: Span, key: str, value: str) -> Edit:
    """A line of its own, below the value and as far in as the key above."""
    end = len(lines[span.end_line].rstrip("\r\n")) + 1
    place = Span(span.end_line, end, span.end_line, end)
    return Edit(place, f"\n{' ' * (named.column - 1)}{key}: {value}")


def _beside(span: Span, key: str, value: str) -> Edit:
    """Behind the value, in braces."""
    place = Span(span.end_line, span.end_column, span.end_line, span.end_column)
    return Edit(place, f", {written(key, style=chr(34))}: {written(value, style=chr(34))}")


def _at(data: Any, place: Place) -> Any:
    for part in place.pointer:
        data = data[part] if isinstance(data, dict) and part in data else None
    return data
