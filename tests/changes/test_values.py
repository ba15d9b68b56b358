"""Reading a file part by part gives what reading it as a whole gives, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.changes.values import BROKEN, NONE, Reader
from handbook.text import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = frozenset[str]()

#: lines of which files are put together, many of which go badly together
LINES = (
    "title: One", "title: 'One", "summary: \"goes on", "and ends\"", "notes: |", "  text: of several", "  - lines", "",
    "# a comment", "steps:", "steps: # with a comment", "  - id: a", "    title: A", "  - id: b", "    title: >-", "      folded",
    "- id: c", "  title: C", "  - plain", "  -", "    - nested", "---", "...", "tags: [a,", "  b]", "]", "extra: &x {a: 1}",
    "other: *x", "? key", ": value", "\tq: 1", "a: {b: c}", "steps:  ", "  # a comment inside", "%YAML 1.1", "<<<<<<< HEAD", "x: !!str y",
    "sure: yes", "12: 3", "'quoted': 1",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=9))
@settings(max_examples=1000, deadline=None)
@example(['summary: "goes on', "steps:", 'and ends"'])
@example(["steps:", "  - id: a", "  - id: b", "steps:", "  - id: a"])
@example(["title: One", "...", "notes: |"])
@example(["notes: |", "  - lines", "", "# a comment", "title: One"])
def test_the_parts_make_the_whole(lines: list[str]) -> None:
    reader = Reader()
    for count in range(len(lines) + 1):  # what was read before must not matter
        source = "\n".join(lines[:count]).encode()
        assert reader.document("", source) == yaml.read("", source)


RECORDS = sorted((ROOT / "processes").rglob("*.yaml"))


def test_the_records_of_this_handbook_are_read_in_parts_that_make_the_whole() -> None:
    reader = Reader()
    for path in RECORDS:
        source = path.read_bytes()
        assert reader.document(path.name, source) == yaml.read(path.name, source)


BEFORE = "title: A\nsteps:\n  - id: a\n    title: First\n  - id: b\n    tags: [x]\nextra: {k: {l: 1}}\n"

DIFFERENCES = {
    "nothing": (BEFORE, set()),
    "a comment": (f"# why\n{BEFORE}", set()),
    "a value": (BEFORE.replace("A", "B"), {("title",)}),
    "a value of another type": (BEFORE.replace("l: 1", "l: true"), {("extra", "k", "l")}),
    "a value of a part": (BEFORE.replace("First", "One"), {("steps", "a", "title")}),
    "the order of parts": (
        "title: A\nsteps:\n  - id: b\n    tags: [x]\n  - id: a\n    title: First\nextra: {k: {l: 1}}\n",
        {("steps", "[]")},
    ),
    "a part that goes": (
        BEFORE.replace("  - id: a\n    title: First\n", ""),
        {("steps", "[]"), ("steps", "a", "title")},
    ),
    "a list": (BEFORE.replace("[x]", "[x, y]"), {("steps", "b", "tags")}),
    "a mapping that becomes a text": (BEFORE.replace("{l: 1}", "m"), {("extra", "k"), ("extra", "k", "l")}),
}


@pytest.mark.parametrize(("after", "ways"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_what_differs_is_found_by_its_way(after: str, ways: set[tuple[str, ...]]) -> None:
    reader = Reader()
    old, new = (reader.values(text.encode(), NOBODY) for text in (BEFORE, after))
    found = {way for way in old.differing(new) if old.get(way) != new.get(way)}
    assert found == ways
    assert {way for way in new.differing(old) if old.get(way) != new.get(way)} == ways


def test_a_record_of_a_catalogue_is_found_by_its_key() -> None:
    reader = Reader()
    source = b"one: {title: A}\ntwo: {title: B}\n"
    assert reader.values(source, frozenset(("two",))).get(("title",)) == '"B"'
    assert reader.values(source, frozenset(("three",))) is not BROKEN
    assert reader.values(source, frozenset(("three",))).differing(NONE) == []
    assert reader.values(b"one: [", frozenset(("one",))) is BROKEN
