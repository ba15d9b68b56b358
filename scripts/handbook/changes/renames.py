"""Which records are the same under another id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from handbook.changes.alike import match, meaning
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record

_NAMES = frozenset(("id", "title", "aliases", "replaces", "replaced_by"))


def renames(before: Handbook, after: Handbook, among: Collection[Name] | None = None) -> Mapping[Name, Name]:
    """Return the records that have another id now: old name -> new name; with `among` only of these.

    First by alias, which one of the two has as the other's id; what is left by its title, then by
    everything but its names.
    """
    gone = _missing(before, after, among)
    came = _missing(after, before, among)
    both = [kind for kind in KINDS if kind in gone and kind in came]
    known = [kind for kind in both if kind not in before.unread and kind not in after.unread]
    return dict(pair for kind in known for pair in _of_kind(gone[kind], came[kind]))


def _missing(here: Handbook, there: Handbook, among: Collection[Name] | None) -> dict[str, list[Record]]:
    """Return by kind the records of one handbook of which the other has not even the name."""
    found: dict[str, list[Record]] = {}
    for name in here.records if among is None else among:
        if name in here.records and name not in there.places:
            found.setdefault(name.kind, []).append(here.records[name])
    return found


def _of_kind(gone: list[Record], came: list[Record]) -> Iterator[tuple[Name, Name]]:
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
