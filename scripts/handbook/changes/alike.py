"""When two values are the same in meaning, and which parts of two lists belong together."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from handbook.frozen import Frozen

T = TypeVar("T")

_FORM = frozenset(("at", "text"))  #: where a value is written, and how
_NEAR = 0.5  #: share of words that two texts have in common when one is a new wording of the other


def meaning(value: Any, without: frozenset[str] = frozenset()) -> Any:
    """Return a value without its place, as plain data that can be compared."""
    if isinstance(value, Frozen):
        names = [name for name in value.fields if name not in _FORM or _says(value, name)]
        return {name: meaning(getattr(value, name)) for name in names if name not in without}
    if isinstance(value, Mapping):
        return {key: meaning(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [meaning(item) for item in value]
    return value


def _says(value: Any, name: str) -> bool:
    """Whether `text` is content: a status report has one, while a duration's is how it was typed."""
    return name == "text" and hasattr(value, "health")


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """Which entries of two lists are the same thing, and which came or went."""

    pairs: tuple[tuple[T, T], ...]
    added: tuple[T, ...]
    removed: tuple[T, ...]


def match(old: Sequence[T], new: Sequence[T], *keys: Callable[[T], Any]) -> Matched[T]:
    """Pair the entries of two lists by their first key, what is left by the next one, and so on.

    A key that is None pairs with nothing; entries that share a key are paired in their order.
    """
    pairs: list[tuple[T, T]] = []
    left, right = list(old), list(new)
    for key in keys:
        mine, yours = _counted(left, key), _counted(right, key)
        found = [(mine[value], yours[value]) for value in mine if value in yours]
        pairs += found
        paired = {id(entry) for pair in found for entry in pair}
        left = [entry for entry in left if id(entry) not in paired]
        right = [entry for entry in right if id(entry) not in paired]
    order = {id(entry): index for index, entry in enumerate(new)}
    return Matched(tuple(sorted(pairs, key=lambda pair: order[id(pair[1])])), tuple(right), tuple(left))


def _counted(entries: Sequence[T], key: Callable[[T], Any]) -> dict[Any, T]:
    counts: dict[Any, int] = {}
    found: dict[Any, T] = {}
    for entry in entries:
        if (value := key(entry)) is not None:
            counts[value] = counts.get(value, 0) + 1
            found[value, counts[value]] = entry
    return found


def reworded(removed: Sequence[str], added: Sequence[str]) -> list[tuple[str, str]]:
    """Pair texts that went with texts that came, where they have at least half of their words in common."""
    nearness = [(_nearness(old, new), old, new) for old in removed for new in added]
    pairs: list[tuple[str, str]] = []
    for near, old, new in sorted(nearness, key=lambda row: (-row[0], *sorted(row[1:]))):
        if near >= _NEAR and not any(old == one or new == other for one, other in pairs):
            pairs.append((old, new))
    return sorted(pairs, key=lambda pair: added.index(pair[1]))


def _nearness(one: str, other: str) -> float:
    """The share of words in common, from 0 to 1; the same both ways, which difflib's ratio is not."""
    left, right = set(one.lower().split()), set(other.lower().split())
    return len(left & right) / max(len(left | right), 1)


def moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the fewest entries that have to move to get from one order of the same entries to the other.

    Source: the entries outside the longest increasing subsequence.
    """
    position = {entry: index for index, entry in enumerate(old)}
    ends: list[str] = []  # of the best subsequence of each length, the entry that it ends with
    previous: dict[str, str | None] = {}
    for entry in new:
        length = bisect.bisect_left(ends, position[entry], key=position.__getitem__)
        previous[entry] = ends[length - 1] if length else None
        ends[length : length + 1] = [entry]
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return [entry for entry in new if entry not in kept]
