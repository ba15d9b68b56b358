"""Text that somebody wrote as part of a value, and that YAML drops as a comment."""

from __future__ import annotations

import re

from handbook.finding import Edit, Fault, Fix, Span
from handbook.text.libyaml import MappingNode, ScalarNode, SequenceNode
from handbook.text.scalar import quoted
from handbook.text.stray import cited

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.text.libyaml import Node
    from handbook.text.lines import Lines

# A comment has a space after its sign; a channel or a number has not.
_MAYBE = re.compile(rb"[^\s#][ \t]+#[^\s#!]")
_COMMENT = re.compile(r"[ \t]+(#[^\s#!].*)")
_REMARK = re.compile(r"[ \t]+#(?:[ \t]|$)")


def lost(source: bytes, lines: Lines, root: Node) -> Iterator[Fault]:
    """Yield each unquoted value that ends at a `#` with a word directly behind it."""
    if not _MAYBE.search(source):
        return
    for node in _plain(root):
        end = node.end_mark
        line = lines[end.line + 1]
        if match := _COMMENT.match(line, end.column):
            span = Span(end.line + 1, match.start(1) + 1, end.line + 1, match.end(1) + 1)
            message = f"the value ends at {cited(node.value)}: YAML takes {cited(match[1])} for a comment"
            help = "put the whole value in double quotes; a comment has a space after #"
            yield Fault("lost-text", span, message, help, harmless=True, fix=_fix(node, line))


def _fix(node: Node, line: str) -> Fix | None:
    """Quotes around all of it, up to what is a comment in any case. It may have been meant as one all the same."""
    start, end = node.start_mark, node.end_mark
    if start.line != end.line:
        return None
    remark = _REMARK.search(line, end.column)
    whole = line[start.column : remark.start() if remark else len(line)].rstrip()
    span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 1 + len(whole))
    return Fix("put the whole value in quotes", (Edit(span, quoted(whole)),))


def _plain(node: Node) -> Iterator[Node]:
    """Yield the values without quotes, in the order of the file."""
    if isinstance(node, ScalarNode):
        if not node.style and node.value:
            yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _plain(item)
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _plain(value)
