"""The baseline: what it holds, how it is written, and what `handbook baseline` does with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook import cli
from handbook.baseline import BASELINE, Allowance, Baseline, Key, added, counted, pruned, read, text
from handbook.errors import CLEAN, COULD_NOT_RUN, FINDINGS, WRONG_USE
from handbook.finding import Finding, Severity, Span

HEAD = '{"version": 1, "about": "Findings from before the checks were adopted; handbook baseline writes this file"}\n'
Output = pytest.CaptureFixture[str]


def finding(path: str, rule: str, message: str = "it is so", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(path=path, span=Span(1, 1, 1, 2), severity=severity, rule=rule, message=message)


def test_findings_are_written_one_kind_a_line_in_order() -> None:
    found = [
        finding("b.yaml", "one"), finding("a.yaml", "two", 'there is no "x"'), finding("a.yaml", "one"),
        finding("b.yaml", "one"), finding("a.yaml", "zero", severity=Severity.INFO),
    ]  # fmt: skip
    assert text(counted(found)) == HEAD + (
        '{"path": "a.yaml", "rule": "one", "message": "it is so"}\n'
        '{"path": "a.yaml", "rule": "two", "message": "there is no \\"x\\""}\n'
        '{"path": "b.yaml", "rule": "one", "message": "it is so", "count": 2}\n'
    )


@pytest.mark.parametrize("name", ["a.yaml", "Größe.yaml", "a\u2028b.yaml", "half-\udcff.yaml"])
def test_what_is_written_is_read_again(name: str) -> None:
    counts = {Key(name, "one", "it is 12 €"): 3, Key("a", "b", "c"): 1}
    made, faults = read(text(counts).encode())
    assert (made.counts, faults) == (counts, ())


LINES = {
    "a mark of a conflict": ("<<<<<<< HEAD", "this line is not JSON"),
    "a list": ("[1]", "this line is not an entry of a baseline"),
    "no message": ('{"path": "a", "rule": "b"}', "this line is not an entry of a baseline"),
    "a path that is a number": ('{"path": 1, "rule": "b", "message": "c"}', "this line is not an entry of a baseline"),
    "no findings": ('{"path": "a", "rule": "b", "message": "c", "count": 0}', "this line is not an entry of a baseline"),
    "true findings": ('{"path": "a", "rule": "b", "message": "c", "count": true}', "this line is not an entry of a baseline"),
    "another version": ('{"version": 2}', "this baseline was written by another version"),
    "deep": ("[" * 100_000, "this line is not JSON"),
    "not text": ("\x00\x01", "this line is not JSON"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "message"), LINES.values(), ids=list(LINES))
def test_a_line_that_is_not_understood_is_left_out(line: str, message: str) -> None:
    source = f'{HEAD}{line}\n\n{{"path": "a", "rule": "b", "message": "c"}}\r\n'
    made, faults = read(source.encode())
    assert made.counts == {Key("a", "b", "c"): 1}
    assert [(f.rule, f.span.line, f.message) for f in faults] == [("invalid-baseline", 2, message)]
    assert faults[0].help


def test_bytes_that_are_not_text_are_a_finding() -> None:
    made, faults = read(b'\xff\xfe{"path"\n' * 1000)
    assert (made.counts, len(faults)) == ({}, 100)


def test_of_a_line_that_two_branches_wrote_the_larger_count_holds() -> None:
    lines = (
        '{"path": "a", "rule": "b", "message": "c", "count": 3}\n{"path": "a", "rule": "b", "message": "c"}\n'
    )
    made, _ = read(lines.encode())
    assert (made.counts, made.lines) == ({Key("a", "b", "c"): 3}, {Key("a", "b", "c"): 1})


def known(*entries: tuple[str, str, int]) -> Baseline:
    counts = {Key(path, rule, "it is so"): count for path, rule, count in entries}
    return Baseline(counts=counts, lines=dict.fromkeys(counts, 1))


def test_a_baseline_covers_as_many_findings_as_it_counts() -> None:
    allowance = Allowance(known(("a.yaml", "one", 2)))
    one = finding("a.yaml", "one")
    assert [allowance.covers(each) for each in (one, finding("a.yaml", "two"), one, one)] == [
        True,
        False,
        True,
        False,
    ]
    assert list(allowance.stale()) == []


def test_what_is_left_over_is_stale() -> None:
    allowance = Allowance(known(("a.yaml", "one", 2), ("b.yaml", "one", 1)))
    allowance.covers(finding("a.yaml", "one"))
    assert [key.path for key in allowance.stale()] == ["a.yaml", "b.yaml"]


def test_the_entries_of_a_file_that_is_gone_follow_it() -> None:
    allowance = Allowance(known(("old.yaml", "one", 1)), {"new.yaml"})
    assert allowance.covers(finding("new.yaml", "one"))
    assert not allowance.covers(finding("new.yaml", "one"))


def test_the_entries_of_a_file_that_is_there_stay_with_it() -> None:
    assert not Allowance(known(("old.yaml", "one", 1)), {"old.yaml", "new.yaml"}).covers(
        finding("new.yaml", "one")
    )


def test_pruning_keeps_what_is_found_under_its_path_of_today() -> None:
    found = [finding("new.yaml", "one"), finding("a.yaml", "one"), finding("a.yaml", "two")]
    made = known(("old.yaml", "one", 1), ("a.yaml", "one", 3), ("a.yaml", "gone", 1))
    assert (
        pruned(made, found, {"new.yaml", "a.yaml"})
        == known(("new.yaml", "one", 1), ("a.yaml", "one", 1)).counts
    )
    assert added(made, found, {"new.yaml", "a.yaml"}) == [finding("a.yaml", "two")]


ROLE = "lead:\n  title: Lead\n  summary: Leads.\n"
WRONG_KEY = "  sumary: x\n"


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with one role and one error, as the current folder."""
    (tmp_path / "processes/catalog").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "processes/catalog/roles.yaml").write_text(ROLE + WRONG_KEY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def baseline(*arguments: str) -> int:
    return cli.run(["baseline", "--today", "2026-10-05", *arguments])


def test_a_baseline_is_written(handbook: Path, capsys: Output) -> None:
    assert baseline() == CLEAN
    assert (handbook / BASELINE).read_text() == HEAD + (
        '{"path": "processes/catalog/roles.yaml", "rule": "unknown-key", '
        '"message": "key \\"sumary\\" is not known in a role; did you mean \\"summary\\"?"}\n'
    )
    assert capsys.readouterr().out == (
        f"Wrote {BASELINE}: 1 finding in 1 file. Commit it, and `handbook check` fails only on new ones.\n"
    )
    assert baseline() == CLEAN
    assert capsys.readouterr().out == f"{BASELINE} is up to date: 1 finding\n"


def test_a_baseline_does_not_grow_by_itself(handbook: Path, capsys: Output) -> None:
    baseline()
    before = (handbook / BASELINE).read_text()
    (handbook / "processes/catalog/roles.yaml").write_text(ROLE + WRONG_KEY + "  ownr: x\n")
    capsys.readouterr()
    assert baseline() == FINDINGS
    assert (handbook / BASELINE).read_text() == before
    first, second, _ = capsys.readouterr().out.splitlines()
    assert first == "The baseline would grow by 1 finding, so nothing was written:"
    assert second.startswith(
        '  processes/catalog/roles.yaml:5 unknown-key: key "ownr" is not known in a role'
    )
    assert baseline("--prune") == CLEAN
    assert (handbook / BASELINE).read_text() == before
    assert baseline("--grow") == CLEAN
    assert len((handbook / BASELINE).read_text().splitlines()) == 3


def test_what_is_mended_is_taken_out(handbook: Path, capsys: Output) -> None:
    baseline()
    (handbook / "processes/catalog/roles.yaml").write_text(ROLE)
    capsys.readouterr()
    assert baseline("--prune") == CLEAN
    assert not (handbook / BASELINE).exists()
    assert capsys.readouterr().out == f"Nothing is left of the baseline: removed {BASELINE}\n"


def test_a_handbook_without_findings_needs_no_baseline(handbook: Path, capsys: Output) -> None:
    (handbook / "processes/catalog/roles.yaml").write_text(ROLE)
    assert baseline() == CLEAN
    assert capsys.readouterr().out == "There is nothing to put into a baseline: no errors, no warnings\n"
    assert not (handbook / BASELINE).exists()


def test_a_handbook_that_cannot_be_read_gets_no_baseline(handbook: Path, capsys: Output) -> None:
    (handbook / "processes/catalog/teams.yaml").write_text("a: [\n")
    (handbook / "handbook.toml").write_text("[nonsense]\n")
    assert baseline() == FINDINGS
    assert capsys.readouterr().err == (
        'handbook: handbook.toml:1:2 is left out: "nonsense" is not a section of the settings\n'
        "handbook: 2 findings cannot be put into a baseline, as the files cannot be read\n"
        "  = help: mend these first; `handbook check` lists them\n"
    )
    assert not (handbook / BASELINE).exists()


def test_a_baseline_in_conflict_is_written_anew(handbook: Path) -> None:
    baseline()
    good = (handbook / BASELINE).read_text()
    (handbook / BASELINE).write_text(f"<<<<<<< HEAD\n{good}=======\n>>>>>>> other\n")
    assert baseline("--prune") == CLEAN
    assert (handbook / BASELINE).read_text() == good


def test_there_has_to_be_something_to_prune(handbook: Path, capsys: Output) -> None:
    assert baseline("--prune") == WRONG_USE
    assert "there is no baseline to prune" in capsys.readouterr().err


def test_a_baseline_is_a_file_of_the_handbook(handbook: Path, capsys: Output) -> None:
    os.symlink("/etc/hostname", handbook / BASELINE)
    assert baseline() == WRONG_USE
    (handbook / BASELINE).unlink()
    (handbook / BASELINE).mkdir()
    assert baseline() == COULD_NOT_RUN
    assert "cannot be read: is a directory" in capsys.readouterr().err
