"""Text that somebody wrote as part of a value, and that YAML drops as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handbook.finding import Fault, Span
from handbook.text.yaml_errors import shortened

# A comment has a space after its sign; a channel or a number has not.
_MAYBE = re.compile(rb"[^\s#][ \t]+#[^\s#!]")
_COMMENT = re.compile(r"[ \t]+(#[^\s#!].*)")


def lost(source: bytes, root: Node) -> Iterator[Fault]:
    """Yield each unquoted value that ends at a `#` with a word directly behind it."""
    if (b" #" not in source and b"\t#" not in source) or not _MAYBE.search(source):
        return
    lines = source.decode().splitlines()
    for node in _plain(root):
        end = node.end_mark
        if end.line < len(lines) and (match := _COMMENT.match(lines[end.line], end.column)):
            span = Span(end.line + 1, match.start(1) + 1, end.line + 1, match.end(1) + 1)
            ends, comment = shortened(node.value), shortened(match[1])
            message = f'the value ends at "{ends}": YAML takes "{comment}" for a comment'
            help = "put the whole value in double quotes; a comment has a space after #"
            yield Fault("lost-text", span, message, help, harmless=True)


def _plain(node: Node) -> Iterator[ScalarNode]:
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
