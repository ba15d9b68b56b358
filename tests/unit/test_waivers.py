"""Waivers: where they stand, what they are meant for, and what is not one."""

from __future__ import annotations

import json
import time

import pytest

from handbook.finding import Severity, Span
from handbook.rules.registry import rules
from handbook.waivers import LASTING, Waiver, waivers

#: text -> (rule, first line, last line, reason, until) of each waiver
YAML: dict[str, tuple[str, list[tuple[str, int, int, str, str]]]] = {
    "none": ("title: X # a comment\n", []),
    "on the line": ("title: X\nowner: y  # handbook: allow a-b (why)\n", [("a-b", 2, 2, "why", "")]),
    "on the line of a block": ("steps: # handbook: allow a (why)\n  - id: x\n", [("a", 1, 1, "why", "")]),
    "above a line": ("# handbook: allow a (why)\ntitle: X\nowner: y\n", [("a", 2, 2, "why", "")]),
    "above a block": ("# handbook: allow a (why)\nsteps:\n  - id: x\n\n    to: y\nowner: z\n", [("a", 2, 5, "why", "")]),
    "above a list that is not indented": ("# handbook: allow a (why)\nsteps:\n- id: x\n  to: y\nowner: z\n", [("a", 2, 4, "why", "")]),
    "above an entry of a list": ("steps:\n  # handbook: allow a (why)\n  - id: x\n    to: y\n  - id: z\n", [("a", 3, 4, "why", "")]),
    "above other comments and empty lines": ("# handbook: allow a (why)\n\n# more\nowner: z\n", [("a", 4, 4, "why", "")]),
    "above a block of text": ("# handbook: allow a (why)\nnotes: |\n  one\n\n  # two\nowner: z\n", [("a", 2, 3, "why", "")]),
    "at the end": ("title: X\n# handbook: allow a (why)", [("a", 2, 2, "why", "")]),
    "for the file": ("# handbook: allow-file a (why)\ntitle: X\nowner: z\n", [("a", 1, 4, "why", "")]),
    "several rules": ("x: y # handbook: allow a, b-c,d (why)\n", [("a", 1, 1, "why", ""), ("b-c", 1, 1, "why", ""), ("d", 1, 1, "why", "")]),
    "a day": ("x: y # handbook: allow a (why, until 2027-03-01)\n", [("a", 1, 1, "why", "2027-03-01")]),
    "a day without a comma": ("x: y # handbook: allow a (why until 2027-03-01)\n", [("a", 1, 1, "why", "2027-03-01")]),
    "only a day": ("x: y # handbook: allow a (until 2027-03-01)\n", [("a", 1, 1, "", "2027-03-01")]),
    "until in the reason": ("x: y # handbook: allow a (we wait until launch)\n", [("a", 1, 1, "we wait until launch", "")]),
    "brackets in the reason": ("x: y # handbook: allow a (why (see #12), really)\n", [("a", 1, 1, "why (see #12), really", "")]),
    "no reason": ("x: y # handbook: allow a\n", [("a", 1, 1, "", "")]),
    "another comment behind it": ("x: y # handbook: allow a (why) # more (less)\n", [("a", 1, 1, "why", "")]),
    "in a header of a text": ("notes: | # handbook: allow a (why)\n  one\n", [("a", 1, 1, "why", "")]),
    "in a text": ("notes: |\n  # handbook: allow a (why)\nowner: z\n", []),
    "in quotes": ('x: "y # handbook: allow a (why)"\n', []),
    "in quotes over lines": ('x: "y\n  # handbook: allow a (why)"\n', []),
    "behind quotes": ('x: "#" # handbook: allow a (why)\n', [("a", 1, 1, "why", "")]),
    "in a word": ("x: y# handbook: allow a (why)\n", []),
    "with a byte order mark": ("\ufeff# handbook: allow a (why)\nx: y\n", [("a", 2, 2, "why", "")]),
    "with CRLF": ("# handbook: allow a (why)\r\nx:\r\n  y: z\r\n", [("a", 2, 3, "why", "")]),
    "above what is not YAML": ("# handbook: allow a (why)\nx: [\n", []),
    "not in Markdown's form": ("x: y <!-- handbook: allow a (why) -->\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), YAML.values(), ids=list(YAML))
def test_a_waiver_of_a_record(text: str, expected: list[tuple[str, int, int, str, str]]) -> None:
    found = waivers("processes/a.yaml", text.encode())
    assert [(w.rule, w.first, w.last, w.reason, w.until) for w in found] == expected
    assert all(not waiver.wrong for waiver in found)


PAGES: dict[str, tuple[str, list[tuple[str, int, int, str, str]]]] = {
    "on the line": ("One\ntwo <!-- handbook: allow a (why) --> three\n", [("a", 2, 2, "why", "")]),
    "above a block": ("<!-- handbook: allow a, b (why, until 2027-03-01) -->\n\none\ntwo\n\nthree\n", [("a", 3, 4, "why", "2027-03-01"), ("b", 3, 4, "why", "2027-03-01")]),
    "above a fence": ("<!-- handbook: allow a (why) -->\n```md\none\n\ntwo\n```\nthree\n", [("a", 2, 6, "why", "")]),
    "above the last block": ("<!-- handbook: allow a (why) -->\none\ntwo", [("a", 2, 3, "why", "")]),
    "for the file": ("one\n<!-- handbook: allow-file a (why) -->\n", [("a", 1, 3, "why", "")]),
    "in a fence": ("```\n<!-- handbook: allow a (why) -->\n```\n~~~~\n```\n<!-- handbook: allow a (why) -->\n~~~~\n", []),
    "in code": ("Write `<!-- handbook: allow a (why) -->`.\n", []),
    "two on a line": ("<!-- handbook: allow a (why) --> <!-- handbook: allow b (why) -->\none\n", [("a", 2, 2, "why", ""), ("b", 2, 2, "why", "")]),
    "in the front matter": ("---\ntitle: X\n# handbook: allow a (why)\nlinks:\n  - x\n---\none\n", [("a", 4, 5, "why", "")]),
    "of records, in the text": ("one # handbook: allow a (why)\n", []),
    "not closed": ("<!-- handbook: allow a (why)\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAGES.values(), ids=list(PAGES))
def test_a_waiver_of_a_page(text: str, expected: list[tuple[str, int, int, str, str]]) -> None:
    found = waivers("docs/a.md", text.encode())
    assert [(w.rule, w.first, w.last, w.reason, w.until) for w in found] == expected


WRONG = {
    "handbook: allow": "this waiver names no rule",
    "handbook: allow (why)": "this waiver is not understood",
    "handbook: allow-line a (why)": "this waiver is not understood",
    "handbook: allowed a (why)": "this waiver is not understood",
    "handbook: allow a (why) b": "this waiver is not understood",
    "handbook: allow a (why": "this waiver is not understood",
    "handbook: allow a (why, until then)": '"then" is not a day such as 2027-03-01',
    "handbook: allow a (why, until 2027-02-30)": '"2027-02-30" is not a day such as 2027-03-01',
    "handbook: allow a (why until 1.3.2027)": '"1.3.2027" is not a day such as 2027-03-01',
}


@pytest.mark.parametrize(("comment", "wrong"), WRONG.items(), ids=list(WRONG))
def test_a_waiver_that_is_not_understood_says_so(comment: str, wrong: str) -> None:
    (record,) = waivers("processes/a.yaml", f"x: y # {comment}\n".encode())
    (page,) = waivers("docs/a.md", f"x <!-- {comment} -->\n".encode())
    assert (record.wrong, page.wrong) == (wrong, wrong)


def removed(path: str, text: str) -> str:
    """The text without its first waiver."""
    span = waivers(path, text.encode())[0].comment
    lines = [*text.splitlines(keepends=True), ""]
    start, end = lines[span.line - 1][: span.column - 1], lines[span.end_line - 1][span.end_column - 1 :]
    return "".join([*lines[: span.line - 1], start + end, *lines[span.end_line :]])


REMOVALS = {
    "behind a value": ("a.yaml", "a: b\nx: y   # handbook: allow a (why)\nc: d\n", "a: b\nx: y\nc: d\n"),
    "on its own line": ("a.yaml", "a: b\n  # handbook: allow a (why)\nc: d\n", "a: b\nc: d\n"),
    "at the end": ("a.yaml", "a: b\n# handbook: allow a (why)", "a: b\n"),
    "before another comment": ("a.yaml", "# handbook: allow a (why) # more\nc: d\n", " # more\nc: d\n"),
    "in a page": ("a.md", "one <!-- handbook: allow a (why) --> two\n", "one two\n"),
    "on its own line in a page": ("a.md", "<!-- handbook: allow a (why) -->\none\n", "one\n"),
}


@pytest.mark.parametrize(("path", "before", "after"), REMOVALS.values(), ids=list(REMOVALS))
def test_what_goes_with_a_waiver_leaves_the_rest_as_it_is(path: str, before: str, after: str) -> None:
    assert removed(path, before) == after


def test_the_span_of_a_waiver_is_the_name_of_the_rule() -> None:
    first, second = waivers("processes/a.yaml", b"x: y # handbook: allow one, two (why)\n")
    assert (first.span, second.span) == (Span(1, 24, 1, 27), Span(1, 29, 1, 32))
    assert first.comment == second.comment == Span(1, 5, 1, 38)
    assert (first.count, second.count) == (2, 2)


def test_a_waiver_is_kept_as_plain_values() -> None:
    for waiver in waivers("processes/a.yaml", b"x: y # handbook: allow one, two (why, until 2027-03-01)\n"):
        assert Waiver.of_plain(json.loads(json.dumps(waiver.plain()))) == waiver


def test_what_cannot_be_waived_are_the_errors_of_reading() -> None:
    known = rules().values()
    reading = {rule.name for rule in known if rule.group == "reading" and rule.severity is Severity.ERROR}
    assert reading - {"invalid-baseline"} == LASTING - {"invalid-baseline"}


HOSTILE = {
    "comments in one line": ("a.md", "<!-- handbook: allow " * 40_000),
    "spaces": ("a.yaml", "# handbook: allow" + " " * 900_000 + ")"),
    "signs": ("a.yaml", "# handbook: allow a" + " #" * 400_000 + ")"),
    "names": ("a.yaml", "# handbook: allow " + "a, " * 300_000 + "(why)"),
    "lines": ("a.yaml", "# handbook: allow a (why)\n" * 40_000),
    "deep": ("a.yaml", "# handbook: allow a (why)\nx: " + "[" * 100_000),
    "brackets": ("a.yaml", "# handbook: allow a (why, until " + "(" * 900_000 + ")"),
}


@pytest.mark.parametrize(("path", "text"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_takes_no_time(path: str, text: str) -> None:
    begun = time.process_time()
    assert len(waivers(path, text.encode())) <= 400
    assert time.process_time() - begun < 5


def test_a_file_in_another_encoding_has_no_waivers() -> None:
    assert waivers("processes/a.yaml", "x: é # handbook: allow a (why)".encode("latin-1")) == ()
