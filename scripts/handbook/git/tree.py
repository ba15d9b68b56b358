"""The files of a revision, read from git as they are asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping

from handbook.git.plumbing import blobs
from handbook.sources import Sources

WINDOW = 512  #: blobs read at once: few processes, and never a whole handbook in memory


class Tree(Mapping[str, bytes]):
    """Paths with the ids of their blobs. Read in order, many come at once; going back, each comes alone."""

    def __init__(self, top: str, ids: Mapping[str, str]) -> None:
        self._top = top
        self._ids = ids
        self._order = list(ids)
        self._place = {path: place for place, path in enumerate(self._order)}
        self._next = 0
        self._window: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        place = self._place[path]
        if path in self._window:
            return self._window[path]
        if place < self._next:
            return next(blobs(self._top, [self._ids[path]]))
        ahead = self._order[place : place + WINDOW]
        self._next = place + len(ahead)
        self._window = dict(zip(ahead, blobs(self._top, [self._ids[path] for path in ahead]), strict=True))
        return self._window[path]

    def __contains__(self, path: object) -> bool:
        return path in self._ids

    def id(self, path: str) -> str:
        """Return the id of a file's content, for which nothing has to be read."""
        return self._ids[path]

    def several(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = [path for path in paths if path in self._ids]
        return (
            dict(zip(wanted, blobs(self._top, [self._ids[path] for path in wanted]), strict=True))
            if wanted
            else {}
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def several(sources: Sources, paths: Iterable[str]) -> Mapping[str, bytes]:
    """Return the files of some paths, as far as they are there and can be read: those of a revision with one question to git."""
    if isinstance(sources, Tree):
        return sources.several(paths)
    found = {}
    for path in paths:
        with contextlib.suppress(KeyError, OSError):
            found[path] = sources[path]
    return found
