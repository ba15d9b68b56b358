"""Plain values to entities, by the annotations of the entities.

Only values without a schema finding come here, so nothing can be missing or of the wrong type.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from datetime import date

from handbook.finding import Place, Pointer
from handbook.frozen import Frozen
from handbook.model.kinds import Kind
from handbook.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Convert = Callable[["Any", str, Pointer], "Any"]  #: from a plain value, the path of its file and its pointer


def build(kind: Kind, id: str, data: Mapping[str, Any], at: Place) -> Record:
    """Return the record that `data` describes."""
    record: Record = _entity(entity_of(kind.module, kind.entity), data, at.path, at.pointer)
    record.__dict__["id"] = id
    return record


def envelope(kind: str, id: str, data: Mapping[str, Any], at: Place) -> Record:
    """Return what every record has, of a record of any kind."""
    record: Record = _entity(Record, data, at.path, at.pointer)
    record.__dict__.update(id=id, kind=kind)
    return record


@functools.cache
def entity_of(module: str, entity: str) -> type[Record]:
    """Return the class of a kind of record."""
    found: type[Record] = getattr(__import__(f"handbook.model.{module}", fromlist=(entity,)), entity)
    return found


def _entity(entity: type[Frozen], data: Mapping[str, Any], path: str, pointer: Pointer) -> Any:
    plan = _plan(entity)  # type: ignore[arg-type]  # mypy does not see that a class is hashable
    values: dict[str, Any] = {"at": Place.taking({"path": path, "pointer": pointer})}
    extra: dict[str, object] = {}
    for key, value in data.items():
        if (field := plan.get(key)) is not None:
            name, convert = field
            values[name] = value if convert is None else convert(value, path, (*pointer, key))
        else:
            extra[key] = value
    if extra:
        values["extra"] = extra
    return entity.taking(values)


@functools.cache
def _plan(entity: type[Frozen]) -> dict[str, tuple[str, Convert | None]]:
    """For each key of a record: the field it fills, and how its value is converted."""
    return {
        name.rstrip("_"): (name, _converter(hint, entity))
        for name, hint in entity.fields.items()
        if name not in ("id", "at", "extra") or (name == "id" and not issubclass(entity, Record))
    }


def _converter(hint: str, entity: type[Frozen]) -> Convert | None:
    """Return how a value of this type is made from a plain one, or None where it is used as it is."""
    hint = hint.removesuffix(" | None")
    if hint.startswith("tuple["):
        return _entries(_converter(hint[len("tuple[") : -len(", ...]")], entity))
    if hint.startswith("Mapping["):
        return _values(_converter(hint.partition(", ")[2][:-1], entity))
    if hint == "date":
        return lambda value, path, pointer: date.fromisoformat(value)
    made = _named(hint, entity)
    if made is None:
        return None
    if hasattr(made, "parse"):
        parse = functools.lru_cache(maxsize=4096)(
            made.parse
        )  # the same few durations come up again and again
        return lambda value, path, pointer: parse(value)
    return lambda value, path, pointer: _entity(made, value, path, pointer)


def _named(hint: str, entity: type[Frozen]) -> Any:
    """Return the class of ours that a type names, as seen from where the field is declared."""
    for base in entity.__mro__:
        found = getattr(sys.modules[base.__module__], hint, None)
        if isinstance(found, type) and issubclass(found, Frozen):
            return found
    return None


def _entries(inner: Convert | None) -> Convert:
    if inner is None:
        return lambda value, path, pointer: tuple(value)
    return lambda value, path, pointer: tuple(
        [inner(item, path, (*pointer, index)) for index, item in enumerate(value)]
    )


def _values(inner: Convert | None) -> Convert | None:
    if inner is None:
        return None
    return lambda value, path, pointer: {
        key: inner(item, path, (*pointer, key)) for key, item in value.items()
    }
