"""Which files have to be read: those that do not look as they did when they were read last.

Folders are compared as a whole, because in most of them nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.check.index import Index
from handbook.frozen import Frozen
from handbook.sources import Disk
from handbook.text import json

Look = tuple[int, ...]  #: mode, time in nanoseconds, size and inode

_UNSETTLED = (
    0,
    0,
    0,
    0,
)  #: what is remembered of a file that may still change without a trace: no file looks like that
_REGULAR = 0o10  #: the first digits of the mode of a file that is no link, folder or device


class Seen(Frozen):
    """What has to be read, or is gone; and what to remember once that is done: folders with their files and looks."""

    suspects: list[str]
    gone: list[str]
    folders: dict[str, tuple[str, str] | None]


def seen(index: Index, disk: Disk) -> Seen:
    """Return what the files on disk look like, beside what they looked like when they were read."""
    known = index.looks()
    different: dict[str, bool] = {path: path in disk for path in index.doubted()}
    folders: dict[str, tuple[str, str] | None] = {}
    for folder, names, looks in disk.looks():
        old = known.pop(folder, ("", "[]"))
        if old == (names, str(looks)) and max(looks[1::4]) < disk.settled:
            continue
        before, after = _by_name(*old), _settled(names, looks, disk.settled)
        different |= {f"{folder}/{name}": is_there for name, is_there in _different(before, after)}
        folders[folder] = ("/".join(after), json.dumps([part for look in after.values() for part in look]))
    for folder, (names, _) in known.items():
        different |= {f"{folder}/{name}": False for name in names.split("/")}
        folders[folder] = None
    return Seen(
        [path for path, is_there in different.items() if is_there],
        [path for path, is_there in different.items() if not is_there],
        folders,
    )


def _by_name(names: str, looks: str) -> dict[str, Look]:
    parts: list[int] = json.loads(looks)
    return dict(zip(names.split("/"), zip(*(parts[each::4] for each in range(4)), strict=True), strict=False))


def _settled(names: str, looks: list[int], before: int) -> dict[str, Look]:
    """Return how files look that were last written before a time; others may still change without a trace."""
    each = zip(*(looks[part::4] for part in range(4)), strict=True)
    return {
        name: look if look[1] < before and look[0] >> 12 == _REGULAR else _UNSETTLED
        for name, look in zip(names.split("/"), each, strict=True)
    }


def _different(before: dict[str, Look], after: dict[str, Look]) -> Iterator[tuple[str, bool]]:
    """Yield the names of files that are new, or gone, or look different, and whether they are there."""
    for name, look in after.items():
        if look == _UNSETTLED or before.get(name) != look:
            yield name, True
    for name in sorted(before.keys() - after.keys()):
        yield name, False
