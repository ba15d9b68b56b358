"""GitHub Actions: commands as its runner reads them, the worst first, and what is dropped is announced."""

from __future__ import annotations

from typing import NamedTuple

from handbook.finding import Finding, Span
from handbook.report.github import SUMMARY_BYTES, render, summary_markdown
from handbook.report.report import Report
from tests.reports.example import PATH, E, I, W, finding, odd, report, usual


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def decoded(text: str, *more: tuple[str, str]) -> str:
    """Undo the escapes in the order of GitHub's runner: the percent sign comes last."""
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        text = text.replace(escape, sign)
    return text


def command(line: str) -> Command:
    """Read a line as GitHub's runner does."""
    assert line.startswith("::")
    head, found, message = line[2:].partition("::")
    assert found
    name, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return Command(
        name, {key: decoded(value, ("%3A", ":"), ("%2C", ",")) for key, value in pairs}, decoded(message)
    )


def commands(shown: Report) -> list[Command]:
    return [command(line) for line in render(shown).split("\n")[:-1]]


def test_a_finding_is_a_command_with_its_place() -> None:
    assert commands(report(finding(), root="handbook")) == [
        Command(
            "error",
            {
                "file": f"handbook/{PATH}",
                "line": "2",
                "endLine": "2",
                "col": "9",
                "endColumn": "15",
                "title": "unknown-step",
            },
            f'handbook/{PATH}:2:9: there is no step "colect"\nname another',
        )
    ]


def test_a_range_over_several_lines_has_no_columns() -> None:
    (only,) = commands(report(finding(span=Span(2, 5, 4, 1))))
    assert {key: only.properties.get(key) for key in ("line", "endLine", "col", "endColumn")} == {
        "line": "2",
        "endLine": "4",
        "col": None,
        "endColumn": None,
    }


def test_the_worst_come_first_and_each_level_in_its_order() -> None:
    assert [(made.name, made.properties["line"]) for made in commands(usual())] == [
        ("error", "2"),
        ("error", "3"),
        ("warning", "1"),
        ("notice", "1"),
    ]


def test_no_text_breaks_out_of_its_command() -> None:
    assert {(made.name, made.properties["title"]) for made in commands(odd())} == {
        ("error", "unknown-step"),
        ("notice", "handbook check"),
    }


def test_a_name_and_a_text_come_through_as_they_are() -> None:
    path, text = "processes/name:with,commas=1 100%0A%25.yaml", "100% :: , = %0A %3A"
    (only,) = commands(report(finding(path=path, message=text, help="")))
    assert (only.properties["file"], only.message) == (path, f"{path}:2:9: {text}")


def many(errors: int, warnings: int, infos: int) -> list[Finding]:
    levels = [*[I] * infos, *[W] * warnings, *[E] * errors]
    return [finding(severity=level, span=Span(line, 1, line, 2)) for line, level in enumerate(levels, 1)]


def announced(errors: int, warnings: int, infos: int) -> str | None:
    """What is said of the rest; it has to stand where GitHub shows it."""
    made = commands(report(*many(errors, warnings, infos)))
    assert len([one for one in made if "line" in one.properties]) == errors + warnings + infos
    notices = [one for one in made if one.name == "notice"]
    rest = [number for number, one in enumerate(notices) if "line" not in one.properties]
    assert rest in ([], [0])
    return (
        notices[0].message.removesuffix(
            " more than can be shown here: see the log or the summary of this job"
        )
        if rest
        else None
    )


def test_ten_of_each_level_are_shown_without_a_word() -> None:
    assert announced(10, 10, 10) is None


def test_one_notice_announces_what_github_drops() -> None:
    assert announced(11, 0, 0) == "1 error"
    assert announced(34, 13, 2) == "24 errors and 3 warnings"
    assert announced(10, 12, 9) == "2 warnings"


def test_the_notice_counts_the_place_that_it_takes_itself() -> None:
    assert announced(11, 0, 10) == "1 error and 1 info"
    assert announced(0, 0, 11) == "2 infos"


def test_without_findings_there_is_no_command() -> None:
    assert render(report()) == ""


def test_the_summary_of_a_job_says_what_was_checked() -> None:
    assert summary_markdown(report(files=40)) == "**40 files checked: nothing to mend**\n"


def test_the_summary_of_a_job_stays_below_what_github_accepts() -> None:
    text = summary_markdown(report(*many(9000, 0, 0)))
    size = len(text.encode())
    assert SUMMARY_BYTES - 1000 < size <= SUMMARY_BYTES < 2**20
    rows = text.count("\n| error ")
    assert text.endswith(f"\n{9000 - rows} findings more: `handbook check` lists all of them.\n")
