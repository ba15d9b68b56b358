"""Laws of reading: nothing that is read can raise, and every place lies inside its file."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml as pyyaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.check import check
from handbook.finding import START, Fault, Place, Pointer
from handbook.settings import Settings
from handbook.sources import Disk, literal
from handbook.text import markdown, yaml
from tests.rules.example import BASE

ROOT = Path(__file__).parent.parent.parent

#: pieces that YAML gives a meaning, so that most texts made of them are nearly YAML
PIECES = [
    "a", "b: ", "c:", ": ", "- ", "-", "? ", "|\n", ">-\n", "\n", "\n  ", "\n    ", "\r\n", "\r", "\t", " ", "[", "]", "{", "}",
    ", ", '"', "'", "#", " #", "&x ", "*x", "!t ", "!!str ", "%YAML 1.2\n", "---\n", "...\n", "<<: ", "@", "`", "\\", "\\u00e9",
    "é", "😀", "\ufeff", "\u2028", "\u0085", "\x00", "\x07", "1", "0x1F", "1e999", ".inf", "~", "<<<<<<< a\n", ">>>>>>> b\n", "=",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
sources = st.one_of(
    st.binary(max_size=200),
    texts.map(str.encode),
    st.text(max_size=100).map(lambda s: s.encode(errors="replace")),
)


def lines_of(source: bytes) -> list[str]:
    return re.split(r"\r\n|\r|\n", source.decode(errors="replace").removeprefix("\ufeff"))


def inside(fault: Fault, lines: list[str]) -> bool:
    """Whether a fault's span is in a line of the file, at most one column behind its end, or at the start of the file."""
    span = fault.span
    if span == START:
        return True
    if not 1 <= span.line <= len(lines) + 1 or span.end_line != span.line:
        return False
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    return 1 <= span.column <= len(line) + 1 and span.column <= span.end_column <= len(line) + 2


@given(sources)
@example(b"&x [*x]")
@example(b"a: &x {<<: *x}")
@example(b"? [[a]]\n: b")
@example(b"[" * 300)
@settings(max_examples=400)
def test_any_bytes_are_read_and_every_fault_is_inside_them(source: bytes) -> None:
    document = yaml.read("a.yaml", source)
    json.dumps(document.data, allow_nan=False)
    assert [fault for fault in document.faults if not inside(fault, lines_of(source))] == []


@given(sources)
@settings(max_examples=300)
def test_any_page_is_read_and_every_fault_is_inside_it(source: bytes) -> None:
    page = b"---\n" + source + b"\n---\n" + source
    for text in (source, page):
        document = markdown.read("a.md", text)
        assert [fault for fault in document.faults if not inside(fault, lines_of(text))] == []


def places(value: Any, pointer: Pointer = ()) -> list[Pointer]:
    """The pointers of everything in a value, and of something that is not there."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [
        pointer,
        (*pointer, "missing"),
        *(found for step, item in below for found in places(item, (*pointer, step))),
    ]


@given(sources)
@settings(max_examples=300)
def test_every_value_has_a_place_inside_the_file(source: bytes) -> None:
    document = yaml.read("a.yaml", source)
    wanted = [Place("a.yaml", pointer, key) for pointer in places(document.data) for key in (False, True)]
    spans = yaml.locate(source, wanted)
    assert list(spans) == list(dict.fromkeys(wanted))
    lines = lines_of(source)
    if not document.faults:
        assert [place for place, span in spans.items() if not inside(Fault("", span, ""), lines)] == []


texts_of_people = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], exclude_characters="\u00a0\u00ad\ufffe\uffff"
    ),
    max_size=20,
).map(str.strip)
data = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 10**18, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False) | texts_of_people,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(texts_of_people, below, max_size=4),
    max_leaves=20,
)  # fmt: skip


class Quoting(pyyaml.SafeDumper):
    """Writes text in double quotes, so that no other version of YAML has a say in what it means."""

    def ignore_aliases(self, data: object) -> bool:
        return True


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
Quoting.add_representer(
    float, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:.17e}")
)


@given(data, st.booleans())
@settings(max_examples=300)
def test_what_was_written_is_read_back(value: Any, flow: bool) -> None:
    text = pyyaml.dump(value, Dumper=Quoting, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    document = yaml.read("a.yaml", text.encode())
    assert document.faults == ()
    assert repr(document.data) == repr(value)


@given(
    st.dictionaries(
        st.from_regex("[a-z]{1,8}", fullmatch=True), st.from_regex("[a-z]{1,8}", fullmatch=True), min_size=1
    )
)
def test_the_place_of_a_value_holds_its_text(value: dict[str, str]) -> None:
    source = "".join(f"{key}:   {text}\n" for key, text in value.items())
    wanted = [Place("a.yaml", (key,), on_key) for key in value for on_key in (False, True)]
    lines = source.splitlines()
    for place, span in yaml.locate(source.encode(), wanted).items():
        key = str(place.pointer[0])
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == (
            key if place.on_key else value[key]
        )


#: what gives a text another meaning to YAML, and what is no text at all
SIGNS = [piece.encode() for piece in PIECES] + [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc2\xa0", b"\xe2\x80\x8b", "“".encode(), b"NO", b"12:30", b"{{ ", b"{% "]  # fmt: skip
RECORDS = {path: source for path, source in Disk(str(ROOT), ["processes"]).items() if len(source) < 8000}


def damaged(source: bytes, chance: random.Random) -> bytes:
    """Bytes with bits turned, parts taken out, moved or cut off, and signs put in."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(source) + 1)
        end = min(len(source), start + chance.randint(1, 60))
        part = source[start:end]
        turned = bytes([byte ^ (1 << chance.randrange(8)) for byte in part[:1]]) + part[1:]
        put = chance.choice([b"", turned, chance.choice(SIGNS), chance.choice(SIGNS) + part, part + part])
        source = source[:start] + put + source[end if chance.random() < 0.95 else len(source) :]
    return source


@given(st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_a_damaged_record_is_read_and_its_faults_are_inside_it(path: str, seed: int) -> None:
    source = damaged(RECORDS[path], random.Random(seed))
    document = yaml.read(path, source)
    json.dumps(document.data, allow_nan=False)
    assert [fault for fault in document.faults if not inside(fault, lines_of(source))] == []
    for fault in document.faults:
        assert fault.help
        assert "\n" not in fault.message + fault.help
        assert re.sub(r"'[^']*'", "", fault.message).count('"') % 2 == 0  # what has " in it is cited in '


@given(st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_a_handbook_with_a_damaged_record_is_checked(path: str, seed: int) -> None:
    source = damaged(RECORDS[path], random.Random(seed))
    sources = {**literal(BASE), path: source}
    for finding in check(sources, Settings(), date(2026, 10, 5)):
        assert inside(Fault("", finding.span, ""), lines_of(sources[finding.path]))
        assert finding.message
