"""Findings for a person: the place, the sentence, the line with a caret under it, the remedy; and the last line."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from handbook.finding import Finding, Fix, Severity, Span
from handbook.report import concise
from handbook.report.report import Report
from handbook.report.text import WIDTH, last_line, render

PATH = "processes/release/go-no-go.yaml"


def finding(span: Span = Span(2, 8, 2, 12), severity: Severity = Severity.ERROR, **changes: Any) -> Finding:  # noqa: B008 - a frozen value
    words = {"path": PATH, "rule": "unknown-step", "message": 'there is no step "x"', "help": "name another"}
    return Finding(span=span, severity=severity, **{**words, **changes})


def printed(*findings: Finding, source: str | bytes | None = None, colour: bool = False) -> str:
    """The report without its last line. `source` is what every file holds; without it none can be read."""

    def read(path: str) -> bytes:
        if source is None:
            raise FileNotFoundError(path)
        return source if isinstance(source, bytes) else source.encode()

    text = render(Report(findings=findings, files=1, source=read), colour=colour)
    return text[: text.rindex("\n", 0, -1) + 1] if findings else text


def report(source: str, span: Span, help: str = "name another") -> list[str]:
    *lines, empty = printed(finding(span, help=help), source=source).split("\n")[:-1]
    assert empty == ""
    return lines


def test_a_finding_is_shown_with_its_line_and_a_caret() -> None:
    assert report("title: x\nneeds: [colect]\n", Span(2, 9, 2, 15)) == [
        "processes/release/go-no-go.yaml:2:9 error unknown-step",
        '  there is no step "x"',
        "   |",
        " 2 | needs: [colect]",
        "   |         ^^^^^^",
        "   = help: name another",
    ]


def test_the_margin_is_as_wide_as_the_number_of_the_line() -> None:
    lines = report("\n" * 99 + "a: b", Span(100, 4, 100, 5))
    assert lines[2:5] == ["     |", " 100 | a: b", "     |    ^"]


def columns(shown: str) -> int:
    """How many columns of a terminal a line takes, counted anew for the test."""
    return sum(
        0
        if unicodedata.combining(sign) or sign == "\ufe0f"
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in shown
    )


ALIGNED = {
    "plain": "needs: [{}]",
    "after a tab": "\tneeds:\t[{}]",
    "after wide signs": "名前: [{}]",
    "after an emoji": "😀😀: [{}]",
    "after an emoji of two characters": "⚠\ufe0f: [{}]",
    "after a combining sign": "e\u0301te\u0301: [{}]",
    "after signs without a width": "a\u200b\u200eb: [{}]",
}


@pytest.mark.parametrize(
    "mistake", ["colect", "名前", "e\u0301t", "a\tb"], ids=["plain", "wide", "combining", "tab"]
)
@pytest.mark.parametrize("around", ALIGNED.values(), ids=list(ALIGNED))
def test_the_carets_stand_under_the_mistake(around: str, mistake: str) -> None:
    before, after = around.split("{}")
    column = len(before) + 1
    lines = report(before + mistake + after, Span(1, column, 1, column + len(mistake)))
    source, carets = lines[3].removeprefix(" 1 | "), lines[4].removeprefix("   | ")
    assert columns(source[: len(before)]) == len(carets) - len(carets.lstrip())
    assert columns(mistake.replace("\t", " ")) == carets.count("^")


def test_a_place_without_a_width_has_one_caret() -> None:
    assert report("a:", Span(1, 3, 1, 3))[4] == "   |   ^"


def test_a_place_behind_the_end_of_its_line_has_a_caret_there() -> None:
    assert report("a: b", Span(1, 40, 1, 44))[4] == "   |     ^"


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert report("a: 'b\n  c'", Span(1, 4, 2, 5))[4] == "   |    ^^"


@pytest.mark.parametrize("source", [None, "one"], ids=["file that cannot be read", "line that is gone"])
def test_without_its_line_a_finding_is_shown_all_the_same(source: str | None) -> None:
    assert printed(finding(), source=source).splitlines() == [
        "processes/release/go-no-go.yaml:2:8 error unknown-step",
        '  there is no step "x"',
        "   = help: name another",
        "",
    ]


def test_a_file_is_read_once_for_all_its_findings_and_not_before() -> None:
    read: list[str] = []

    def source(path: str) -> bytes:
        read.append(path)
        return b"one"

    entries = Report(findings=(finding(), finding(), finding(path="b.md")), files=2, source=source).entries()
    assert read == []
    assert [list(lines) for _, lines in entries] == [["one"]] * 3
    assert read == [PATH, "b.md"]


def test_a_fix_is_announced_and_a_suggestion_is_called_one() -> None:
    lines = printed(finding(fix=Fix("quote it", (), True)), finding(fix=Fix("drop\nit", ()))).splitlines()
    assert [line for line in lines if "-->" in line] == [
        "   --> fix available: quote it",
        "   --> suggestion: drop it",
    ]


BREAKS = {
    "line feed": b"a\nb\nc",
    "carriage return and line feed": b"a\r\nb\r\nc",
    "carriage return": b"a\rb\rc",
    "mixed": b"a\r\nb\rc",
    "line separator of Unicode": "a\u2028\u2029\x85x\nb\nc".encode(),
    "form feed and other control characters": b"a\x0c\x0b\x1c\x1d\x1ex\nb\nc",
    "byte order mark": b"\xef\xbb\xbfa\nb\nc",
    "not UTF-8": b"a\xe9\nb\nc",
}


@pytest.mark.parametrize("source", BREAKS.values(), ids=list(BREAKS))
def test_a_line_is_what_editors_call_a_line(source: bytes) -> None:
    assert printed(finding(Span(2, 1, 2, 2)), source=source).splitlines()[3] == " 2 | b"


def test_without_a_remedy_nothing_stands_in_its_place() -> None:
    assert report("a: b\nneeds: x", Span(2, 8, 2, 9), help="")[-1] == "   |        ^"


@pytest.mark.parametrize("column", [1, 50, 400, 993], ids=["start", "near the start", "middle", "end"])
def test_a_long_line_is_cut_around_the_mistake(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(1000))
    lines = report(line, Span(1, column, 1, column + 7))
    source, carets = lines[3].removeprefix(" 1 | "), lines[4].removeprefix("   | ")
    assert len(source) == WIDTH
    start = carets.index("^")
    assert source[start : start + 7] == line[column - 1 : column + 6]
    assert carets.strip() == "^" * 7


@pytest.mark.parametrize("column", [1, 60, 300, 497], ids=["start", "near the start", "middle", "end"])
@pytest.mark.parametrize("sign", ["名", "e\u0301"], ids=["wide signs", "combining signs"])
def test_a_long_line_of_other_widths_is_cut_by_columns(sign: str, column: int) -> None:
    line = sign * (column // len(sign)) + "abcd" + sign * (500 // len(sign) - column // len(sign))
    start = line.index("abcd") + 1
    lines = report(line, Span(1, start, 1, start + 4))
    source, carets = lines[3].removeprefix(" 1 | "), lines[4].removeprefix("   | ")
    assert columns(source) <= WIDTH
    assert columns(source[: source.index("abcd")]) == len(carets) - len(carets.lstrip())
    assert carets.strip() == "^^^^"


def test_a_mistake_longer_than_the_part_that_is_shown_is_marked_to_its_end() -> None:
    lines = report("x" * 5000, Span(1, 4, 1, 5000))
    assert len(lines[4]) <= WIDTH + len(" 1 | ")


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\r", "\n", "\u2028", "\u202e", "\u200b", "\udce9"])
def test_signs_that_move_the_cursor_or_hide_text_are_not_printed(sign: str) -> None:
    shown = finding(Span(1, 1, 1, 2), path=f"a{sign}b.yaml", message=f"a{sign}b", help=f"c{sign}d")
    text = printed(shown, source="x y" if sign in "\r\n\udce9" else f"x{sign}y")
    assert sign not in text.replace("\n", "")
    assert [line for line in text.split("\n") if line] == [
        "a b.yaml:1:1 error unknown-step",
        "  a b",
        "   |",
        " 1 | x y",
        "   | ^",
        "   = help: c d",
    ]


COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


@pytest.mark.parametrize("severity", COLOURS, ids=lambda severity: severity.word)
def test_colour_is_added_to_the_word_and_never_stands_alone(severity: Severity) -> None:
    plain, coloured = (printed(finding(severity=severity), colour=on) for on in (False, True))
    marked = f"\x1b[1;{COLOURS[severity]}m{severity.word} unknown-step\x1b[0m"
    assert coloured == plain.replace(f"{severity.word} unknown-step", marked)
    assert "\x1b" not in plain


def test_an_empty_line_stands_after_each_finding_and_a_last_line_counts() -> None:
    findings = (finding(help=""), finding(help=""))
    assert render(Report(findings=findings, files=1)).split("\n") == [
        f"{PATH}:2:8 error unknown-step",
        '  there is no step "x"',
        "",
        f"{PATH}:2:8 error unknown-step",
        '  there is no step "x"',
        "",
        "1 file checked: 2 errors",
        "",
    ]


def test_without_findings_the_last_line_stands_alone() -> None:
    assert render(Report(findings=(), files=6)) == "6 files checked: nothing to mend\n"


def test_a_concise_report_has_one_line_for_each_finding_and_no_other() -> None:
    found = (finding(), finding(Span(3, 1, 3, 2), Severity.WARNING, path="docs/a\nb.md", message="a\x1bb"))
    assert concise.render(Report(findings=found, files=1)) == (
        f'{PATH}:2:8: error unknown-step there is no step "x"\ndocs/a b.md:3:1: warning unknown-step a b\n'
    )
    assert concise.render(Report(findings=(), files=1)) == ""


E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - columns of a table read better
SUMMARIES = {
    "nothing": ([], 40, "40 files checked: nothing to mend"),
    "one file": ([], 1, "1 file checked: nothing to mend"),
    "one error": ([E], 2, "2 files checked: 1 error"),
    "worst first": ([I, W, E, W, E, I], 2, "2 files checked: 2 errors, 2 warnings, 2 infos"),
    "one of each": ([W, E, I], 2, "2 files checked: 1 error, 1 warning, 1 info"),
}


@pytest.mark.parametrize(("severities", "files", "line"), SUMMARIES.values(), ids=list(SUMMARIES))
def test_the_last_line_counts(severities: list[Severity], files: int, line: str) -> None:
    findings = tuple(finding(severity=severity) for severity in severities)
    assert last_line(Report(findings=findings, files=files)) == line


def test_the_last_line_says_what_is_hidden() -> None:
    assert last_line(Report(findings=(), files=2, hidden=1)) == (
        "2 files checked: nothing to mend (1 info: --all shows them)"
    )


def test_a_fingerprint_stays_when_the_finding_moves_and_changes_with_its_words() -> None:
    moved, other = finding(Span(9, 1, 9, 2)), finding(message="another")
    assert finding().fingerprint == moved.fingerprint
    assert finding().fingerprint != other.fingerprint
    assert len(moved.fingerprint) == 12
