"""The pages on formats: nothing is left out, every example is valid, and every command can be given."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema  # type: ignore[import-untyped]
from jsonschema import Draft7Validator

from handbook.finding import Severity, Span
from handbook.report import FORMATS
from handbook.report.github import LIMIT
from handbook.report.json import render
from tests.reports.example import finding, report

DOCS = Path(__file__).parent.parent.parent / "docs"
REFERENCE = (DOCS / "reference/formats.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to/show-findings-in-ci.md").read_text(encoding="utf-8")


def test_the_reference_lists_every_format_with_its_reader() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]*\|$", REFERENCE.partition("## ")[0], re.MULTILINE)
    assert dict(rows) == FORMATS


def test_every_format_that_the_page_on_ci_uses_is_there_and_none_is_forgotten() -> None:
    assert set(re.findall(r"--format (\w+)", HOW_TO)) == FORMATS.keys() - {"text"}


EXAMPLES = re.findall(r'```yaml title="([^"]+)"\n(.*?)```', HOW_TO, re.DOTALL)


@pytest.mark.parametrize(("path", "text"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_an_example_is_valid_for_its_server(path: str, text: str) -> None:
    schema = get_builtin_schema("vendor.gitlab-ci" if "gitlab" in path else "vendor.github-workflows")
    # YAML 1.1 takes `on` for true, as every reader of workflows knows
    data = {("on" if key is True else key): value for key, value in yaml.safe_load(text).items()}
    assert [error.message for error in Draft7Validator(schema).iter_errors(data)] == []


def test_there_are_examples_for_github_and_gitlab() -> None:
    assert [path for path, _ in EXAMPLES] == [
        ".github/workflows/handbook.yml",
        ".github/workflows/handbook-scan.yml",
        ".gitlab-ci.yml",
    ]


def test_the_example_of_a_report_is_one() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", REFERENCE, re.DOTALL)
    shown = report(
        finding(
            "unknown-reference",
            Severity.ERROR,
            span=Span(50, 17, 50, 29),
            message='there is no role "security-led"; did you mean "security-lead"?',
            help="name a role that exists, or add it with `handbook new role security-led`",
        ),
        files=1,
    )
    assert example == render(shown)
    assert json.loads(example)["version"] == 1


def test_the_limit_of_github_is_the_one_that_is_kept() -> None:
    assert f"| {LIMIT} annotations of each level for one step |" in REFERENCE
