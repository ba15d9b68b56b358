"""Which records are the same under another id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.changes.alike import match, meaning
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record

_NAMES = frozenset(("id", "title", "aliases", "replaces", "replaced_by"))


def renames(before: Handbook, after: Handbook) -> Mapping[Name, Name]:
    """Return the records that have another id now: old name -> new name.

    First by alias, which one of the two has as the other's id; what is left by its title, then by
    everything but its names.
    """
    return dict(pair for kind in KINDS for pair in _of_kind(kind, before, after))


def _of_kind(kind: str, before: Handbook, after: Handbook) -> Iterator[tuple[Name, Name]]:
    gone = [
        record for name, record in before.records.items() if name.kind == kind and name not in after.places
    ]
    came = [
        record for name, record in after.records.items() if name.kind == kind and name not in before.places
    ]
    if not gone or not came or kind in before.unread | after.unread:
        return
    by_alias = _by_alias(gone, came)
    yield from ((_name(old), _name(new)) for old, new in by_alias)
    paired = {id(record) for pair in by_alias for record in pair}
    left = [[record for record in some if id(record) not in paired] for some in (gone, came)]
    found = match(
        left[0], left[1], lambda record: record.title.casefold(), lambda record: repr(meaning(record, _NAMES))
    )
    yield from ((_name(old), _name(new)) for old, new in found.pairs)


def _by_alias(gone: list[Record], came: list[Record]) -> list[tuple[Record, Record]]:
    new_names = {alias: record for record in came for alias in record.aliases}
    new_ids = {record.id: record for record in came}
    pairs: list[tuple[Record, Record]] = []
    taken: set[str] = set()
    for old in gone:
        new = new_names.get(old.id) or next(
            (new_ids[alias] for alias in old.aliases if alias in new_ids), None
        )
        if new is not None and new.id not in taken:
            taken.add(new.id)
            pairs.append((old, new))
    return pairs


def _name(record: Record) -> Name:
    return Name(record.kind, record.id)
