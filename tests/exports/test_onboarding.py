"""Onboarding plans of this repository in every form, read by the programs that launches are read by."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]
from lxml import html  # type: ignore[import-untyped]

from handbook.check import load
from handbook.cli import run
from handbook.model.handbook import Handbook
from handbook.model.onboarding import OnboardingPath
from handbook.plan import journal
from handbook.plan.diary import working_days
from handbook.plan.exports import FORMATS, renderer
from handbook.plan.exports.context import Context
from handbook.plan.exports.facts import key_in
from handbook.plan.imports import reader
from handbook.plan.onboarding import Hire, calendar_of, onboarding
from handbook.plan.public import public_holidays
from handbook.plan.sheet import Sheet
from handbook.settings import Settings
from handbook.sources import Disk
from tests.exports import readers
from tests.exports.board import Board
from tests.exports.test_github import home as home
from tests.exports.test_github import schema
from tests.publish.server import TOKEN, served

ROOT = Path(__file__).parent.parent.parent
SITE = "https://handbook.example.com/"
PATHS = (
    "people-manager", "product-designer", "product-manager", "product-marketing-manager", "product-operations-analyst",
    "software-engineer", "support-specialist",
)  # fmt: skip


@cache
def book() -> Handbook:
    return load(Disk(str(ROOT), ("processes", "docs")), Settings()).handbook


@cache
def plan(path: str) -> Sheet:
    found = book().find(OnboardingPath, path)
    assert found is not None
    hire = Hire(start=date(2027, 1, 11), handle="kim", people={"hire": "Kim <b>Olsen</b>", "buddy": "=Amara"})
    days = working_days(book(), calendar_of(book(), found, None), [2026, 2027, 2028], public_holidays)
    return onboarding(book(), found, hire, days, SITE)


def made(format: str, path: str) -> str:
    text = renderer(FORMATS[format].render)([plan(path)], Context(today=date(2026, 12, 1), site=SITE))
    assert isinstance(text, str)
    return text


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", PATHS)
def test_a_plan_has_every_item_of_its_path_and_of_the_one_that_it_extends(path: str) -> None:
    found = book().find(OnboardingPath, path)
    assert found is not None
    base = book().find(OnboardingPath, found.extends)
    assert base is not None
    wanted = {item.id for one in (found, base) for stage in one.stages for item in stage.items}
    sign_offs = {f"sign-off.{id}" for one in (found, base) for id in one.acknowledge}
    assert {one.key.removeprefix(f"{plan(path).id}.") for one in plan(path).items} == wanted | sign_offs
    due = {one.key: one.due_on for one in plan(path).items}
    assert all(due[need] <= one.due_on for one in plan(path).items for need in one.needs)


@pytest.mark.parametrize("path", PATHS)
def test_calendars_are_read_by_icalendar_and_vobject(path: str) -> None:
    items = len(plan(path).items)
    for format, name in (("ics", "VEVENT"), ("ics-tasks", "VTODO")):
        read: Any = icalendar.Calendar.from_ical(made(format, path))
        parts = read.walk(name)
        assert len({str(one["UID"]) for one in parts}) == len(parts) == items + 1
        assert all(str(one["UID"]).startswith(f"onboarding.{plan(path).id}") for one in parts)
        vobject.readOne(made(format, path)).validate(raiseException=True)


@pytest.mark.parametrize("path", PATHS)
def test_tables_hold_what_their_importers_ask_for(path: str) -> None:
    items = plan(path).items
    asana, jira = rows(made("asana", path)), rows(made("jira", path))
    names = [one["Name"] for one in asana]
    assert len({name.casefold() for name in names}) == len(names) == len(items)
    assert all(re.fullmatch(r"\d\d/\d\d/\d{4}", one["Due Date"]) for one in asana)
    assert [key_in(one["Description"]) for one in jira][1:] == [item.key for item in items]
    assert {one["Parent"] for one in jira[1:]} == {jira[0]["Issue ID"]}
    table = rows(made("csv", path))
    assert [one["Key"] for one in table] == [item.key for item in items]
    assert not [
        cell for one in (*asana, *jira, *table) for cell in one.values() if (cell or "")[:1] in tuple("=+@")
    ]


def test_linear_and_thunderbird_read_their_files(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(made("linear", "software-engineer"), newline="")
    assert len(readers.linear(tmp_path / "plan.csv")["issues"]) == len(plan("software-engineer").items)
    (tmp_path / "plan.ics").write_text(made("ics", "software-engineer"), newline="")
    assert len(readers.ical(tmp_path / "plan.ics")) == len(plan("software-engineer").items) + 1


def test_issues_have_the_form_that_github_describes(home: Path) -> None:
    found = json.loads(made("github", "product-manager"))
    for one in found["issues"]:
        schema(home, "issues", "post").validate({**one["payload"], "milestone": 1})
    assert {one["parent"] for one in found["issues"][1:]} == {plan("product-manager").id}
    assert {label for one in found["issues"] for label in one["payload"]["labels"]} == {"onboarding-plan"}


def test_the_page_to_print_shows_every_item_and_asks_nobody_for_anything() -> None:
    page = html.fromstring(made("html", "product-manager"))
    assert len(page.findall(".//li")) == len(plan("product-manager").items)
    assert [one.tag for one in page.iter("script", "img", "link", "iframe", "object")] == []
    assert "Kim <b>Olsen</b>" in page.findtext(".//h1")
    assert page.findall(".//b") == []


@pytest.mark.parametrize("path", PATHS)
def test_what_is_ticked_off_in_a_checklist_comes_back(path: str) -> None:
    ticked = made("markdown", path).replace("- [ ]", "- [x]", 5)
    taken = reader("markdown")(ticked.encode())
    assert taken.problems == ()
    assert [one.key for one in taken.progress] == list(
        dict.fromkeys(item.key for item in plan(path).items)
    ) or {one.key for one in taken.progress} == {item.key for item in plan(path).items}
    done = [journal.entry(one.key, date(2027, 1, 12)) for one in taken.progress if one.status == "done"]
    assert [(one.who, one.path) for one in done if one] == [("kim", path)] * 5


def test_a_table_from_a_spreadsheet_comes_back() -> None:
    text = made("csv", "product-manager")
    first = plan("product-manager").items[0].key
    lines = [
        line.replace(",todo,", ",done,") if line.startswith(first) else line for line in text.splitlines()
    ]
    taken = reader("csv")("\n".join(lines).encode())
    assert taken.problems == ()
    assert {one.key for one in taken.progress if one.status == "done"} == {first}


def test_issues_of_a_hire_are_created_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    board = Board()
    with served(board):
        monkeypatch.setenv("GITHUB_API_URL", board.address)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        call = [
            "onboard",
            "software-engineer",
            "--start",
            "2027-01-11",
            "--handle",
            "kim",
            "--as",
            "github",
            "--apply",
        ]
        assert run([*call, "--repository", "example/handbook", "--today", "2026-12-01"]) == 0
        assert capsys.readouterr().out.startswith("Label onboarding-plan created")
        assert run([*call, "--repository", "example/handbook", "--today", "2026-12-01"]) == 0
    assert capsys.readouterr().out == "Nothing to do: the issues say what the plan says\n"
    assert len(board.issues) == len(plan("software-engineer").items) + 1


def test_only_issues_can_be_created(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["onboard", "software-engineer", "--start", "2027-01-11", "--as", "jira", "--apply"]) == 2
    assert "--apply does not go with jira" in capsys.readouterr().err
