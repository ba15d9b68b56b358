"""The documentation of a rule is one text: the terminal, the site, SARIF and the form for programs show the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handbook import cli
from handbook.report.documentation import MENDED, plain
from handbook.report.sarif import render
from handbook.report.signs import printable
from handbook.rules.registry import rules
from handbook.site import reference
from tests.reports.example import finding, report


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {page.path: page.text for page in reference.pages()}


def test_a_rule_has_the_same_text_everywhere(
    pages: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    findings = (finding(name, rule.severity) for name, rule in rules().items())
    log = json.loads(render(report(*findings).replaced(rules=rules())))
    help: dict[str, Any] = {rule["id"]: rule["help"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    cli.run(["explain", "--format", "json"])
    explained = {
        entry["name"]: entry["documentation"] for entry in json.loads(capsys.readouterr().out)["rules"]
    }
    assert help.keys() == explained.keys() == rules().keys()
    for name, rule in rules().items():
        assert help[name]["markdown"] == explained[name] == rule.doc
        assert f"\n\n{rule.doc}\n" in pages[reference.rule_path(name)]
        cli.run(["explain", name])
        printed = capsys.readouterr().out.partition("\n\n")[2]
        # an example of invisible signs is no exception: a terminal gets none
        assert printed.split() == printable(f"{help[name]['text']} {MENDED[rule.fix]}").split()


def test_the_site_says_how_a_rule_is_mended(pages: dict[str, str]) -> None:
    table = pages[reference.RULES]
    for name, rule in rules().items():
        assert MENDED[rule.fix] in pages[reference.rule_path(name)]
        row = next(line for line in table.split("\n") if f"({name}.md)" in line)
        assert MENDED[rule.fix] in row


TEXTS = {
    "a paragraph is one line": ("One\ntwo.\n\nThree.", 0, "One two.\n\nThree."),
    "a paragraph is wrapped": ("One two three.", 8, "One two\nthree."),
    "a word longer than the width stays whole": (
        "unknown-reference-to-something x",
        10,
        "unknown-reference-to-something\nx",
    ),
    "a list keeps its lines": ("Say:\n\n- one\n- two", 80, "Say:\n\n- one\n- two"),
    "a fence is indented below the name of its file": (
        'Wrong:\n\n```yaml title="a/b.yaml"\na: 1\n\nb: 2\n```\n\nRight:',
        80,
        "Wrong:\n\n  a/b.yaml\n    a: 1\n\n    b: 2\n\nRight:",
    ),
    "a fence without a name": ("```yaml\na:  1\n```", 0, "    a:  1"),
    "a fence inside a longer one": ("````md\n```yaml\na: 1\n```\n````", 0, "    ```yaml\n    a: 1\n    ```"),
    "code stays marked": ("Use `to`.", 0, "Use `to`."),
}


@pytest.mark.parametrize(("doc", "width", "text"), TEXTS.values(), ids=list(TEXTS))
def test_documentation_reads_well_without_a_renderer(doc: str, width: int, text: str) -> None:
    assert plain(doc, width) == text
