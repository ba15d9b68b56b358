"""A mapping over another one that stays as it is: what was put in or taken out lies above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_GONE: Any = object()


class Layer(MutableMapping[K, V]):
    """Values above those of a base. A copy costs what is above, however much lies below."""

    def __init__(self, base: Mapping[K, V], own: Mapping[K, V] | None = None) -> None:
        self.base = base
        self.own: dict[K, V] = dict(own or {})

    def copy(self) -> Layer[K, V]:
        """Return one over the same base, with the same values above it."""
        return Layer(self.base, self.own)

    def __getitem__(self, key: K) -> V:
        value = self.own[key] if key in self.own else self.base[key]
        if value is _GONE:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        return self.own[key] is not _GONE if key in self.own else key in self.base

    def __setitem__(self, key: K, value: V) -> None:
        self.own[key] = value

    def __delitem__(self, key: K) -> None:
        if key not in self:
            raise KeyError(key)
        self.own[key] = _GONE

    def __iter__(self) -> Iterator[K]:
        yield from (key for key, value in self.own.items() if value is not _GONE)
        yield from (key for key in self.base if key not in self.own)

    def __len__(self) -> int:
        return sum(1 for _ in self)
