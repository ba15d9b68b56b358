"""What can be read off the schemas: the keys of each kind, with their meaning, form and examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model.kinds import KINDS, Kind
from handbook.schema import files
from handbook.schema.files import Schema, record_schema

_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "mapping",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a record or of a part of one. `refers_to` is the kind of record that its value names."""

    name: str
    required: bool
    description: str
    form: str
    examples: tuple[object, ...]
    refers_to: str | None
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The keys of one kind of record, or of a part of it such as a step."""

    name: str
    title: str
    description: str
    keys: tuple[Key, ...]


def tables(kind: Kind) -> Iterator[Table]:
    """Yield the table of a kind, then those of its parts."""
    schema = files.load(kind.schema)
    yield table(kind.name, record_schema(kind), schema)
    for name, part in schema.get("$defs", {}).items():
        if name != kind.name:
            yield table(name, part, schema)


def table(name: str, schema: Schema, within: Schema) -> Table:
    """Return the keys of one object schema."""
    required = schema.get("required", ())
    keys = (_key(key, part, within, key in required) for key, part in schema.get("properties", {}).items())
    return Table(name=name, title=schema["title"], description=schema["description"], keys=tuple(keys))


def _key(name: str, part: Schema, within: Schema, required: bool) -> Key:
    schema, home = files.resolve(part, within)
    items, _ = files.resolve(schema.get("items", {}), home)
    return Key(
        name=name,
        required=required,
        description=schema.get("description", ""),
        form=_form(schema, items),
        examples=tuple(schema.get("examples", ())),
        refers_to=schema.get("x-refers-to") or items.get("x-refers-to"),
        schema=schema,
    )


def _form(schema: Schema, items: Schema) -> str:
    """What a value looks like, in two or three words."""
    if "enum" in schema:
        return " · ".join(str(value) for value in schema["enum"])
    if schema.get("contentMediaType"):
        return "Markdown"
    if kind := schema.get("x-refers-to"):
        return f"id of a {KINDS[kind].title.lower()}"
    if kind := items.get("x-refers-to"):
        return f"ids of {KINDS[kind].plural.lower()}"
    if schema.get("format") == "date":
        return "date"
    if "items" in schema:
        return f"list of {items.get('title', _TYPES.get(items.get('type', ''), 'value')).lower()}s"
    return _TYPES.get(schema.get("type", ""), "any value")
