"""What holds for every format: an empty report is valid, odd names and texts do no harm, and bytes do not differ."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.finding import Edit, Finding, Fix, Span
from handbook.report import FORMATS, renderer
from handbook.report.report import Report
from tests.reports.example import NAMES, TEXTS, E, I, W, finding, odd, report, usual

JSON = ("json", "sarif", "gitlab", "rdjson")
READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(JSON, json.loads),
    "junit": lambda text: ElementTree.fromstring(text.encode()),
}
LINES = {"text", "concise", "github", "markdown"}


def read(name: str, shown: Report) -> object:
    text = renderer(name)(shown)
    assert text == "" or text.endswith("\n")
    return READERS.get(name, str.splitlines)(text)


def test_every_format_is_known_to_these_tests() -> None:
    assert READERS.keys() | LINES == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_report_can_be_read(name: str) -> None:
    read(name, report(files=0))


@pytest.mark.parametrize("name", FORMATS)
def test_odd_names_and_texts_can_be_read(name: str) -> None:
    read(name, odd())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert renderer(name)(usual()) == renderer(name)(usual())
    assert renderer(name)(odd()) == renderer(name)(odd())


@pytest.mark.parametrize("name", FORMATS)
def test_no_output_holds_half_a_character_or_moves_a_terminal(name: str) -> None:
    text = renderer(name)(odd())
    text.encode()
    assert set(re.findall("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)) <= {"\n"}


@pytest.mark.parametrize("name", [*JSON, "junit"])
def test_a_program_reads_plain_ascii_whatever_the_terminal(name: str) -> None:
    assert renderer(name)(odd()).isascii()


@pytest.mark.parametrize("name", ["concise", "github"])
def test_each_finding_has_a_line_of_its_own_however_odd(name: str) -> None:
    lines = renderer(name)(odd()).splitlines()
    announced = sum("more than can be shown" in line for line in lines)
    assert len(lines) - announced == len(NAMES) * len(TEXTS)


PATHS = st.binary(min_size=1).map(os.fsdecode)
SPANS = st.builds(
    lambda a, b, c, d: Span(a, b, a + c, b + d), *[st.integers(1, 9)] * 2, *[st.integers(0, 9)] * 2
)
EDITS = st.builds(Edit, SPANS, st.text())
FIXES = st.none() | st.builds(Fix, st.text(), st.lists(EDITS, max_size=3).map(tuple), st.booleans())
FINDINGS = st.builds(
    finding,
    severity=st.sampled_from((E, W, I)),
    path=PATHS,
    span=SPANS,
    message=st.text(),
    help=st.text(),
    fix=FIXES,
)


@pytest.mark.parametrize("name", FORMATS)
@given(findings=st.lists(FINDINGS, max_size=4), source=st.text())
def test_whatever_a_finding_holds_it_can_be_reported(name: str, findings: list[Finding], source: str) -> None:
    shown = report(*findings, source=source)
    read(name, shown)
    text = renderer(name)(shown)
    assert text.encode().decode() == text
    if name in ("concise", "github"):
        assert text.count("\n") == len(findings)


def test_an_unknown_format_is_no_module() -> None:
    with pytest.raises(ModuleNotFoundError):
        renderer("xml")
