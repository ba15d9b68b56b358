"""Findings as SARIF 2.1.0, the standard of OASIS that code scanning, editors and dashboards read.

A rule brings its documentation along: the same text that `handbook explain` and the site show.
"""

from __future__ import annotations

from handbook import __version__
from handbook.finding import Finding, Fix, Severity, Span
from handbook.report.documentation import plain
from handbook.report.json import dumped
from handbook.report.report import Report
from handbook.report.uri import uri
from handbook.rules.registry import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"  #: the name that readers know for the top of the repository
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.OFF: "none"}


def render(report: Report) -> str:
    """Return findings as one run. Its rules are those with findings, in their order."""
    found = {finding.rule for finding in report.findings}
    names = [name for name in report.rules if name in found]
    names += sorted(found - report.rules.keys())
    index = {name: number for number, name in enumerate(names)}
    pairs = zip(report.findings, report.fingerprints(), strict=True)
    run = {
        "tool": {
            "driver": {
                "name": "handbook",
                "version": __version__,
                "rules": [_rule(name, report.rules.get(name)) for name in names],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
        "results": [_result(report, finding, fingerprint, index) for finding, fingerprint in pairs],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, rule: Rule | None) -> dict[str, object]:
    if rule is None:
        return {"id": name}
    why = rule.doc.split("\n\n")[1:2]
    return {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join((rule.summary, *why)).replace("\n", " ")},
        "help": {"text": plain(rule.doc), "markdown": rule.doc},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group]},
    }


def _result(report: Report, finding: Finding, fingerprint: str, index: dict[str, int]) -> dict[str, object]:
    artifact = {"uri": uri(report.address(finding.path)), "uriBaseId": _ROOT}
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}\n{finding.help}" if finding.help else finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(finding.span)}}],
        # Not primaryLocationLineHash: GitHub's upload computes that from the line itself, and warns where it differs.
        "partialFingerprints": {"handbook/v1": fingerprint},
    }
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(finding.fix, artifact)]
    return result


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix, artifact: dict[str, str]) -> dict[str, object]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }
