"""Fixes: from a change of a record's values to edits of its text, and from edits to new bytes.

An edit touches what it has to and nothing else: comments, quotation marks, order, line ends and a byte order mark
stay. Whether the new text says what it should is read back before a fix is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from handbook.finding import Change, Edit, Fix, Span
from handbook.text import yaml
from handbook.text.ambiguous import value
from handbook.text.invisible import UNMARK
from handbook.text.libyaml import BOM, ScalarNode
from handbook.text.lines import Lines
from handbook.text.removal import removed
from handbook.text.scalar import written
from handbook.text.spans import Tree, moved
from handbook.text.stray import Odd, shortened
from handbook.text.structure import rebuilt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.text.libyaml import Node
    from handbook.text.yaml import Value


def edits(source: bytes, change: Change) -> Fix | None:
    """Return how a change is made in the text of its file, or None where no way is known that changes nothing else.

    `source` is the whole file; of a page, its front matter is changed, or the text at the span of the place.
    """
    if change.at.span is not None:
        return Fix(_title(change), (Edit(change.at.span, str(change.value or "")),), change.safe)
    text, above = _part(source, change.at.path)
    change = _as_typed(text, change)
    wanted = _changed(yaml.read_part(text, 0)[0], change)
    if wanted is None:
        return None
    for way in (_in_place, rebuilt):
        made = tuple(way(text, change))
        if made and yaml.read_part(applied(text, made), 0)[0] == wanted[0]:
            return Fix(_title(change), tuple(Edit(moved(e.span, above), e.text) for e in made), change.safe)
    return None


def applied(source: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file with edits made. They must not overlap.

    Raises:
        ValueError: the file is not UTF-8, or an edit is not inside it.
    """
    edits = list(edits)
    marked = source.startswith(BOM) and UNMARK not in edits
    lines = Lines(source.removeprefix(BOM).decode())
    parts: list[str] = []
    end = 0
    for start, stop, text in sorted(_offsets(lines, edits)):
        if start < end:
            raise ValueError("edits overlap")
        parts += [lines.text[end:start], text]
        end = stop
    return BOM * marked + "".join([*parts, lines.text[end:]]).encode()


def _offsets(lines: Lines, edits: Iterable[Edit]) -> Iterator[tuple[int, int, str]]:
    for edit in edits:
        start = lines.offset(edit.span.line, edit.span.column)
        yield start, lines.offset(edit.span.end_line, edit.span.end_column), edit.text


def _part(source: bytes, path: str) -> tuple[bytes, int]:
    """The YAML of a file, and the number of lines above it."""
    if not path.endswith(".md"):
        return source, 0
    from handbook.text.markdown import front_matter

    return front_matter(source)


def _as_typed(source: bytes, change: Change) -> Change:
    """Where a number is to become text, take the text that was typed: of 1.10, a reader knows only 1.1."""
    tree = Tree(source)
    way = tree.way(change.at.pointer) if tree.root is not None else []
    if not isinstance(change.value, str) or change.at.on_key or len(way) <= len(change.at.pointer):
        return change
    node = way[-1][1]
    if not isinstance(node, ScalarNode) or node.style:
        return change
    try:
        typed = value(node.value)
    except Odd:  # its text is kept already
        return change
    return change.replaced(value=node.value) if change.value == str(typed) else change


def _title(change: Change) -> str:
    if change.value is None:
        return "remove it"
    return f"write {shortened(written(_value(change)), 60)}"


def _value(change: Change) -> Value:
    return change.value  # type: ignore[return-value]  # rules write only what a record can hold


def _changed(data: Value, change: Change) -> list[Value] | None:
    """A copy of a record's data with the change made, in a list of one, or None where it cannot be made."""
    pointer = change.at.pointer
    if not pointer:
        return None
    made = deepcopy(data)
    parent: Any = made
    try:
        for step in pointer[:-1]:
            parent = parent[step]
        _change(parent, pointer[-1], change)
    except (LookupError, TypeError):
        return None
    return [made]


def _change(parent: Any, step: str | int, change: Change) -> None:
    if change.at.on_key and change.value is not None:
        if change.value in parent or not isinstance(change.value, str):
            raise LookupError(change.value)
        items = [(change.value if key == step else key, value) for key, value in parent.items()]
        _ = parent[step]
        parent.clear()
        parent.update(items)
    elif change.value is None:
        del parent[step]
    elif isinstance(parent, list) and step == len(parent):
        parent.append(change.value)
    else:
        parent[step] = change.value


def _in_place(source: bytes, change: Change) -> Iterator[Edit]:
    """Edits of the line that holds the value, or of the lines that go."""
    tree = Tree(source)
    way = tree.way(change.at.pointer) if tree.root is not None else []
    if len(way) <= len(change.at.pointer):
        return
    key, node = way[-1]
    flow = any(parent.flow_style for _, parent in way[:-1])
    if change.value is None:
        if edit := removed(source, way):
            yield edit
    elif change.at.on_key:
        if key is not None and _in_one_line(key):
            yield Edit(_extent(key), written(_value(change), flow=flow, style=key.style or ""))
    elif _in_one_line(node):
        empty = node.start_mark.index == node.end_mark.index
        style = node.style if isinstance(node, ScalarNode) else ""
        yield Edit(_extent(node), " " * empty + written(_value(change), flow=flow, style=style or ""))


def _in_one_line(node: Node) -> bool:
    inline = node.style not in ("|", ">") if isinstance(node, ScalarNode) else bool(node.flow_style)
    return inline and node.start_mark.line == node.end_mark.line


def _extent(first: Node, last: Node | None = None) -> Span:
    start, end = first.start_mark, (last or first).end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
