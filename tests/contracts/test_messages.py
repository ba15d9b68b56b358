"""Every rule that runs says what to do about what it finds, in words that can be read aloud."""

from __future__ import annotations

import re
from datetime import date

import pytest

from handbook.check import check, fault_findings, read_settings
from handbook.finding import Finding
from handbook.rules.registry import GROUPS, Rule, rules
from handbook.sources import SETTINGS, literal
from tests.rules.example import examples

TODAY = date(2026, 10, 5)


def hits(rule: Rule) -> list[Finding]:
    """What a rule finds in the bad example of its own documentation."""
    found: list[Finding] = []
    for word, example in examples(rule.doc):
        if word == "wrong":
            sources = literal(example.files)
            settings, faults = read_settings(sources)
            found += [*fault_findings(SETTINGS, faults), *check(sources, settings, TODAY)]
    return [finding for finding in found if finding.rule == rule.name]


RUNNING = [rule for rule in rules().values() if rule.run or "Wrong:" in rule.doc]


@pytest.mark.parametrize("rule", RUNNING, ids=[rule.name for rule in RUNNING])
def test_a_finding_says_what_is_wrong_and_how_to_mend_it(rule: Rule) -> None:
    found = hits(rule)
    assert found
    for finding in found:
        assert finding.help.strip()
        assert finding.message == finding.message.strip()
        assert not finding.message.endswith(".")
        assert finding.message.count('"') % 2 == 0
        assert "\n" not in finding.message + finding.help
        assert "None" not in finding.message + finding.help
        assert finding.severity == rule.severity


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_a_rule_belongs_to_a_group_and_is_called_by_words(rule: Rule) -> None:
    assert rule.group in GROUPS
    assert re.fullmatch("[a-z]+[0-9]?(-[a-z]+[0-9]?)*", rule.name)
