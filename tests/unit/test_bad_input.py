"""What people, editors and programs do to YAML files: each has its finding and its place, and most have their remedy.

Rows are what other readers accept silently, read in two ways, or do not survive.
"""

from __future__ import annotations

import pytest

from handbook.finding import Span
from handbook.text import yaml
from handbook.text.edit import applied
from handbook.text.yaml import Value

BOM = "\ufeff"


def _bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


#: what stands in the file; the rule and the span; the data that go on, None where they cannot
FOUND: dict[str, tuple[str | bytes, str, tuple[int, int, int, int], Value]] = {
    "norway": ("a: NO\n", "ambiguous-value", (1, 4, 1, 6), {"a": "NO"}),
    "switch in a list": ("a: [x, on]\n", "ambiguous-value", (1, 8, 1, 10), {"a": ["x", "on"]}),
    "mode of a file": ("a: 0644\n", "ambiguous-value", (1, 4, 1, 8), {"a": "0644"}),
    "octal": ("a: 0o644\n", "ambiguous-value", (1, 4, 1, 9), {"a": "0o644"}),
    "thousands": ("a: 1_000\n", "ambiguous-value", (1, 4, 1, 9), {"a": "1_000"}),
    "time of day": ("a: 12:30:45\n", "ambiguous-value", (1, 4, 1, 12), {"a": "12:30:45"}),
    "ports": ("- 22:22\n", "ambiguous-value", (1, 3, 1, 8), ["22:22"]),
    "commit that looks like a number": ("a: 12e4567\n", "unusable-number", (1, 4, 1, 11), {"a": "12e4567"}),
    "exponent": ("a: 1e3\n", "ambiguous-value", (1, 4, 1, 7), {"a": "1e3"}),
    "equals sign": ("a: =\n", "ambiguous-value", (1, 4, 1, 5), {"a": "="}),
    "number of 5,000 digits": ("a: " + "1" * 5000, "unusable-number", (1, 4, 1, 5004), {"a": "1" * 5000}),
    "infinity": ("a: .inf\n", "unusable-number", (1, 4, 1, 8), {"a": ".inf"}),
    "beyond all numbers": ("a: 1e999\n", "unusable-number", (1, 4, 1, 9), {"a": "1e999"}),
    "channel": ("a: Team #1 x\n", "lost-text", (1, 9, 1, 13), {"a": "Team"}),
    "key twice": ("a: 1\nb:\n  c: 1\n  c: 2\n", "duplicate-key", (4, 3, 4, 4), {"a": 1, "b": {"c": 2}}),
    "merge key": ("a: &b {x: 1}\n", "unsupported-yaml", (1, 4, 1, 5), {"a": {"x": 1}}),
    "alias of nothing": ("a: *b\n", "unsupported-yaml", (1, 4, 1, 5), None),
    "deep": ("[" * 1_000_000, "unsupported-yaml", (1, 101, 1, 102), None),
    "deep and closed": ("[" * 600 + "]" * 600, "unsupported-yaml", (1, 101, 1, 102), None),
    "deep in blocks": ("".join(" " * n + "a:\n" for n in range(600)), "unsupported-yaml", (101, 101, 101, 102), None),
    "deep in keys": ("? " * 60_000, "unsupported-yaml", (1, 201, 1, 202), None),
    "tab as indentation": ("a:\n\tb: 1\n", "tab-as-space", (2, 1, 2, 2), None),
    "tab behind a colon": ("a:\tb\n", "tab-as-space", (1, 3, 1, 4), {"a": "b"}),
    "tab behind a comma": ("a: [b,\tc]\n", "tab-as-space", (1, 7, 1, 8), {"a": ["b", "c"]}),
    "tab behind a hyphen": ("-\tb\n", "tab-as-space", (1, 2, 1, 3), None),
    "second document": ("a: 1\n---\nb: 2\n", "unsupported-yaml", (2, 1, 2, 2), None),
    "byte order mark": (f"{BOM}a: 1\n", "byte-order-mark", (1, 1, 1, 1), {"a": 1}),
    "mixed ends of lines": ("a: 1\nb: 2\r\nc: 3\n", "mixed-line-ends", (2, 5, 2, 6), {"a": 1, "b": 2, "c": 3}),
    "one line of many without its carriage return": ("a: 1\r\nb: 2\nc: 3\r\nd: 4\r\n", "mixed-line-ends", (2, 5, 2, 6), {"a": 1, "b": 2, "c": 3, "d": 4}),
    "old Mac": ("a: 1\rb: 2\r", "mixed-line-ends", (1, 5, 1, 6), {"a": 1, "b": 2}),
    "UTF-16": ("a: 1\n".encode("utf-16"), "not-utf8", (1, 1, 1, 1), None),
    "UTF-16 without its mark": ("a: 1\n".encode("utf-16-le"), "not-utf8", (1, 1, 1, 1), None),
    "Latin-1": ("a: 1\nb: é\n".encode("latin-1"), "not-utf8", (2, 4, 2, 5), None),
    "lone surrogate in bytes": (b"a: \xed\xa0\xbd\n", "not-utf8", (1, 4, 1, 5), None),
    "halves of a character": ('a: "\\ud83d\\ude80"\n', "invalid-yaml", (1, 7, 1, 8), None),
    "nul": ("a: x\0y\n", "invalid-yaml", (1, 5, 1, 6), None),
    "bell": ("a: x\ay\n", "invalid-yaml", (1, 5, 1, 6), None),
    "space that does not break after a colon": ("a:\u00a0x\n", "invisible-character", (1, 1, 1, 5), "a:\u00a0x"),
    "the same in every line": ("a:\u00a0x\nb:\u00a0y\n", "invisible-character", (1, 1, 1, 2), "a:\u00a0x b:\u00a0y"),
    "the same between good lines": ("a: x\nb:\u00a0y\nc: z\n", "invisible-character", (2, 3, 2, 4), None),
    "the same in an entry": ("a:\n  - id:\u00a0x\n", "invisible-character", (2, 5, 2, 10), {"a": ["id:\u00a0x"]}),
    "space that does not break in a key": ("a\u00a0b: 1\n", "invisible-character", (1, 1, 1, 4), {"a b": 1}),
    "zero-width space in a value": ("a: x\u200by\n", "invisible-character", (1, 5, 1, 6), {"a": "xy"}),
    "zero-width space in a key": ("a\u200bb: 1\n", "invisible-character", (1, 2, 1, 3), {"ab": 1}),
    "joiner between letters that need none": ("a: x\u200dy\n", "invisible-character", (1, 5, 1, 6), {"a": "xy"}),
    "soft hyphen": ("a: x\u00ady\n", "invisible-character", (1, 5, 1, 6), {"a": "xy"}),
    "byte order mark in the middle": (f"a: x{BOM}y\n", "invisible-character", (1, 5, 1, 6), {"a": "xy"}),
    "text turned round": ("a: x\u202ey\n", "invisible-character", (1, 5, 1, 6), {"a": "xy"}),
    "text turned round in a comment": ("a: x # \u2067y\n", "invisible-character", (1, 8, 1, 9), {"a": "x"}),
    "line separator": ("a: x\u2028y\n", "invisible-character", (1, 5, 1, 6), None),
    "next line": ("a: x\u0085y\n", "invisible-character", (1, 5, 1, 6), None),
    "typographic quotes around a name": ("a: “b-c”\n", "typographic-quotes", (1, 4, 1, 9), {"a": "b-c"}),
    "typographic quotes around a sentence": ("a: „Go on.“\n", "typographic-quotes", (1, 4, 1, 12), {"a": "„Go on.“"}),
    "space before the closing quotes": ('a: "b "\n', "stray-space", (1, 4, 1, 8), {"a": "b"}),
    "space behind the opening quotes": ("a: [' b']\n", "stray-space", (1, 5, 1, 9), {"a": ["b"]}),
    "space that does not break at the end": ("a: 2026-10-05\u00a0\n", "stray-space", (1, 4, 1, 15), {"a": "2026-10-05"}),
    "colon in a sentence": ("a: Foo: bar\n", "invalid-yaml", (1, 7, 1, 8), None),
    "name of a person": ("a: @jane\n", "invalid-yaml", (1, 4, 1, 5), None),
    "code": ("a: `x`\n", "invalid-yaml", (1, 4, 1, 5), None),
    "percentage": ("a: %x\n", "invalid-yaml", (1, 4, 1, 5), None),
    "open quotes": ('a: 1\nb: "x\nc: 1\n', "invalid-yaml", (2, 4, 2, 5), None),
    "less indented": ("a:\n    b: 1\n  c: 2\n", "invalid-yaml", (3, 3, 3, 4), None),
    "hyphen without a space": ("a:\n  - b\n  -c\n", "invalid-yaml", (3, 3, 3, 4), None),
    "half a merge": ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", "invalid-yaml", (2, 1, 2, 8), None),
    "template": ("a: {{ x }}\n", "unsupported-yaml", (1, 4, 1, 11), {"a": {}}),
    "statement of a template": ("a: 1\n{% if x %}\n", "unsupported-yaml", (2, 2, 2, 3), None),
    "object of Python": ("a: !!python/object:os.system {}\n", "unsupported-yaml", (1, 4, 1, 32), {"a": {}}),
    "binary": ("a: !!binary aGk=\n", "unsupported-yaml", (1, 4, 1, 17), {"a": "aGk="}),
    "list as a key": ("? [a]\n: b\n", "unsupported-yaml", (1, 3, 1, 6), {}),
    "directive": ("%YAML 1.1\n---\na: 1\n", "unsupported-yaml", (1, 1, 1, 2), None),
    "too large": ("a: " + "x" * 1024 * 1024, "file-too-large", (1, 1, 1, 1), None),
}  # fmt: skip


