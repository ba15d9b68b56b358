"""Each rule finds its bad example, on the lines that say so, and nothing in its good one."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check, fault_findings, read_settings
from handbook.finding import Finding, Severity
from handbook.rules.registry import Rule, rules
from handbook.sources import SETTINGS, literal
from handbook.waivers import SOMETIMES
from tests.rules.example import BASE, Example, examples

TODAY = date(2026, 10, 5)

#: rules whose mistake cannot be written down as text; tests/unit and tests/scenarios show them
NOT_TEXT = {
    "not-utf8", "file-too-large", "unreadable-file", "tab-as-space", "byte-order-mark", "mixed-line-ends",
    "stale-baseline", "invalid-baseline", *SOMETIMES,
}  # fmt: skip

ROWS = [(rule, word, example) for rule in rules().values() for word, example in examples(rule.doc)]


def findings(files: dict[str, str], rule: str) -> list[Finding]:
    sources = literal(files)
    settings, faults = read_settings(sources)
    found = [*fault_findings(SETTINGS, faults), *check(sources, settings, TODAY)]
    return [finding for finding in found if finding.severity > Severity.INFO or finding.rule == rule]


def test_the_handbook_around_the_examples_is_clean() -> None:
    assert findings(BASE, "") == []


@pytest.mark.parametrize(
    ("rule", "word", "example"), ROWS, ids=[f"{rule.name}-{word}" for rule, word, _ in ROWS]
)
def test_an_example_has_exactly_the_findings_that_it_announces(
    rule: Rule, word: str, example: Example
) -> None:
    found = findings(example.files, rule.name)
    places = {
        (f.path, f.span.line, f.severity.word, f.rule)
        for f in found
        if f.path not in BASE or f.path in _own(example)
    }
    assert places == example.announced
    assert bool(example.announced) == (word == "wrong")


def _own(example: Example) -> set[str]:
    return {path for path, text in example.files.items() if BASE.get(path) != text}


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_a_rule_says_what_is_wrong_and_why_it_matters(rule: Rule) -> None:
    first, *rest = rule.doc.split("\n\n")
    assert first.endswith(".")
    assert len(first) < 130
    assert [why.endswith(".") for why in rest[:1]] == [True]


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_a_rule_shows_itself_in_a_bad_and_a_good_example(rule: Rule) -> None:
    words = [word for word, _ in examples(rule.doc)]
    assert words == ([] if rule.name in NOT_TEXT else ["wrong", "right"])
    assert all(
        rule.name in {name for *_, name in example.announced}
        for word, example in examples(rule.doc)
        if word == "wrong"
    )
