"""Writing files so that an interrupted run leaves the old one or the new one, never half of it."""

from __future__ import annotations

import os
import stat
import tempfile


def write(path: str, data: str | bytes, *, within: str | None = None) -> bool:
    """Write `data`, text in UTF-8, to `path`, through a file beside it that then takes its place.

    Returns whether anything changed: a file that holds the data already is left alone, so that tools
    that watch it stay quiet. The folder has to exist. A symbolic link stays one: what it leads to is written.
    A device or a pipe, such as /dev/null, stays one too: nothing takes its place, and the data goes into it.

    Raises:
        PermissionError: `path` leads out of the folder `within`.
    """
    data = data.encode() if isinstance(data, str) else data
    target = os.path.realpath(path)
    if within is not None and not target.startswith(os.path.join(os.path.realpath(within), "")):
        raise PermissionError(1, "it is a symbolic link that leads out of the handbook", path)
    if _is_special(target):
        with open(target, "wb") as file:
            file.write(data)
        return True
    try:
        with open(target, "rb") as file:
            if file.read() == data:
                return False
            mode = os.fstat(file.fileno()).st_mode & 0o777
    except FileNotFoundError:
        mode = 0o666 & ~_umask()
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".handbook-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def _is_special(path: str) -> bool:
    """Whether a path is a device or a pipe. A folder is not: opening it says what is wrong."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
