"""Findings for GitHub Actions: workflow commands that become annotations, and a summary of the job in Markdown.

Commands and their escapes: "Workflow commands for GitHub Actions" in GitHub's documentation, and `@actions/core`.
"""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Finding, Severity
from handbook.report import markdown
from handbook.report.report import Report
from handbook.report.signs import printable
from handbook.report.text import count

LIMIT = 10  #: GitHub shows so many annotations of each kind for one step, and drops the others without a word
SUMMARY_BYTES = 1_000_000  #: a summary of more than 1 MiB is refused as a whole
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return one command for each finding, the worst first, so that what GitHub drops matters least.

    All of them are in the log. What does not get an annotation is announced by a notice ahead of all other notices.
    """
    worst_first = sorted(report.findings, key=lambda finding: -finding.severity)
    lines = [_command(report, finding) for finding in worst_first if finding.severity > Severity.INFO]
    lines.extend(_overflow(report))
    lines.extend(_command(report, finding) for finding in worst_first if finding.severity <= Severity.INFO)
    return "".join(f"{line}\n" for line in lines)


def summary_markdown(report: Report) -> str:
    """Return the report as Markdown, to be appended to the file that GITHUB_STEP_SUMMARY names."""
    return markdown.table(report, SUMMARY_BYTES)


def _overflow(report: Report) -> Iterator[str]:
    counts = report.counts()
    rest = {severity: number - LIMIT for severity, number in counts.items()}
    if any(number > 0 for number in rest.values()) and Severity.INFO in rest:
        rest[Severity.INFO] += 1  # the place that this notice itself takes
    parts = [count(number, severity.word) for severity, number in rest.items() if number > 0]
    if parts:
        message = f"{' and '.join(parts)} more than can be shown here: see the log or the summary of this job"
        yield f"::notice title=handbook check::{_data(message)}"


def _command(report: Report, finding: Finding) -> str:
    span = finding.span
    path = printable(report.address(finding.path))
    properties = {"file": path, "line": str(span.line), "endLine": str(max(span.end_line, span.line))}
    if span.end_line == span.line:  # columns of a range over several lines are an error
        properties |= {"col": str(span.column), "endColumn": str(max(span.end_column, span.column))}
    properties["title"] = finding.rule
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    # The log shows the message alone, so it says the place again.
    place = f"{path}:{span.line}:{span.column}"
    message = "\n".join(printable(part) for part in (finding.message, finding.help) if part)
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(f'{place}: {message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
