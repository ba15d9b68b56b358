"""Examining files: one after the other where they are few, in several processes where they are many."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from handbook.check.facts import examine, glossary
from handbook.check.plain import Packed, packed
from handbook.check.sync import content
from handbook.settings import Settings
from handbook.sources import Latest, Sources

Examined = tuple[str, str, Packed]  #: path, content and what the file says

_MANY = 30  #: files from which on the quicker validator has paid for its import
_VERY_MANY = 1000  #: files from which on a second process has paid for itself
_CHUNK = 32  #: files that a process examines before it hands over what they say


def examined(paths: Sequence[str], sources: Sources, settings: Settings) -> Iterator[Examined]:
    """Yield what each file says, in the order of the paths."""
    words = functools.cache(lambda: glossary(sources, settings))
    latest = Latest(sources)

    def pack(path: str) -> Examined:
        return path, content(path, latest), packed(examine(path, latest, settings, words))

    workers = _workers(len(paths))
    if workers < 2:
        if len(paths) > _MANY:
            _expect_many()
        yield from map(pack, paths)
        return

    from handbook.several import shared

    def work(chunk: Sequence[str]) -> list[Examined]:
        _expect_many()  # here, for the process that judges has no use for it, and would need more memory than this one
        return [pack(path) for path in chunk]

    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    words()  # read once, before there are several processes
    for found in shared(chunks, work, workers):
        yield from found


def _workers(files: int) -> int:
    if files < _VERY_MANY:
        return 1
    from handbook.several import processors

    return processors()


def _expect_many() -> None:
    """Import what is slow to import, and then quicker than what does the same for one file."""
    import hashlib as hashlib  # it is enough that it is there: `content` takes what it finds

    from handbook.schema import shape

    shape.expect_many()
