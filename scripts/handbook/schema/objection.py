"""What jsonschema objects to, as plain values: the one module that knows its errors."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbook.finding import Place
from handbook.schema import files
from handbook.schema.files import Schema
from handbook.text.yaml import Value

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A value that its schema does not allow. `keyword` (such as `pattern`) expects `expected`.

    `schema` is the part of the schema that objects, and `home` the file that it belongs to; `of_key` is true where the
    value is a key of a mapping.
    """

    keyword: str
    expected: Any
    value: Any
    schema: Schema
    home: Schema
    at: Place
    of_key: bool
    message: str

    @property
    def name(self) -> str:
        """What the value is called: its key, with its place in the list where it is in one."""
        steps = self.at.pointer
        if not steps:
            return "the file"
        if isinstance(steps[-1], int):
            key = next((str(step) for step in reversed(steps) if isinstance(step, str)), "the list")
            return f'entry {steps[-1] + 1} of "{key}"'
        return f'"{steps[-1]}"'

    @property
    def kind(self) -> str:
        """What a mapping is, in a word, such as step; its name where the schema has no word for it."""
        return str(self.schema.get("title", "")).lower() or self.name

    @property
    def subject(self) -> str:
        """Which mapping it is: step "collect", this process."""
        if "title" not in self.schema:
            return self.name
        last = self.at.pointer[-1] if self.at.pointer else None
        identity = self.value.get("id") or (last if isinstance(last, str) else None)
        own = (
            identity is not None and identity not in self.kind.split()
        )  # the key of a part, such as decision, is no id
        return f'{self.kind} "{identity}"' if own else f"this {self.kind}"

    @property
    def known(self) -> Schema:
        """The keys that a mapping may have, with their schemas."""
        properties: Schema = self.schema.get("properties", {})
        return properties

    @property
    def unknown(self) -> list[str]:
        """The keys that a mapping has and may not have."""
        patterns = self.schema.get("patternProperties", {})
        return [
            key
            for key in self.value
            if key not in self.known and not any(re.search(p, key) for p in patterns)
        ]


def objections(name: str, data: Value, at: Place) -> Iterator[Objection]:
    """Yield everything in `data`, a value at `at`, that the schema file `name` does not allow."""
    for error in _validator(name).iter_errors(data):
        yield _objection(error, at, name)


@functools.cache
def _validator(name: str) -> Validator:
    """A validator with its references ready: it would search a bundled schema for each of them, 100x slower."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend
    from referencing import Registry, Resource

    schemas = [(each, Resource.from_contents(files.load(each))) for each in (files.COMMON, name)]
    strict = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # its stubs leave it out
    checker = Draft202012Validator.FORMAT_CHECKER
    registry = Registry().with_resources(schemas).crawl()
    validator: Validator = strict(files.load(name), registry=registry, format_checker=checker)
    return validator


def matches(pattern: str, text: str) -> bool:
    """Whether a text has the form of a schema's pattern, in which `$` is the end and not a last line break too."""
    return re.search(re.sub(r"\$$", r"\\Z", pattern), text) is not None


def _pattern(validator: object, pattern: str, value: Value, schema: Schema) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError

    if isinstance(value, str) and not matches(pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _objection(error: ValidationError, at: Place, name: str) -> Objection:
    return Objection(
        keyword=str(error.validator),
        expected=error.validator_value,
        value=error.instance,
        schema=error.schema if isinstance(error.schema, dict) else {},
        home=_home(name, error.absolute_schema_path),
        at=Place(at.path, (*at.pointer, *error.absolute_path)),
        of_key="propertyNames" in error.absolute_schema_path,
        message=error.message,
    )


def _home(name: str, way: Iterable[str | int]) -> Schema:
    """Return the file in which a way through the schema file `name` ends. jsonschema leaves the `$ref`s on it out."""
    part: Any = files.load(name)
    home: Schema = part
    for step in way:
        while isinstance(part, dict) and step not in part:
            part, home = files.target(part, home)
        part = part[step]
    return home
