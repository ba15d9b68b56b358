"""Markdown pages: their front matter, with places in the page's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Fault, Span
from handbook.text import leaks, yaml
from handbook.text.yaml import Document

_FRONT_MATTER = rb"(?sm)---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$"


def front_matter(source: bytes) -> tuple[bytes, int]:
    """Return the YAML at the head of a page and the number of lines above it; empty where there is none."""
    match = re.match(_FRONT_MATTER, source.removeprefix(b"\xef\xbb\xbf"))
    return (match[1], 1) if match else (b"", 0)


def body_start(text: str) -> int:
    """Return where the text of a page begins, after its front matter. Lines end with a line feed."""
    if not text.startswith("---") or text[3 : (first := text.find("\n"))].strip(" \t") or first < 0:
        return 0
    ends = [end for mark in ("\n---", "\n...") if (end := _closing(text, mark, first)) > 0]
    return min(ends, default=0)


def _closing(text: str, mark: str, at: int) -> int:
    """Return where the line ends, its break included, that consists of a mark; 0 without one."""
    while (at := text.find(mark, at)) >= 0:
        end = text.find("\n", at + 1)
        if not text[at + len(mark) : end if end >= 0 else None].strip(" \t"):
            return end + 1 if end >= 0 else len(text)
        at += 1
    return 0


def read(path: str, source: bytes) -> Document:
    """Read a page as its front matter; a page without one is an empty mapping. The text is looked through for accidents."""
    try:
        source.decode()
    except UnicodeDecodeError as error:
        from handbook.text import yaml_errors

        return Document(path, None, (yaml_errors.not_utf8(source, error.start),))
    text, above = front_matter(source)
    leaked = tuple(leaks.leaks(source))
    if not text.strip():
        return Document(path, {}, (*_conflicts(source, 0), *leaked))
    data, faults = yaml.read_part(text, above)
    return Document(path, data, (*faults, *_conflicts(source, above + text.count(b"\n")), *leaked))


def _conflicts(source: bytes, above: int) -> Iterator[Fault]:
    """Yield the first line of each merge that was left half done, below so many lines of front matter."""
    if b"<<<<<<< " not in source:
        return
    source, at = b"\n" + source, 0
    while (begun := source.find(b"\n<<<<<<< ", at)) >= 0:
        middle = source.find(b"\n=======", begun)
        ended = source.find(b"\n>>>>>>> ", middle) if middle >= 0 else -1
        if ended < 0:
            return
        line = source.count(b"\n", 0, begun) + 1
        if line > above:
            message = "a merge was left half done: the marks <<<<<<< and >>>>>>> are still on the page"
            yield Fault(
                "conflict-marker",
                Span(line, 1, line, 8),
                message,
                "decide for one side and delete the marks",
                True,
            )
        at = ended
