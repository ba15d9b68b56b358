"""A schema's objections as plain sentences, each with a rule, a place and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from handbook.finding import Hit, Place
from handbook.schema import files
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
    "null": "empty",
}


def explain(name: str, data: Value, at: Place) -> Iterator[Row]:
    """Yield what jsonschema objects to in `data`, in document order and each cause once."""
    schema = files.bundled(name)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    if not isinstance(data, dict):
        yield _not_a_mapping(data, at)
        return
    for error in sorted(validator.iter_errors(data), key=lambda e: [str(step) for step in e.absolute_path]):
        place = at
        for step in error.absolute_path:
            place = place / step
        yield from _PHRASES.get(str(error.validator), _unexpected)(error, place)


def _not_a_mapping(data: Value, at: Place) -> Row:
    if data is None:
        return "not-a-record", Hit(
            at, "the file is empty", "write a record into it, or delete it; `handbook new` makes a start"
        )
    return "not-a-record", Hit(
        at, f"the file holds {_what(data)}, not keys with values", "write one key: value in each line"
    )


def _unknown_keys(error: ValidationError, place: Place) -> Iterator[Row]:
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    for key in error.instance:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        near = did_you_mean(key, known)
        help = "rename it or remove it" + (" (keys of your own begin with x-)" if patterns else "")
        yield "unknown-key", Hit((place / key).key, f'key "{key}" is not known {_inside(error)}{near}', help)


def _missing(error: ValidationError, place: Place) -> Iterator[Row]:
    """One key that is missing. jsonschema reports each as an error of its own, named first in its message."""
    key = next(key for key in error.validator_value if error.message.startswith(repr(key)))
    properties = error.schema.get("properties", {})
    if any(nearest(other, properties) == key for other in error.instance if other not in properties):
        return  # a slip of the same key is there, and is reported as unknown
    about = properties.get(key, {})
    if about.get("$ref", "").startswith(files.COMMON):
        about, _ = files.resolve(about, {})
    yield (
        "missing-key",
        Hit(
            place,
            f'{_subject(error)} has no "{key}"',
            f"add {key}: {about.get('description', '')}".rstrip(": "),
        ),
    )


def _dependent(error: ValidationError, place: Place) -> Iterator[Row]:
    for key, needed in error.validator_value.items():
        for other in needed:
            if key in error.instance and other not in error.instance:
                yield (
                    "missing-key",
                    Hit(
                        (place / key).key,
                        f'"{key}" is given without "{other}"',
                        f"add {other}, or remove {key}",
                    ),
                )


def _alternatives(error: ValidationError, place: Place) -> Iterator[Row]:
    names = [name for option in error.validator_value for name in option.get("required", ())]
    given = [name for name in names if name in error.instance] if isinstance(error.instance, dict) else []
    if len(given) > 1:
        message = f"{_subject(error)} has {listed(given, 'and')}, and only one of them can hold"
        yield "conflicting-keys", Hit((place / given[1]).key, message, "keep the one that is meant")
    elif not given:
        yield "missing-key", Hit(place, f"{_subject(error)} has none of {listed(names)}", "add one of them")


def _wrong_type(error: ValidationError, place: Place) -> Iterator[Row]:
    name, wanted = _name(error), _TYPES.get(str(error.validator_value), str(error.validator_value))
    if error.instance is None:
        yield (
            "wrong-type",
            Hit(place, f"{name} has no value where {wanted} is meant", "fill it in, or remove the key"),
        )
        return
    help = f"write {wanted}"
    if error.validator_value == "array" and isinstance(error.instance, str):
        entries = ", ".join(part.strip() for part in error.instance.split(","))
        help = f"write [{entries}]"
    elif error.validator_value == "string" and not isinstance(error.instance, dict | list):
        help = "put the value in double quotes"
    yield "wrong-type", Hit(place, f"{name} is {_what(error.instance)} where {wanted} is meant", help)


def _unknown_value(error: ValidationError, place: Place) -> Iterator[Row]:
    allowed = [str(value) for value in error.validator_value]
    near = did_you_mean(str(error.instance), allowed)
    message = f'{_name(error)} is "{error.instance}", which is not one of {listed(allowed)}{near}'
    yield "unknown-value", Hit(place, message, "use one of the values above")


def _malformed(error: ValidationError, place: Place) -> Iterator[Row]:
    if "propertyNames" in error.absolute_schema_path:
        message = f'"{error.instance}" cannot be an id'
        yield (
            "malformed-value",
            Hit((place / error.instance).key, message, error.schema.get("description", "")),
        )
        return
    examples = " or ".join(str(example) for example in error.schema.get("examples", ()))
    help = error.schema.get("description", "") + (f" Example: {examples}" if examples else "")
    yield (
        "malformed-value",
        Hit(place, f'{_name(error)} is "{error.instance}", which is not in the form that is meant', help),
    )


def _not_a_day(error: ValidationError, place: Place) -> Iterator[Row]:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(error.instance)):
        yield (
            "malformed-value",
            Hit(
                place,
                f'{_name(error)} is "{error.instance}", a day that does not exist',
                "look it up in a calendar",
            ),
        )


def _repeated(error: ValidationError, place: Place) -> Iterator[Row]:
    for index, item in enumerate(error.instance):
        if item in error.instance[:index]:
            yield (
                "repeated-entry",
                Hit(place / index, f'{_name(error)} names "{item}" twice', "remove one of the two"),
            )


def _too_short_or_long(error: ValidationError, place: Place) -> Iterator[Row]:
    size, limit = len(error.instance), error.validator_value
    unit = "characters" if isinstance(error.instance, str) else "entries"
    if size < limit:
        yield "malformed-value", Hit(place, f"{_name(error)} is empty", "fill it in, or remove the key")
    else:
        yield (
            "malformed-value",
            Hit(place, f"{_name(error)} has {size} {unit}; at most {limit} fit on a page", "say it shorter"),
        )


def _out_of_range(error: ValidationError, place: Place) -> Iterator[Row]:
    bounds = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
    words = f"{bounds.get(str(error.validator), 'within')} {error.validator_value}"
    yield (
        "malformed-value",
        Hit(place, f"{_name(error)} is {error.instance}, and it has to be {words}", "correct the number"),
    )


def _unexpected(error: ValidationError, place: Place) -> Iterator[Row]:
    yield (
        "malformed-value",
        Hit(place, f"{_name(error)}: {error.message}", error.schema.get("description", "")),
    )


_PHRASES: dict[str, Callable[[ValidationError, Place], Iterator[Row]]] = {
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
    "minItems": _too_short_or_long,
    "minLength": _too_short_or_long,
    "maxLength": _too_short_or_long,
    "minProperties": _too_short_or_long,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
}


def _name(error: ValidationError) -> str:
    """What the value is called: its key, with its place in the list where it is in one."""
    steps = list(error.absolute_path)
    if not steps:
        return "the file"
    if isinstance(steps[-1], int):
        key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "the list")
        return f'entry {steps[-1] + 1} of "{key}"'
    return f'"{steps[-1]}"'


def _subject(error: ValidationError) -> str:
    """What the mapping is: a step "collect", a process."""
    title = str(error.schema.get("title", "")).lower() or _name(error)
    identity = error.instance.get("id") if isinstance(error.instance, dict) else None
    if identity is None and error.absolute_path and isinstance(error.absolute_path[-1], str):
        identity = error.absolute_path[-1] if error.schema.get("title") else None
    return f'{title} "{identity}"' if identity else f"this {title}" if error.schema.get("title") else title


def _inside(error: ValidationError) -> str:
    title = str(error.schema.get("title", "")).lower()
    return f"in a {title}" if title else f"in {_name(error)}"


def _what(value: object) -> str:
    if isinstance(value, str):
        return f'the text "{value if len(value) <= 40 else value[:37] + "…"}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}"'
    if isinstance(value, int | float):
        return f"the number {value}"
    return {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), str(value))
