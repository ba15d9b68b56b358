"""From what was found to what is shown: the day, the levels, the waivers and the baseline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handbook.baseline import BASELINE, Baseline, Key
from handbook.finding import Edit, Severity, Span
from handbook.settings import PathLevels, Settings
from handbook.triage import Raw, Terms, Triaged, triage
from handbook.waivers import waivers

TODAY = date(2026, 10, 5)
PATH = "processes/release/a.yaml"
ERROR, WARNING, INFO, OFF = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF
LEVELS = {
    "wrong": ERROR, "odd": WARNING, "hint": INFO, "invalid-yaml": ERROR,
    "waiver-without-reason": WARNING, "unused-waiver": WARNING, "expired-waiver": WARNING,
    "unknown-rule-in-waiver": WARNING, "malformed-waiver": WARNING, "stale-baseline": INFO,
}  # fmt: skip


def raw(rule: str, line: int = 1, path: str = PATH, **more: Any) -> Raw:
    span = Span(line, 1, line, 2)
    return Raw(path=path, span=span, rule=rule, message=more.pop("message", "it is so"), **more)


def triaged(
    *found: Raw, text: str = "", today: date = TODAY, settings: Settings | None = None, **more: Any
) -> Triaged:
    allowed = {PATH: waivers(PATH, text.encode())} if text else {}
    terms = Terms(settings=settings or Settings(), levels=LEVELS, today=today, waivers=allowed, **more)
    return triage(found, terms)


def shown(result: Triaged) -> list[tuple[int, str, str]]:
    return [(f.span.line, f.severity.word, f.rule) for f in result.findings]


def test_findings_are_shown_at_their_levels_in_order() -> None:
    result = triaged(raw("odd", 3), raw("wrong", 2), raw("hint", 1), raw("odd", 1, "a.md"))
    assert [(f.path, f.span.line, f.severity, f.rule) for f in result.findings] == [
        ("a.md", 1, WARNING, "odd"), (PATH, 1, INFO, "hint"), (PATH, 2, ERROR, "wrong"), (PATH, 3, WARNING, "odd"),
    ]  # fmt: skip


DAYS = {
    "before it begins": (date(2026, 10, 4), False),
    "when it begins": (date(2026, 10, 5), True),
    "when it ends": (date(2026, 10, 7), True),
    "after it ended": (date(2026, 10, 8), False),
}


@pytest.mark.parametrize(("today", "there"), DAYS.values(), ids=list(DAYS))
def test_a_finding_holds_on_its_days(today: date, there: bool) -> None:
    result = triaged(raw("wrong", since=date(2026, 10, 5), until=date(2026, 10, 7)), today=today)
    assert bool(result.findings) == there


def test_the_settings_change_levels_everywhere_and_in_some_files() -> None:
    settings = Settings(
        levels={"odd": ERROR, "wrong": OFF},
        path_levels=(PathLevels(("docs",), {"odd": OFF, "hint": WARNING}),),
    )
    found = [raw("odd"), raw("wrong"), raw("hint"), raw("odd", 1, "docs/a.md"), raw("hint", 2, "docs/a.md")]
    result = triaged(*found, settings=settings)
    assert shown(result) == [(2, "warning", "hint"), (1, "info", "hint"), (1, "error", "odd")]
    assert result.waived == 0


@pytest.mark.parametrize(("level", "fails"), [(ERROR, False), (WARNING, True)], ids=["error", "warning"])
def test_findings_fail_a_check_from_a_level_on(level: Severity, fails: bool) -> None:
    assert triaged(raw("odd"), raw("hint")).fails(level) == fails


def test_a_waiver_allows_its_rule_in_its_lines() -> None:
    text = "title: X\n# handbook: allow odd (why)\nsteps:\n  - id: x\nowner: y\n"
    result = triaged(raw("odd", 3), raw("odd", 4), raw("odd", 5), raw("wrong", 4), text=text)
    assert (shown(result), result.waived) == ([(4, "error", "wrong"), (5, "warning", "odd")], 2)


#: text of the file, with `odd` found in line 1 -> what is shown
ABOUT: dict[str, tuple[str, list[tuple[int, str, str]], str]] = {
    "allowed": ("x: y # handbook: allow odd (why)", [], ""),
    "allowed until today": ("x: y # handbook: allow odd (why, until 2026-10-05)", [], ""),
    "over": (
        "x: y # handbook: allow odd (why, until 2026-10-04)",
        [(1, "warning", "odd"), (1, "warning", "expired-waiver")],
        '"odd" was allowed here until 2026-10-04',
    ),
    "over, and mended": (
        "# handbook: allow odd (why, until 2026-10-04)\n\n\nx: y",
        [(1, "warning", "expired-waiver"), (1, "warning", "odd")],
        '"odd" was allowed here until 2026-10-04',
    ),
    "without a reason": (
        "x: y # handbook: allow odd",
        [(1, "warning", "odd"), (1, "warning", "waiver-without-reason")],
        'this waiver does not say why "odd" is allowed',
    ),
    "unknown": (
        "x: y # handbook: allow od (why)",
        [(1, "warning", "odd"), (1, "warning", "unknown-rule-in-waiver")],
        'there is no rule "od" to allow; did you mean "odd"?',
    ),
    "not understood": (
        "x: y # handbook: allow odd (why, until then)",
        [(1, "warning", "odd"), (1, "warning", "malformed-waiver")],
        '"then" is not a day such as 2027-03-01',
    ),
    "lasting": (
        "x: y # handbook: allow odd, invalid-yaml (why)",
        [(1, "warning", "malformed-waiver")],
        '"invalid-yaml" cannot be waived',
    ),
    "unused": (
        "x: y\nz: y # handbook: allow odd (why)",
        [(1, "warning", "odd"), (2, "warning", "unused-waiver")],
        '"odd" is allowed here, and there is nothing to allow',
    ),
    "one of two unused": (
        "x: y # handbook: allow odd, wrong (why)",
        [(1, "warning", "unused-waiver")],
        '"wrong" is allowed here, and there is nothing to allow',
    ),
}


@pytest.mark.parametrize(("text", "expected", "message"), ABOUT.values(), ids=list(ABOUT))
def test_a_waiver_is_found_that_allows_nothing(
    text: str, expected: list[tuple[int, str, str]], message: str
) -> None:
    result = triaged(raw("odd"), text=text)
    assert sorted(shown(result)) == sorted(expected)
    about = [finding for finding in result.findings if finding.rule not in ("odd", "wrong")]
    assert [finding.message for finding in about] == ([message] if message else [])
    assert all(finding.help for finding in about)


def test_a_waiver_of_nothing_goes_by_itself_only_as_a_whole() -> None:
    text = "x: y\nz: y # handbook: allow odd, wrong (why)"
    fixes = [finding.fix for finding in triaged(text=text).findings]
    assert [fix and fix.safe and fix.edits for fix in fixes] == [(Edit(Span(2, 5, 2, 40), ""),), None]
    assert [finding.fix for finding in triaged(raw("odd", 2), text=text).findings] == [None]


def test_a_waiver_of_what_is_off_here_is_left_alone() -> None:
    settings = Settings(path_levels=(PathLevels(("processes",), {"odd": OFF}),))
    assert shown(triaged(text="x: y # handbook: allow odd (why)", settings=settings)) == []


def test_waivers_are_superfluous_only_where_everything_is_known() -> None:
    text = "x: y # handbook: allow odd (why)"
    assert shown(triaged(text=text, complete={"docs/other.md"})) == []
    assert shown(triaged(text=text, complete={PATH})) == [(1, "warning", "unused-waiver")]
    assert shown(triaged(raw("invalid-yaml", 1, "b.yaml"), text=text)) == [(1, "error", "invalid-yaml")]


def test_what_cannot_be_read_cannot_be_waived() -> None:
    result = triaged(raw("invalid-yaml"), text="x: y # handbook: allow invalid-yaml (why)")
    assert shown(result) == [(1, "error", "invalid-yaml"), (1, "warning", "malformed-waiver")]


def baseline(**counts: int) -> Baseline:
    known = {Key(PATH, rule, "it is so"): count for rule, count in counts.items()}
    return Baseline(counts=known, lines={key: number for number, key in enumerate(known, 2)})


def test_what_is_in_the_baseline_is_not_shown() -> None:
    result = triaged(raw("odd", 1), raw("odd", 9), raw("odd", 12), raw("wrong", 1), baseline=baseline(odd=2))
    assert (shown(result), result.baselined) == ([(1, "error", "wrong"), (12, "warning", "odd")], 2)


def test_what_is_waived_is_not_taken_from_the_baseline() -> None:
    result = triaged(
        raw("odd", 1), raw("odd", 2), text="x: y # handbook: allow odd (why)\n", baseline=baseline(odd=1)
    )
    assert (shown(result), result.waived, result.baselined) == ([], 1, 1)


def test_what_cannot_be_read_is_shown_whatever_the_baseline_holds() -> None:
    made = Baseline(counts={Key(PATH, "invalid-yaml", "it is so"): 1}, lines={})
    assert shown(triaged(raw("invalid-yaml"), baseline=made)) == [(1, "error", "invalid-yaml")]


def test_a_baseline_with_mended_findings_is_told_once() -> None:
    result = triaged(raw("odd"), baseline=baseline(odd=1, wrong=2, hint=1))
    assert [(f.path, f.span.line, f.severity.word, f.rule, f.message) for f in result.findings] == [
        (BASELINE, 3, "info", "stale-baseline", '2 findings of the baseline are mended, beginning with "wrong" in ' + PATH)
    ]  # fmt: skip
    assert shown(triaged(baseline=baseline(odd=1), complete={PATH})) == []


def test_the_baseline_follows_a_file_that_is_renamed() -> None:
    new = raw("odd", 1, "processes/release/b.yaml")
    assert shown(triaged(new, baseline=baseline(odd=1), files={new.path})) == []
    assert len(triaged(new, baseline=baseline(odd=1), files={new.path, PATH}, complete={PATH}).findings) == 1
