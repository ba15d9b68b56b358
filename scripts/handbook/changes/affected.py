"""Whom a change concerns: the roles that do the work, and those that depend on it.

Both the old and the new state count: who no longer does a step has to hear of it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handbook.model.record import Record

#: the fields that name roles: of records, steps, tasks, gates, items and risks
_DOERS = ("responsible", "meet", "used_by")
_RELYING = ("accountable", "approver", "owner", "consulted", "informed", "audience")
_PARTS = ("steps", "tasks", "gates")  #: parts whose roles a change of the whole record concerns


def roles(
    old: Record | None, old_part: Any, new: Record | None, new_part: Any, inside: bool
) -> tuple[set[str], set[str]]:
    """Return the roles that do the work concerned, and those that rely on it without doing it.

    A part concerns its own roles; the whole record concerns those of all its parts. `inside` tells that
    a part is meant, even where it is missing on one side.
    """
    doers: set[str] = set()
    relying: set[str] = set()
    for record, part in ((old, old_part), (new, new_part)):
        for thing in _things(record, part, inside):
            doers.update(_named(thing, _DOERS))
            relying.update(_named(thing, _RELYING))
        doers.update(_of_record(record))
    return doers, relying - doers


def _things(record: Record | None, part: Any, inside: bool) -> Iterable[Any]:
    if record is not None:
        yield record
    if inside and part is not None:
        yield part
    if record is not None and not inside:
        for name in _PARTS:
            yield from getattr(record, name, ())


def _named(thing: Any, fields: Iterable[str]) -> Iterable[str]:
    for name in fields:
        value = getattr(thing, name, None)
        if name == "owner" and isinstance(thing, Record):
            continue  # a record is owned by a team, a risk by a role
        if isinstance(value, str):
            yield value
        elif value:
            yield from value


def _of_record(record: Record | None) -> Iterable[str]:
    """The role that a whole record is about."""
    if record is None:
        return ()
    if record.kind == "role":
        return (record.id,)
    return _named(record, ("role",))
