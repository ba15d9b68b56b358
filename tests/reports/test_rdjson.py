"""Reviewdog: valid by a schema of its form, columns in bytes, and one whole suggestion for a fix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from handbook.finding import Edit, Fix, Span
from handbook.report.rdjson import render
from handbook.report.report import Report
from tests.reports.example import PATH, QUOTE, RENAME, SOURCE, finding, odd, report, usual

SCHEMA = json.loads((Path(__file__).parent / "schemas/rdformat-result.json").read_text(encoding="utf-8"))


def diagnostics(shown: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(shown))["diagnostics"]
    return found


@pytest.mark.parametrize("shown", [report(files=0), usual(), odd()], ids=["empty", "usual", "odd"])
def test_a_result_is_valid_by_a_schema_of_its_form(shown: Report) -> None:
    validator = jsonschema_rs.Draft7Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(json.loads(render(shown)))] == []


def test_a_diagnostic_has_every_part() -> None:
    assert diagnostics(report(finding(fix=RENAME), root="handbook")) == [
        {
            "message": 'there is no step "colect"\nname another',
            "location": {
                "path": f"handbook/{PATH}",
                "range": {"start": {"line": 2, "column": 9}, "end": {"line": 2, "column": 15}},
            },
            "severity": "ERROR",
            "code": {"value": "unknown-step"},
            "suggestions": [
                {
                    "range": {"start": {"line": 2, "column": 9}, "end": {"line": 2, "column": 15}},
                    "text": "collect",
                }
            ],
        }
    ]


def test_the_levels_are_those_of_reviewdog() -> None:
    assert [entry["severity"] for entry in diagnostics(usual())] == ["INFO", "WARNING", "ERROR", "ERROR"]


def taken_over(suggestion: dict[str, Any], source: str) -> str:
    """Take over a suggestion as reviewdog means it: lines from 1, columns in bytes from 1, the end exclusive."""
    lines = source.encode().split(b"\n")

    def offset(place: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1

    start, end = (offset(suggestion["range"][side]) for side in ("start", "end"))
    text: str = suggestion["text"]
    return (source.encode()[:start] + text.encode() + source.encode()[end:]).decode()


FIXES = {
    "one edit": (RENAME, SOURCE.replace("[colect]", "[collect]")),
    "two edits in a line with signs of several bytes": (QUOTE, SOURCE.replace(" no\n", ' "no"\n')),
    "edits in two lines": (
        Fix("x", (Edit(Span(3, 1, 3, 5), "notes"), Edit(Span(1, 8, 1, 13), "Grösse"))),
        SOURCE.replace("Größe", "Grösse").replace("note:", "notes:"),
    ),
    "a removed line": (Fix("x", (Edit(Span(2, 1, 3, 1), ""),)), SOURCE.replace("needs:\t[colect]\n", "")),
}


@pytest.mark.parametrize(("fix", "mended"), FIXES.values(), ids=list(FIXES))
def test_a_suggestion_taken_over_mends_the_file(fix: Fix, mended: str) -> None:
    (entry,) = diagnostics(report(finding(fix=fix)))
    (suggestion,) = entry["suggestions"]
    assert taken_over(suggestion, SOURCE) == mended != SOURCE


OVERLAPS = {
    "in one line": (Edit(Span(1, 1, 1, 5), "a"), Edit(Span(1, 4, 1, 6), "b")),
    "over several lines": (Edit(Span(1, 1, 3, 2), "a"), Edit(Span(2, 1, 2, 2), "b")),
    "behind the last line": (Edit(Span(1, 1, 1, 2), "a"), Edit(Span(9, 1, 9, 2), "b")),
}


@pytest.mark.parametrize("edits", OVERLAPS.values(), ids=list(OVERLAPS))
def test_edits_that_cannot_be_one_are_not_suggested(edits: tuple[Edit, ...]) -> None:
    (entry,) = diagnostics(report(finding(fix=Fix("x", edits))))
    assert "suggestions" not in entry


def test_without_its_lines_a_diagnostic_names_the_line_alone_and_suggests_nothing() -> None:
    gone = report(finding(fix=QUOTE)).replaced(source=None)
    (entry,) = diagnostics(gone)
    assert entry["location"]["range"] == {"start": {"line": 2}}
    assert "suggestions" not in entry
