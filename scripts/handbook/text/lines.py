"""Lines of a text as every editor counts them: from offsets to lines and columns, and back."""

from __future__ import annotations

import bisect
import functools
import re

from handbook.finding import Span

BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """A text by its lines. It has no byte order mark: editors hide one, and so no column counts it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in BREAK.finditer(self.text))]

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, line: int) -> str:
        """Return a line, without its end; below the last one there is nothing. Lines count from 1, as in spans."""
        if line > len(self):
            return ""
        end = self._starts[line] if line < len(self) else len(self.text)
        return self.text[self._starts[line - 1] : end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(*self._place(start), *self._place(end))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column; beyond the end of the line it is that end.

        Raises:
            ValueError: there is no such line.
        """
        if not 1 <= line <= len(self) + 1 or column < 1:
            raise ValueError(f"there is no line {line} with a column {column}")
        if line > len(self):
            return len(self.text)
        return self._starts[line - 1] + min(column - 1, len(self[line]))

    @property
    def last(self) -> tuple[int, int]:
        """The line and column behind the last character."""
        return self._place(len(self.text))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
