"""Where the keys and entries of a TOML text are."""

from __future__ import annotations

import pytest

from handbook.finding import START, Pointer
from handbook.text.toml import Invalid, Places, read

TEXT = """# [no] = "table"
[handbook]
title = \"\"\"
[not]
a = "table"\"\"\" # a comment
"que\\u0041" . b = 'x'
[[levels]]
paths = [ "a", # [x]
  'b',
]
[[levels]]
  off=["]",  "y"]
[levels.more]
a = {b = 1, "c d" = [{e = 2}]}
last = 12
"""

PLACES: dict[str, tuple[Pointer, int, int, int]] = {
    "table": (("handbook",), 2, 2, 10),
    "key of a table": (("handbook", "title"), 3, 1, 6),
    "quoted key with an escape": (("handbook", "queA"), 6, 1, 12),
    "dotted key": (("handbook", "queA", "b"), 6, 15, 16),
    "list of tables": (("levels",), 7, 3, 9),
    "first of a list of tables": (("levels", 0), 7, 3, 9),
    "second of a list of tables": (("levels", 1), 11, 3, 9),
    "entry of a list": (("levels", 0, "paths", 0), 8, 11, 14),
    "entry in its own line": (("levels", 0, "paths", 1), 9, 3, 6),
    "entry with a bracket in it": (("levels", 1, "off", 0), 12, 8, 11),
    "entry behind it": (("levels", 1, "off", 1), 12, 14, 17),
    "table in the last of a list": (("levels", 1, "more"), 13, 9, 13),
    "key in a table in one line": (("levels", 1, "more", "a", "b"), 14, 6, 7),
    "key in a list in a table": (("levels", 1, "more", "a", "c d", 0, "e"), 14, 23, 24),
    "last key": (("levels", 1, "more", "last"), 15, 1, 5),
    "what is not there": (("levels", 1, "off", 7, "x"), 12, 3, 6),
}


@pytest.mark.parametrize(("pointer", "line", "column", "end"), PLACES.values(), ids=list(PLACES))
def test_a_place_is_found(pointer: Pointer, line: int, column: int, end: int) -> None:
    text, _ = read(TEXT.encode())
    span = Places(text).span(pointer)
    assert (span.line, span.column, span.end_line, span.end_column) == (line, column, line, end)


def test_what_is_nowhere_is_at_the_start() -> None:
    assert Places("a = 1\n").span(("b",)) == START


def test_every_key_of_a_text_is_found() -> None:
    text, data = read(TEXT.encode())
    places = Places(text)

    def pointers(value: object, at: Pointer) -> list[Pointer]:
        if isinstance(value, dict):
            return [p for key, below in value.items() for p in ((*at, key), *pointers(below, (*at, key)))]
        if isinstance(value, list):
            return [p for n, below in enumerate(value) for p in ((*at, n), *pointers(below, (*at, n)))]
        return []

    every = pointers(data, ())
    places.span(every[0])
    assert places._found is not None
    assert set(every) - set(places._found) == set()


def test_lists_in_lists_are_found_or_refused() -> None:
    text = "a = " + "[" * 150 + "]" * 150
    assert Places(text).span(("a", *(0,) * 100)).line == 1
    with pytest.raises(Invalid):
        read(("a = " + "[" * 100_000).encode())
