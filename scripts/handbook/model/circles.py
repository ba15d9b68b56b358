"""The way from a record back to itself, by what each one leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_FARTHEST = 200  #: records that are looked at from each; no honest circle is longer


def circle(start: str, following: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the shortest way from a record back to itself, or nothing. One that names itself is another mistake."""
    before = {start: ""}
    queue = [start]
    for id in queue:
        for other in following(id):
            if other == start and id != start:
                return _back(id, before)
            if other not in before and len(queue) < _FARTHEST:
                before[other] = id
                queue.append(other)
    return []


def _back(id: str, before: dict[str, str]) -> list[str]:
    """Return the way that led to a record, by what came before each."""
    way = []
    while id:
        way.append(id)
        id = before[id]
    return way[::-1]
