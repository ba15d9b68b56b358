"""Tables for other programs: CSV whose cells no spreadsheet takes for a formula.

A cell that begins like a formula is computed when somebody opens the file, and can then send data away. An
apostrophe before it makes it text. `plain` takes it away again, so a table that comes back says what it said.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

#: the signs of all that spreadsheets compute, their wide forms among them, behind space or apostrophes
_FORMULA = re.compile("'*[\\s\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_LATE = re.compile("'+[\t\r\n]")  # what begins with a control character counts too


def guarded(text: str) -> str:
    """Return text as a cell that is only shown."""
    return f"'{text}" if _FORMULA.match(text) or text[:1] in ("\t", "\r", "\n") or _LATE.match(text) else text


def plain(cell: str) -> str:
    """Return the text that a cell was made from."""
    rest = cell[1:]
    return rest if cell.startswith("'") and guarded(rest) == cell else cell


def table(head: Sequence[str], rows: Iterable[Sequence[str]], end: str = "\r\n") -> str:
    """Return a table as CSV. `end` parts its rows; line ends inside of cells are line feeds."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator=end)
    writer.writerow(head)
    writer.writerows([[guarded(_flat(cell)) for cell in row] for row in rows])
    return made.getvalue()


def _flat(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
