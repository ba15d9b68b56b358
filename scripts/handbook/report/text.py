"""Findings for a person at a terminal: the place, the sentence, the line with a caret, the remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.finding import Finding, Severity
from handbook.report.report import Report
from handbook.report.signs import columns, printable

WIDTH = 110  #: columns; a longer source line is cut around the finding
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(report: Report, *, colour: bool = False) -> str:
    """Return the findings, an empty line after each, and a last line that counts."""
    entries = ("\n".join(_entry(finding, lines, colour)) + "\n\n" for finding, lines in report.entries())
    return "".join(entries) + last_line(report) + "\n"


def last_line(report: Report) -> str:
    """Return the one line that closes a report."""
    parts = [count(number, severity.word) for severity, number in report.counts().items()]
    more = f" ({count(report.hidden, 'info')}: --all shows them)" if report.hidden else ""
    return f"{count(report.files, 'file')} checked: {', '.join(parts) or 'nothing to mend'}{more}"


def count(number: int, noun: str) -> str:
    """Return a number of things, such as 2 errors. `words.count` would bring the model along at every clean commit."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _entry(finding: Finding, lines: Sequence[str], colour: bool) -> Iterator[str]:
    word = f"{finding.severity.word} {finding.rule}"
    if colour:
        word = f"\x1b[1;{_COLOURS.get(finding.severity, '0')}m{word}\x1b[0m"
    yield f"{printable(finding.path)}:{finding.span.line}:{finding.span.column} {word}"
    yield f"  {printable(finding.message)}"
    yield from _frame(finding, lines)
    if finding.help:
        yield f"   = help: {printable(finding.help)}"
    if finding.fix:
        mends = "fix available" if finding.fix.safe else "suggestion"
        yield f"   --> {mends}: {printable(finding.fix.title)}"


def _frame(finding: Finding, lines: Sequence[str]) -> Iterator[str]:
    span = finding.span
    if not 0 < span.line <= len(lines):
        return
    source = lines[span.line - 1]
    start = min(span.column - 1, len(source))
    end = max(min(span.end_column - 1, len(source)), start + 1) if span.end_line == span.line else len(source)
    source, start, end = _cut(source, start, end)
    number = str(span.line)
    margin = " " * len(number)
    yield f" {margin} |"
    yield f" {number} | {source}"
    yield f" {margin} | {' ' * columns(source[:start])}{'^' * max(columns(source[start:end]), 1)}"


def _cut(source: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the part of a line around a finding that fits the width, with its start and end in that part.

    A tab, like everything else that moves the cursor, becomes one space, so that the carets stand where they belong.
    """
    left = max(0, min(start - WIDTH // 3, len(source) - WIDTH))
    part = printable(source[left : left + WIDTH])
    while columns(part) > WIDTH:
        # Wide signs: take from the end as long as the beginning of the finding stays, then from the front.
        if len(part) > start - left + WIDTH // 3:
            part = part[:-1]
        else:
            part, left = part[1:], left + 1
    return part, start - left, min(end - left, len(part))
