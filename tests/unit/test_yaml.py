"""YAML read as version 1.2 means it: what each way to write a value comes to."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml as pyyaml

from handbook.text import yaml
from handbook.text.yaml import Value

BOM = "\ufeff"

PLAIN: dict[str, tuple[str, Value]] = {
    "country code": ("NO", "NO"),
    "norwegian no": ("no", "no"),
    "yes": ("yes", "yes"),
    "on": ("on", "on"),
    "y": ("y", "y"),
    "true": ("true", True),
    "True": ("True", True),
    "TRUE": ("TRUE", True),
    "tRue": ("tRue", "tRue"),
    "false": ("false", False),
    "octal of YAML 1.1": ("0644", 644),
    "octal": ("0o17", 15),
    "not octal": ("0o18", "0o18"),
    "hexadecimal": ("0x1F", 31),
    "negative hexadecimal": ("-0x1F", "-0x1F"),
    "binary of YAML 1.1": ("0b11", "0b11"),
    "underscores": ("1_000", "1_000"),
    "sexagesimal": ("12:30:45", "12:30:45"),
    "time": ("22:22", "22:22"),
    "date": ("2026-01-02", "2026-01-02"),
    "time stamp": ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
    "version": ("1.10", 1.1),
    "version of three": ("1.10.0", "1.10.0"),
    "integer": ("42", 42),
    "positive": ("+42", 42),
    "negative": ("-42", -42),
    "zero": ("0", 0),
    "largest": ("999999999999999999", 10**18 - 1),
    "most negative": ("-999999999999999999", 1 - 10**18),
    "fraction": (".5", 0.5),
    "open fraction": ("5.", 5.0),
    "exponent": ("1e3", 1000.0),
    "signed exponent": ("-1.5E-3", -0.0015),
    "not an exponent": ("e3", "e3"),
    "hyphen before a word": ("-x", "-x"),
    "dots": ("...x", "...x"),
    "null": ("null", None),
    "Null": ("Null", None),
    "tilde": ("~", None),
    "nothing": ("", None),
    "none": ("None", "None"),
    "equals": ("=", "="),
    "less than": ("<<", "<<"),
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
    "flow list": ("[1, NO, ~]", [1, "NO", None]),
    "flow mapping": ("{a: 1, b: [2, {c: NO}]}", {"a": 1, "b": [2, {"c": "NO"}]}),
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
    "nested": ("a:\n  - b: 1\n    c:\n      - NO\n  -\n", {"a": [{"b": 1, "c": ["NO"]}, None]}),
    "list at the level of its key": ("a:\n- 1\n- 2\n", {"a": [1, 2]}),
    "comments": ("# x\na: 1 # y\n# z\n", {"a": 1}),
    "start of a document": ("---\na: 1\n", {"a": 1}),
    "end of a document": ("a: 1\n...\n", {"a": 1}),
    "byte order mark": (f"{BOM}a: 1\n", {"a": 1}),
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


def _without_libyaml(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.delattr(pyyaml, "CSafeLoader")
    spec = importlib.util.spec_from_file_location("handbook.text.slow_yaml", yaml.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    spec.loader.exec_module(module)
    return module


def test_without_libyaml_records_mean_the_same(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    slow = _without_libyaml(monkeypatch)
    assert issubclass(slow._Composer, pyyaml.SafeLoader)
    for path in sorted((root / "processes/release").glob("*.yaml")):
        source = path.read_bytes()
        assert slow.read("a.yaml", source).data == yaml.read("a.yaml", source).data
