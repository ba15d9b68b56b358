"""A record to start from, made from the examples of its schema. Pure: text in, text out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.model.kinds import Kind
from handbook.schema import files, tables
from handbook.schema.files import Schema
from handbook.text import ambiguous
from handbook.text.stray import Odd

Known = Mapping[str, list[str]]  #: kind of record -> the ids that a handbook has


def starter(kind: Kind, id: str, given: Mapping[str, str], known: Known, schema_path: str) -> str:
    """Return the text of a new record with every key that its kind needs.

    `given` are values for keys of the record; the others come from the schema's examples, with ids that
    exist in place of the example's. `schema_path` leads from the file to its schema, for editors; it is
    empty where the record goes into a catalogue that has one already.
    """
    within = files.load(kind.schema)
    schema = files.record_schema(kind)
    values = {
        key: given.get(key, _example(schema["properties"][key], within, known))
        for key in _keys(schema, given)
    }
    values["title"] = given.get("title", id.replace("-", " ").capitalize())
    descriptions = {key.name: key.description for key in tables.table(kind.name, schema, within).keys}
    lines = [f"# {descriptions[key]}\n{_yaml({key: value})}" for key, value in values.items()]
    optional = [key for key in schema["properties"] if key not in values]
    lines.append(
        f"# More keys, all of them optional (`handbook schema {kind.name}` explains each):\n# {', '.join(optional)}\n"
    )
    if kind.catalogue:
        return _indented(id, lines)
    head = f"# yaml-language-server: $schema={schema_path}\n" if schema_path else ""
    return head + "".join(lines)


def _keys(schema: Schema, given: Mapping[str, str]) -> list[str]:
    """The keys that are written: those that are needed, a status and those that are given, in the schema's order."""
    wanted = {*schema["required"], *schema.get("x-started-with", ()), "status", *given}
    return [key for key in schema["properties"] if key in wanted]


def _example(part: Schema, within: Schema, known: Known) -> Any:
    schema, home = files.resolve(part, within)
    if "draft" in schema.get("enum", ()):
        return "draft"
    example = schema["examples"][0]
    return _with_known(example, schema, home, known)


def _with_known(value: Any, schema: Schema, within: Schema, known: Known) -> Any:
    """Return an example in which every id of another record is one that exists, if there is any."""
    schema, home = files.resolve(schema, within)
    if isinstance(value, list):
        return [_with_known(item, schema.get("items", {}), home, known) for item in value]
    if isinstance(value, dict):
        parts = schema.get("properties", {})
        kept = [
            key
            for key in value
            if key in schema.get("required", ()) or _can_name(parts.get(key, {}), home, known)
        ]
        return {key: _with_known(value[key], parts.get(key, {}), home, known) for key in kept}
    ids = known.get(schema.get("x-refers-to", ""), [])
    return value if not ids or value in ids else ids[0]


def _can_name(part: Schema, within: Schema, known: Known) -> bool:
    """Whether a handbook has anything that this value could name; true for a value that names nothing."""
    kind = files.resolve(part, within)[0].get("x-refers-to")
    return kind is None or bool(known.get(kind))


def _yaml(value: dict[str, Any]) -> str:
    import io

    from ruamel.yaml import YAML

    writer = YAML()
    writer.default_flow_style = None if isinstance(next(iter(value.values())), list | dict) else False
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 10_000
    stream = io.StringIO()
    writer.dump(_unmistakable(value), stream)
    return stream.getvalue()


def _unmistakable(value: Any) -> Any:
    """Return a value for ruamel, which writes YAML 1.2, with quotes where readers of YAML 1.1 would see something else."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        return {key: _unmistakable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unmistakable(item) for item in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) and _is_disputed(value) else value


def _is_disputed(text: str) -> bool:
    try:
        ambiguous.value(text)
    except Odd:
        return True
    return False


def _indented(id: str, lines: list[str]) -> str:
    body = "".join(lines).rstrip("\n").replace("\n", "\n  ")
    return f"{id}:\n  {body}\n"
