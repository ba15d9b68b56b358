"""Findings for a person at a terminal: the place, the sentence, the line with a caret, the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from handbook.finding import Finding, Severity
from handbook.text import words

WIDTH = 110  #: a longer source line is cut around the finding
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control and format characters, half a character, line separators
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def text(findings: Iterable[Finding], lines: Mapping[str, list[str]], *, colour: bool = False) -> str:
    """Return the report of findings. `lines` are the source lines of their files, where these can be read."""
    return "\n".join(
        "\n".join(_entry(finding, lines.get(finding.path, []), colour)) + "\n" for finding in findings
    )


def summary(findings: list[Finding], files: int) -> str:
    """Return the one line that closes a report."""
    counted = [
        (severity, sum(finding.severity is severity for finding in findings))
        for severity in reversed(Severity)
    ]
    parts = [words.count(number, severity.word) for severity, number in counted if number]
    return f"{words.count(files, 'file')} checked: {', '.join(parts) or 'nothing to mend'}"


def _entry(finding: Finding, lines: list[str], colour: bool) -> Iterator[str]:
    word = f"{finding.severity.word} {finding.rule}"
    if colour:
        word = f"\x1b[1;{_COLOURS.get(finding.severity, '0')}m{word}\x1b[0m"
    yield f"{_printable(finding.path)}:{finding.span.line}:{finding.span.column} {word}"
    yield f"  {_printable(finding.message)}"
    yield from _frame(finding, lines)
    if finding.help:
        yield f"   = help: {_printable(finding.help)}"


def _frame(finding: Finding, lines: list[str]) -> Iterator[str]:
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
    yield f" {number} | {_printable(source)}"
    yield f" {margin} | {' ' * _columns(source[:start])}{'^' * max(_columns(source[start:end]), 1)}"


def _cut(source: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the part of a long line around a finding, with its start and end in that part."""
    if len(source) <= WIDTH:
        return source, start, end
    left = max(0, min(start - WIDTH // 3, len(source) - WIDTH))
    part = source[left : left + WIDTH]
    return part, start - left, min(end - left, len(part))


def _printable(text: str) -> str:
    """Replace what would move the cursor, break the line or hide text by a space, one for each sign."""
    return "".join(" " if unicodedata.category(sign) in _HIDDEN else sign for sign in text)


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide signs take two, those that combine with others none."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.category(sign) in ("Mn", "Me") for sign in text)
