"""Where the bytes of a handbook come from. To everything above, a handbook is a mapping path -> bytes.

Paths are relative to the root of the handbook and use `/`. A mapping reads a file when it is asked
for it, so nothing keeps a whole handbook in memory; a file that cannot be read raises OSError then.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping

from handbook.errors import COULD_NOT_RUN, UserError

Sources = Mapping[str, bytes]

SETTINGS = "handbook.toml"
SITE = "mkdocs.yml"
RECORD_ENDINGS = (".yaml", ".yml")
PAGE_ENDINGS = (".md",)
_SETTLING = 2_000_000_000  #: nanoseconds


class Disk(Mapping[str, bytes]):
    """The records and pages of a handbook in a folder.

    Raises:
        UserError: one of the folders cannot be listed, or leads out of the handbook.
    """

    def __init__(self, root: str, folders: Iterable[str]) -> None:
        self.root = os.path.realpath(root)
        self._paths = {shown(path): path for path in self._listed(folders)}

    def _listed(self, folders: Iterable[str]) -> Iterator[str]:
        for folder in folders:
            full = os.path.join(self.root, folder)
            if not self._holds(full):
                raise UserError(
                    f'the folder "{folder}" leads out of the handbook',
                    "symbolic links are not followed out of it",
                )
            yield from _files(full, folder)

    def _holds(self, full: str) -> bool:
        return os.path.realpath(full).startswith(os.path.join(self.root, ""))

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        full = self.place(path)
        mode = os.lstat(full).st_mode
        if stat.S_ISLNK(mode):
            if not self._holds(full):
                raise PermissionError("it is a symbolic link that leads out of the handbook")
            mode = os.stat(full).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError("it is not a file")  # reading a pipe or a device may never end
        with open(full, "rb") as file:
            return file.read()

    def place(self, path: str) -> str:
        """Return where a file is, whatever its name looks like."""
        return os.path.join(self.root, self._paths.get(path, path))

    def stamp(self, path: str) -> str | None:
        """Return what tells cheaply that a file has not changed; None where it may still change without a trace."""
        try:
            found = os.lstat(self.place(path))
        except OSError:
            return None
        # A file that is written twice within the clock's step looks the same both times.
        settled = time.time_ns() - found.st_mtime_ns > _SETTLING and stat.S_ISREG(found.st_mode)
        return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}" if settled else None

    def size(self, path: str) -> int | None:
        """Return the bytes of any file of the handbook, be it a record, a page or an image; None where there is none."""
        full = os.path.join(self.root, path)
        try:
            found = os.stat(full)
            return found.st_size if stat.S_ISREG(found.st_mode) and self._holds(full) else None
        except (OSError, ValueError):
            return None

    def beside(self, path: str) -> bytes | None:
        """Return a file at the root of the handbook that is no record and no page; None where there is none."""
        full = os.path.join(self.root, path)
        try:
            with open(full, "rb") as file:
                return file.read() if self._holds(full) else None
        except OSError:
            return None

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _files(full: str, path: str) -> Iterator[str]:
    """Yield the records and pages below a folder in order. Hidden entries and linked folders are left out."""
    try:
        entries = sorted(os.scandir(full), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f'the folder "{path}" cannot be listed: {(error.strerror or str(error)).lower()}'
        raise UserError(message, "make it a folder that may be read", code=COULD_NOT_RUN) from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        below = f"{path}/{entry.name}"
        named_as_file = entry.name.endswith(RECORD_ENDINGS + PAGE_ENDINGS)
        if entry.is_dir(follow_symlinks=False) and not named_as_file:
            yield from _files(entry.path, below)
        elif named_as_file:
            yield below


class Latest(Mapping[str, bytes]):
    """Other sources, with the file that was read last kept at hand: several look at it one after the other."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._path: str | None = None
        self._bytes = b""

    def __getitem__(self, path: str) -> bytes:
        if path != self._path:
            self._bytes = self._sources[path]
            self._path = path
        return self._bytes

    def __contains__(self, path: object) -> bool:
        return path in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def size(sources: Sources, path: str) -> int | None:
    """Return the bytes of a file, also of one that is no record and no page; None where there is none."""
    if isinstance(sources, Disk):
        return sources.size(path)
    return len(sources[path]) if path in sources else None


def beside(sources: Sources, path: str) -> bytes | None:
    """Return a file at the root of a handbook, such as mkdocs.yml; None where there is none."""
    return sources.beside(path) if isinstance(sources, Disk) else sources.get(path)


def shown(path: str) -> str:
    """Return a path as text that can be printed and kept: a byte that is not UTF-8 is shown by its number."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def literal(files: Mapping[str, str | bytes]) -> Sources:
    """Return a handbook written out in place, as tests and examples do."""
    return {path: text.encode() if isinstance(text, str) else text for path, text in sorted(files.items())}


def belongs(path: str, folders: Iterable[str]) -> bool:
    """Whether a path of a git tree is one that `Disk` would list."""
    inside = any(path.startswith(f"{folder}/") for folder in folders)
    hidden = any(part.startswith(".") for part in path.split("/"))
    return inside and not hidden and path.endswith(RECORD_ENDINGS + PAGE_ENDINGS)
