"""Plain values to entities, by the annotations of the dataclasses.

Only values without a schema finding come here, so nothing can be missing or of the wrong type.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handbook.finding import Place
from handbook.model.kinds import Kind
from handbook.model.record import Record

Convert = Callable[[Any, Place], Any]


def build(kind: Kind, id: str, data: Mapping[str, Any], at: Place) -> Record:
    """Return the record that `data` describes."""
    entity = getattr(importlib.import_module(f"handbook.model.{kind.module}"), kind.entity)
    record: Record = _entity(entity, data, at, id=id)
    return record


def _entity(entity: type[Any], data: Mapping[str, Any], at: Place, **given: object) -> Any:
    plan = _plan(entity)  # type: ignore[arg-type]  # mypy does not see that a class is hashable
    values: dict[str, Any] = {}
    extra: dict[str, object] = {}
    for key, value in data.items():
        if (field := plan.get(key)) is not None:
            name, convert = field
            values[name] = value if convert is None else convert(value, at / key)
        else:
            extra[key] = value
    if extra:
        values["extra"] = extra
    return entity(at=at, **given, **values)


@functools.cache
def _plan(entity: type[Any]) -> dict[str, tuple[str, Convert | None]]:
    """For each key of a record: the field it fills, and how its value is converted."""
    hints = typing.get_type_hints(entity)
    names = [field.name for field in dataclasses.fields(entity) if field.name not in ("at", "extra")]
    return {name.rstrip("_"): (name, _converter(hints[name])) for name in names}


def _converter(hint: Any) -> Convert | None:
    """Return how a value of this type is made from a plain one, or None where it is used as it is."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _converter(next(argument for argument in arguments if argument is not types.NoneType))
    if origin is tuple:
        return _entries(_converter(arguments[0]))
    if origin is Mapping:
        inner = _converter(arguments[1])
        return (
            None
            if inner is None
            else (lambda value, at: {key: inner(item, at / key) for key, item in value.items()})
        )
    if hint is date:
        return lambda value, at: date.fromisoformat(value)
    if hasattr(hint, "parse"):
        return lambda value, at: hint.parse(value)
    if dataclasses.is_dataclass(hint):
        return lambda value, at: _entity(typing.cast("type[Any]", hint), value, at)
    return None


def _entries(inner: Convert | None) -> Convert:
    if inner is None:
        return lambda value, at: tuple(value)
    return lambda value, at: tuple(inner(item, at / index) for index, item in enumerate(value))
