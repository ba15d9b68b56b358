"""Whether the keys that company rules speak of are there: a rule with a misspelt key would never find anything."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.model.kinds import KINDS
from handbook.schema import files
from handbook.schema.files import Schema
from handbook.text.near import did_you_mean


def lost(each: Sequence[str], path: Sequence[str], kind: str) -> str:
    """Say where a key, inside each of some entries, leaves what the schema of a kind knows, or nothing."""
    schema, home = files.resolve(files.record_schema(KINDS[kind]), files.load(KINDS[kind].schema))
    for number, step in enumerate((*each, *path)):
        if said := _objection(schema, step, f"in a {KINDS[kind].title.lower()}"):
            return said if number >= len(each) else ""  # what is wrong with the entries is said of them
        below = _below(schema, step)
        if below is None:
            return ""  # anything may be there
        schema, home = files.resolve(below, home)
    return ""


def _below(schema: Schema, step: str) -> Schema | None:
    below = schema.get({"[]": "items", "*": "additionalProperties"}.get(step, ""))
    below = schema.get("properties", {}).get(step) if below is None else below
    return below if isinstance(below, dict) else None


def _objection(schema: Schema, step: str, where: str) -> str:
    """Return why a step leads nowhere from a value with a schema, or nothing."""
    properties = schema.get("properties", {})
    if step == "[]":
        is_list = "items" in schema or not (properties or "type" in schema)
        return "" if is_list else f"there is no list {where} to take each entry of"
    if step == "*" or step in properties or step.startswith("x-"):
        return ""
    if "items" in schema:
        return f'"{step}" is not a key of a list {where}'
    return f'there is no key "{step}" {where}{did_you_mean(step, properties)}' if properties else ""
