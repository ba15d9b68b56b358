"""Whether a value has the shape that its schema asks for, and if not, what is wrong.

A fast validator says yes or no. Only where it says no is the slower one imported, which can say why.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from handbook.finding import Hit, Place
from handbook.schema import files
from handbook.text.yaml import Value

if TYPE_CHECKING:
    import jsonschema_rs


@functools.cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(files.bundled(name), validate_formats=True)


def shape(name: str, data: Value, at: Place) -> Iterator[tuple[str, Hit]]:
    """Yield a rule's name and a hit for everything in `data` that the schema file `name` does not allow."""
    if not _validator(name).is_valid(data):
        from handbook.schema import phrase

        yield from phrase.explain(name, data, at)
