"""A handbook with one mistake of each rule has exactly the findings that the documentation of the rules announces."""

from __future__ import annotations

from handbook.check import check, read_settings
from handbook.rules.registry import rules
from handbook.sources import literal
from tests.bench import catalogue, generate, mistakes


def test_one_mistake_of_each_rule_gives_exactly_those_findings() -> None:
    planted = mistakes.plant(dict(generate.handbook(20, catalogue.TODAY)))
    sources = literal(planted.files)
    settings, _ = read_settings(sources)
    assert planted.compared(check(sources, settings, catalogue.TODAY)) == (set(), set())
    there = {rule for *_, rule in planted.expected}
    assert there | planted.left_out.keys() == set(rules())
