"""The handbook that a command works on: its root, its settings and its files on disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Iterable

from handbook.check import read_settings
from handbook.errors import COULD_NOT_RUN, UserError
from handbook.finding import Fault
from handbook.frozen import Frozen
from handbook.settings import Settings
from handbook.sources import SETTINGS, Disk, Sources

_SAID = 5  #: faults of the settings that are told; `handbook check` lists all of them


class Workspace(Frozen):
    """A handbook on disk. `faults` are what is wrong with its settings; the defaults hold then."""

    root: str
    settings: Settings
    faults: tuple[Fault, ...]

    def sources(self) -> Sources:
        """Return the files of the handbook as they are now."""
        return Disk(self.root, self.settings.folders)


def open_workspace(root: str | None) -> Workspace:
    """Return the handbook in `root`, or in the nearest folder around the current one that has one.

    What is wrong with its settings is told on stderr, because it may change the result; the defaults hold then.

    Raises:
        UserError: there is no such folder, or no handbook in it.
    """
    found = find(root)
    source = settings_source(found)
    settings, faults = read_settings({SETTINGS: source} if source is not None else {})
    for fault in faults[:_SAID]:
        sys.stderr.write(
            f"handbook: {SETTINGS}:{fault.span.line}:{fault.span.column} is left out: {fault.message}\n"
        )
    return Workspace(found, settings, faults)


def find(root: str | None) -> str:
    """Return the folder of the handbook in `root`, or the nearest one around the current folder.

    Raises:
        UserError: there is no such folder, or no handbook in it.
    """
    return _given(root) if root is not None else _around(os.getcwd())


def below(root: str, paths: Iterable[str], *, gone: Container[str] = ()) -> Callable[[str], bool] | None:
    """Return whether a file of a handbook is in one of the named files and folders; None where all are.

    `gone` are paths that may be named though there is nothing any more.

    Raises:
        UserError: a path does not exist, or is outside of the handbook.
    """
    top = os.path.realpath(root)
    wanted = []
    for path in paths:
        relative = os.path.relpath(_real(path), top).replace(os.sep, "/")
        if relative.partition("/")[0] == "..":
            raise UserError(f'"{path}" is outside the handbook in {root}', "name a path inside it")
        if not os.path.lexists(path) and relative not in gone:
            raise UserError(f'there is no file or folder "{path}"', "paths count from the current folder")
        wanted.append(relative)
    if not wanted or "." in wanted:
        return None
    return lambda path: any(path == each or path.startswith(f"{each}/") for each in wanted)


def _real(path: str) -> str:
    """The path as the handbook calls it: links on the way are followed, a file that is one itself is not."""
    if os.path.isdir(path):
        return os.path.realpath(path)
    return os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))


def settings_source(root: str) -> bytes | None:
    """Return the settings of a handbook as they are on disk; None where it has none.

    Raises:
        UserError: they cannot be read.
    """
    path = os.path.join(root, SETTINGS)
    try:
        return _bytes(path) if os.path.lexists(path) else None
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {error.strerror}", "it has to be a readable file", code=COULD_NOT_RUN
        ) from None


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _given(root: str) -> str:
    if not os.path.isdir(root):
        raise UserError(f'there is no folder "{root}"', "name the folder that holds the handbook")
    if not _is_handbook(root):
        raise UserError(
            f'there is no handbook in "{root}"', f"a handbook has a folder processes/ or a file {SETTINGS}"
        )
    return os.path.abspath(root)


def _around(start: str) -> str:
    folder = start
    while not _is_handbook(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            raise UserError(
                "there is no handbook here",
                f"change into the folder that holds processes/ or {SETTINGS}, or name it with --root",
            )
        folder = parent
    return folder


def _is_handbook(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, SETTINGS)) or os.path.isdir(os.path.join(folder, "processes"))
