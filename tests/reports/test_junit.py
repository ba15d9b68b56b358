"""JUnit: valid as Jenkins reads it; a test is one rule in one file, and only errors fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree  # type: ignore[import-untyped]

from handbook.report.junit import render
from handbook.report.report import Report
from tests.reports.example import PATH, W, finding, odd, report, usual

SCHEMA = Path(__file__).parent / "schemas/junit-10.xsd"


def tree(shown: Report) -> Any:
    return etree.fromstring(render(shown).encode())


@pytest.mark.parametrize("shown", [report(files=0), usual(), odd()], ids=["empty", "usual", "odd"])
def test_a_report_is_valid_as_jenkins_reads_it(shown: Report) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(tree(shown))


def test_a_test_is_one_rule_in_one_file() -> None:
    cases = [(case.get("classname"), case.get("name")) for case in tree(usual()).iter("testcase")]
    assert cases == [
        ("docs/index.md", "unused-record"),
        (PATH, "yes-or-no"),
        (PATH, "unknown-step"),
        ("handbook check", "files"),
    ]


def test_the_numbers_are_those_of_the_tests() -> None:
    for suite in tree(odd()).iter("testsuite"):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))


def test_errors_fail_and_all_of_them_are_in_the_text() -> None:
    (failure,) = tree(usual()).iter("failure")
    assert failure.get("type") == "unknown-step"
    assert failure.get("message") == 'there is no step "colect" (and 1 more)'
    assert failure.text == (
        f'{PATH}:2:9: error: there is no step "colect"\n  help: name another\n'
        f'{PATH}:3:1: error: there is no step "colect"\n  help: name another'
    )


def test_warnings_are_the_output_of_a_test_that_passes() -> None:
    root = tree(report(finding("yes-or-no", W, help="")))
    assert list(root.iter("failure")) == []
    output = root.findtext("testsuite/testcase/system-out")
    assert output == f'{PATH}:2:9: warning: there is no step "colect"'


def test_a_clean_handbook_has_one_test_that_passes() -> None:
    root = tree(report(files=40, hidden=1))
    assert [case.get("name") for case in root.iter("testcase")] == ["files"]
    assert root.findtext("testsuite/testcase/system-out") == (
        "40 files checked: nothing to mend (1 info: --all shows them)"
    )


def test_findings_of_a_file_are_one_suite_even_when_another_file_comes_between() -> None:
    root = tree(report(finding(), finding(path="docs/index.md"), finding()))
    assert [suite.get("name") for suite in root] == [PATH, "docs/index.md", "handbook check"]
