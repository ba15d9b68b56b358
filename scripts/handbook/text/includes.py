"""Files whose text a page takes in: `--8<-- "path"`, as the extension pymdownx.snippets reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.frozen import Frozen

_INCLUDE = r'\n[ \t]*-+8<-+[ \t]+"([^"\n]+)"|\n([ \t]*-+8<-+)[ \t]*\n([\s\S]*?)\n\2[ \t]*(?=\n|$)'


class Include(Frozen):
    """A file whose text is put into the page: `start` and `end` enclose its path in the page's text."""

    target: str
    start: int
    end: int


def includes(text: str) -> Iterator[Include]:
    """Yield what a page takes in: one file in a line, or several in a block."""
    for match in re.finditer(_INCLUDE, "\n" + text):
        if match[1]:
            yield Include(match[1], match.start(1) - 1, match.end(1) - 1)
            continue
        at = match.start(3) - 1
        for line in match[3].split("\n"):
            if line.strip() and not line.strip().startswith(";"):
                start = at + len(line) - len(line.lstrip())
                yield Include(line.strip(), start, start + len(line.strip()))
            at += len(line) + 1
