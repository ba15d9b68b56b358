"""Examining files: one after the other where they are few, on all processors where they are many."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from handbook.check.facts import Facts, examine, glossary
from handbook.settings import Settings
from handbook.sources import Latest, Sources

_MANY = 30  #: files from which on the quicker validator has paid for its import


def examined(paths: Sequence[str], sources: Sources, settings: Settings) -> Iterator[tuple[str, Facts]]:
    """Yield what each file says."""
    if len(paths) > _MANY:
        from handbook.schema import shape

        shape.expect_many()
    words = functools.cache(lambda: glossary(sources, settings))
    latest = Latest(sources)
    for path in paths:
        yield path, examine(path, latest, settings, words)
