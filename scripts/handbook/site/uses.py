"""Where a record is used: the references to it, together with the step, task or item that holds each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import ref

from handbook.finding import Pointer
from handbook.model.handbook import Handbook
from handbook.model.kinds import KINDS
from handbook.model.record import Record


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names a record: the record that holds it, the part in which it is, and the key there."""

    record: Record
    part: object
    key: str


def uses(handbook: Handbook, record: Record) -> tuple[Use, ...]:
    """Return every use of a record in the order of kinds, ids and places. Records with findings are left out."""
    if not (_last and _last[0][0]() is handbook and _last[0][1] is record):
        _last[:] = [(ref(handbook), record, _found(handbook, record))]
    return _last[0][2]


_last: list[tuple[ref[Handbook], Record, tuple[Use, ...]]] = []  #: several parts of a page ask the same


def _found(handbook: Handbook, record: Record) -> tuple[Use, ...]:
    found = [(handbook.records.get(reference.source), reference) for reference in handbook.incoming(record)]
    known = [(source, reference.at.pointer) for source, reference in found if source is not None]
    order = {kind: position for position, kind in enumerate(KINDS)}
    known.sort(key=lambda use: (order[use[0].kind], use[0].title, use[0].id))
    return tuple(_use(source, pointer) for source, pointer in known)


def _use(source: Record, pointer: Pointer) -> Use:
    if KINDS[source.kind].catalogue:
        pointer = pointer[1:]
    part, key = _last_part(source, pointer)
    return Use(source, part, key)


def _last_part(value: Any, pointer: Pointer) -> tuple[Any, str]:
    """Return the last part on the way along a pointer, with the key that leads on from it."""
    part, key = value, ""
    for step in pointer:
        if isinstance(step, int) and isinstance(value, tuple):
            value = value[step]
        elif isinstance(value, Mapping):
            value = value.get(step)
        else:
            part, key = value, str(step)
            value = getattr(value, key, None) if hasattr(value, key) else getattr(value, f"{key}_", None)
    return part, key