def _bytes(source: str | bytes) -> bytes:
    return source.encode() if isinstance(source, str) else source


@pytest.mark.parametrize(("source", "rule", "span", "data"), FOUND.values(), ids=list(FOUND))
def test_bad_input_has_one_finding_at_its_place(
    source: str | bytes, rule: str, span: tuple[int, int, int, int], data: Value
) -> None:
    document = yaml.read("a.yaml", _bytes(source))
    assert [(fault.rule, fault.span) for fault in document.faults] == [(rule, Span(*span))]
    assert document.data == data
    assert document.faults[0].message
    assert document.faults[0].help


#: what other tools stumble over or change, and what it is
GOOD: dict[str, tuple[str, Value]] = {
    "day": ("a: 2026-01-02\n", {"a": "2026-01-02"}),
    "month": ("a: 2026-05\n", {"a": "2026-05"}),
    "hexadecimal": ("a: 0x1F\n", {"a": 31}),
    "version that two readers see alike": ("a: 1.10\n", {"a": 1.1}),
    "keys that are switches elsewhere": ("on: 1\nno: 2\n", {"on": 1, "no": 2}),
    "carriage returns throughout": ("a: 1\r\nb: |\r\n  x\r\n", {"a": 1, "b": "x\n"}),
    "no last line break": ("a: 1", {"a": 1}),
    "spaces at the ends of lines": ("a: 1  \nb: |\n  x  \n", {"a": 1, "b": "x  \n"}),
    "empty value": ("a:\nb: ~\n", {"a": None, "b": None}),
    "joiner in an emoji": ("a: 👩\u200d💻\n", {"a": "👩\u200d💻"}),
    "joiner in Persian": ("a: می\u200cخواهم\n", {"a": "می\u200cخواهم"}),
    "spaces that do not break inside": ("a: 10\u00a0% of « all\u00a0»\n", {"a": "10\u00a0% of « all\u00a0»"}),
    "typographic quotes inside": ("a: Say “yes” or “no”\n", {"a": "Say “yes” or “no”"}),
    "two quotations": ("a: “yes” or “no”\n", {"a": "“yes” or “no”"}),
    "separator in quotes": ('a: " | "\n', {"a": " | "}),
    "tab inside text": ("a: x\ty\nb: |\n  x\n  \ty\n", {"a": "x\ty", "b": "x\n\ty\n"}),
    "tab before a comment": ("a: x\t# y\n", {"a": "x"}),
    "line of 100 kB": ("a: " + "x" * 100_000, {"a": "x" * 100_000}),
    "a mebibyte in one line": ("a: " + "x " * 500_000, {"a": ("x " * 500_000).strip()}),
    "50,000 keys": ("".join(f"k{n}: {n}\n" for n in range(50_000)), {f"k{n}": n for n in range(50_000)}),
    "100,000 entries": ("[" + "x, " * 100_000 + "]", ["x"] * 100_000),
}  # fmt: skip


