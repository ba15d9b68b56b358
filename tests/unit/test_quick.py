"""What the quick reader says, the careful one would say as well; and of all else it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text import libyaml, quick, yaml

ROOT = Path(__file__).parents[2]
RECORDS = sorted((ROOT / "processes").rglob("*.yaml"))

UNUSUAL = {
    "no YAML": "a: [",
    "a tag": "a: !!str 1",
    "a tag on a list": "a: !own [1]",
    "a tag on a key": "!!str a: 1",
    "a key given twice": "{a: 1, a: 2}",
    "a list as a key": "[a]: 1",
    "a number as a key": "1: one",
    "a word of YAML 1.1": "a: yes",
    "a time": "a: 22:22",
    "a second document": "a: 1\n---\nb: 2\n",
    "a text and a second document": "a\n---\nb\n",
    "a number without end": "a: 1" + "0" * 40,
    "spaces in quotes": "a: ' b'",
    "too many levels": "[" * 120 + "]" * 120,
    "far too many levels": "- " * 1200 + "a",
}

SAID = {
    "a mapping": ("a: 1\nb: [x, 2.5, true, null]\n", {"a": 1, "b": ["x", 2.5, True, None]}),
    "quotes": ("a: \"1\"\nb: 'yes'\n", {"a": "1", "b": "yes"}),
    "blocks of text": ("a: |\n  one\n  two\nb: >-\n  one\n  two\n", {"a": "one\ntwo\n", "b": "one two"}),
    "lists in lists": ("- [[]]\n- {}\n- a:\n  - b\n", [[[]], {}, {"a": ["b"]}]),
    "one word": ("a", "a"),
    "nothing": ("# a\n", None),
}

signs = st.text(st.sampled_from("ab1: -[]{},'\"|>\n#?!~.0"), max_size=40)


def careful(source: bytes) -> yaml.Value:
    root = libyaml.compose(source)
    builder = yaml._Builder(0)
    data = None if root is None else builder.value(root)
    assert not builder.faults
    return data


def assert_alike(source: bytes) -> None:
    try:
        said = quick.values(source)
    except quick.Unusual:
        return
    assert repr(said) == repr(careful(source))


def is_usual(file: Path) -> bool:
    try:
        quick.values(file.read_bytes())
    except quick.Unusual:
        return False
    return True


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=list(UNUSUAL))
def test_nothing_is_said_of_what_is_unusual(text: str) -> None:
    with pytest.raises(quick.Unusual):
        quick.values(text.encode())


@pytest.mark.parametrize(("text", "said"), SAID.values(), ids=list(SAID))
def test_values_are_what_they_look_like(text: str, said: yaml.Value) -> None:
    assert quick.values(text.encode()) == said == careful(text.encode())


@pytest.mark.parametrize("file", RECORDS, ids=["/".join(file.parts[-2:]) for file in RECORDS])
def test_every_record_of_this_handbook_is_read_alike(file: Path) -> None:
    assert_alike(file.read_bytes())


@given(text=signs)
def test_whatever_is_said_both_readers_say(text: str) -> None:
    assert_alike(text.encode())


def test_most_records_are_read_quickly() -> None:
    assert sum(map(is_usual, RECORDS)) > 0.9 * len(RECORDS)


def test_nodes_are_nodes_again_afterwards() -> None:
    quick.values(b"a: [1]")
    root = libyaml.compose(b"b: [2]")
    assert isinstance(root, libyaml.MappingNode)
    assert root.value[0][0].start_mark.line == 0


@pytest.mark.parametrize(
    "text",
    ["- " * 1001 + "a", "[" * 501, "".join(f"{' ' * n}a:\n" for n in range(600)), "? " * 1001],
    ids=["lists", "brackets", "mappings", "keys"],
)
def test_what_may_be_nested_deeply_is_read_with_care(text: str) -> None:
    assert libyaml.guarded(text.encode() + b"- a-b" * 1001)


def test_many_hyphens_alone_are_no_reason_for_care() -> None:
    assert not libyaml.guarded(b"- a-b-c-d\n" * 1000)
