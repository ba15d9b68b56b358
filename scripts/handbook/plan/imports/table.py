"""CSV files as other programs write them: their encoding, their separator, and rows by the names of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from handbook.frozen import Frozen
from handbook.plan.exports.cells import plain
from handbook.plan.imports.progress import Problem
from handbook.text.near import listed, nearest

_MOST = 20_000_000  #: bytes; a launch has some hundred rows
_FIELD = 1_000_000  #: characters of a cell
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
#: the forms in which tools write days; a form that could be read in two ways is not among them
_FORMS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%d/%b/%y %I:%M %p",
    "%d/%b/%y",
    "%d/%b/%Y",
    "%d %b %Y",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
)


class Row(Frozen):
    """A row by the names of its columns. Where a name stands several times, all of its values that are not empty count."""

    number: int  #: the first row below the head is 2, as spreadsheets count
    cells: dict[str, tuple[str, ...]]

    def get(self, column: str) -> str:
        """Return the first value of a column, or nothing."""
        return next(iter(self.cells.get(column.casefold(), ())), "")

    def text(self) -> str:
        """Return all of its values, one in each line."""
        return "\n".join(value for values in self.cells.values() for value in values)


class Rows(Frozen):
    """The rows of a file, and what is wrong with it; with a problem there are no rows."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def rows(source: bytes, needed: Sequence[str]) -> Rows:
    """Return the rows of a CSV file that has the columns that are needed, in whatever order and case."""
    text = _text(source)
    if isinstance(text, Problem):
        return Rows((), (text,))
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        return Rows((), (Problem(0, "", f"it cannot be read as CSV: {error}"),))
    if not lines:
        return Rows((), (Problem(0, "", "it is empty"),))
    (_, head), *rest = lines
    names = [plain(name).strip().casefold() for name in head]
    missing = [column for column in needed if column.casefold() not in names]
    if missing:
        return Rows((), tuple([_lacking(column, head) for column in missing]))
    if not rest:
        return Rows((), (Problem(0, "", "it has a head and no row below it"),))
    return Rows(tuple([_row(number, names, line) for number, line in rest]))


def day(text: str) -> date | None:
    """Return the day that a cell holds, or None where it holds none or one that could be two."""
    text = text.strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at.astimezone(UTC) if at.tzinfo else at).date()
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _text(source: bytes) -> str | Problem:
    if len(source) > _MOST:
        return Problem(0, "", f"it has more than {_MOST // 1_000_000} MB, which no list of tasks has")
    encoding = next((name for mark, name in _MARKS if source.startswith(mark)), "utf-8")
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        return Problem(0, "", f"line {line} is not UTF-8: save it as CSV UTF-8")
    if "\0" in text:
        return Problem(0, "", "it is no text: export it as CSV")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, with their numbers."""
    head = text.partition("\n")[0]
    parts = max(",;\t", key=head.count)
    old = csv.field_size_limit(_FIELD)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=parts, strict=True)
        for number, line in enumerate(reader, 1):
            if any(cell.strip() for cell in line):
                yield number, line
    finally:
        csv.field_size_limit(old)


def _row(number: int, names: Sequence[str], line: Sequence[str]) -> Row:
    cells: dict[str, tuple[str, ...]] = {}
    for name, cell in zip(names, line, strict=False):
        if cell:
            cells[name] = (*cells.get(name, ()), plain(cell))
    return Row(number, cells)


def _lacking(column: str, head: Sequence[str]) -> Problem:
    near = nearest(column, head)
    hint = f'; "{near}" is near' if near else f"; it has {listed(head[:8], 'and')}" if head else ""
    return Problem(0, column, f"there is no such column{hint}")
