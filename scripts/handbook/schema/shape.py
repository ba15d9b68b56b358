"""Whether a value has the shape that its schema asks for, and if not, what is wrong.

A quick test says yes where that is certain. Only where it does not is the validator imported, which can say why.
For a handbook full of records `expect_many` brings in a native validator first: it takes 36 ms to import, and a tenth
of the time for each record.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from handbook.finding import Hit, Place
from handbook.schema import files
from handbook.schema.accepts import Test, accepts
from handbook.text.yaml import Value


def shape(name: str, data: Value, at: Place) -> Iterator[tuple[str, Hit]]:
    """Yield a rule's name and a hit for everything in `data` that the schema file `name` does not allow."""
    if not _test(name)(data):
        from handbook.schema import phrase

        yield from phrase.explain(name, data, at)


_test = accepts


def expect_many() -> None:
    """Prepare for more than a few dozen records."""
    global _test
    _test = _native


@functools.cache
def _native(name: str) -> Test:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(files.bundled(name), validate_formats=True).is_valid
