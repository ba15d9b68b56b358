"""Findings for a person: the place, the sentence, the line with a caret under it, the remedy; and the last line."""

from __future__ import annotations

import json as decoder
import unicodedata

import pytest

from handbook.finding import Finding, Severity, Span
from handbook.report.json import json
from handbook.report.text import WIDTH, summary, text

PATH = "processes/release/go-no-go.yaml"


def finding(span: Span = Span(2, 8, 2, 12), severity: Severity = Severity.ERROR, **changes: str) -> Finding:  # noqa: B008 - a frozen value
    words = {"path": PATH, "rule": "unknown-step", "message": 'there is no step "x"', "help": "name another"}
    return Finding(span=span, severity=severity, **{**words, **changes})


def report(source: str, span: Span, help: str = "name another") -> list[str]:
    shown = finding(span, help=help)
    return text([shown], {shown.path: source.split("\n")}).splitlines()


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
    "after half a character": "a\udce9b: [{}]",
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


@pytest.mark.parametrize("lines", [[], ["one"]], ids=["file that cannot be read", "line that is gone"])
def test_without_its_line_a_finding_is_shown_all_the_same(lines: list[str]) -> None:
    assert text([finding()], {PATH: lines}).splitlines() == [
        "processes/release/go-no-go.yaml:2:8 error unknown-step",
        '  there is no step "x"',
        "   = help: name another",
    ]


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


def test_a_mistake_longer_than_the_part_that_is_shown_is_marked_to_its_end() -> None:
    lines = report("x" * 5000, Span(1, 4, 1, 5000))
    assert len(lines[4]) <= WIDTH + len(" 1 | ")


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\r", "\n", "\u2028", "\u202e", "\u200b", "\udce9"])
def test_signs_that_move_the_cursor_or_hide_text_are_not_printed(sign: str) -> None:
    shown = finding(Span(1, 1, 1, 2), path=f"a{sign}b.yaml", message=f"a{sign}b", help=f"c{sign}d")
    printed = text([shown], {shown.path: [f"x{sign}y"]})
    assert sign not in printed.replace("\n", "")
    assert [line for line in printed.split("\n") if line] == [
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
    plain, coloured = (text([finding(severity=severity)], {}, colour=on) for on in (False, True))
    marked = f"\x1b[1;{COLOURS[severity]}m{severity.word} unknown-step\x1b[0m"
    assert coloured == plain.replace(f"{severity.word} unknown-step", marked)
    assert "\x1b" not in plain


def test_an_empty_line_stands_between_findings() -> None:
    assert text([finding(help=""), finding(help="")], {}).split("\n") == [
        f"{PATH}:2:8 error unknown-step",
        '  there is no step "x"',
        "",
        f"{PATH}:2:8 error unknown-step",
        '  there is no step "x"',
        "",
    ]


def test_without_findings_nothing_is_shown() -> None:
    assert text([], {}) == ""


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
    assert summary([finding(severity=severity) for severity in severities], files) == line


def test_findings_for_a_program_have_every_part() -> None:
    shown = finding(message="é")
    assert decoder.loads(json([shown], 3)) == {
        "version": 1,
        "files": 3,
        "findings": [
            {
                "path": PATH,
                "line": 2,
                "column": 8,
                "end_line": 2,
                "end_column": 12,
                "severity": "error",
                "rule": "unknown-step",
                "message": "é",
                "help": "name another",
                "fingerprint": shown.fingerprint,
            }
        ],
    }


def test_a_fingerprint_stays_when_the_finding_moves_and_changes_with_its_words() -> None:
    moved, other = finding(Span(9, 1, 9, 2)), finding(message="another")
    assert finding().fingerprint == moved.fingerprint
    assert finding().fingerprint != other.fingerprint
    assert len(moved.fingerprint) == 12
