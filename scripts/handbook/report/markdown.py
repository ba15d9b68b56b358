"""Findings as Markdown: a table for a comment on a pull request, or for the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Finding
from handbook.report.report import Report
from handbook.report.signs import octets, printable
from handbook.report.text import count, last_line
from handbook.text import markup

COMMENT_BYTES = (
    60_000  #: GitHub takes 65,536 characters in a comment; there has to be room for a few words around it
)
_HEAD = "| Level | Where | What is wrong, and what to do | Rule |\n| --- | --- | --- | --- |\n"


def render(report: Report) -> str:
    """Return the findings as a table that fits into a comment."""
    return table(report, COMMENT_BYTES)


def table(report: Report, limit: int) -> str:
    """Return the findings as a table of at most `limit` bytes in UTF-8. The worst come first; a last line counts the rest."""
    head = f"**{markup.text(last_line(report))}**\n"
    if not report.findings:
        return head
    rows = [
        _row(report, finding) for finding in sorted(report.findings, key=lambda finding: -finding.severity)
    ]
    shown = list(_fitting(rows, limit - octets(head + _HEAD) - 100))
    left = len(rows) - len(shown)
    rest = f"\n{count(left, 'finding')} more: `handbook check` lists all of them.\n" if left else ""
    return f"{head}\n{_HEAD}{''.join(shown)}{rest}"


def _fitting(rows: list[str], room: int) -> Iterator[str]:
    for row in rows:
        room -= octets(row)
        if room < 0:
            return
        yield row


def _row(report: Report, finding: Finding) -> str:
    where = _plain(f"{report.address(finding.path)}:{finding.span.line}")
    what = "<br>".join(_sentence(part) for part in (finding.message, finding.help) if part)
    return f"| {finding.severity.word} | {where} | {what} | `{finding.rule}` |\n"


def _sentence(text: str) -> str:
    """Return a sentence; what stands between backticks in it is code."""
    parts = re.split("`([^`]+)`", text)
    return "".join(
        markup.code(printable(part)) if number % 2 else _plain(part) for number, part in enumerate(parts)
    )


def _plain(text: str) -> str:
    """Return plain text that nobody is notified by.

    Forges look for @names and #numbers after everything else has been resolved; only a break in the text stops them.
    """
    edges = " " * text.startswith(" "), " " * text.endswith(" ")  # which `markup.text` takes off
    shown = markup.text(printable(text)).replace("&#64;", "&#64;<!-- -->").replace("&#35;", "&#35;<!-- -->")
    return shown.join(edges) if shown else ""
