"""The files of a handbook as the index has them live: from disk where that is the same, else from git."""

from __future__ import annotations

import os
from collections.abc import Iterator

from handbook.check.index import Index
from handbook.check.sync import content_id
from handbook.git.spawn import ask
from handbook.sources import Disk


class Pinned(Disk):
    """Each file in the version that is live in the index, whatever is on disk."""

    def __init__(self, root: str, index: Index) -> None:
        self.root = os.path.realpath(root)
        self._odd = {}
        self._inside = {}
        self._index = index
        self.wanted: dict[str, str] = {}  #: contents that are about to become live

    def __getitem__(self, path: str) -> bytes:
        content = self.wanted.get(path) or self._index.content(path)
        if content is None:
            raise KeyError(path)
        try:
            found = self.read(path)
        except OSError:
            found = None
        if found is not None and content_id(found) == content:
            return found
        (blob,) = ask(self.root, ("cat-file", "blob", content))
        if blob is None:
            raise FileNotFoundError(f"git does not have {content}, which is {path}")
        return blob

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and (path in self.wanted or self._index.content(path) is not None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.live())

    def __len__(self) -> int:
        return len(self._index.live())
