"""The schema files: where they are, and how one refers to another."""

from __future__ import annotations

import functools
import os

from handbook.model.kinds import Kind
from handbook.text import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Schema = dict[str, "Any"]

COMMON = "common.schema.json"
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@functools.cache
def folder() -> str:
    """Return the folder of the schemas: inside an installed package, or at the top of a checkout."""
    packed = os.path.join(_HERE, "schemas")
    return (
        packed if os.path.isdir(packed) else os.path.join(os.path.dirname(os.path.dirname(_HERE)), "schemas")
    )


@functools.cache
def load(name: str) -> Schema:
    """Return one schema file as it is, such as `process.schema.json`."""
    with open(os.path.join(folder(), name), encoding="utf-8") as file:
        schema: Schema = json.loads(file.read())
    return schema


@functools.cache
def bundled(name: str) -> Schema:
    """Return a schema that carries the shared definitions inside, as JSON Schema 2020-12 bundles them.

    Its references stay as they are written: an embedded schema is found by its `$id`.
    """
    schema = load(name)
    return {**schema, "$defs": {**schema.get("$defs", {}), COMMON: load(COMMON)}}


def record_schema(kind: Kind) -> Schema:
    """Return the schema of one record; that of a catalogue is one level down in its file."""
    schema = load(kind.schema)
    record: Schema = schema["$defs"][kind.name] if kind.catalogue else schema
    return record


def resolve(fragment: Schema, within: Schema) -> tuple[Schema, Schema]:
    """Return a part of a schema with its `$ref` followed, and the file that it then belongs to.

    What stands beside a `$ref`, such as a description of its own, wins.
    """
    while "$ref" in fragment:
        found, within = target(fragment, within)
        fragment = {**found, **{key: value for key, value in fragment.items() if key != "$ref"}}
    return fragment, within


def target(fragment: Schema, within: Schema) -> tuple[Schema, Schema]:
    """Return what the `$ref` of a part of a schema leads to, and the file that it is in."""
    name, _, pointer = fragment["$ref"].partition("#")
    within = load(name) if name else within
    found: Schema = within
    for step in pointer.strip("/").split("/"):
        found = found[step]
    return found, within
