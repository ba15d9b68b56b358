"""Laws of fixing: it comes to rest, and what could be read before says the same afterwards."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.check import check, read_settings
from handbook.finding import Finding, Severity
from handbook.fix import fixed, mend
from handbook.rules.registry import Rule, rules
from handbook.sources import SETTINGS, Sources, literal
from handbook.text import yaml
from handbook.text.yaml import Document
from tests.properties.test_check import RECORDS, SOURCES
from tests.rules.example import examples

TODAY = date(2026, 10, 5)


def mended(sources: Sources, *, unsafe: bool = False) -> dict[str, bytes]:
    """The files that `handbook fix` would write."""
    configured, _ = read_settings(sources)

    def found(changed: Mapping[str, bytes]) -> list[Finding]:
        return check({**sources, **changed}, configured, TODAY)

    return mend(sources, found, unsafe=unsafe).files


FIXABLE = [rule for rule in rules().values() if rule.fix != "none" and "Wrong:" in rule.doc]


@pytest.mark.parametrize("rule", FIXABLE, ids=[rule.name for rule in FIXABLE])
def test_the_wrong_example_of_a_rule_comes_to_rest(rule: Rule) -> None:
    for word, example in examples(rule.doc):
        if word == "wrong":
            sources = literal(example.files)
            for unsafe in (False, True):
                once = mended(sources, unsafe=unsafe)
                assert mended({**sources, **once}, unsafe=unsafe) == {}
                assert SETTINGS not in once


#: what people and programs put into files, and where
SLIPS: dict[str, list[str]] = {
    "\n": ["\r\n", "\r", " \n", "\t\n", " # x\n", " #x\n", "\u2028", "\n\n", "\n\t"],
    ": ": [":\t", ": NO # x ", ": 0o17 ", ": “a”", ":\u00a0", ': "a "', ": @", ": a: ", ": {{ a }}", ": '", "\u00a0: "],
    "-": ["\u00ad", "\u200b", "\u2011", "-\u202e"],
    "  ": ["\t", " ", "   "],
    ", ": [",\t", ", no, ", ",, ", " "],
}  # fmt: skip

paths, seeds = st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32)


def slipped(path: str, chance: random.Random) -> bytes:
    """A record of this repository with some slips in it."""
    text = SOURCES[path].decode()
    for _ in range(chance.randint(1, 4)):
        sign = chance.choice(list(SLIPS))
        places = [place for place in range(len(text)) if text.startswith(sign, place)]
        if places:
            place = chance.choice(places)
            text = text[:place] + chance.choice(SLIPS[sign]) + text[place + len(sign) :]
    return ("\ufeff" * (chance.random() < 0.2) + text).encode()


def as_findings(document: Document, *, unsafe: bool) -> list[Finding]:
    return [
        Finding(path=document.path, span=f.span, severity=Severity.ERROR, rule=f.rule, message=f.message, fix=f.fix)
        for f in document.faults
        if f.fix and (f.fix.safe or unsafe)
    ]  # fmt: skip


@given(paths, seeds, st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_record_that_is_mended_comes_to_rest_and_says_the_same(path: str, seed: int, unsafe: bool) -> None:
    sources = {path: slipped(path, random.Random(seed))}

    def found(changed: Mapping[str, bytes]) -> list[Finding]:
        return as_findings(yaml.read(path, {**sources, **changed}[path]), unsafe=unsafe)

    done = mend(sources, found, unsafe=unsafe)
    source, after = sources[path], {**sources, **done.files}[path]
    before, now = yaml.read(path, source), yaml.read(path, after)
    assert fixed(path, after, as_findings(now, unsafe=unsafe))[0] == after
    if not unsafe and not before.broken:
        assert now.data == before.data
        assert not now.broken
    if not done.refused and not unsafe:
        assert not [fault for fault in now.faults if fault.fix and fault.fix.safe]


@pytest.mark.parametrize("path", sorted(RECORDS))
def test_a_record_of_this_repository_is_left_as_it_is(path: str) -> None:
    assert (
        fixed(path, SOURCES[path], as_findings(yaml.read(path, SOURCES[path]), unsafe=True))[0]
        == SOURCES[path]
    )
