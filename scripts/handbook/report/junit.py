"""Findings as a test report, the one form that every CI server can show.

A server follows a test from build to build by its name, so the name must not hold a line number. A test here is one
rule in one file: it fails until the last finding of that rule in that file is gone, and its text lists all of them.
A test for each rule alone would hide where the mistake is, and one for each finding would be a new test after every
edit. Only errors fail; warnings and infos are the output of a test that passes, as they do not fail a check either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from handbook.finding import Finding, Severity
from handbook.report.report import Report
from handbook.report.signs import printable
from handbook.report.text import last_line

CHECK = "handbook check"  #: the test that passes always: a report without any test counts as a broken build


def render(report: Report) -> str:
    """Return one suite for each file with findings, and one for the check as a whole."""
    by_path = _grouped(report.findings, lambda finding: finding.path)
    suites = [_suite(report.address(path), found) for path, found in by_path.items()]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites name={_attribute(CHECK)}>",
        *(line for suite in suites for line in suite),
        f"  <testsuite name={_attribute(CHECK)} {_numbers(1, 0)}>",
        f"    <testcase classname={_attribute(CHECK)} name={_attribute('files')}>",
        f"      <system-out>{_text(last_line(report))}</system-out>",
        "    </testcase>",
        "  </testsuite>",
        "</testsuites>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _suite(path: str, findings: list[Finding]) -> Iterator[str]:
    by_rule = _grouped(findings, lambda finding: finding.rule)
    failures = sum(_fails(found) for found in by_rule.values())
    yield f"  <testsuite name={_attribute(path)} {_numbers(len(by_rule), failures)} file={_attribute(path)}>"
    for rule, found in by_rule.items():
        yield f"    <testcase classname={_attribute(path)} name={_attribute(rule)}>"
        yield f"      {_outcome(path, found)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _grouped(findings: Iterable[Finding], by: Callable[[Finding], str]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(by(finding), []).append(finding)
    return groups


def _numbers(tests: int, failures: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="0"'


def _fails(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _outcome(path: str, findings: Sequence[Finding]) -> str:
    body = _text("\n".join(_line(path, finding) for finding in findings))
    if not _fails(findings):
        return f"<system-out>{body}</system-out>"
    first = findings[0].message + (f" (and {len(findings) - 1} more)" if len(findings) > 1 else "")
    return f"<failure type={_attribute(findings[0].rule)} message={_attribute(first)}>{body}</failure>"


def _line(path: str, finding: Finding) -> str:
    place = f"{printable(path)}:{finding.span.line}:{finding.span.column}"
    help = f"\n  help: {printable(finding.help)}" if finding.help else ""
    return f"{place}: {finding.severity.word}: {printable(finding.message)}{help}"


def _text(value: str) -> str:
    return _ascii(escape(_allowed(value)))


def _attribute(value: str) -> str:
    return _ascii(quoteattr(_allowed(value)))


def _allowed(value: str) -> str:
    """Replace the signs that XML 1.0 cannot hold or advises against, by the sign for what cannot be shown."""
    return re.sub("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", value)


def _ascii(value: str) -> str:
    """Return text with numeric references, so that no terminal or pipe can spoil it."""
    return value.encode("ascii", "xmlcharrefreplace").decode()
