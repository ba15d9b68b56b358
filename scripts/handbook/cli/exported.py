"""Where an export goes: to a file, with a second one beside it where the format has one, or to the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from handbook.cli import output
from handbook.errors import COULD_NOT_RUN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.exports import Format
    from handbook.plan.exports.context import Context
    from handbook.plan.sheet import Sheet

_PACKAGES = {"icalendar": "icalendar", "pptx": "python-pptx"}  #: module -> the package that has it


def write(path: str | None, format: Format, sheets: Sequence[Sheet], context: Context) -> None:
    """Write plans in a format, whole or not at all; without a path, print them.

    Raises:
        UserError: a package that the format needs is not installed, or the file cannot be written.
    """
    titles = ", ".join(one.title for one in sheets[:3]) + (" and others" if len(sheets) > 3 else "")
    made = _made(format.render, sheets, context)
    if path is None:
        sys.stdout.write(made if isinstance(made, str) else "")
        if format.beside:
            sys.stderr.write(f"With --out, a second file is written: {format.beside[0]}\n")
        return
    _put(path, made, format)
    written = [path]
    if format.beside:
        ending, way = format.beside
        second = f"{path.removesuffix(format.ending)}{ending}"
        _put(second, _made(way, sheets, context), format)
        written.append(second)
    sys.stderr.write(f"Written: {titles} {'is' if len(sheets) == 1 else 'are'} in {' and '.join(written)}\n")


def _made(way: str, sheets: Sequence[Sheet], context: Context) -> str | bytes:
    from handbook.plan.exports import renderer
    from handbook.plan.public import MISSING

    try:
        return renderer(way)(sheets, context)
    except ModuleNotFoundError as error:
        if error.name not in _PACKAGES:
            raise
        raise UserError(f"the package {_PACKAGES[error.name]} is not installed", MISSING, code=COULD_NOT_RUN) from None  # fmt: skip


def _put(path: str, made: str | bytes, format: Format) -> None:
    mark = "\ufeff" if format.mark else ""
    output.put(path, made if isinstance(made, bytes) else (mark + made).encode())
