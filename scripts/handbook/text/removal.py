"""Taking an entry out of a list or mapping: its lines, or in brackets its part of the line."""

from __future__ import annotations

from handbook.finding import Edit, Span
from handbook.text.libyaml import MappingNode, ScalarNode
from handbook.text.lines import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.text.libyaml import Node
    from handbook.text.spans import Way


def removed(source: bytes, way: Way) -> Edit | None:
    """Return the edit that takes the last node of a way out of its parent, or None where more has to change."""
    parent, node = way[-2][1], way[-1][1]
    entries = list(parent.value) if isinstance(parent, MappingNode) else [(n, n) for n in parent.value]
    index = next(number for number, (_, value) in enumerate(entries) if value is node)
    if parent.flow_style:
        return _from_brackets(entries, index)
    return _from_block(Lines(source.decode("utf-8-sig")), entries, index, isinstance(parent, MappingNode))


def _from_brackets(entries: list[tuple[Node, Node]], index: int) -> Edit:
    """Up to the next entry; of the last one, from the end of the one before."""
    first, last = entries[index]
    start, end = first.start_mark, last.end_mark
    if index + 1 < len(entries):
        end = entries[index + 1][0].start_mark
    elif index:
        start = entries[index - 1][1].end_mark
    return Edit(Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1), "")


def _from_block(lines: Lines, entries: list[tuple[Node, Node]], index: int, keyed: bool) -> Edit | None:
    """Whole lines; where the first key stands behind a dash, up to the key that takes its place."""
    mark = entries[index][0].start_mark
    before = lines[mark.line + 1][: mark.column].strip()
    if len(entries) == 1 or (not keyed and before != "-"):
        return None
    if not keyed or not before:
        return Edit(Span(mark.line + 1, 1, last_line(entries[index][1], lines) + 1, 1), "")
    if before.strip("- ") or index + 1 == len(entries):
        return None
    after = entries[index + 1][0].start_mark
    return Edit(Span(mark.line + 1, mark.column + 1, after.line + 1, after.column + 1), "")


def last_line(node: Node, lines: Lines) -> int:
    """The line, counted from 1, in which a node ends, comments and empty lines below it aside."""
    while not isinstance(node, ScalarNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    end = node.end_mark
    line: int = end.line + 1
    if isinstance(node, ScalarNode) and node.style in ("|", ">") and end.column == 0:
        line -= 1
        while line > node.start_mark.line + 1 and not lines[line].strip():
            line -= 1
    return line
