"""Findings for a program. The form is versioned: keys are added, never renamed or removed.

Its schema is schemas/output/check.schema.json.
"""

from __future__ import annotations

import json as encoder

from handbook.finding import Finding, Fix, Span
from handbook.report import signs
from handbook.report.report import Report
from handbook.report.uri import is_text, uri

VERSION = 1


def render(report: Report) -> str:
    """Return findings as JSON. Lines and columns count from 1, columns in characters, ends are exclusive."""
    return dumped(
        {
            "version": VERSION,
            "files": report.files,
            "hidden_infos": report.hidden,
            "findings": [_entry(finding) for finding in report.findings],
        }
    )


def dumped(value: object) -> str:
    """Return JSON that survives any terminal, pipe and reader: ASCII only, and no half characters."""
    return encoder.dumps(_whole(value), indent=2) + "\n"


def _whole(value: object) -> object:
    """Return a value without half characters: JSON can escape them, but many readers refuse the whole report."""
    if isinstance(value, str):
        return signs.valid(value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value


def _entry(finding: Finding) -> dict[str, object]:
    entry: dict[str, object] = {
        "path": finding.path,
        **_span(finding.span),
        "severity": finding.severity.word,
        "rule": finding.rule,
        "message": finding.message,
        "help": finding.help,
        "fingerprint": finding.fingerprint,
    }
    if not is_text(finding.path):
        entry["uri"] = uri(finding.path)  # the only way to name a file whose name is not text
    if finding.fix:
        entry["fix"] = _fix(finding.fix)
    return entry


def _span(span: Span) -> dict[str, object]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [{**_span(edit.span), "text": edit.text} for edit in fix.edits],
    }
