"""Where a value is: spans count lines and columns from 1, in characters, and their end is exclusive."""

from __future__ import annotations

import pytest

from handbook.finding import START, Place, Span
from handbook.text import markdown, yaml

BOM = "\ufeff"

RECORD = """\
# a comment
title: Go/no-go
empty:
tags: [a, "b c", é]
steps:
  - id: collect
    needs: [x, y]
  - {id: quality, needs: [z]}
  -
  - - nested
text: |
  first
  second
long: one
  two
"""

AT: dict[str, tuple[tuple[str | int, ...], bool, Span]] = {
    "a value": (("title",), False, Span(2, 8, 2, 16)),
    "its key": (("title",), True, Span(2, 1, 2, 6)),
    "an empty value is shown at its key": (("empty",), False, Span(3, 1, 3, 6)),
    "an entry of a flow list": (("tags", 0), False, Span(4, 8, 4, 9)),
    "a quoted entry with its quotes": (("tags", 1), False, Span(4, 11, 4, 16)),
    "an entry after others": (("tags", 2), False, Span(4, 18, 4, 19)),
    "a list is shown at its key": (("tags",), False, Span(4, 1, 4, 5)),
    "a block is shown at its key": (("steps",), False, Span(5, 1, 5, 6)),
    "a mapping in a list is shown at its first key": (("steps", 0), False, Span(6, 5, 6, 7)),
    "a value in a mapping in a list": (("steps", 0, "id"), False, Span(6, 9, 6, 16)),
    "a key in a mapping in a list": (("steps", 0, "needs"), True, Span(7, 5, 7, 10)),
    "an entry below that": (("steps", 0, "needs", 1), False, Span(7, 16, 7, 17)),
    "a flow mapping is shown whole": (("steps", 1), False, Span(8, 5, 8, 30)),
    "a value in a flow mapping": (("steps", 1, "id"), False, Span(8, 10, 8, 17)),
    "an entry inside a flow mapping": (("steps", 1, "needs", 0), False, Span(8, 27, 8, 28)),
    "an empty entry": (("steps", 2), False, Span(9, 4, 9, 4)),
    "a list in a list": (("steps", 3, 0), False, Span(10, 7, 10, 13)),
    "a block of text begins at its bar": (("text",), False, Span(11, 7, 11, 8)),
    "text over two lines begins at its first character": (("long",), False, Span(14, 7, 14, 8)),
    "a missing key is shown at the first key": (("owner",), False, Span(2, 1, 2, 6)),
    "a missing key of a step, at the step's first key": (("steps", 0, "title"), False, Span(6, 5, 6, 7)),
    "a missing key of a flow mapping, at all of it": (("steps", 1, "title"), False, Span(8, 5, 8, 30)),
    "a missing entry is shown at the list": (("tags", 9), False, Span(4, 1, 4, 5)),
    "below a value that is no mapping": (("title", "x"), False, Span(2, 8, 2, 16)),
    "the file": ((), False, Span(2, 1, 2, 6)),
}  # fmt: skip


@pytest.mark.parametrize(("pointer", "on_key", "span"), AT.values(), ids=list(AT))
def test_a_place_has_its_exact_span(pointer: tuple[str | int, ...], on_key: bool, span: Span) -> None:
    place = Place("a.yaml", pointer, on_key)
    assert yaml.locate(RECORD.encode(), [place]) == {place: span}


def test_places_asked_for_together_have_the_same_spans() -> None:
    places = {Place("a.yaml", pointer, on_key): span for pointer, on_key, span in AT.values()}
    assert yaml.locate(RECORD.encode(), places) == places


def test_a_byte_order_mark_and_carriage_returns_move_nothing() -> None:
    places = {Place("a.yaml", pointer, on_key): span for pointer, on_key, span in AT.values()}
    assert yaml.locate((BOM + RECORD).replace("\n", "\r\n").encode(), places) == places


def test_columns_count_characters_and_not_bytes() -> None:
    value = Place("a.yaml", ("größe", 1))
    spans = yaml.locate('größe: ["😀é", ß]\n'.encode(), [value, value.key])
    assert spans == {value: Span(1, 15, 1, 16), value.key: Span(1, 15, 1, 16)}


def test_a_key_given_twice_is_shown_where_its_value_was_taken_from() -> None:
    place = Place("a.yaml", ("a",))
    assert yaml.locate(b"a: 1\na: 2\n", [place]) == {place: Span(2, 4, 2, 5)}


def test_a_flow_list_over_several_lines_begins_at_its_bracket() -> None:
    place = Place("a.yaml", (0,))
    assert yaml.locate(b"- [a,\n   b]\n", [place]) == {place: Span(1, 3, 1, 4)}


def test_front_matter_is_placed_in_the_lines_of_its_page() -> None:
    page = b"---\ntitle: A page\ntags:\n  - a\n---\n\n# A page\n"
    text, above = markdown.front_matter(page)
    title, tag = Place("a.md", ("title",)), Place("a.md", ("tags", 0))
    assert yaml.locate(text, [title, tag], above) == {title: Span(2, 8, 2, 14), tag: Span(4, 5, 4, 6)}


@pytest.mark.parametrize(
    "source", [b"", b"# x\n", b"a: [", b"[" * 1000], ids=["empty", "comment", "open", "deep"]
)
def test_in_a_file_that_cannot_be_read_everything_is_at_its_start(source: bytes) -> None:
    place = Place("a.yaml", ("a",))
    assert yaml.locate(source, [place]) == {place: START}


def test_ten_thousand_places_in_one_mapping_are_found_in_one_pass() -> None:
    keys = [f"key-{number}" for number in range(10_000)]
    places = [Place("a.yaml", (key,)) for key in keys]
    spans = yaml.locate("".join(f"{key}: 1\n" for key in keys).encode(), places)
    assert [span.line for span in spans.values()] == list(range(1, 10_001))
