"""TOML to plain values, and where each key and entry stands: `tomllib` reads, and does not tell.

The places are only looked for when something has to be reported. The text has been read by then, so it is
valid, and what is left to do is to step over strings and comments.
"""

from __future__ import annotations

import contextlib
import re

from handbook.finding import START, Pointer, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Invalid(Exception):
    """The text is not TOML: the sentence, the remedy and the place."""

    def __init__(self, message: str, help: str, span: Span = START) -> None:
        super().__init__(message)
        self.message, self.help, self.span = message, help, span


def read(source: bytes) -> tuple[str, dict[str, Any]]:
    """Return the text and the values of a TOML file.

    Raises:
        Invalid: it cannot be read.
    """
    import tomllib

    try:
        text = source.decode().removeprefix("\ufeff")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise Invalid(f"byte {error.start + 1} is not UTF-8", "save it again as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(where[1]), int(where[2])) if where else (1, 1)
        message = f"this is not valid TOML: {str(error).partition(' (at')[0].lower()}"
        span = Span(line, column, line, column + 1)
        raise Invalid(message, "compare it with the lines above", span) from None
    except (RecursionError, ValueError):  # nested beyond all measure, or a number of thousands of digits
        raise Invalid("this is more than settings can be", "start anew from the defaults") from None


class Places:
    """Where the keys, tables and list entries of a valid text are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Pointer, tuple[int, int]] | None = None

    def span(self, pointer: Pointer) -> Span:
        """Return the span of a key or an entry by its way from the top, or that of the nearest thing around it."""
        if self._found is None:
            self._found = _found(self._text)
        while pointer and pointer not in self._found:
            pointer = pointer[:-1]
        return self._span(*self._found[pointer]) if pointer else START

    def _span(self, start: int, end: int) -> Span:
        """Return the span of a stretch, or of as much of it as is in its first line."""
        line = self._text.count("\n", 0, start) + 1
        before = self._text.rfind("\n", 0, start) + 1
        over = self._text.find("\n", start, end)
        stretch = self._text[start : end if over < 0 else over].rstrip()
        return Span(line, start - before + 1, line, start - before + 1 + max(len(stretch), 1))


def _found(text: str) -> dict[Pointer, tuple[int, int]]:
    scan = _Scan(text)
    with contextlib.suppress(_Lost, RecursionError):  # what was found until then is right
        scan.document()
    return scan.found


class _Lost(Exception):
    """The text does not go on as it should."""


class _Scan:
    """One walk over a text. `found` are the stretches of characters of what has been passed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Pointer, tuple[int, int]] = {}
        self.tables: dict[Pointer, int] = {}  # how many tables of a list of tables have begun
        string = r'"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'"
        self.spaces = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
        self.key_part = re.compile(rf"[A-Za-z0-9_-]+|{string}")
        self.long_string = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}' + r"|'''.*?'{3,5}", re.DOTALL)
        self.scalar = re.compile(rf"{string}|[^,\]}}#\n]+")

    def document(self) -> None:
        table: Pointer = ()
        while self.skip() < len(self.text):
            if self.text[self.at] == "[":
                table = self.heading()
            else:
                self.pair(table)

    def heading(self) -> Pointer:
        repeated = self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        *above, last = self.key()
        table: Pointer = ()
        for name, _ in above:
            table = self.newest((*table, name))
        table = (*table, last[0])
        if repeated:
            self.tables[table] = self.tables.get(table, 0) + 1
        self.found.setdefault(table, last[1])
        table = self.newest(table)
        self.found.setdefault(table, last[1])
        self.expect("]" * (2 if repeated else 1))
        return table

    def newest(self, table: Pointer) -> Pointer:
        return (*table, self.tables[table] - 1) if table in self.tables else table

    def key(self) -> list[tuple[str, tuple[int, int]]]:
        parts = []
        while True:
            self.skip()
            start, written = self.at, self.take(self.key_part)
            parts.append((_name(written), (start, self.at)))
            if self.skip() >= len(self.text) or self.text[self.at] != ".":
                return parts
            self.at += 1

    def pair(self, table: Pointer) -> None:
        for name, stretch in self.key():
            table = (*table, name)
            self.found.setdefault(table, stretch)
        self.expect("=")
        self.value(table)

    def value(self, place: Pointer) -> None:
        self.skip()
        start = self.at
        if self.text.startswith("[", self.at):
            self.entries(place, "]")
        elif self.text.startswith("{", self.at):
            self.entries(place, "}")
        elif self.text.startswith(('"""', "'''"), self.at):
            self.take(self.long_string)
        else:
            self.take(self.scalar)
        self.found.setdefault(place, (start, self.at))

    def entries(self, place: Pointer, end: str) -> None:
        self.at += 1
        number = 0
        while self.skip() < len(self.text) and self.text[self.at] != end:
            if end == "]":
                self.value((*place, number))
            else:
                self.pair(place)
            number += 1
            if self.skip() < len(self.text) and self.text[self.at] == ",":
                self.at += 1
        self.expect(end)

    def skip(self) -> int:
        match = self.spaces.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _Lost
        self.at = match.end()
        return match[0].rstrip()

    def expect(self, sign: str) -> None:
        self.skip()
        if not self.text.startswith(sign, self.at):
            raise _Lost
        self.at += len(sign)


def _name(written: str) -> str:
    """The name that a key stands for; one in double quotes may have escapes."""
    if written[0] == "'" or (written[0] == '"' and "\\" not in written):
        return written[1:-1]
    if written[0] == '"':
        import tomllib

        return next(iter(tomllib.loads(f"{written}=0")))
    return written
