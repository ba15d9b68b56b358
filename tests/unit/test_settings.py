"""handbook.toml: what it sets, and what is wrong with it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from handbook import settings_file
from handbook.finding import Severity
from handbook.model.kinds import KINDS
from handbook.rules import company_form
from handbook.rules.condition import OPERATORS
from handbook.schema import files
from handbook.settings import AREAS, PathLevels, Settings, from_plain, read, to_plain

RULES = frozenset({"unknown-reference", "unused-record"})


def test_without_settings_the_defaults_hold() -> None:
    settings, faults = read(b"", RULES)
    assert faults == ()
    assert settings == Settings()
    assert (settings.title, settings.folders, settings.areas) == ("Handbook", ("processes", "docs"), AREAS)


def test_each_setting_is_taken() -> None:
    text = """
[handbook]
title = "Our handbook"
repository = "https://git.example.com/handbook"
[paths]
processes = "records"
docs = "pages/own"
[areas]
build = "Build"
[rules]
unknown-reference = "off"
"unused-record" = "warning"
process-without-sla = "error"
[check]
fail_on = "warning"
[[levels]]
paths = ["processes/launches/**", "*.md"]
off = ["unused-record", "process-without-sla"]
[[levels]]
paths = ["processes/launches/templates"]
error = ["unused-record"]
info = ["unknown-reference"]
[[company]]
name = "process-without-sla"
kind = "process"
require = {key = "sla", present = true}
message = "process {title} has no SLA"
"""
    settings, faults = read(text.encode(), RULES)
    assert faults == ()
    assert settings == Settings(
        title="Our handbook",
        repository="https://git.example.com/handbook",
        processes="records",
        docs="pages/own",
        areas={"build": "Build"},
        levels={
            "unknown-reference": Severity.OFF,
            "unused-record": Severity.WARNING,
            "process-without-sla": Severity.ERROR,
        },
        path_levels=(
            PathLevels(
                ("processes/launches/**", "*.md"),
                {"unused-record": Severity.OFF, "process-without-sla": Severity.OFF},
            ),
            PathLevels(
                ("processes/launches/templates",),
                {"unused-record": Severity.ERROR, "unknown-reference": Severity.INFO},
            ),
        ),
        fail_on=Severity.WARNING,
        company=(
            {
                "name": "process-without-sla",
                "kind": "process",
                "require": {"key": "sla", "present": True},
                "message": "process {title} has no SLA",
            },
        ),
    )
    assert from_plain(json.loads(json.dumps(to_plain(settings)))) == settings


@pytest.mark.parametrize(
    ("rule", "path", "level"),
    [
        ("unused-record", "processes/release/a.yaml", Severity.WARNING),
        ("unused-record", "processes/launches/plans/a.yaml", Severity.OFF),
        ("unused-record", "processes/launches/templates/a.yaml", Severity.ERROR),
        ("unused-record", "docs/a.md", Severity.OFF),
        ("other", "docs/a.md", Severity.INFO),
    ],
    ids=["everywhere", "in a folder", "in a folder of the folder", "by an ending", "not spoken of"],
)
def test_the_last_entry_that_speaks_of_a_rule_decides_its_level(
    rule: str, path: str, level: Severity
) -> None:
    settings = Settings(
        levels={"unused-record": Severity.WARNING},
        path_levels=(
            PathLevels(("processes/launches", "*.md"), {"unused-record": Severity.OFF}),
            PathLevels(("processes/launches/templates",), {"unused-record": Severity.ERROR}),
            PathLevels(("**",), {"unknown-reference": Severity.OFF}),
        ),
    )
    assert settings.level(rule, Severity.INFO, path) == level


def test_a_rule_is_off_where_no_file_has_it() -> None:
    off = Settings(
        levels={"a": Severity.OFF, "b": Severity.OFF},
        path_levels=(PathLevels(("*.md",), {"b": Severity.INFO}),),
    )
    assert [off.is_off(rule, Severity.ERROR) for rule in ("a", "b", "c")] == [True, False, False]


WRONG: dict[str, tuple[str, int, int, int, str]] = {
    "section": ("[handbok]\n", 1, 2, 9, '"handbok" is not a section of the settings; did you mean "handbook"?'),
    "key outside a section": ("\ntitle = 'x'\n", 2, 1, 6, '"title" is not a section of the settings'),
    "section that is no table": ("handbook = 'x'\n", 1, 1, 9, '"handbook" is not a section of the settings'),
    "key": ("# x\n[handbook]\ntitel = 'x'\n", 3, 1, 6, '"titel" is not a setting of [handbook]; did you mean "title"?'),
    "indented key": ("[handbook]\n  titel = 'x'\n", 2, 3, 8, '"titel" is not a setting of [handbook]; did you mean "title"?'),
    "key of another section": ("[paths]\n[handbook]\ndocs = 'x'\n", 3, 1, 5, '"docs" is not a setting of [handbook]'),
    "number": ("[handbook]\ntitle = 1\n", 2, 1, 6, '"title" is not text'),
    "list": ("[areas]\nbuild = ['x']\n", 2, 1, 6, '"build" is not text'),
    "rule": ("[rules]\nunknown-refrence = 'off'\n", 2, 1, 17, 'there is no rule "unknown-refrence"; did you mean "unknown-reference"?'),
    "quoted rule": ("[rules]\n\"unknown-refrence\" = 'off'\n", 2, 1, 19, 'there is no rule "unknown-refrence"; did you mean "unknown-reference"?'),
    "level": ("[rules]\nunused-record = 'warn'\n", 2, 1, 14, '"warn" is not a level'),
    "path from the root": ("[paths]\ndocs = '/etc'\n", 2, 1, 5, '"/etc" is not a folder inside the handbook'),
    "path out of the handbook": ("[paths]\ndocs = 'a/../../b'\n", 2, 1, 5, '"a/../../b" is not a folder inside the handbook'),
    "path of a home": ("[paths]\ndocs = '~/x'\n", 2, 1, 5, '"~/x" is not a folder inside the handbook'),
    "path of the root": ("[paths]\ndocs = '.'\n", 2, 1, 5, '"." is the root of the handbook'),
    "no path": ("[paths]\nprocesses = ''\n", 2, 1, 10, '"" is not a folder inside the handbook'),
    "level to fail on": ("[check]\nfail_on = 'info'\n", 2, 1, 8, 'a check cannot fail on "info"'),
    "policy of the site": ("[site]\npolicy = 'none'\n", 2, 1, 7, '"none" is not a policy'),
    "visibility": ("[site]\nvisibility = 'secret'\n", 2, 1, 11, '"secret" does not say who may read'),
    "search of the site": ("[site]\nsearch = 'pagefinder'\n", 2, 1, 7, '"pagefinder" is no search of the site; did you mean "pagefind"?'),
    "scheme of feedback": ("[site]\nfeedback = 'javascript:x'\n", 2, 1, 9, '"javascript:x" cannot take feedback'),
    "setting of the check": ("[check]\nfailon = 'error'\n", 2, 1, 7, '"failon" is not a setting of [check]; did you mean "fail_on"?'),
    "levels in one bracket": ("[levels]\nunused-record = 'off'\n", 1, 2, 8, '"levels" is written in two brackets'),
    "levels without paths": ("[[levels]]\noff = ['unused-record']\n", 1, 3, 9, 'this [[levels]] has no "paths"'),
    "levels without a level": ("[[levels]]\npaths = ['docs']\n", 1, 3, 9, "this [[levels]] gives no rule a level"),
    "levels with another key": ("[[levels]]\npaths = ['docs']\noff = ['unused-record']\nof = ['unused-record']\n", 4, 1, 3, '"of" is not a key of [[levels]]; did you mean "off"?'),
    "paths that are text": ("[[levels]]\npaths = 'docs'\noff = ['unused-record']\n", 2, 1, 6, '"paths" is not a list of texts'),
    "path out of the handbook in a list": ("[[levels]]\npaths = [\n  '../docs']\noff = ['unused-record']\n", 3, 3, 12, '"../docs" is not a plain path'),
    "rule in a list": ("[[levels]]\npaths = ['docs']\noff = ['unused-recrod']\n", 3, 8, 23, 'there is no rule "unused-recrod"; did you mean "unused-record"?'),
    "rules that are numbers": ("[[levels]]\npaths = ['docs']\noff = [1]\n", 3, 1, 4, '"off" is not a list of texts'),
    "company rule that is text": ("company = 'x'\n", 1, 1, 8, '"company" is written in two brackets'),
    "not TOML": ("[handbook]\ntitle = x\n", 2, 9, 10, "this is not valid TOML: invalid value"),
    "not TOML at its end": ("title = '", 1, 1, 2, "this is not valid TOML"),
    "given twice": ("[handbook]\ntitle = 'x'\ntitle = 'y'\n", 3, 12, 13, "this is not valid TOML: cannot overwrite a value"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "end", "message"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_setting_is_found_at_its_place_and_the_defaults_hold(
    text: str, line: int, column: int, end: int, message: str
) -> None:
    settings, faults = read(text.encode(), RULES)
    assert settings.replaced(path_levels=()) == Settings()
    assert [(fault.rule, fault.span.line, fault.span.column, fault.span.end_column) for fault in faults] == [
        ("invalid-settings", line, column, end)
    ]
    assert message in faults[0].message
    assert faults[0].help


def test_a_wrong_setting_leaves_the_others_in_force() -> None:
    text = "[handbook]\ntitle = 'Ours'\ntitel = 'x'\n[areas]\nrelease = 'Release'\nOnboarding = 'x'\nonboarding = 'y'\n"
    settings, faults = read(text.encode(), RULES)
    assert settings == Settings(title="Ours", areas={"release": "Release"})
    assert [(fault.span.line, fault.message) for fault in faults] == [
        (3, '"titel" is not a setting of [handbook]; did you mean "title"?'),
        (6, '"Onboarding" cannot be the folder of an area'),
        (7, '"onboarding" cannot be the folder of an area'),
    ]


def test_every_wrong_setting_is_found() -> None:
    _, faults = read(b"[handbook]\na = 'x'\nb = 'x'\n[nonsense]\n", RULES)
    assert [(fault.span.line, fault.span.column) for fault in faults] == [(2, 1), (3, 1), (4, 2)]


def test_settings_in_latin_1_are_not_read() -> None:
    settings, faults = read("[handbook]\ntitle = 'é'\n".encode("latin-1"), RULES)
    assert settings == Settings()
    assert [(fault.rule, fault.message) for fault in faults] == [("invalid-settings", "byte 21 is not UTF-8")]


def test_settings_may_begin_with_a_byte_order_mark() -> None:
    settings, faults = read(b"\xef\xbb\xbf[handbook]\ntitle = 'x'\n", RULES)
    assert (settings.title, faults) == ("x", ())


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 100_000, "a = " + "1" * 5000], ids=["nested deep", "5,000 digits"]
)
def test_hostile_settings_are_a_finding(text: str) -> None:
    settings, faults = read(text.encode(), RULES)
    assert settings == Settings()
    assert [fault.rule for fault in faults] == ["invalid-settings"]


def test_a_slash_after_a_path_changes_nothing() -> None:
    settings, faults = read(b"[paths]\nprocesses = 'records/'\n", RULES)
    assert (settings.processes, faults) == ("records", ())


FOLDERS = {
    "processes/release/go-no-go.yaml": "process",
    "processes/release/go-no-go.yml": "process",
    "processes/relase/go-no-go.yaml": None,
    "processes/release/more/go-no-go.yaml": None,
    "processes/go-no-go.yaml": None,
    "processes/launches/templates/tier-1.yaml": "launch-template",
    "processes/launches/plans/x.yaml": "launch",
    "processes/launches/x.yaml": None,
    "processes/experiments/x.yaml": "experiment",
    "processes/onboarding/pm.yaml": "onboarding-path",
    "processes/catalog/roles.yaml": "role",
    "processes/catalog/roles.yml": "role",
    "processes/catalog/calendars.yaml": "calendar",
    "processes/catalog/role.yaml": None,
}


@pytest.mark.parametrize(("path", "kind"), FOLDERS.items(), ids=list(FOLDERS))
def test_the_folder_decides_the_kind(path: str, kind: str | None) -> None:
    assert Settings().kind_of(path) == (KINDS[kind] if kind else None)


def test_a_wrong_entry_of_a_list_leaves_the_others_in_force() -> None:
    text = "[[levels]]\npaths = ['docs', '!x']\noff = ['unused-record', 'x']\nerror = 'x'\n"
    settings, faults = read(text.encode(), RULES)
    assert settings.path_levels == (PathLevels(("docs",), {"unused-record": Severity.OFF}),)
    assert [(fault.span.line, fault.span.column) for fault in faults] == [(2, 18), (3, 25), (4, 1)]


def test_a_hundred_findings_are_enough() -> None:
    _, faults = read("".join(f"a{number} = 1\n" for number in range(5000)).encode(), RULES)
    assert len(faults) == 100


def schema() -> Validator:
    return Draft202012Validator(files.load("settings/handbook.schema.json"))


def test_editors_and_the_check_know_the_same_settings() -> None:
    made = files.load("settings/handbook.schema.json")
    Draft202012Validator.check_schema(made)
    assert set(made["properties"]) == {*settings_file.SECTIONS, *settings_file.REPEATED}
    for section, keys in settings_file.SECTIONS.items():
        assert "*" in keys or set(made["properties"][section]["properties"]) == set(keys)
    rule = made["$defs"]["rule"]
    assert set(rule["properties"]) == set(company_form.KEYS)
    assert set(rule["properties"]["kind"]["anyOf"][0]["enum"]) == set(KINDS)
    assert set(made["$defs"]["values"]["properties"]) == {"key", "some", *OPERATORS}


#: rows of WRONG that only the check can find: names of rules, paths and what is not TOML
ONLY_CHECKED = {
    "rule", "quoted rule", "rule in a list", "path from the root", "path out of the handbook", "path of a home",
    "path of the root",
    "path out of the handbook in a list", "not TOML", "not TOML at its end", "given twice",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(WRONG) - ONLY_CHECKED))
def test_an_editor_finds_a_wrong_setting_too(name: str) -> None:
    assert not schema().is_valid(tomllib.loads(WRONG[name][0]))


def test_the_settings_of_this_repository_are_good_to_an_editor(root: Path) -> None:
    assert schema().is_valid(tomllib.loads((root / "handbook.toml").read_text()))