@pytest.mark.parametrize(("source", "data"), GOOD.values(), ids=list(GOOD))
def test_what_is_unusual_and_clear_has_no_finding(source: str, data: Value) -> None:
    document = yaml.read("a.yaml", source.encode())
    assert document.faults == ()
    assert document.data == data


def test_an_alias_bomb_is_never_unfolded() -> None:
    document = yaml.read("a.yaml", _bomb(9).encode())
    assert document.data is None
    assert {fault.rule for fault in document.faults} == {"unsupported-yaml"}


#: what a fix makes of it, where that is beyond doubt
MENDED: dict[str, tuple[str, str]] = {
    "norway": ("a: NO # x\n", 'a: "NO" # x\n'),
    "switch in a list": ("a: [x, on]\n", 'a: [x, "on"]\n'),
    "byte order mark": (f"{BOM}a: 1\n", "a: 1\n"),
    "mixed ends of lines": ("a: 1\nb: 2\r\nc: |\n  x\r\n  y\n", "a: 1\nb: 2\nc: |\n  x\n  y\n"),
    "mostly Windows": ("a: 1\r\nb: 2\nc: 3\r\nd: 4", "a: 1\r\nb: 2\r\nc: 3\r\nd: 4"),
    "old Mac": ("a: 1\rb: 2\r", "a: 1\nb: 2\n"),
    "zero-width space": (f"{BOM}a: x\u200by # é\n", f"{BOM}a: xy # é\n"),
    "line separators": ("a: x\u2028y\nb: z\u0085\n", "a: x y\nb: z \n"),
    "space that does not break in a key": ("- a\u00a0b: 1\n", "- a b: 1\n"),
    "spaces that do not break after colons": ("a: x\nb:\u00a0y\nc:\u00a0z\n", "a: x\nb: y\nc: z\n"),
    "typographic quotes": ("a: {b: “c”}\n", "a: {b: c}\n"),
    "typographic quotes around a day": ("a: “2026-10-05”\n", "a: 2026-10-05\n"),
    "stray space in quotes": ("a: 'b-c ' # x\n", "a: 'b-c' # x\n"),
    "tab behind a colon": ("a:\tb\n", "a: b\n"),
    "tabs as indentation": ("a:\n\tb:\n\t\t- c\nd: |\n  x\n  \ty\n", "a:\n  b:\n    - c\nd: |\n  x\n  \ty\n"),
    "colon in a sentence": ("a: Go: on, it's all right # x\n", "a: \"Go: on, it's all right\" # x\n"),
    "colon in an entry": ('- Say: "go: on"\n', "- 'Say: \"go: on\"'\n"),
    "name of a person": ("a: [@jane, x]\n", 'a: ["@jane", x]\n'),
    "percentage": ("a: %x\n", 'a: "%x"\n'),
    "anchor that nothing repeats": ("a: &b [c] # d\n", "a: [c] # d\n"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "after"), MENDED.values(), ids=list(MENDED))
