"""Findings in one line each, as editors and `grep` like them: path:line:column: level rule message."""

from __future__ import annotations

from handbook.finding import Finding
from handbook.report.report import Report
from handbook.report.signs import printable


def render(report: Report) -> str:
    """Return one line for each finding, and nothing where there are none."""
    return "".join(f"{_line(finding)}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    place = f"{printable(finding.path)}:{finding.span.line}:{finding.span.column}"
    return f"{place}: {finding.severity.word} {finding.rule} {printable(finding.message)}"
