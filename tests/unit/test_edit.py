"""Changes of a record's values become edits of its text, and everything else in the file stays as it was typed."""

from __future__ import annotations

import pytest

from handbook.finding import START, Change, Edit, Place, Span
from handbook.text import yaml
from handbook.text.edit import applied, edits
from handbook.text.invisible import UNMARK
from handbook.text.scalar import written
from handbook.text.yaml import Value

RECORD = """\
# a comment
title: "Go" # a remark
version: 1.10
owner:
tags: [a, b, c]
roles:
  - x
  # about y
  - y # why
steps:
  - id: a   # the first
    title: T
    needs: [x]
  - {id: b, needs: [z], 'max': 1}
text: |
  one

last: 'no'
"""

Pointer = tuple[str | int, ...]

#: the pointer, whether its key is meant, the new value, and the lines that go and come
CHANGES: dict[str, tuple[Pointer, bool, Value, str]] = {
    "text in quotes keeps its quotes": (("title",), False, "Stop", '-title: "Go" # a remark\n+title: "Stop" # a remark\n'),
    "text that needs other quotes gets them": (("title",), False, 'a "b"', "-title: \"Go\" # a remark\n+title: 'a \"b\"' # a remark\n"),
    "apostrophes are kept": (("last",), False, "on", "-last: 'no'\n+last: 'on'\n"),
    "unless one is in the text": (("last",), False, "it's", "-last: 'no'\n+last: \"it's\"\n"),
    "a number that was meant as text": (("version",), False, "1.1", '-version: 1.10\n+version: "1.10"\n'),
    "a number": (("version",), False, 2, "-version: 1.10\n+version: 2\n"),
    "text that an older reader would take for a switch": (("version",), False, "no", '-version: 1.10\n+version: "no"\n'),
    "a value where there was none": (("owner",), False, "me", "-owner:\n+owner: me\n"),
    "a list where text was": (("title",), False, ["a", "b, c"], '-title: "Go" # a remark\n+title: [a, "b, c"] # a remark\n'),
    "a list in brackets": (("tags",), False, ["q"], "-tags: [a, b, c]\n+tags: [q]\n"),
    "an entry of a list in brackets": (("tags", 1), False, "x]", '-tags: [a, b, c]\n+tags: [a, "x]", c]\n'),
    "a key": (("owner",), True, "owners", "-owner:\n+owners:\n"),
    "a key in quotes": (("steps", 1, "max"), True, "most", "-  - {id: b, needs: [z], 'max': 1}\n+  - {id: b, needs: [z], 'most': 1}\n"),
    "the first entry goes": (("tags", 0), False, None, "-tags: [a, b, c]\n+tags: [b, c]\n"),
    "the last entry goes": (("tags", 2), False, None, "-tags: [a, b, c]\n+tags: [a, b]\n"),
    "the only entry goes": (("steps", 0, "needs", 0), False, None, "-    needs: [x]\n+    needs: []\n"),
    "a key in braces goes": (("steps", 1, "needs"), False, None, "-  - {id: b, needs: [z], 'max': 1}\n+  - {id: b, 'max': 1}\n"),
    "a line goes with its remark": (("roles", 1), False, None, "-  - y # why\n"),
    "a comment above stays": (("roles", 0), False, None, "-  - x\n"),
    "a key behind a hyphen goes": (("steps", 0, "id"), False, None, "-  - id: a   # the first\n-    title: T\n+  - title: T\n"),
    "an entry of several lines goes": (("steps", 0), False, None, "-  - id: a   # the first\n-    title: T\n-    needs: [x]\n"),
    "a block of text goes, and not the line below": (("text",), False, None, "-text: |\n-  one\n"),
    "a new key": (("steps", 0, "to"), False, {"a": ["no"]}, '+    to:\n+      a:\n+        - "no"\n'),
    "a new entry": (("roles", 2), False, "z", "+  - z\n"),
}  # fmt: skip


def changed_lines(before: bytes, after: bytes) -> str:
    """The lines that go and come, as `diff` shows them."""
    import difflib

    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return "".join(f"{line[0]}{line[2:]}\n" for line in lines if line[0] in "+-")


@pytest.mark.parametrize(("pointer", "on_key", "value", "difference"), CHANGES.values(), ids=list(CHANGES))
def test_a_change_touches_its_own_lines_only(
    pointer: Pointer, on_key: bool, value: Value, difference: str
) -> None:
    fix = edits(RECORD.encode(), Change(Place("a.yaml", pointer, on_key), value, safe=True))
    assert fix is not None
    assert fix.safe
    assert changed_lines(RECORD.encode(), applied(RECORD.encode(), fix.edits)) == difference


