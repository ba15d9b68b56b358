"""The handbook as a whole: every record by kind and id, and who refers to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    R = TypeVar("R", bound=Record)


class Name(tuple[str, str]):
    """A record's kind and id, which name it once and for all. A tuple, because it is looked up all the time."""

    __slots__ = ()

    def __new__(cls, kind: str, id: str) -> Name:
        return tuple.__new__(cls, (kind, id))

    def __getnewargs__(self) -> tuple[str, str]:
        return (self[0], self[1])

    @property
    def kind(self) -> str:
        return self[0]

    @property
    def id(self) -> str:
        return self[1]


class Reference(Entity):
    """A place in which one record names another."""

    source: Name
    at: Place
    target: Name


class Handbook(Entity):
    """All records, with references resolved both ways.

    `places` also holds records that are there but have findings of their own, so that naming one
    is not reported as a second mistake. `unread` are kinds whose catalogue could not be read.
    """

    records: Mapping[Name, Record]
    places: Mapping[Name, Place]
    references: tuple[Reference, ...]
    unread: Set[str] = frozenset()
    aliases: Mapping[Name, Name] = EMPTY
    _by_kind: Mapping[str, tuple[Record, ...]] = EMPTY
    _incoming: Mapping[Name, tuple[Reference, ...]] = EMPTY
    _outgoing: Mapping[Name, tuple[Reference, ...]] = EMPTY

    @classmethod
    def of(
        cls,
        records: Mapping[Name, Record],
        places: Mapping[Name, Place],
        references: tuple[Reference, ...],
        unread: frozenset[str] = frozenset(),
    ) -> Handbook:
        """Return the handbook of these records, with its aliases and backlinks."""
        aliases = {
            Name(name.kind, alias): name for name, record in records.items() for alias in record.aliases
        }
        by_kind: dict[str, list[Record]] = defaultdict(list)
        for name in sorted(records):
            by_kind[name.kind].append(records[name])
        incoming: dict[Name, list[Reference]] = defaultdict(list)
        outgoing: dict[Name, list[Reference]] = defaultdict(list)
        for reference in references:
            outgoing[reference.source].append(reference)
            incoming[aliases.get(reference.target, reference.target)].append(reference)
        return cls(
            records=records,
            places=places,
            references=references,
            unread=unread,
            aliases=aliases,
            _by_kind={kind: tuple(found) for kind, found in by_kind.items()},
            _incoming={name: tuple(found) for name, found in incoming.items()},
            _outgoing={name: tuple(found) for name, found in outgoing.items()},
        )

    def all(self, entity: type[R]) -> tuple[R, ...]:
        """Return the records of one kind, by id."""
        return self.of_kind(entity.kind)  # type: ignore[return-value]  # by kind is by type

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Return the records of a kind, by id."""
        return self._by_kind.get(kind, ())

    def resolve(self, name: Name) -> Name:
        """Return what a name leads to: the name itself, unless it is an alias."""
        return self.aliases.get(name, name)

    def find(self, entity: type[R], id: str | None) -> R | None:
        """Return the record that an id names, also by one of its aliases, or None."""
        if id is None:
            return None
        record = self.records.get(self.resolve(Name(entity.kind, id)))
        return record if isinstance(record, entity) else None

    def knows(self, name: Name) -> bool:
        """Whether something of that name is there, with findings or without."""
        return name in self.places or name in self.aliases

    def ids(self, kind: str) -> list[str]:
        """Return the ids of a kind, for suggestions."""
        return [name.id for name in self.places if name.kind == kind]

    def incoming(self, record: Record) -> tuple[Reference, ...]:
        """Return the places in which other records name this one."""
        return self._incoming.get(Name(record.kind, record.id), ())

    def outgoing(self, record: Record) -> tuple[Reference, ...]:
        """Return the places in which this record names others."""
        return self._outgoing.get(Name(record.kind, record.id), ())
