"""Whether a value certainly has the shape that a schema asks for.

A validator of its own for the few keywords that our schemas use, because importing one of the good ones takes
longer than all else that a commit hook does. It only ever says yes when that is certain: whatever it rejects, or does not
understand, is for `jsonschema` to judge and to explain. Tests hold the two together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import date

from handbook.schema import files
from handbook.schema.files import Schema
from handbook.text.yaml import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Test = Callable[["Any"], bool]

_SAYS_NOTHING = frozenset(
    (
        "$schema",
        "$id",
        "$defs",
        "title",
        "description",
        "examples",
        "default",
        "contentMediaType",
        "x-refers-to",
        "x-started-with",
    )
)
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_STRICT = ("string", "array", "object")
_REMEMBERED = 4096  #: texts for each pattern: ids come up again and again


@functools.cache
def accepts(name: str) -> Test:
    """Return the test of a schema file: true where a value is valid, false where that has to be looked into."""
    schema = files.load(name)
    return _test(schema, schema)


def _test(schema: Schema | bool, within: Schema) -> Test:
    if isinstance(schema, bool):
        allowed = schema
        return lambda value: allowed
    if "$ref" in schema:
        schema, within = files.resolve(schema, within)
    rest = schema.keys() - _SAYS_NOTHING
    tests = [make(schema, within) for keywords, make in _MAKERS if rest & keywords]
    if rest - _UNDERSTOOD or not tests:
        return lambda value: not rest
    if (
        len(tests) > 1 and schema.get("type") in _STRICT
    ):  # the test of what is inside looks at the type as well
        tests = tests[1:]
    if len(tests) == 1:
        return tests[0]
    first, *others = tests
    return lambda value: first(value) and all(test(value) for test in others)


def _type(schema: Schema, within: Schema) -> Test:
    named = schema["type"]
    allowed = frozenset(
        one for name in ([named] if isinstance(named, str) else named) for one in _TYPES[name]
    )
    return lambda value: type(value) in allowed


def _text(schema: Schema, within: Schema) -> Test:
    """Everything about text: its pattern, its length and its format."""
    least, most = schema.get("minLength", 0), schema.get("maxLength", 1 << 30)
    found = _matcher(schema["pattern"]) if "pattern" in schema else None
    days = schema.get("format") == "date"
    lax = schema.get("type") != "string"

    def test(value: Any) -> bool:
        if type(value) is not str:
            return lax
        return (
            least <= len(value) <= most and (found is None or found(value)) and (not days or _is_day(value))
        )

    return test


@functools.cache
def _matcher(pattern: str) -> Callable[[str], bool]:
    search: Callable[[str], object] | None = None
    seen: dict[str, bool] = {}

    def matches(text: str) -> bool:
        nonlocal search
        known = seen.get(text)
        if known is None:
            if (
                search is None
            ):  # most patterns never meet a text, and compiling one takes as long as reading a record
                search = re.compile(f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern).search
            if len(seen) > _REMEMBERED:
                seen.clear()
            known = seen[text] = search(text) is not None
        return known

    return matches


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-10-05")


def _enum(schema: Schema, within: Schema) -> Test:
    allowed = frozenset(schema["enum"])
    return lambda value: type(value) is str and value in allowed


def _number(schema: Schema, within: Schema) -> Test:
    least, most = schema.get("minimum", float("-inf")), schema.get("maximum", float("inf"))
    above = schema.get("exclusiveMinimum", float("-inf"))
    return lambda value: type(value) not in (int, float) or (least <= value <= most and value > above)


def _array(schema: Schema, within: Schema) -> Test:
    least, most = schema.get("minItems", 0), schema.get("maxItems", 1 << 30)
    item = _test(schema["items"], within) if "items" in schema else None
    unique = schema.get("uniqueItems", False)
    lax = schema.get("type") != "array"

    def test(value: Any) -> bool:
        if type(value) is not list:
            return lax
        if not least <= len(value) <= most or (unique and not _unique(value)):
            return False
        if item is not None:
            for each in value:
                if not item(each):
                    return False
        return True

    return test


def _unique(values: list[Value]) -> bool:
    """Whether all are certainly different; entries that are no text are for the referee, who knows when two are equal."""
    return len(values) < 2 or (all(type(one) is str for one in values) and len(set(values)) == len(values))


def _object(schema: Schema, within: Schema) -> Test:
    properties = schema.get("properties", {})
    ready: dict[
        str, Test
    ] = {}  #: tests of the keys that have come up; a record has few of those that it may have
    patterns = [(key, _test(part, within)) for key, part in schema.get("patternProperties", {}).items()]
    other = _test(schema.get("additionalProperties", True), within)
    name = _test(schema["propertyNames"], within) if "propertyNames" in schema else None
    required = tuple(schema.get("required", ()))
    least = schema.get("minProperties", 0)
    dependent = schema.get("dependentRequired", {})
    lax = schema.get("type") != "object"

    get = ready.get

    def fits(key: str, value: Any) -> bool:
        if key in properties:
            ready[key] = _test(properties[key], within)
            return ready[key](value)
        found = [test for pattern, test in patterns if re.search(pattern, key)] or [other]
        return all(test(value) for test in found)

    def test(value: Any) -> bool:
        if type(value) is not dict:
            return lax
        for key in required:
            if key not in value:
                return False
        for key, part in value.items():
            known = get(key)
            if not (known(part) if known is not None else fits(key, part)) or (
                name is not None and not name(key)
            ):
                return False
        lacks = any(key in value and need not in value for key, needs in dependent.items() for need in needs)
        return len(value) >= least and not lacks

    return test


def _one(schema: Schema, within: Schema) -> Test:
    """One of several sets of keys: with anything else inside, saying "exactly one" would take certainty about the others."""
    needed = [part["required"] for part in schema["oneOf"] if part.keys() == {"required"}]
    if len(needed) < len(schema["oneOf"]):
        return lambda value: False
    return lambda value: sum([all(key in value for key in keys) for keys in needed]) == 1


def _any(schema: Schema, within: Schema) -> Test:
    tests = [_test(part, within) for part in schema["anyOf"]]
    return lambda value: any(test(value) for test in tests)


def _not(schema: Schema, within: Schema) -> Test:
    """Keys that must not be there together: with anything else inside, a no would have to be certain."""
    if schema["not"].keys() != {"required"}:
        return lambda value: False
    keys = schema["not"]["required"]
    return lambda value: type(value) is dict and not all(key in value for key in keys)


_MAKERS: tuple[tuple[frozenset[str], Callable[[Schema, Schema], Test]], ...] = (
    (frozenset(("type",)), _type),
    (frozenset(("pattern", "minLength", "maxLength", "format")), _text),
    (frozenset(("enum",)), _enum),
    (frozenset(("minimum", "maximum", "exclusiveMinimum")), _number),
    (frozenset(("items", "minItems", "maxItems", "uniqueItems")), _array),
    (
        frozenset(
            (
                "properties",
                "patternProperties",
                "additionalProperties",
                "propertyNames",
                "required",
                "minProperties",
                "dependentRequired",
            )
        ),
        _object,
    ),
    (frozenset(("oneOf",)), _one),
    (frozenset(("anyOf",)), _any),
    (frozenset(("not",)), _not),
)
_UNDERSTOOD = frozenset().union(*(keywords for keywords, _ in _MAKERS))