@pytest.mark.parametrize(("pointer", "on_key", "value", "difference"), CHANGES.values(), ids=list(CHANGES))
def test_a_change_keeps_the_ends_of_lines_and_the_byte_order_mark(
    pointer: Pointer, on_key: bool, value: Value, difference: str
) -> None:
    change = Change(Place("a.yaml", pointer, on_key), value)
    source = ("\ufeff" + RECORD.replace("\n", "\r\n")).encode()
    fix, plain = edits(source, change), edits(RECORD.encode(), change)
    assert fix is not None
    assert plain is not None
    expected = applied(RECORD.encode(), plain.edits).decode()
    assert applied(source, fix.edits) == ("\ufeff" + expected.replace("\n", "\r\n")).encode()


@pytest.mark.parametrize(("pointer", "on_key", "value", "difference"), CHANGES.values(), ids=list(CHANGES))
def test_in_front_matter_the_same_lines_change(
    pointer: Pointer, on_key: bool, value: Value, difference: str
) -> None:
    page = f"---\n{RECORD}---\n\n# A page\n".encode()
    fix = edits(page, Change(Place("a.md", pointer, on_key), value))
    assert fix is not None
    assert changed_lines(page, applied(page, fix.edits)) == difference


IMPOSSIBLE: dict[str, tuple[str, Change]] = {
    "a place that is not there": ("a: 1\n", Change(Place("a.yaml", ("b", "c")), 1)),
    "something to remove that is not there": ("a: 1\n", Change(Place("a.yaml", ("b",)))),
    "a key that is there already": ("a: 1\nb: 2\n", Change(Place("a.yaml", ("a",), True), "b")),
    "the whole file": ("a: 1\n", Change(Place("a.yaml"))),
    "a file that cannot be read": ("a: [\n", Change(Place("a.yaml", ("a",)), 1)),
    "a file with aliases": ("a: &x 1\nb: *x\n", Change(Place("a.yaml", ("b",)), 1)),
    "a layout that would have to change throughout": ("a:   1\nb:\n     - c\n     -   d\n", Change(Place("a.yaml", ("e",)), {"f": 1})),
}  # fmt: skip


@pytest.mark.parametrize(("source", "change"), IMPOSSIBLE.values(), ids=list(IMPOSSIBLE))
def test_where_no_way_is_known_there_is_no_fix(source: str, change: Change) -> None:
    assert edits(source.encode(), change) is None


def test_text_of_a_page_is_changed_at_its_span() -> None:
    place = Place("a.md", span=Span(3, 6, 3, 9))
    source = b"# A\n\n[to](b.c)\n"
    fix = edits(source, Change(place, "d.e"))
    assert fix is not None
    assert applied(source, fix.edits) == b"# A\n\n[to](d.e)\n"


def test_edits_count_characters_in_lines_that_end_in_any_way() -> None:
    source = "\ufeffé: 😀x\r\nb: c\rd: e\nf: g".encode()
    made = [
        Edit(Span(1, 5, 1, 6), "y"),
        Edit(Span(2, 4, 2, 5), ""),
        Edit(Span(3, 5, 4, 1), " "),
        Edit(Span(4, 5, 4, 5), "!"),
    ]
    assert applied(source, reversed(made)) == "\ufeffé: 😀y\r\nb: \rd: e f: g!".encode()


def test_the_edit_of_nothing_takes_the_byte_order_mark_away() -> None:
    assert applied("\ufeffa: 1\n".encode(), [UNMARK]) == b"a: 1\n"
    assert applied(b"a: 1\n", [UNMARK]) == b"a: 1\n"
    assert Edit(START, "") == UNMARK


@pytest.mark.parametrize(
    "made",
    [
        [Edit(Span(1, 1, 1, 3), "x"), Edit(Span(1, 2, 1, 4), "y")],
        [Edit(Span(9, 1, 9, 2), "x")],
        [Edit(Span(1, 0, 1, 1), "x")],
    ],
    ids=["overlapping", "below the end", "before the first column"],
)
def test_edits_that_cannot_be_made_are_an_error(made: list[Edit]) -> None:
    with pytest.raises(ValueError, match=r"overlap|no line"):
        applied(b"a: 1\n", made)


TEXTS = ["", " ", "x", "no", "1", "1.10", "a: b", "a #b", "- a", "it's", 'say "x"', "\\", "both ' and \"", "a\nb", "é😀", "\u00a0x", "\u2028", "\x07",
         "@x", "%x", "[a", "a]", "a, b", "?", "null", "~", "2026-10-05", "https://a.b/c?d#e", "…", "“x”", "<x", ">= 9%", "x:", "=", "12:30", "---", "&x", "*x", "!x"]  # fmt: skip


@pytest.mark.parametrize("style", ["", "'", '"'])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_was_written_is_read_back_by_everybody(text: str, style: str) -> None:
    import datetime

    import yaml as pyyaml

    for flow, frame in ((False, "a: {}\n"), (True, "a: [{}]\n")):
        source = frame.format(written(text, flow=flow, style=style))
        data = [text] if flow else text
        document = yaml.read("a.yaml", source.encode())
        assert document.data == {"a": data} or text.strip() != text
        assert all(fault.rule == "invisible-character" or text.strip() != text for fault in document.faults)
        older = pyyaml.safe_load(source)["a"]
        assert older == data or isinstance(older[0] if flow else older, datetime.date)
