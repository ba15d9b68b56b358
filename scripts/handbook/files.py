"""Writing files so that an interrupted run leaves the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile


def write(path: str, text: str) -> bool:
    """Write `text` to `path` in UTF-8, through a file beside it that then takes its place.

    Returns whether anything changed: a file that holds the text already is left alone, so that tools
    that watch it stay quiet. The folder has to exist.
    """
    data = text.encode()
    try:
        with open(path, "rb") as file:
            if file.read() == data:
                return False
            mode = os.fstat(file.fileno()).st_mode & 0o777
    except FileNotFoundError:
        mode = 0o666 & ~_umask()
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".handbook-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
