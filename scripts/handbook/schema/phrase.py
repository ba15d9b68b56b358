"""A schema's objections as plain sentences, each with a rule, a place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from handbook.finding import Hit, Place
from handbook.schema import files
from handbook.schema.objection import Objection, objections
from handbook.text.near import did_you_mean, listed, nearest
from handbook.text.yaml import Value

Row = tuple[str, Hit]

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
}
_BOUNDS = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}


def explain(name: str, data: Value, at: Place) -> Iterator[Row]:
    """Yield what the schema file `name` objects to in `data`, each cause once."""
    if not isinstance(data, dict):
        yield _not_a_mapping(data, at)
        return
    for objection in objections(name, data, at):
        yield from _PHRASES.get(objection.keyword, _unexpected)(objection)


def _not_a_mapping(data: Value, at: Place) -> Row:
    if data is None:
        help = "write a record into it, or delete it; `handbook new` makes a start"
        return "not-a-record", Hit(at, "the file is empty", help)
    message = f"the file holds {_what(data)}, not keys with values"
    return "not-a-record", Hit(at, message, "write one key: value in each line")


def _unknown_keys(it: Objection) -> Iterator[Row]:
    own = " (keys of your own begin with x-)" if "patternProperties" in it.schema else ""
    article = "an" if it.kind[0] in "aeio" else "a"
    where = f"in {article} {it.kind}" if "title" in it.schema else f"in {it.name}"
    for key in it.unknown:
        message = f'key "{key}" is not known {where}{did_you_mean(key, it.known)}'
        yield "unknown-key", Hit((it.at / key).key, message, f"rename it or remove it{own}")


def _missing(it: Objection) -> Iterator[Row]:
    """One key that is missing. jsonschema reports each as an error of its own, named first in its message."""
    key = next(key for key in it.expected if it.message.startswith(repr(key)))
    if any(nearest(other, it.known) == key for other in it.unknown):
        return  # a slip of the same key is there, and is reported as unknown
    about = it.known.get(key, {})
    if "description" not in about and "$ref" in about:
        about, _ = files.resolve(about, it.home)
    help = f"add {key}: {about.get('description', '')}".rstrip(": ")
    yield "missing-key", Hit(it.at, f'{it.subject} has no "{key}"', help)


def _dependent(it: Objection) -> Iterator[Row]:
    for key, needed in it.expected.items():
        for other in needed:
            if key in it.value and other not in it.value:
                message = f'"{key}" is given without "{other}"'
                yield "missing-key", Hit((it.at / key).key, message, f"add {other}, or remove {key}")


def _alternatives(it: Objection) -> Iterator[Row]:
    if not isinstance(it.value, dict):
        return  # that is reported as a value of the wrong type
    names = [name for option in it.expected for name in option.get("required", ())]
    given = [name for name in names if name in it.value]
    if len(given) > 1:
        message = f"{it.subject} has {listed(given, 'and')}, and only one of them can hold"
        yield "conflicting-keys", Hit((it.at / given[1]).key, message, "keep the one that is meant")
    elif not any(nearest(other, it.known) in names for other in it.unknown):
        yield "missing-key", Hit(it.at, f"{it.subject} has none of {listed(names)}", "add one of them")


def _wrong_type(it: Objection) -> Iterator[Row]:
    wanted = _TYPES.get(str(it.expected), str(it.expected))
    if it.value is None:
        message = f"{it.name} has no value where {wanted} is meant"
        yield "wrong-type", Hit(it.at, message, "fill it in, or remove the key")
        return
    help = f"write {wanted}"
    if it.expected == "array" and isinstance(it.value, str):
        help = f"write [{', '.join(part.strip() for part in it.value.split(','))}]"
    elif it.expected == "string" and not isinstance(it.value, dict | list):
        help = "put the value in double quotes"
    yield "wrong-type", Hit(it.at, f"{it.name} is {_what(it.value)} where {wanted} is meant", help)


def _unknown_value(it: Objection) -> Iterator[Row]:
    allowed = [str(value) for value in it.expected]
    if not isinstance(it.value, str):
        fact = "has no value" if it.value is None else f"is {_what(it.value)}"
        message = f"{it.name} {fact} where one of {listed(allowed)} is meant"
        yield "wrong-type", Hit(it.at, message, "use one of the values above")
        return
    near = did_you_mean(it.value, allowed)
    message = f'{it.name} is "{it.value}", which is not one of {listed(allowed)}{near}'
    yield "unknown-value", Hit(it.at, message, "use one of the values above")


def _malformed(it: Objection) -> Iterator[Row]:
    examples = " or ".join(str(example) for example in it.schema.get("examples", ()))
    help = it.schema.get("description", "") + (f" Example: {examples}" if examples else "")
    if it.of_key:
        yield "malformed-value", Hit((it.at / it.value).key, f'"{it.value}" cannot be a key here', help)
    else:
        message = f'{it.name} is "{it.value}", which is not in the form that is meant'
        yield "malformed-value", Hit(it.at, message, help)


def _not_a_day(it: Objection) -> Iterator[Row]:
    if re.fullmatch(it.schema.get("pattern", ".*"), str(it.value)):  # else its form is wrong, as is said
        message = f'{it.name} is "{it.value}", a day that does not exist'
        yield "malformed-value", Hit(it.at, message, "look it up in a calendar")


def _repeated(it: Objection) -> Iterator[Row]:
    for index, item in enumerate(it.value):
        if item in it.value[:index]:
            message = f"{it.name} names {_quoted(item)} twice"
            yield "repeated-entry", Hit(it.at / index, message, "remove one of the two")


def _too_short(it: Objection) -> Iterator[Row]:
    if it.value:
        message = f"{it.name} has {_size(it)}, and at least {it.expected} are meant"
        yield "malformed-value", Hit(it.at, message, "write it out")
    else:
        yield "malformed-value", Hit(it.at, f"{it.name} is empty", "fill it in, or remove the key")


def _too_long(it: Objection) -> Iterator[Row]:
    if it.of_key:
        message = f'key "{it.value}" has {_size(it)}, and at most {it.expected} fit'
        yield "malformed-value", Hit((it.at / it.value).key, message, "say it shorter")
    else:
        message = f"{it.name} has {_size(it)}, and at most {it.expected} fit"
        yield "malformed-value", Hit(it.at, message, "say it shorter")


def _size(it: Objection) -> str:
    unit = "character" if isinstance(it.value, str) else "entry"
    return f"{len(it.value)} {unit if len(it.value) == 1 else unit.replace('entry', 'entrie') + 's'}"


def _out_of_range(it: Objection) -> Iterator[Row]:
    message = f"{it.name} is {it.value}, and it has to be {_BOUNDS[it.keyword]} {it.expected}"
    yield "malformed-value", Hit(it.at, message, "correct the number")


def _unexpected(it: Objection) -> Iterator[Row]:
    yield "malformed-value", Hit(it.at, f"{it.name}: {it.message}", it.schema.get("description", ""))


_PHRASES: dict[str, Callable[[Objection], Iterator[Row]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing,
    "dependentRequired": _dependent,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "type": _wrong_type,
    "enum": _unknown_value,
    "pattern": _malformed,
    "format": _not_a_day,
    "uniqueItems": _repeated,
    "minItems": _too_short,
    "minLength": _too_short,
    "minProperties": _too_short,
    "maxLength": _too_long,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
}


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else _what(value)


def _what(value: object) -> str:
    """A value in words, short enough for a sentence."""
    if isinstance(value, str):
        return f'the text "{value if len(value) <= 40 else value[:37] + "…"}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"'
    if isinstance(value, int | float):
        return f"the number {value}"
    return {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "something else")