def test_a_safe_fix_mends_its_finding_and_nothing_else(source: str, after: str) -> None:
    for fault in yaml.read("a.yaml", source.encode()).faults:
        if fault.rule != "byte-order-mark" or not after.startswith(BOM):
            assert fault.fix is not None
            assert fault.fix.safe
            assert applied(source.encode(), fault.fix.edits) == after.encode()


#: what a fix would make of it, where somebody has to look first
SUGGESTED: dict[str, tuple[str, str]] = {
    "channel": ("a: Ask in #help now # a remark\n", 'a: "Ask in #help now" # a remark\n'),
    "number": ("a: .inf\n", 'a: ".inf"\n'),
    "text turned round": ("a: x\u202ey\n", "a: xy\n"),
    "typographic quotes around a sentence": ("a: “Go on.”\n", 'a: "Go on."\n'),
    "open quotes": ('a: "x\nb: 1\n', 'a: "x"\nb: 1\n'),
    "word and colon": ("a: event: x\n", 'a: "event: x"\n'),
    "bracket too many": ("a: [x]]\n", "a: [x]\n"),
}


@pytest.mark.parametrize(("source", "after"), SUGGESTED.values(), ids=list(SUGGESTED))
def test_a_suggestion_is_not_safe(source: str, after: str) -> None:
    (fault,) = yaml.read("a.yaml", source.encode()).faults
    assert fault.fix is not None
    assert not fault.fix.safe
    assert applied(source.encode(), fault.fix.edits) == after.encode()


MESSAGES: dict[str, tuple[str, str]] = {
    "a key too far to the left": ("a:\n    b: 1\n  c: 2\n", ": 4 spaces are expected, as in line 2"),
    "a key too far to the right": ("a: 1\nb:\n  c: {}\n   d: 2\n", ": 2 spaces are expected, as in line 3"),
    "an entry too far to the left": ("a:\n  - b\n - c\n", ": 2 spaces are expected, as in line 2"),
    "a first line": (" a: 1\nb: 2\n", ": 1 space is expected, as in line 1"),
    "the sign that opens a value": ("a: `b`\n", 'a value may not begin with "`"'),
    "quotation marks": ("a: 'b\n", "a quotation mark that opens here is never closed"),
}


@pytest.mark.parametrize(("source", "message"), MESSAGES.values(), ids=list(MESSAGES))
def test_a_message_says_what_was_expected(source: str, message: str) -> None:
    (fault,) = yaml.read("a.yaml", source.encode()).faults
    assert fault.message.endswith(message)
