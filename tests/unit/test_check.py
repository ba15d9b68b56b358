"""The pipeline as a whole: each cause once, in an order of its own, and no input that breaks it."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check, read_settings
from handbook.finding import Severity
from handbook.settings import Settings
from handbook.sources import literal

TODAY = date(2026, 10, 5)

CATALOGUES = {
    "processes/catalog/roles.yaml": "lead: {title: Lead, summary: A role.}\n",
    "processes/catalog/teams.yaml": "ops: {title: Operations, summary: A team.}\n",
    "processes/catalog/artifacts.yaml": "report: {title: Report, summary: An artifact., external: true}\n",
}
PROCESS = """\
title: Review
summary: A process.
status: active
owner: ops
purpose: To look twice.
trigger: {event: A change}
outcome: A reviewed change
accountable: lead
steps:
  - {id: read, title: Read it, responsible: lead, outputs: [report]}
"""
TEMPLATE = """\
title: Small
summary: A template.
status: active
owner: ops
tier: 3
anchor: {name: Launch day}
phases: [{id: frame, title: Frame}]
tasks:
  - {id: brief, phase: frame, title: Write the brief, responsible: lead, due: -5d}
"""
HERE = "processes/release/review.yaml"
Row = tuple[str, int, int, str]


def found(files: dict[str, str], least: Severity = Severity.WARNING) -> list[Row]:
    sources = literal({**CATALOGUES, **files})
    settings, _ = read_settings(sources)
    findings = check(sources, settings, TODAY)
    return [
        (each.path, each.span.line, each.span.column, each.rule)
        for each in findings
        if each.severity >= least
    ]


def test_a_small_handbook_is_clean() -> None:
    assert found({HERE: PROCESS}) == []


def test_an_empty_handbook_is_clean() -> None:
    assert check({}, Settings(), TODAY) == []


def test_findings_come_by_file_and_line() -> None:
    broken = PROCESS.replace("owner: ops", "owner: opps").replace("status: active", "status: activ")
    assert found(
        {HERE: broken, "processes/planning/a.yaml": "- x\n", "docs/a.md": "---\na: b: c\n---\n"}
    ) == [
        ("docs/a.md", 2, 5, "invalid-yaml"),
        ("processes/planning/a.yaml", 1, 1, "not-a-record"),
        (HERE, 3, 9, "unknown-value"),
        (HERE, 4, 8, "unknown-reference"),
    ]


def test_a_record_that_does_not_parse_is_one_finding_and_names_are_still_known() -> None:
    other = PROCESS + "replaces: [review]\n"
    assert found({HERE: "title: [\n", "processes/release/other.yaml": other}) == [
        (HERE, 1, 8, "invalid-yaml")
    ]


def test_what_a_broken_record_may_make_is_not_called_missing_and_all_else_is() -> None:
    artifacts = "".join(f"{id}: {{title: T, summary: An artifact., owner: ops}}\n" for id in ("plan", "note"))
    files = {
        HERE: PROCESS + "inputs: [plan, note]\n",
        "processes/release/other.yaml": PROCESS.replace("[report]", "[plan]"),
        "processes/catalog/artifacts.yaml": CATALOGUES["processes/catalog/artifacts.yaml"] + artifacts,
    }
    assert found(files) == [("processes/catalog/artifacts.yaml", 3, 1, "unproduced-artifact")]
    files["processes/release/other.yaml"] += "title: [\n"
    assert found(files) == [
        ("processes/catalog/artifacts.yaml", 3, 1, "unproduced-artifact"),
        ("processes/release/other.yaml", 11, 8, "invalid-yaml"),
    ]


def test_a_catalogue_with_one_mistake_is_one_finding() -> None:
    roles = "lead: {title: Lead, summary: A role., skils: [x]}\n"
    assert found({HERE: PROCESS, "processes/catalog/roles.yaml": roles}) == [
        ("processes/catalog/roles.yaml", 1, 39, "unknown-key")
    ]


#: each is a record that some program takes for good, and that has to be a finding at this line and column
EXTREME: dict[str, tuple[str, str, int, int]] = {
    "day of year 0": (HERE, PROCESS + "reviewed: 0000-01-01\n", 11, 11),
    "day with a line break": (HERE, PROCESS + "reviewed: |\n  2026-10-05\n", 11, 11),
    "duration with a line break": (HERE, PROCESS + "sla: |\n  3d\n", 11, 6),
    "period of 400 digits": (HERE, PROCESS + f"review_every: {'9' * 400}d\n", 11, 15),
    "duration of 400 digits": (HERE, PROCESS + f"sla: {'9' * 400}d\n", 11, 6),
    "offset of 5,000 digits": (
        "processes/launches/templates/small.yaml",
        TEMPLATE.replace("-5d", f"-{'9' * 5000}d"),
        9,
        79,
    ),
    "target of 400 digits": (
        HERE,
        PROCESS + f"metrics: [{{metric: m, target: '>= {'9' * 400}%'}}]\n",
        11,
        31,
    ),
}


@pytest.mark.parametrize(("path", "text", "line", "column"), EXTREME.values(), ids=list(EXTREME))
def test_a_value_that_nobody_can_count_with_is_a_malformed_value(
    path: str, text: str, line: int, column: int
) -> None:
    metrics = "m: {title: M, summary: A metric., owner: ops, formula: a / b, unit: '%', direction: up}\n"
    rows = found({HERE: PROCESS, path: text, "processes/catalog/metrics.yaml": metrics})
    assert rows == [(path, line, column, "malformed-value")]


def test_a_rule_that_is_off_finds_nothing_whoever_finds_it() -> None:
    settings = "[rules]\nduplicate-key = 'off'\nunknown-reference = 'off'\nunknown-key = 'off'\n"
    broken = PROCESS.replace("owner: ops", "owner: opps") + "sla: 1d\nsla: 2d\nzzz: 1\n"
    rows = found({"handbook.toml": settings, HERE: broken}, Severity.OFF)
    assert {rule for *_, rule in rows} & {"duplicate-key", "unknown-reference", "unknown-key"} == set()


def test_a_rule_has_the_level_that_the_settings_give_it() -> None:
    settings, _ = read_settings({"handbook.toml": b"[rules]\nunknown-reference = 'warning'\n"})
    files = literal({**CATALOGUES, HERE: PROCESS.replace("owner: ops", "owner: opps")})
    assert [each.severity for each in check(files, settings, TODAY) if each.rule == "unknown-reference"] == [
        Severity.WARNING
    ]


def test_an_id_that_two_files_have_is_found_in_the_later_path_whatever_comes_first() -> None:
    first, second = "processes/planning/review.yaml", HERE
    files = {path: text.encode() for path, text in {**CATALOGUES, first: PROCESS, second: PROCESS}.items()}
    for order in (files, dict(reversed(files.items()))):
        rows = [
            (each.path, each.rule)
            for each in check(order, Settings(), TODAY)
            if each.severity > Severity.INFO
        ]
        assert rows == [(second, "duplicate-id")]


LOOP = """\
  - {id: file, title: File it, responsible: lead}
  - id: look
    decision: Is it right?
    responsible: lead
    requires: [report]
    max: 2
    options: [{when: "Yes", end: Filed}, {when: "No", to: file}]
"""


def test_a_step_that_a_decision_below_leads_back_to_still_follows_the_one_above_or_is_a_finding() -> None:
    """`read`, `file`, `look`, and from there back to `file`: nobody may end up with a round that nothing leads into."""
    from handbook.check import load
    from handbook.model.flow import flow
    from handbook.model.process import Process

    handbook = load(literal({**CATALOGUES, HERE: PROCESS + LOOP}), Settings()).handbook
    process = handbook.find(Process, "review")
    assert process is not None
    graph = flow(process)
    cut_off = set(graph.steps) - graph.reached(graph.starts)
    rules = {rule for *_, rule in found({HERE: PROCESS + LOOP})}
    assert not cut_off or "unreachable-step" in rules
