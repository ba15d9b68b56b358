"""Where a command writes what it made: to a file that is named, else to the terminal."""

from __future__ import annotations

import os
import sys

from handbook import files
from handbook.errors import COULD_NOT_RUN, UserError


def write(path: str | None, text: str, what: str, *, plural: bool = False) -> None:
    """Write a text to a file, whole or not at all, and say on stderr that it is there; without a path, print it.

    Raises:
        UserError: the file cannot be written.
    """
    if path is None:
        sys.stdout.write(text)
        return
    put(path, text)
    sys.stderr.write(f"Written: {what} {'are' if plural else 'is'} in {path}\n")


def put(path: str, text: str | bytes) -> bool:
    """Write a text, or bytes, to a file, whole or not at all, and make its folder. Returns whether anything changed.

    Raises:
        UserError: the file cannot be written.
    """
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        return files.write(path, text)
    except OSError as error:
        raise UserError(
            f"{path or 'a file without a name'} cannot be written: {error.strerror}",
            "name a file that can be written",
            code=COULD_NOT_RUN,
        ) from None
