"""The mappings of a handbook that is read as it is asked for: each looks like the one of a handbook in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import TypeVar

from handbook.finding import Place
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.changes.shelf import Leaf, Shelf

T = TypeVar("T")


class Names(Mapping[Name, T]):
    """Something of each record by its name."""

    def __init__(self, shelf: Shelf, pick: Callable[[Leaf, Name], T | None]) -> None:
        self._shelf, self._pick = shelf, pick

    def __getitem__(self, name: Name) -> T:
        leaf = self._shelf.found(name)
        picked = None if leaf is None else self._pick(leaf, name)
        if picked is None:
            raise KeyError(name)
        return picked

    def __iter__(self) -> Iterator[Name]:
        self._shelf.ready(
            (
                *self._shelf.singles.values(),
                *(path for paths in self._shelf.catalogues.values() for path in paths),
            )
        )
        return (name for kind in KINDS for name in self._shelf.of_kind(kind) if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Places(Names[Place]):
    """Where each record is. Of one with a file of its own that is known without reading."""

    def __contains__(self, name: object) -> bool:
        return name in self._shelf.singles or super().__contains__(name)


class Defined(Mapping[str, tuple[Name, ...]]):
    """The names that each file defines."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __getitem__(self, path: str) -> tuple[Name, ...]:
        if path not in self:
            raise KeyError(path)
        return tuple(self._shelf.leaf(path).entries)

    def __contains__(self, path: object) -> bool:
        return path in self._shelf.files

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.files)

    def __len__(self) -> int:
        return len(self._shelf.files)


class Kinds(Mapping[str, tuple[Record, ...]]):
    """The records of each kind, by id."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._found: dict[str, tuple[Record, ...]] = {}

    def __getitem__(self, kind: str) -> tuple[Record, ...]:
        if kind not in self._found:
            self._shelf.ready(self._shelf.paths(kind))
            every = ((self._shelf.found(name), name) for name in sorted(self._shelf.of_kind(kind)))
            found = (leaf.record(name) for leaf, name in every if leaf)
            self._found[kind] = tuple(record for record in found if record)
        return self._found[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


class Aliases(Mapping[Name, Name]):
    """What other names lead to."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._found: dict[str, dict[Name, Name]] = {}

    def _of(self, kind: str) -> dict[Name, Name]:
        if kind not in self._found:
            self._found[kind] = self._shelf.aliases(kind)
        return self._found[kind]

    def __getitem__(self, name: Name) -> Name:
        return self._of(name.kind)[name]

    def __iter__(self) -> Iterator[Name]:
        return (name for kind in KINDS for name in self._of(kind))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Unread(Set[str]):
    """The kinds whose catalogue could not be read."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __contains__(self, kind: object) -> bool:
        return any(
            self._shelf.leaf(path).unread == kind for path in self._shelf.catalogues.get(str(kind), ())
        )

    def __iter__(self) -> Iterator[str]:
        return (kind for kind in self._shelf.catalogues if kind in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
