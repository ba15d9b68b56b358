"""The documentation of a rule as plain text, for terminals and for readers that show no Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

_FENCE = re.compile(r"^(`{3,})(\w*)[^\n]*?(?:title=\"([^\"]*)\")?\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
_LISTED = re.compile(r"^(?:[-*|]|\d+\.) ", re.MULTILINE)  #: a line of a list or a table

#: what `fix` of a rule means, in a sentence
MENDED = {
    "safe": "`handbook fix` mends it.",
    "suggestion": "The finding suggests an edit, for you to look at.",
    "none": "",
}


def plain(doc: str, width: int = 0) -> str:
    """Return documentation as it reads without a renderer: examples are indented below the name of their file.

    Paragraphs are one line each, or wrapped to a width. Backticks stay: they tell code from words here too.
    """
    return "\n\n".join(_blocks(doc.strip(), width))


def _blocks(doc: str, width: int) -> Iterator[str]:
    end = 0
    for fence in _FENCE.finditer(doc):
        yield from _paragraphs(doc[end : fence.start()], width)
        end = fence.end()
        lines = [f"    {line}".rstrip() for line in fence[4].rstrip("\n").split("\n")]
        yield "\n".join(([f"  {fence[3]}"] if fence[3] else []) + lines)
    yield from _paragraphs(doc[end:], width)


def _paragraphs(text: str, width: int) -> Iterator[str]:
    for paragraph in filter(None, text.strip().split("\n\n")):
        yield paragraph if _LISTED.search(paragraph) else _filled(" ".join(paragraph.split()), width)


def _filled(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False) if width else text
