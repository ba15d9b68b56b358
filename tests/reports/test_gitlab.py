"""GitLab's code quality report: the properties that GitLab documents, and no two fingerprints the same."""

from __future__ import annotations

import json
from typing import Any

from handbook.finding import Span
from handbook.report.gitlab import render
from handbook.report.report import Report
from tests.reports.example import PATH, finding, odd, report, usual

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def violations(shown: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(shown))
    return found


def test_a_violation_has_what_gitlab_asks_for() -> None:
    assert violations(report(finding(), root="handbook")) == [
        {
            "description": 'there is no step "colect" (name another)',
            "check_name": "unknown-step",
            "fingerprint": finding().fingerprint,
            "severity": "major",
            "location": {"path": f"handbook/{PATH}", "lines": {"begin": 2, "end": 2}},
        }
    ]


def test_levels_become_severities_that_gitlab_knows() -> None:
    assert [entry["severity"] for entry in violations(usual())] == ["info", "minor", "major", "major"]


def test_odd_findings_have_every_property_in_the_right_type() -> None:
    for entry in violations(odd()):
        assert {type(entry[key]) for key in ("description", "check_name", "fingerprint")} == {str}
        assert entry["severity"] in SEVERITIES
        assert type(entry["location"]["path"]) is str
        assert type(entry["location"]["lines"]["begin"]) is int


def test_a_second_finding_that_says_the_same_is_not_dropped() -> None:
    prints = [entry["fingerprint"] for entry in violations(report(finding(), finding(), finding()))]
    first = finding().fingerprint
    assert prints == [first, f"{first}-2", f"{first}-3"]


def test_a_finding_keeps_its_fingerprint_when_lines_above_it_come() -> None:
    before, after = violations(usual()), violations(report(*(moved(span) for span in ((9, 1), (12, 3)))))
    assert [entry["fingerprint"] for entry in before[2:]] == [entry["fingerprint"] for entry in after]


def moved(place: tuple[int, int]) -> Any:
    return finding(span=Span(*place, *place))


def test_without_findings_the_list_is_empty() -> None:
    assert render(report()) == "[]\n"
