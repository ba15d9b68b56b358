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
_ENDINGS = RECORD_ENDINGS + PAGE_ENDINGS
_SETTLING = 2_000_000_000  #: nanoseconds
_UNSEEN = (0, 0, 0, 0)  #: how a file looks that is not there


class Disk(Mapping[str, bytes]):
    """The records and pages of a handbook in a folder.

    Kept are names by folder: nobody asks for most of 20,000 paths, and making each takes longer than listing it.

    Raises:
        UserError: one of the folders cannot be listed, or leads out of the handbook.
    """

    def __init__(self, root: str, folders: Iterable[str]) -> None:
        self.root = os.path.realpath(root)
        #: A file that is written twice within the clock's step looks the same both times, so it is trusted only
        #: where its time is before this one.
        self.settled = time.time_ns() - _SETTLING
        self._inside: dict[str, bool] = {}
        self._names = dict(self._listed(folders))
        self._odd = {
            shown(path): path
            for folder, names in self._names.items()
            if not (folder.isascii() and "".join(names).isascii())
            for path in [f"{folder}/{name}" for name in names]
        }

    def _listed(self, folders: Iterable[str]) -> Iterator[tuple[str, dict[str, None]]]:
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
        if path not in self:
            raise KeyError(path)
        return self.read(path)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, listed or not."""
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
        return os.path.join(self.root, self._odd.get(path, path))

    def looks(self) -> Iterator[tuple[str, str, list[int]]]:
        """Yield each folder, the names of its files with `/` between them, and how these look.

        That is four numbers for each: mode, time in nanoseconds, size and inode. They tell cheaply that a file has
        not changed.
        """
        for folder, names in self._names.items():
            yield shown(folder), shown("/".join(names)), _looks(os.path.join(self.root, folder), names)

    def size(self, path: str) -> int | None:
        """Return the bytes of any file of the handbook, be it a record, a page or an image; None where there is none."""
        full = os.path.join(self.root, path)
        try:
            found = os.lstat(full)
            if stat.S_ISLNK(found.st_mode):
                inside, found = self._holds(full), os.stat(full)
            else:
                inside = self._holds_folder(os.path.dirname(full))
            return found.st_size if stat.S_ISREG(found.st_mode) and inside else None
        except (OSError, ValueError):
            return None

    def _holds_folder(self, full: str) -> bool:
        """Whether a folder is inside the handbook, found out once for all of its files."""
        if full not in self._inside:
            real = os.path.join(os.path.realpath(full), "")
            self._inside[full] = real.startswith(os.path.join(self.root, ""))
        return self._inside[full]

    def beside(self, path: str) -> bytes | None:
        """Return a file at the root of the handbook that is no record and no page; None where there is none."""
        full = os.path.join(self.root, path)
        try:
            with open(full, "rb") as file:
                return file.read() if self._holds(full) else None
        except OSError:
            return None

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        folder, _, name = self._odd.get(path, path).rpartition("/")
        return name in self._names.get(folder, ())

    def __iter__(self) -> Iterator[str]:
        paths = [shown(f"{folder}/{name}") for folder, names in self._names.items() for name in names]
        return iter(dict.fromkeys(paths))

    def __len__(self) -> int:
        return sum(map(len, self._names.values()))


def _files(full: str, path: str) -> Iterator[tuple[str, dict[str, None]]]:
    """Yield a folder, and each below it, with its records and pages in order. Hidden entries and linked folders are left out."""
    names, folders = [], []
    try:
        for entry in os.scandir(full):
            name = entry.name
            if name.startswith("."):
                continue
            if name.endswith(_ENDINGS):
                names.append(name)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(name)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f'the folder "{path}" cannot be listed: {(error.strerror or str(error)).lower()}'
        raise UserError(message, "make it a folder that may be read", code=COULD_NOT_RUN) from None
    if names:
        yield path, dict.fromkeys(sorted(names))
    for name in sorted(folders):
        yield from _files(f"{full}/{name}", f"{path}/{name}")


def _looks(full: str, names: Iterable[str]) -> list[int]:
    try:
        folder = os.open(full, os.O_RDONLY)
    except OSError:  # gone by now, or a system that does not open folders
        return _stats([os.path.join(full, name) for name in names], None)
    try:
        return _stats(names, folder)  # looking up a name in an open folder is quicker than a whole path
    finally:
        os.close(folder)


def _stats(names: Iterable[str], folder: int | None) -> list[int]:
    looks: list[int] = []
    for name in names:
        try:
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            looks += _UNSEEN
        else:
            looks += (found.st_mode, found.st_mtime_ns, found.st_size, found.st_ino)
    return looks


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
    return inside and not hidden and path.endswith(_ENDINGS)
