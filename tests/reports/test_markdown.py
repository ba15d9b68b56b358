"""The table for a comment: it is a table for a reader of Markdown, and texts in it are only texts."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown  # type: ignore[import-untyped]

from handbook.finding import Span
from handbook.report.markdown import COMMENT_BYTES, render
from handbook.report.report import Report
from handbook.report.signs import printable
from tests.reports.example import E, I, W, finding, odd, report, usual


class Cells(HTMLParser):
    """The text of every cell of a table, and the elements that are in it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "br":
            self.rows[-1][-1] += "\n"

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and self.lasttag != "tr":
            self.rows[-1][-1] += data


def cells(shown: Report) -> Cells:
    reader = Cells()
    reader.feed(markdown.markdown(render(shown), extensions=["tables"]))
    return reader


def words(text: str) -> str:
    """A text as it is shown, without the two signs that stand for no character."""
    return " ".join(printable(text).translate({0xFFFE: " ", 0xFFFF: " "}).split())


def without_backticks(text: str) -> str:
    """What stands between two of them is code."""
    return text.replace("`", "")


def test_a_table_has_the_worst_first() -> None:
    assert [[cell.strip() for cell in row] for row in cells(usual()).rows] == [
        ["Level", "Where", "What is wrong, and what to do", "Rule"],
        [
            "error",
            "processes/release/go-no-go.yaml:2",
            'there is no step "colect"\nname another',
            "unknown-step",
        ],
        [
            "error",
            "processes/release/go-no-go.yaml:3",
            'there is no step "colect"\nname another',
            "unknown-step",
        ],
        ["warning", "processes/release/go-no-go.yaml:1", '"no" is a text\nquote it', "yes-or-no"],
        ["info", "docs/index.md:1", "nothing uses this page", "unused-record"],
    ]


def test_odd_texts_stay_in_their_cells_and_are_no_markup() -> None:
    shown = odd()
    found = cells(shown)
    assert found.elements == {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "br", "code"}
    assert [tuple(map(words, row)) for row in found.rows[1:]] == [
        (
            "error",
            words(f"{one.path}:{one.span.line}"),
            words(without_backticks(f"{one.message} {one.help}")),
            "unknown-step",
        )
        for one in shown.findings
    ]


def test_a_command_in_a_sentence_is_code() -> None:
    text = render(report(finding(message="no", help="add it with `handbook new role a|b @x`, or `#` it")))
    assert "no<br>add it with <code>handbook new role a&#124;b &#64;x</code>, or `#` it |" in text


def test_nobody_is_notified_and_no_issue_is_linked() -> None:
    text = render(report(finding(message="ask @octocat, see #12 and @team/#1")))
    assert "ask &#64;<!-- -->octocat, see &#35;<!-- -->12 and &#64;<!-- -->team/&#35;<!-- -->1" in text


def test_a_table_fits_into_a_comment_and_says_what_is_left_out() -> None:
    levels = [I] * 300 + [W] * 300 + [E] * 300
    text = render(report(*(finding(severity=level, span=Span(1, 1, 1, 1)) for level in levels)))
    assert COMMENT_BYTES - 500 < len(text.encode()) <= COMMENT_BYTES
    shown = text.count("\n| error ") + text.count("\n| warning ")
    assert text.count("\n| error ") == 300
    assert text.endswith(f"\n{900 - shown} findings more: `handbook check` lists all of them.\n")


def test_without_findings_one_line_says_so() -> None:
    assert render(report(files=40, hidden=1)) == (
        "**40 files checked: nothing to mend (1 info: --all shows them)**\n"
    )
