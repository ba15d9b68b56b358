"""Records that may not be true any more: what they rely on changed its meaning after they were last reviewed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.changes.level import Level
from handbook.changes.timeline import Revision, Timeline
from handbook.model.handbook import Handbook, Name
from handbook.model.record import FOLLOWED, Record

#: what a record is written around: how to get into a tool, or who stands in for a role, makes nothing else untrue
_RELIED_ON = ("process", "launch-template", "artifact", "metric", "calendar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A record, one that it names, and what that one changed since the record was last reviewed, oldest first."""

    record: Record
    target: Record
    revisions: tuple[Revision, ...]


def suspects(handbook: Handbook, timeline: Timeline) -> Iterator[Suspect]:
    """Yield the records in force that rely on something that changed after their last review, by kind and id.

    Only changes count on which somebody has to act; that the other record came is none of them.
    """
    for name in sorted(handbook.records):
        yield from suspects_of(handbook.records[name], handbook, timeline)


def suspects_of(record: Record, handbook: Handbook, timeline: Timeline) -> Iterator[Suspect]:
    """Yield what a record relies on that changed after its last review, where it is in force and was reviewed."""
    if record.reviewed is None or record.status not in FOLLOWED:
        return
    targets = {handbook.resolve(each.target) for each in handbook.outgoing(record)}
    targets.discard(Name(record.kind, record.id))
    for target in sorted(target for target in targets if target.kind in _RELIED_ON):
        if target in handbook.records and (later := _since(record, target, timeline)):
            yield Suspect(record=record, target=handbook.records[target], revisions=later)


def _since(record: Record, target: Name, timeline: Timeline) -> tuple[Revision, ...]:
    assert record.reviewed is not None
    return tuple(
        revision
        for revision in timeline.of(target)[1:]
        if revision.on > record.reviewed and revision.level >= Level.ACTION
    )
