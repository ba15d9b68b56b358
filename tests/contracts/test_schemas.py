"""The schemas, the entities and the records of this repository say the same."""

from __future__ import annotations

import importlib
import json
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import jsonschema_rs
import pytest
import referencing
from jsonschema import Draft202012Validator

from handbook.frozen import Frozen
from handbook.model.kinds import KINDS, Kind
from handbook.schema import files, tables
from handbook.schema.files import Schema
from handbook.settings import Settings
from handbook.sources import Disk
from handbook.text import yaml

#: fields that are not keys of a record: its id and place come from where it stands, `extra` holds its own `x-` keys
DERIVED = {"id", "at", "extra"}

#: keys of the envelope that a kind does not have, each with its reason
NOT_HERE = {
    "launch": {
        "reviewed": "a launch is worked on every day, and ends",
        "review_every": "a launch is worked on every day, and ends",
        "replaces": "a launch happens once",
        "replaced_by": "a launch happens once",
        "sunset": "a launch happens once",
    },
    "experiment": {
        "reviewed": "an experiment is worked on every day, and ends",
        "review_every": "an experiment is worked on every day, and ends",
        "replaces": "an experiment happens once; `follows` names the one before",
        "replaced_by": "an experiment happens once",
        "sunset": "an experiment happens once",
    },
    "onboarding-path": {"audience": "the role says whom it is for"},
    "role": {"owner": "a role belongs to a team, which is another thing", "audience": "everyone may know"},
    "team": {"owner": "a team owns itself", "audience": "everyone may know"},
    "tool": {"audience": "used_by says it more exactly"},
    "metric": {"audience": "everyone may know"},
    "artifact": {"audience": "everyone may know"},
    "term": {"owner": "a word belongs to everyone", "audience": "everyone may know"},
    "calendar": {"owner": "the calendar of a company has no team", "audience": "everyone may know"},
}

SCHEMAS = sorted(Path(files.folder()).glob("*.json"))


def entity(kind: Kind) -> type[Any]:
    made: type[Any] = getattr(importlib.import_module(f"handbook.model.{kind.module}"), kind.entity)
    return made


