"""Fixes are made in rounds, in the order of the file, and none is made that would break or change what it should not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Any

import pytest

from handbook import cli
from handbook.check import check
from handbook.cli import fix
from handbook.finding import Edit, Finding, Fix, Severity, Span
from handbook.fix import Mended, fixed, mend
from handbook.settings import Settings
from handbook.text import yaml
from tests.rules.example import BASE

TODAY = date(2026, 10, 5)
PATH = "processes/catalog/teams.yaml"


def finding(
    rule: str, *edits: Edit, safe: bool = True, path: str = "a.yaml", title: str = "mend it"
) -> Finding:
    return Finding(
        path=path,
        span=edits[0].span,
        severity=Severity.ERROR,
        rule=rule,
        message="",
        fix=Fix(title, edits, safe),
    )


def at(column: int, end: int, text: str, line: int = 1) -> Edit:
    return Edit(Span(line, column, line, end), text)


SOURCE = b"a: one\nb: two\n"


def test_fixes_that_are_apart_are_made_together() -> None:
    both = [finding("renamed", at(4, 7, "deux", 2)), finding("renamed", at(4, 7, "un"))]
    assert fixed("a.yaml", SOURCE, both) == (b"a: un\nb: deux\n", both[::-1], [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (at(4, 7, "un"), at(5, 6, "x")),
        (at(4, 7, "un"), at(4, 7, "uno")),
        (at(4, 4, "x"), at(4, 4, "y")),
        (at(4, 7, "un"), at(6, 7, "")),
    ],
    ids=["inside", "the same", "two insertions", "at the end"],
)
def test_of_two_that_overlap_the_first_is_made_and_the_other_waits(first: Edit, second: Edit) -> None:
    findings = [finding("renamed", first), finding("renamed", second)]
    after, made, refused = fixed("a.yaml", SOURCE, findings)
    assert (made, refused) == ([findings[0]], [])
    assert after == fixed("a.yaml", SOURCE, findings[:1])[0]


REFUSED: dict[str, tuple[bytes, Finding, str]] = {
    "what cannot be read any more": (SOURCE, finding("renamed", at(4, 7, "[")), "the file could not be read any more"),
    "what brings a key twice": (SOURCE, finding("renamed", at(1, 2, "a", 2)), "the file could not be read any more"),
    "what tidies and changes a value": (SOURCE, finding("stray-space", at(4, 7, "un")), "the record would say something else"),
    "what is not in the file": (SOURCE, finding("renamed", at(1, 2, "x", 9)), "it does not fit the file"),
    "what leaves a file as broken as it was": (b"a: [\n", finding("invalid-yaml", at(4, 5, "{")), "the file could not be read any more"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "bad", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_a_fix_is_refused(source: bytes, bad: Finding, reason: str) -> None:
    assert fixed("a.yaml", source, [bad]) == (source, [], [(bad, reason)])


def test_one_that_is_refused_does_not_keep_others_from_being_made() -> None:
    bad, good = finding("renamed", at(4, 7, "[")), finding("renamed", at(4, 7, "deux", 2))
    assert fixed("a.yaml", SOURCE, [bad, good]) == (
        b"a: one\nb: deux\n",
        [good],
        [(bad, "the file could not be read any more")],
    )


def test_a_file_that_cannot_be_read_may_be_mended_step_by_step() -> None:
    source = b"a: b: c d\ne: @f\n"
    (fault,) = yaml.read("a.yaml", source).faults
    assert fault.fix is not None
    first = finding("invalid-yaml", *fault.fix.edits)
    assert fixed("a.yaml", source, [first]) == (b'a: "b: c d"\ne: @f\n', [first], [])


def handbook(teams: str) -> dict[str, bytes]:
    return {path: text.encode() for path, text in {**BASE, PATH: teams}.items()}


def mended(teams: str, *, unsafe: bool = False) -> tuple[str, list[str]]:
    """The mended catalogue, and the rules that were at work, in their order."""
    sources = handbook(BASE[PATH] + teams)

    def found(changed: Mapping[str, bytes]) -> Iterable[Finding]:
        return check({**sources, **changed}, Settings(), TODAY)

    done = mend(sources, found, unsafe=unsafe)
    assert set(done.files) <= {PATH}
    text = done.files.get(PATH, sources[PATH]).decode()
    return text.removeprefix(BASE[PATH]), [each.rule for each in done.done]


def test_rounds_follow_each_other_until_nothing_is_left() -> None:
    before = "support: {title: Support, summary: Answers: at once, x-on: NO}\r\n"
    after = 'support: {title: Support, summary: "Answers: at once", x-on: "NO"}\n'
    assert mended(before) == (
        before,
        [],
    )  # a comma inside braces ends the value: nobody can know where it should
    before = "support:\n\ttitle: Support\n\tsummary: Answers: at once\n\tx-on: NO\r\n"
    after = 'support:\n  title: Support\n  summary: "Answers: at once"\n  x-on: "NO"\n'
    assert mended(before) == (after, ["tab-as-space", "invalid-yaml", "ambiguous-value", "mixed-line-ends"])


def test_suggestions_are_followed_on_request_only() -> None:
    before = "support: {title: Support, summary: A team.}\n# a remark\nsales:\n  title: Sales\n  summary: Ask in #sales now\n"
    assert mended(before) == (before, [])
    assert mended(before, unsafe=True) == (
        before.replace("Ask in #sales now", '"Ask in #sales now"'),
        ["lost-text"],
    )


def test_the_second_time_nothing_is_left_to_do() -> None:
    once, _ = mended("support:\n\ttitle: “Support”\n\tsummary: Answers: at once\n")
    assert mended(once) == (once, [])


def test_a_check_that_never_comes_to_rest_is_asked_ten_times() -> None:
    asked = 0

    def found(changed: Mapping[str, bytes]) -> Iterable[Finding]:
        nonlocal asked
        asked += 1
        return [finding("renamed", at(4, 4, "x"))]

    assert mend({"a.yaml": SOURCE}, found).files == {"a.yaml": b"a: xxxxxxxxxxone\nb: two\n"}
    assert asked == 10


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook on disk in which the catalogue of teams is a link to another file, with something to mend."""
    for path, text in BASE.items():
        full = tmp_path / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)
    (tmp_path / PATH).rename(tmp_path / "elsewhere.yaml")
    with open(tmp_path / "elsewhere.yaml", "a") as file:
        file.write("support: {title: Support, summary: A team., x-on: NO}\n")
    (tmp_path / "elsewhere.yaml").chmod(0o640)
    (tmp_path / PATH).symlink_to("../../elsewhere.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    return cli.run(["fix", "--today", "2026-10-05", *arguments])


@pytest.mark.parametrize(
    "named", [[], [PATH], ["processes"], ["."]], ids=["nothing", "link", "folder", "all"]
)
def test_the_file_behind_a_link_is_mended_and_keeps_its_mode(folder: Path, named: list[str]) -> None:
    assert run(*named) == 0
    assert (folder / PATH).is_symlink()
    linked = folder / "elsewhere.yaml"
    assert linked.read_text().endswith('x-on: "NO"}\n')
    assert linked.stat().st_mode & 0o777 == 0o640


def test_an_index_that_turns_out_to_be_damaged_late_is_done_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = folder / ".cache/handbook/index.sqlite"
    tried: list[bool] = []  #: whether the index is there

    def damaged_once(*given: Any, **named: Any) -> Mended:
        tried.append(index.exists())
        if len(tried) == 1:
            raise DatabaseError("database disk image is malformed")
        return mend(*given, **named)

    monkeypatch.setattr(fix, "mend", damaged_once)
    assert run() == 0
    assert tried == [True, False]
    assert (folder / "elsewhere.yaml").read_text().endswith('x-on: "NO"}\n')


def test_a_difference_is_shown_and_nothing_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    assert run("--diff") == 1
    assert capsys.readouterr().out.endswith(
        '-support: {title: Support, summary: A team., x-on: NO}\n+support: {title: Support, summary: A team., x-on: "NO"}\n'
    )
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_what_is_not_named_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("processes/operations") == 0
    assert capsys.readouterr().out == "nothing was mended\n"


def test_a_path_outside_the_handbook_is_a_wrong_use(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert run(str(tmp_path_factory.getbasetemp())) == 2
