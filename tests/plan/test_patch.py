"""Many changes of one file at once: what was asked for is there, and every other line is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.finding import Change, Place
from handbook.text import yaml
from handbook.text.block import block
from handbook.text.patch import patched

AT = Place("x.yaml")
ORDER = {"": ("title", "tasks", "slips", "reports"), "tasks": ("id", "status", "done_on", "why")}
FILE = """\
# a comment at the top
title: One  # beside it
tasks:
  - id: a
    status: todo  # still
    why: "later: maybe"

  # between
  - {id: b, status: todo}
  - id: c
    status: doing
slips:
- on: 2026-10-05
  reason: x
"""


def change(*way: str | int, value: object = None) -> Change:
    at = AT
    for step in way:
        at = at / step
    return Change(at, value)


CASES: dict[str, tuple[list[Change], list[str], list[str]]] = {
    "a value": ([change("title", value="Two")], ["title: One  # beside it"], ["title: Two  # beside it"]),
    "a value in quotes keeps them": ([change("tasks", 0, "why", value="now")], ['    why: "later: maybe"'], ['    why: "now"']),
    "a key in its place": ([change("tasks", 0, "done_on", value="2026-10-06")], [], ["    done_on: 2026-10-06"]),
    "two keys in their order": (
        [change("tasks", 2, "why", value="because"), change("tasks", 2, "done_on", value="2026-10-06")],
        [],
        ["    done_on: 2026-10-06", "    why: because"],
    ),
    "a key in braces": ([change("tasks", 1, "why", value="a, b")], ["  - {id: b, status: todo}"], ['  - {id: b, status: todo, why: "a, b"}']),
    "an entry at the end": ([change("slips", 1, value={"on": "2026-10-06", "reason": "z"})], [], ["- on: 2026-10-06", "  reason: z"]),
    "a list that was not there": (
        [change("reports", 0, value={"text": "a\nb\n"}), change("reports", 1, value={"text": "c"})],
        [],
        ["reports:", "  - text: |", "      a", "      b", "  - text: c"],
    ),
    "an entry that goes": ([change("tasks", 1)], ["  - {id: b, status: todo}"], []),
    "a key that goes": ([change("tasks", 0, "why")], ['    why: "later: maybe"'], []),
    "nothing new": ([change("title", value="One")], [], []),
}  # fmt: skip


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("changes", "gone", "come"), CASES.values(), ids=list(CASES))
def test_only_the_lines_that_change_are_touched(
    changes: list[Change], gone: list[str], come: list[str], ends: str
) -> None:
    after = patched(FILE.replace("\n", ends).encode(), changes, ORDER)
    assert after is not None
    assert after.count(b"\r\n") == (after.count(b"\n") if ends == "\r\n" else 0)
    before_lines, after_lines = FILE.splitlines(), after.decode().splitlines()
    assert [line for line in before_lines if line not in after_lines] == gone
    assert [line for line in after_lines if line not in before_lines] == come


def test_a_file_without_an_end_of_line_gets_one_only_where_something_follows() -> None:
    made = patched(
        b"title: One\nslips:\n  - on: 2026-10-05", [change("slips", 1, value={"on": "2026-10-06"})], {}
    )
    assert made == b"title: One\nslips:\n  - on: 2026-10-05\n  - on: 2026-10-06"


REFUSED = {
    "a value over several lines": ("title: >-\n  One\n  two\n", [change("title", value="Two")]),
    "an entry in brackets": ("slips: [a]\n", [change("slips", 1, value="b")]),
    "an anchor": ("title: &a One\nalso: *a\n", [change("title", value="Two")]),
    "no YAML": ("title: [\n", [change("title", value="Two")]),
    "an entry of nothing": ("title: One\n", [change("tasks", 3, "status", value="done")]),
}


@pytest.mark.parametrize(("text", "changes"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_done_safely_is_refused(text: str, changes: list[Change]) -> None:
    assert patched(text.encode(), changes, {}) is None


#: what people type; characters that nobody sees, and spaces around a text, are a finding of their own
texts = (
    st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" \n"), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
scalars = st.one_of(texts, st.integers(-999, 999), st.booleans())
flat = st.dictionaries(st.from_regex("[a-z][a-z_]{0,6}", fullmatch=True), scalars, min_size=1, max_size=5)


@given(st.lists(flat, min_size=1, max_size=5), st.data())
def test_what_is_read_back_is_what_was_asked_for(tasks: list[dict[str, Any]], data: st.DataObject) -> None:
    source = "".join(block({"title": "One", "tasks": tasks})).encode()
    assert yaml.read_part(source, 0) == ({"title": "One", "tasks": tasks}, ())
    at = data.draw(st.integers(0, len(tasks) - 1))
    key = data.draw(st.sampled_from([*tasks[at], "new_key"]))
    value = data.draw(texts)
    added = data.draw(flat)
    changes = [change("tasks", at, key, value=value), change("tasks", len(tasks), value=added)]
    after = patched(source, changes, {})
    if after is not None:  # a value over several lines is left to people
        tasks[at][key] = value
        assert yaml.read_part(after, 0)[0] == {"title": "One", "tasks": [*tasks, added]}
    else:
        assert any("\n" in str(one) for one in tasks[at].values())
