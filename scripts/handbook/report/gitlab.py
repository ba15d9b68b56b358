"""Findings for GitLab: the code quality report of a pipeline, shown in merge requests.

Form: "Code Quality report format" in GitLab's documentation, a part of the Code Climate specification. A finding whose
fingerprint was there already is dropped by GitLab, so no two of them are the same.
"""

from __future__ import annotations

from handbook.finding import Finding, Severity
from handbook.report.json import dumped
from handbook.report.report import Report

#: GitLab knows info, minor, major, critical and blocker; the last two say that something is dangerous
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> str:
    """Return findings as a list of code quality violations, empty where there are none."""
    pairs = zip(report.findings, report.fingerprints(), strict=True)
    return dumped([_entry(report, finding, fingerprint) for finding, fingerprint in pairs])


def _entry(report: Report, finding: Finding, fingerprint: str) -> dict[str, object]:
    span = finding.span
    return {
        "description": f"{finding.message} ({finding.help})" if finding.help else finding.message,
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": report.address(finding.path),
            "lines": {"begin": span.line, "end": max(span.end_line, span.line)},
        },
    }
