"""Findings for reviewdog, which writes them as comments on a change, with suggestions that can be taken over.

Form: Reviewdog Diagnostic Format. Its columns count bytes of UTF-8, not characters.
"""

from __future__ import annotations

from collections.abc import Sequence

from handbook.finding import Finding, Fix, Span
from handbook.report.json import dumped
from handbook.report.report import Report, joined
from handbook.report.signs import octets


def render(report: Report) -> str:
    """Return findings as one DiagnosticResult."""
    diagnostics = [_diagnostic(report, finding, lines) for finding, lines in report.entries()]
    return dumped({"source": {"name": "handbook"}, "diagnostics": diagnostics})


def _diagnostic(report: Report, finding: Finding, lines: Sequence[str]) -> dict[str, object]:
    diagnostic: dict[str, object] = {
        "message": f"{finding.message}\n{finding.help}" if finding.help else finding.message,
        "location": {"path": report.address(finding.path), "range": _range(finding.span, lines)},
        "severity": finding.severity.name,
        "code": {"value": finding.rule},
    }
    if finding.fix and (suggestions := _suggestions(finding.fix, lines)):
        diagnostic["suggestions"] = suggestions
    return diagnostic


def _suggestions(fix: Fix, lines: Sequence[str]) -> list[dict[str, object]]:
    """Return a fix as one suggestion: several would be offered as alternatives, each of them half a fix."""
    edit = joined(fix.edits, lines) if fix.edits else None
    if edit is None or edit.span.end_line > len(lines):
        return []
    return [{"range": _range(edit.span, lines), "text": edit.text}]


def _range(span: Span, lines: Sequence[str]) -> dict[str, object]:
    """Return a span as a range; of whole lines where the lines, and so the bytes of a column, are not known."""
    if max(span.line, span.end_line) > len(lines):
        return {"start": {"line": span.line}}
    return {
        "start": _position(span.line, span.column, lines),
        "end": _position(span.end_line, span.end_column, lines),
    }


def _position(line: int, column: int, lines: Sequence[str]) -> dict[str, int]:
    return {"line": line, "column": octets(lines[line - 1][: column - 1]) + 1}
