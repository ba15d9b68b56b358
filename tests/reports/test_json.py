"""The form for programs: exactly these keys, as the schema describes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft202012Validator

from handbook.finding import Span
from handbook.report.json import render
from handbook.report.report import Report
from tests.reports.example import NAMES, QUOTE, W, finding, odd, report, usual

SCHEMAS = Path(__file__).parent.parent.parent / "schemas/output"


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("shown", [report(files=0), usual(), odd()], ids=["empty", "usual", "odd"])
def test_a_report_has_the_form_of_its_schema(shown: Report) -> None:
    assert list(validator("check.schema.json").iter_errors(json.loads(render(shown)))) == []


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_of_an_output_describes_every_key_that_it_asks_for(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"output/{path.name}"
    for part in (schema, *schema["$defs"].values()):
        assert set(part.get("required", ())) <= set(part.get("properties", ()))


def test_a_finding_has_every_part() -> None:
    found = finding("yes-or-no", W, span=Span(1, 19, 1, 21), message="é", help="", fix=QUOTE)
    assert json.loads(render(report(found, files=2, hidden=5))) == {
        "version": 1,
        "files": 2,
        "hidden_infos": 5,
        "findings": [
            {
                "path": "processes/release/go-no-go.yaml",
                "line": 1,
                "column": 19,
                "end_line": 1,
                "end_column": 21,
                "severity": "warning",
                "rule": "yes-or-no",
                "message": "é",
                "help": "",
                "fingerprint": found.fingerprint,
                "fix": {
                    "title": "quote the value",
                    "safe": True,
                    "edits": [
                        {"line": 1, "column": 19, "end_line": 1, "end_column": 19, "text": '"'},
                        {"line": 1, "column": 21, "end_line": 1, "end_column": 21, "text": '"'},
                    ],
                },
            }
        ],
    }


def test_every_file_can_be_named_however_odd() -> None:
    found: list[dict[str, Any]] = json.loads(render(odd()))["findings"]
    named = {unquote_to_bytes(entry["uri"]) if "uri" in entry else entry["path"].encode() for entry in found}
    assert named == {name.encode(errors="surrogateescape") for name in NAMES}
    assert {entry["path"] for entry in found if "uri" in entry} == {"docs/caf\ufffd.md"}
