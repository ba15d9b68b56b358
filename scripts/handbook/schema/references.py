"""Which values of a record name another record: read off the schemas' `x-refers-to`."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from handbook.finding import Pointer
from handbook.model.kinds import KINDS
from handbook.schema import files
from handbook.schema.files import Schema
from handbook.text.yaml import Value


class _Plan:
    """Where references are below a value: itself, its entries, its keys, or the values at some keys.

    `way` leads there from the record, without positions: `steps.responsible`.
    """

    def __init__(self, kind: str | None, way: str) -> None:
        self.kind = kind
        self.way = way
        self.entries: _Plan | None = None
        self.keys_kind: str | None = None
        self.at: dict[str, _Plan] = {}

    @property
    def empty(self) -> bool:
        return not (self.kind or self.entries or self.keys_kind or self.at)


@functools.cache
def _plan(kind: str) -> _Plan:
    if kind == "page":
        front = files.load("page.schema.json")
        return _planned(front, front)
    return _planned(files.record_schema(KINDS[kind]), files.load(KINDS[kind].schema))


def _planned(fragment: Schema, within: Schema, way: str = "") -> _Plan:
    fragment, home = files.resolve(fragment, within)
    plan = _Plan(fragment.get("x-refers-to"), way)
    if "items" in fragment:
        entries = _planned(fragment["items"], home, way)
        plan.entries = None if entries.empty else entries
    if "propertyNames" in fragment:
        plan.keys_kind = _planned(fragment["propertyNames"], home).kind
    for key, part in fragment.get("properties", {}).items():
        if not (below := _planned(part, home, f"{way}.{key}" if way else key)).empty:
            plan.at[key] = below
    return plan


def references(kind: str, data: Value) -> Iterator[tuple[Pointer, bool, str, str]]:
    """Yield pointer, whether it is a key, the kind and the id of everything that a record names.

    Values of the wrong type are passed over: the schema has already objected to them.
    """
    yield from _walk(_plan(kind), data, ())


def _walk(plan: _Plan, value: Value, pointer: Pointer) -> Iterator[tuple[Pointer, bool, str, str]]:
    if plan.kind and isinstance(value, str):
        yield pointer, False, plan.kind, value
    elif plan.entries and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(plan.entries, item, (*pointer, index))
    elif isinstance(value, dict):
        if plan.keys_kind:
            for key in value:
                yield (*pointer, key), True, plan.keys_kind, key
        for key, below in plan.at.items():
            if key in value:
                yield from _walk(below, value[key], (*pointer, key))


def key_of(pointer: Pointer) -> str:
    """Return the way to a value without positions, such as `steps.responsible`."""
    return ".".join([step for step in pointer if type(step) is str])


def mentions(kind: str, data: object) -> set[tuple[str, str, str]]:
    """Return what a record names, each once: the key at which it does (`steps.responsible`), the kind and the id."""
    found: set[tuple[str, str, str]] = set()
    _gather(_plan(kind), data, found)
    return found


def _gather(plan: _Plan, value: object, found: set[tuple[str, str, str]]) -> None:
    if isinstance(value, str):
        if plan.kind:
            found.add((plan.way, plan.kind, value))
    elif isinstance(value, list):
        if plan.entries:
            for item in value:
                _gather(plan.entries, item, found)
    elif isinstance(value, dict):
        if plan.keys_kind:
            found.update([(f"{plan.way}.{name}", plan.keys_kind, name) for name in value])
        for name, below in plan.at.items():
            if name not in value:
                continue
            if below.kind and value[name].__class__ is str:  # as most are: one call less for each
                found.add((below.way, below.kind, value[name]))
            else:
                _gather(below, value[name], found)
