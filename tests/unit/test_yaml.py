"""YAML read as version 1.2 means it: what each way to write a value comes to."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.finding import Span
from handbook.text import yaml
from handbook.text.edit import applied
from handbook.text.yaml import Document, Value

BOM = "\ufeff"

PLAIN: dict[str, tuple[str, Value]] = {
    "true": ("true", True),
    "True": ("True", True),
    "TRUE": ("TRUE", True),
    "tRue": ("tRue", "tRue"),
    "false": ("false", False),
    "not octal": ("0o18", "0o18"),
    "hexadecimal": ("0x1F", 31),
    "date": ("2026-01-02", "2026-01-02"),
    "time stamp": ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
    "version": ("1.10", 1.1),
    "version of three": ("1.10.0", "1.10.0"),
    "integer": ("42", 42),
    "positive": ("+42", 42),
    "negative": ("-42", -42),
    "two zeros before a digit that is the same in octal": ("007", 7),
    "time before ten": ("09:30", "09:30"),
    "month": ("2026-05", "2026-05"),
    "duration": ("2d..5d", "2d..5d"),
    "effort": ("3h", "3h"),
    "address of a machine": ("192.168.0.1", "192.168.0.1"),
    "zero": ("0", 0),
    "largest": ("999999999999999999", 10**18 - 1),
    "most negative": ("-999999999999999999", 1 - 10**18),
    "fraction": (".5", 0.5),
    "open fraction": ("5.", 5.0),
    "signed exponent": ("-1.5E-3", -0.0015),
    "not an exponent": ("e3", "e3"),
    "hyphen before a word": ("-x", "-x"),
    "dots": ("...x", "...x"),
    "null": ("null", None),
    "Null": ("Null", None),
    "tilde": ("~", None),
    "nothing": ("", None),
    "none": ("None", "None"),
    "hash inside": ("a#b", "a#b"),
    "comment after": ("a # b", "a"),
    "hyphens": ("a - b", "a - b"),
    "question mark": ("Go or stop?", "Go or stop?"),
    "ampersand inside": ("R&D & *more*", "R&D & *more*"),
    "several words": ("a b  c", "a b  c"),
    "address": ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
    "double quotes": ('"NO\\t1"', "NO\t1"),
    "single quotes": ("'it''s 1'", "it's 1"),
    "quoted number": ('"0644"', "0644"),
    "quoted null": ('"null"', "null"),
    "empty text": ('""', ""),
    "characters beyond the first plane": ("😀 é", "😀 é"),
    "flow list": ("[1, Oslo, ~]", [1, "Oslo", None]),
    "flow mapping": ("{a: 1, b: [2, {c: x}]}", {"a": 1, "b": [2, {"c": "x"}]}),
    "empty list": ("[]", []),
    "empty mapping": ("{}", {}),
}


@pytest.mark.parametrize(("text", "value"), PLAIN.values(), ids=list(PLAIN))
def test_a_value_means_what_yaml_1_2_says(text: str, value: Value) -> None:
    document = yaml.read("a.yaml", f"key: {text}\n".encode())
    assert document.faults == ()
    assert document.data == {"key": value}
    assert isinstance(document.data, dict)
    assert type(document.data["key"]) is type(value)


#: text -> what YAML 1.1 and YAML 1.2 make of it
AMBIGUOUS: dict[str, tuple[str, str]] = {
    "NO": ("false", "text"), "no": ("false", "text"), "off": ("false", "text"), "n": ("false", "text"),
    "Yes": ("true", "text"), "on": ("true", "text"), "y": ("true", "text"),
    "0644": ("the number 420", "the number 644"), "0o17": ("text", "the number 15"), "08": ("text", "the number 8"),
    "-0x1F": ("the number -31", "text"), "0b11": ("the number 3", "text"), "1_000": ("the number 1000", "text"),
    "12:30:45": ("the number 45045", "text"), "22:22": ("the number 1342", "text"), "1:30.5": ("the number 90.5", "text"),
    "1e3": ("text", "the number 1000"), "1.5e3": ("text", "the number 1500"), "-.5": ("text", "the number -0.5"),
    "=": ("an error", "text"), "<<": ("an error", "text"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "meanings"), AMBIGUOUS.items(), ids=list(AMBIGUOUS))
def test_of_a_value_that_means_two_things_the_text_is_kept_and_quotes_are_offered(
    text: str, meanings: tuple[str, str]
) -> None:
    source = f"key: {text} # why\n".encode()
    document = yaml.read("a.yaml", source)
    assert document.data == {"key": text}
    assert not document.broken
    (fault,) = document.faults
    assert (fault.rule, fault.span) == ("ambiguous-value", Span(1, 6, 1, 6 + len(text)))
    assert (
        fault.message
        == f'programs do not agree about "{text}": it is {meanings[0]} in YAML 1.1 and {meanings[1]} in YAML 1.2'
    )
    assert fault.fix is not None
    assert fault.fix.safe
    mended = applied(source, fault.fix.edits)
    assert mended == f'key: "{text}" # why\n'.encode()
    assert yaml.read("a.yaml", mended) == Document("a.yaml", {"key": text})


BLOCKS: dict[str, tuple[str, Value]] = {
    "literal": ("a: |\n  x\n    y\n\n  z\n", {"a": "x\n  y\n\nz\n"}),
    "literal without its last line break": ("a: |-\n  x\n", {"a": "x"}),
    "literal with all line breaks": ("a: |+\n  x\n\nb: 1\n", {"a": "x\n\n", "b": 1}),
    "literal with marks of Markdown": ("a: |\n  *x* & `y`\n  %z @w\n", {"a": "*x* & `y`\n%z @w\n"}),
    "literal with indented marks of a merge": (
        "a: |\n  <<<<<<< HEAD\n  x\n  >>>>>>> y\n",
        {"a": "<<<<<<< HEAD\nx\n>>>>>>> y\n"},
    ),
    "folded": ("a: >\n  x\n  y\n\n  z\n", {"a": "x y\nz\n"}),
    "plain over two lines": ("a: x\n  y\n", {"a": "x y"}),
    "quoted over two lines": ('a: "x\n  y"\n', {"a": "x y"}),
    "nested": ("a:\n  - b: 1\n    c:\n      - x\n  -\n", {"a": [{"b": 1, "c": ["x"]}, None]}),
    "list at the level of its key": ("a:\n- 1\n- 2\n", {"a": [1, 2]}),
    "comments": ("# x\na: 1 # y\n# z\n", {"a": 1}),
    "start of a document": ("---\na: 1\n", {"a": 1}),
    "end of a document": ("a: 1\n...\n", {"a": 1}),
    "carriage returns": ("a: 1\r\nb: x\r\n", {"a": 1, "b": "x"}),
    "no last line break": ("a: 1", {"a": 1}),
    "keys stay text": ("1: a\ntrue: b\nnull: c\n2026-01-02: d\n", {"1": "a", "true": "b", "null": "c", "2026-01-02": "d"}),
    "empty": ("", None),
    "only comments": ("# nothing\n\n", None),
    "only a byte order mark": (BOM, None),
    "text at the root": ("hello\n", "hello"),
    "list at the root": ("- a\n", ["a"]),
    "number at the root": ("7\n", 7),
}  # fmt: skip


@pytest.mark.parametrize(("text", "data"), BLOCKS.values(), ids=list(BLOCKS))
def test_a_file_means_what_yaml_1_2_says(text: str, data: Value) -> None:
    document = yaml.read("a.yaml", text.encode())
    assert (document.data, document.faults) == (data, ())


def test_lists_and_mappings_may_be_a_hundred_levels_deep() -> None:
    document = yaml.read("a.yaml", b"[" * 100 + b"]" * 100)
    assert document.faults == ()
    depth, value = 0, document.data
    while isinstance(value, list):
        depth, value = depth + 1, value[0] if value else None
    assert depth == 100


def test_a_file_may_have_exactly_a_mebibyte() -> None:
    head = b"a: "
    document = yaml.read("a.yaml", head + b"x" * (yaml.MAX_BYTES - len(head)))
    assert document.faults == ()


def test_a_fraction_of_many_digits_is_rounded() -> None:
    document = yaml.read("a.yaml", b"a: 3.14159" + b"0" * 5000)
    assert isinstance(document.data, dict)
    assert math.isclose(float(str(document.data["a"])), 3.14159)
    assert document.faults == ()


def test_without_libyaml_records_mean_the_same(root: Path) -> None:
    """In an interpreter of its own, where PyYAML has no compiled part."""
    paths = sorted(map(str, (root / "processes/release").glob("*.yaml")))
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from handbook.text import libyaml, yaml\n"
        "assert libyaml._Parser.__name__ == 'SafeLoader', libyaml._Parser\n"
        f"for path in {paths!r}: print(yaml.read('a.yaml', open(path, 'rb').read()))\n"
        "print(yaml.read('a.yaml', b'[' * 200).faults[0].message, yaml.read('a.yaml', b'a: [').faults[0].rule)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    expected = [str(yaml.read("a.yaml", Path(path).read_bytes())) for path in paths]
    assert done.stderr == ""
    assert done.stdout.splitlines() == [*expected, "the file is nested deeper than 100 levels invalid-yaml"]


CITED = {
    "plain": ("a: Team #1", 'the value ends at "Team": YAML takes "#1" for a comment'),
    "with a quotation mark": ('a: Team #1"', 'the value ends at "Team": YAML takes \'#1"\' for a comment'),
    "long": (f"a: Team #{'1' * 40}", f'the value ends at "Team": YAML takes "#{"1" * 19}…" for a comment'),
}


@pytest.mark.parametrize(("text", "message"), CITED.values(), ids=list(CITED))
def test_a_text_is_cited_in_quotation_marks_that_it_does_not_have(text: str, message: str) -> None:
    assert [fault.message for fault in yaml.read("a.yaml", text.encode()).faults] == [message]
