"""`handbook explain`: every rule by its group, within the width of the terminal; one rule or several in full."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from handbook import cli
from handbook.errors import CLEAN, WRONG_USE
from handbook.report.documentation import MENDED, plain
from handbook.rules import company
from handbook.rules.registry import GROUPS, Rule, rules

Output = pytest.CaptureFixture[str]
SCHEMA = Path(__file__).parent.parent.parent / "schemas/output/explain.schema.json"


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def explain(capsys: Output, *arguments: str) -> str:
    assert cli.run(["explain", *arguments]) == CLEAN
    return capsys.readouterr().out


def blocks(listing: str) -> dict[str, str]:
    """The rows below the title of each group."""
    parts = (block.partition("\n") for block in listing.split("\n\n"))
    return {title: rows for title, _, rows in parts}


@pytest.mark.parametrize("width", ["40", "80", "100", "300"])
def test_the_list_has_every_rule_once_in_its_group(
    width: str, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = blocks(explain(capsys))
    for rule in rules().values():
        found = [
            title for title, rows in shown.items() if f"  {rule.name} " in f"{rows}\n".replace("\n", " \n")
        ]
        assert found == [GROUPS[rule.group]]


@pytest.mark.parametrize("width", [60, 100, 300])
def test_the_list_fits_the_terminal_and_is_never_too_wide_to_read(
    width: int, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    *rows, legend, end = explain(capsys).split("\n")
    assert max(len(row) for row in rows if row.startswith(" ")) <= min(width, 110)
    assert (legend[:5], end) == ("fix: ", "")


def test_a_row_says_how_much_a_rule_matters_how_it_is_mended_and_what_it_finds(capsys: Output) -> None:
    words = " ".join(explain(capsys).split())
    marks = {"safe": "fix ", "suggestion": "hint ", "none": ""}
    for rule in rules().values():
        assert f"{rule.name} {rule.severity.word} {marks[rule.fix]}{' '.join(rule.summary.split())}" in words


def test_a_group_without_rules_has_no_title(capsys: Output) -> None:
    assert company.GROUP_TITLE not in explain(capsys)


COMPANY = """
[[company]]
name = "release-needs-sla"
kind = "process"
where = {key = "tags", matches = "release"}
require = {key = "sla", present = true}
message = "this release process has no \\u001b[31msla"
why = "Sales promises dates."
"""


@pytest.fixture
def company_handbook(tmp_path: Path) -> str:
    (tmp_path / "processes").mkdir()
    (tmp_path / "handbook.toml").write_text(COMPANY)
    return str(tmp_path)


def test_a_rule_of_the_company_is_listed_and_explained_where_its_handbook_is(
    company_handbook: str, capsys: Output
) -> None:
    assert company.GROUP_TITLE in explain(capsys, "--root", company_handbook)
    text = explain(capsys, "release-needs-sla", "--root", company_handbook)
    assert text.split("\n")[:5] == [
        "release-needs-sla (warning, company)",
        "",
        "This release process has no  [31msla.",
        "",
        "Sales promises dates.",
    ]


def test_a_folder_without_a_handbook_is_no_hindrance_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert explain(capsys, "duplicate-key").startswith("duplicate-key (error, reading)")
    assert cli.run(["explain", "--root", str(tmp_path)]) == WRONG_USE
    assert "there is no handbook in" in capsys.readouterr().err


def test_a_rule_is_explained_with_its_whole_text(capsys: Output) -> None:
    text = explain(capsys, "duplicate-key")
    assert text == (
        f"duplicate-key (error, reading)\n\n{plain(rules()['duplicate-key'].doc, 100)}\n"
        + (f"\n{mended}\n" if (mended := MENDED[rules()["duplicate-key"].fix]) else "")
    )


def test_several_rules_are_explained_in_the_order_of_asking_and_each_once(capsys: Output) -> None:
    text = explain(capsys, "unknown-key", "duplicate-key", "unknown-key")
    assert [line for line in text.split("\n") if line.endswith((", shape)", ", reading)"))] == [
        "unknown-key (error, shape)",
        "duplicate-key (error, reading)",
    ]


@pytest.mark.parametrize("slip", ["unknown_key", "unkown-key", "Unknown-Key", "unknown-keys"])
def test_a_slip_in_a_name_gets_the_near_one(slip: str, capsys: Output) -> None:
    assert cli.run(["explain", "duplicate-key", slip]) == WRONG_USE
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[0]) == (
        "", f'handbook: there is no rule "{slip}"; did you mean "unknown-key"?'
    )  # fmt: skip


def test_for_a_program_all_rules_have_every_part(capsys: Output) -> None:
    form = json.loads(explain(capsys, "--format", "json"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(form)) == []
    assert [entry["name"] for entry in form["rules"]] == list(rules())
    assert form["groups"] == GROUPS


def entry(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity.word,
        "fix": rule.fix,
        "summary": rule.summary,
        "documentation": rule.doc,
    }


def test_for_a_program_the_rules_are_those_asked_for(capsys: Output) -> None:
    form = json.loads(explain(capsys, "unknown-key", "duplicate-key", "--format", "json"))
    assert form["groups"] == {name: GROUPS[name] for name in ("reading", "shape")}
    assert form["rules"] == [entry(rules()[name]) for name in ("unknown-key", "duplicate-key")]
