"""Findings for a program. The form is versioned: keys are added, never renamed or removed."""

from __future__ import annotations

import json as encoder
from collections.abc import Iterable

from handbook.finding import Finding

VERSION = 1


def json(findings: Iterable[Finding], files: int) -> str:
    """Return findings as JSON. Lines and columns count from 1, columns in characters, ends are exclusive."""
    report = {"version": VERSION, "files": files, "findings": [_entry(finding) for finding in findings]}
    return encoder.dumps(report, ensure_ascii=False, indent=2)


def _entry(finding: Finding) -> dict[str, object]:
    span = finding.span
    return {
        "path": finding.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "severity": finding.severity.word,
        "rule": finding.rule,
        "message": finding.message,
        "help": finding.help,
        "fingerprint": finding.fingerprint,
    }
