"""A handbook as a whole: records by id and alias, and who names whom."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check, load
from handbook.model.catalog import Role, Team, Tool
from handbook.model.handbook import Handbook, Name
from handbook.model.process import Process
from handbook.settings import Settings
from handbook.sources import literal

FILES = {
    "processes/catalog/roles.yaml": """\
lead: {title: Lead, summary: A role., team: ops, aliases: [head, chief]}
analyst: {title: Analyst, summary: A role., backup: lead}
""",
    "processes/catalog/teams.yaml": "ops: {title: Operations, summary: A team., lead: chief}\n",
    "processes/catalog/tools.yaml": "board: {title: Board, summary: A tool., owner: ops}\n",
    "processes/release/review.yaml": """\
title: Review
summary: A process.
status: active
owner: ops
purpose: To look twice.
trigger: {event: A change}
outcome: A reviewed change
accountable: lead
steps:
  - {id: read, title: Read it, responsible: analyst, consulted: [head, lead]}
""",
}


@pytest.fixture
def handbook() -> Handbook:
    """Two roles, a team and a process; and a tool that lacks a key."""
    return load(literal(FILES), Settings()).handbook


def test_a_record_is_found_by_its_id_and_by_its_earlier_ids(handbook: Handbook) -> None:
    lead = handbook.find(Role, "lead")
    assert lead is not None
    assert [handbook.find(Role, id) for id in ("head", "chief")] == [lead, lead]
    assert [handbook.find(Role, id) for id in ("nobody", None)] == [None, None]


def test_an_id_is_that_of_one_kind_only(handbook: Handbook) -> None:
    assert handbook.find(Team, "lead") is None


def test_the_records_of_a_kind_come_in_the_order_of_their_ids(handbook: Handbook) -> None:
    assert [role.id for role in handbook.all(Role)] == ["analyst", "lead"]
    assert [process.id for process in handbook.all(Process)] == ["review"]


def test_a_record_with_findings_is_known_but_not_there(handbook: Handbook) -> None:
    assert handbook.knows(Name("tool", "board"))
    assert list(handbook.all(Tool)) == []


def test_a_record_knows_who_names_it_also_by_its_earlier_ids(handbook: Handbook) -> None:
    lead = handbook.find(Role, "lead")
    assert lead is not None
    assert {(each.source, each.at.pointer) for each in handbook.incoming(lead)} == {
        (Name("role", "analyst"), ("analyst", "backup")),
        (Name("team", "ops"), ("ops", "lead")),
        (Name("process", "review"), ("accountable",)),
        (Name("process", "review"), ("steps", 0, "consulted", 0)),
        (Name("process", "review"), ("steps", 0, "consulted", 1)),
    }


def test_a_record_knows_whom_it_names(handbook: Handbook) -> None:
    analyst = handbook.find(Role, "analyst")
    assert analyst is not None
    assert [each.target for each in handbook.outgoing(analyst)] == [Name("role", "lead")]


def test_the_ids_of_a_kind_are_there_for_suggestions(handbook: Handbook) -> None:
    assert sorted(handbook.ids("role")) == ["analyst", "lead"]
    assert handbook.ids("tool") == ["board"]
    assert handbook.ids("term") == []


def test_a_catalogue_that_cannot_be_read_is_one_finding_and_no_cascade() -> None:
    found = check(
        literal({**FILES, "processes/catalog/roles.yaml": "lead: [\n"}), Settings(), date(2026, 10, 5)
    )
    errors = [(each.path, each.rule) for each in found if each.severity.word == "error"]
    assert errors == [
        ("processes/catalog/roles.yaml", "invalid-yaml"),
        ("processes/catalog/tools.yaml", "missing-key"),
    ]
