"""Where values are: from pointers to the lines and columns of a file."""

from __future__ import annotations

from handbook.finding import START, Edit, Span
from handbook.text.libyaml import BOM, MappingNode, ScalarNode, SequenceNode, TooDeep, YAMLError, compose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.finding import Fault, Place, Pointer
    from handbook.text.libyaml import Node

    Way = list[tuple[Node | None, Node]]  #: from the root to a value: each with its key, where it has one


class Tree:
    """The nodes of a file, and the ways to them. Of one that cannot be read, everything is at the start.

    `above` is the number of lines that stand above the text in the file it is part of.
    """

    def __init__(self, source: bytes, above: int = 0) -> None:
        self._above = above
        self._pairs: dict[int, dict[object, tuple[Node, Node]]] = {}  # of the mappings that were looked into
        try:
            self.root = compose(source.removeprefix(BOM))
        except (YAMLError, TooDeep):
            self.root = None

    def span(self, place: Place) -> Span:
        """Return the span of a place; one that is not there gets that of its parent."""
        if self.root is None:
            return START
        key, node = self.way(place.pointer)[-1]
        empty = isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index
        if key is not None and (place.on_key or empty or not isinstance(node, ScalarNode)):
            return moved(span(key), self._above)
        return moved(span(_head(node)), self._above)

    def way(self, pointer: Pointer) -> Way:
        """Return the nodes from the root along a pointer, as far as there are any; the root alone has no key."""
        assert self.root is not None
        way: Way = [(None, self.root)]
        for step in pointer:
            node = way[-1][1]
            if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                way.append((None, node.value[step]))
            elif isinstance(node, MappingNode) and step in (pairs := self._keyed(node)):
                way.append(pairs[step])
            else:
                break
        return way

    def _keyed(self, node: Node) -> dict[object, tuple[Node, Node]]:
        if id(node) not in self._pairs:
            self._pairs[id(node)] = {k.value: (k, v) for k, v in node.value if isinstance(k, ScalarNode)}
        return self._pairs[id(node)]


def _head(node: Node) -> Node:
    """What stands for a node without a key: the first key of a block, everything else itself."""
    first_key = isinstance(node, MappingNode) and node.value and not node.flow_style
    return node.value[0][0] if first_key else node


def span(node: Node) -> Span:
    """Return the span of a node; of one that runs over several lines, its first character."""
    start, end = node.start_mark, node.end_mark
    if end.line > start.line:
        return at(start)
    return Span(start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column) + 1)


def at(mark: Any, length: int = 1) -> Span:
    """Return the span of so many characters at a mark of libyaml, which counts from 0."""
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1 + length)


def moved(span: Span, lines: int) -> Span:
    """Return a span so many lines further down."""
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column) if lines else span


def moved_fault(fault: Fault, lines: int) -> Fault:
    """Return a fault so many lines further down."""
    fix = fault.fix
    if fix is not None:
        fix = fix.replaced(edits=tuple(Edit(moved(edit.span, lines), edit.text) for edit in fix.edits))
    return fault.replaced(span=moved(fault.span, lines), fix=fix)
