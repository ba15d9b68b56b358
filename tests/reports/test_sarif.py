"""SARIF: valid by its schema, and with everything that code scanning shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator

from handbook.report.report import Report
from handbook.report.sarif import render
from tests.reports.example import DOC, NAMES, PATH, RENAME, finding, odd, report, usual

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def run(shown: Report) -> dict[str, Any]:
    log = json.loads(render(shown))
    (only,) = log["runs"]
    return dict(only)


@pytest.mark.parametrize("shown", [report(files=0), usual(), odd()], ids=["empty", "usual", "odd"])
def test_a_log_is_valid_by_the_schema_of_the_standard(shown: Report) -> None:
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(json.loads(render(shown)))] == []


def test_the_schema_would_see_a_mistake() -> None:
    log = json.loads(render(usual()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert len(list(Draft4Validator(SCHEMA).iter_errors(log))) == 2


def regions(value: object) -> Iterator[dict[str, int]]:
    """Every region, wherever it is."""
    if isinstance(value, dict):
        yield from (value[key] for key in ("region", "deletedRegion") if key in value)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from regions(item)


def test_every_region_has_a_start_and_does_not_end_before_it() -> None:
    found = list(regions(run(usual())))
    assert len(found) == 7
    for region in found:
        assert (
            (1, 1) <= (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        )


def test_a_result_says_what_where_and_how_to_mend_it() -> None:
    assert run(report(finding(fix=RENAME), root="docs/hand book"))["results"] == [
        {
            "ruleId": "unknown-step",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": 'there is no step "colect"\nname another'},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": f"docs/hand%20book/{PATH}", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 15},
                    }
                }
            ],
            "partialFingerprints": {"handbook/v1": finding().fingerprint},
            "fixes": [
                {
                    "description": {"text": 'write "collect"'},
                    "artifactChanges": [
                        {
                            "artifactLocation": {"uri": f"docs/hand%20book/{PATH}", "uriBaseId": "%SRCROOT%"},
                            "replacements": [
                                {
                                    "deletedRegion": {
                                        "startLine": 2,
                                        "startColumn": 9,
                                        "endLine": 2,
                                        "endColumn": 15,
                                    },
                                    "insertedContent": {"text": "collect"},
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    ]


def test_columns_count_characters_and_the_log_says_so() -> None:
    assert run(report())["columnKind"] == "unicodeCodePoints"


def test_a_rule_brings_its_documentation_as_markdown_and_as_text() -> None:
    (rule,) = run(report(finding()))["tool"]["driver"]["rules"]
    assert rule == {
        "id": "unknown-step",
        "shortDescription": {"text": "A step waits for, or leads to, a step that the process does not have."},
        "fullDescription": {
            "text": "A step waits for, or leads to, a step that the process does not have. "
            "It is a slip, or the step was renamed. Write `needs` anew."
        },
        "help": {
            "text": "A step waits for, or leads to, a step that the process does not have.\n\n"
            "It is a slip, or the step was renamed. Write `needs` anew.\n\n"
            "Wrong:\n\n"
            "  processes/release/example.yaml\n"
            "    steps:\n"
            "      - {id: quality, needs: [colect]}  # error: [unknown-step]\n\n"
            "Right:\n\n"
            "  processes/release/example.yaml\n"
            "    steps:\n"
            "      - {id: quality, needs: [collect]}",
            "markdown": DOC,
        },
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["flow"]},
    }


def test_only_rules_with_findings_are_listed_and_results_point_at_them() -> None:
    made = run(report(*usual().findings, finding("own-rule")))
    names = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert names == ["unknown-step", "yes-or-no", "unused-record", "own-rule"]
    assert [names[result["ruleIndex"]] for result in made["results"]] == [
        result["ruleId"] for result in made["results"]
    ]
    assert [result["level"] for result in made["results"]] == ["note", "warning", "error", "error", "error"]


def test_no_two_results_share_a_fingerprint() -> None:
    prints = [result["partialFingerprints"]["handbook/v1"] for result in run(usual())["results"]]
    assert len(set(prints)) == 4
    assert prints[3] == f"{prints[2]}-2"


def test_an_address_leads_back_to_the_very_bytes_of_a_name() -> None:
    addresses = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run(odd())["results"]
    }
    assert {unquote_to_bytes(address) for address in addresses} == {
        name.encode(errors="surrogateescape") for name in NAMES
    }
    assert "processes/a%20b%23c%25d%3Fe.yaml" in addresses
    assert "docs/caf%E9.md" in addresses