def inner(hint: Any) -> type[Any] | None:
    """Return the entity that a field holds, alone or in a tuple or mapping, or None."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return next((found for part in arguments if (found := inner(part))), None)
    if origin is tuple:
        return inner(arguments[0])
    if origin is Mapping:
        return inner(arguments[1])
    part: bool = isinstance(hint, type) and issubclass(hint, Frozen) and not hasattr(hint, "parse")
    return hint if part else None


def objects(schema: Schema, within: Schema) -> Schema | None:
    """Return the object schema below a value: itself, that of its entries, or that of the values of its keys."""
    schema, home = files.resolve(schema, within)
    if "properties" in schema:
        return {**schema, "$home": home}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict) and (found := objects(schema[key], home)):
            return found
    return None


def parts(kind: Kind) -> Iterator[tuple[str, type[Any], Schema, Schema]]:
    """Yield the name, entity, schema and schema file of a kind and of everything inside it."""
    queue = [(kind.name, entity(kind), files.record_schema(kind), files.load(kind.schema))]
    while queue:
        name, made, schema, within = queue.pop()
        yield name, made, schema, within
        hints = typing.get_type_hints(made, localns={"ClassVar": ClassVar, "Mapping": Mapping})
        for field in made.fields:
            below = inner(hints[field])
            key = field.rstrip("_")
            if below and key in schema["properties"]:
                found = objects(schema["properties"][key], within)
                assert found is not None, f"{name}.{key} is an entity, and no mapping in the schema"
                queue.append((f"{name}.{key}", below, found, found["$home"]))


PARTS = [part for kind in KINDS.values() for part in parts(kind)]


@pytest.mark.parametrize(("name", "made", "schema", "within"), PARTS, ids=[part[0] for part in PARTS])
def test_the_keys_of_a_schema_are_the_fields_of_its_entity(
    name: str, made: type[Any], schema: Schema, within: Schema
) -> None:
    fields = {field.rstrip("_") for field in made.fields}
    keys = set(schema["properties"])
    own = DERIVED - keys
    assert keys == fields - own - set(NOT_HERE.get(name, {}))


@pytest.mark.parametrize(("name", "made", "schema", "within"), PARTS, ids=[part[0] for part in PARTS])
def test_a_field_without_a_default_is_a_key_that_is_needed(
    name: str, made: type[Any], schema: Schema, within: Schema
) -> None:
    needed = {field.rstrip("_") for field in made.fields if not hasattr(made, field)}
    keys = set(schema["properties"])
    assert (needed & keys) - set(schema.get("required", ())) == set()
    assert needed - keys <= DERIVED


def test_every_part_of_a_schema_has_an_entity() -> None:
    titled = {(kind.name, table.title) for kind in KINDS.values() for table in tables.tables(kind)}
    found = {(name.partition(".")[0], schema["title"]) for name, _, schema, _ in PARTS if "title" in schema}
    assert titled
    assert titled <= found


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_that_keeps_keys_of_ones_own_has_a_place_for_them(kind: Kind) -> None:
    for name, made, schema, _ in parts(kind):
        own = "^x-" in schema.get("patternProperties", {})
        assert own == ("extra" in made.fields), name


PROPERTIES = [
    (f"{name}.{key}", part, within)
    for name, _, schema, within in PARTS
    for key, part in schema["properties"].items()
]


def fits(schema: Schema, within: Schema) -> bool:
    """Whether each example of a property is valid by the property's own schema."""
    resolved, home = files.resolve(schema, within)
    registry = referencing.Registry().with_resources(
        [(path.name, referencing.Resource.from_contents(json.loads(path.read_text()))) for path in SCHEMAS]
    )
    validator = Draft202012Validator(
        {**resolved, "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": home["$id"], "$defs": home.get("$defs", {})},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )  # fmt: skip
    return all(validator.is_valid(example) for example in resolved["examples"])


@pytest.mark.parametrize(("name", "part", "within"), PROPERTIES, ids=[row[0] for row in PROPERTIES])
def test_a_key_is_described_and_has_examples_that_fit(name: str, part: Schema, within: Schema) -> None:
    schema, _ = files.resolve(part, within)
    assert schema["description"].endswith(".")
    assert schema["examples"]
    assert fits(part, within)


def test_an_example_that_does_not_fit_would_be_found() -> None:
    common = files.load(files.COMMON)
    assert not fits({"$ref": "#/$defs/date", "examples": ["tomorrow"]}, common)
    assert not fits({"$ref": "#/$defs/roles", "examples": [["QA lead"]]}, common)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_schema_file_is_a_schema(path: Path) -> None:
    schema = json.loads(path.read_text())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == path.name
    assert schema["description"].endswith(".")
    Draft202012Validator.check_schema(schema)


def test_there_is_a_schema_for_every_kind_and_for_nothing_else() -> None:
    assert {path.name for path in SCHEMAS} == {kind.schema for kind in KINDS.values()} | {
        files.COMMON,
        "page.schema.json",
    }


def test_every_reference_to_a_kind_names_one() -> None:
    def named(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if "x-refers-to" in value:
                yield value["x-refers-to"]
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                yield from named(item)

    found = {name for path in SCHEMAS for name in named(json.loads(path.read_text()))}
    assert found
    assert found <= set(KINDS)


def test_two_validators_agree_on_the_records_of_this_repository(root: Path) -> None:
    settings = Settings()
    seen = 0
    for path, source in Disk(str(root), [settings.processes]).items():
        kind = settings.kind_of(path)
        assert kind is not None
        schema, data = files.bundled(kind.schema), yaml.read(path, source).data
        ours = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        theirs = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert (path, ours.is_valid(data)) == (path, theirs.is_valid(data)) == (path, True)
        seen += 1
    assert seen > len(KINDS)
