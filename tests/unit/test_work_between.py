"""The rules on work that see more than one record: hand-overs, circles and the load of roles."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check, read_settings
from handbook.sources import literal
from tests.rules.example import BASE, complete

TODAY = date(2026, 10, 5)
ROLES = "processes/catalog/roles.yaml"
ARTIFACTS = "processes/catalog/artifacts.yaml"
PLAN = "test-plan: {title: Test plan, summary: What is tested., owner: product-operations%s}\n"
STEP = "title: Do it, responsible: qa-lead"


def found(rule: str, files: dict[str, str]) -> list[tuple[str, str]]:
    """What a rule finds in a handbook: the id of the file and the message."""
    texts = {
        path if "/" in path else f"processes/release/{path}.yaml": text + "\n" for path, text in files.items()
    }
    sources = literal({**BASE, **{path: complete(path, text) for path, text in texts.items()}})
    settings, _ = read_settings({})
    return [
        (finding.path.rsplit("/", 1)[1].removesuffix(".yaml"), finding.message)
        for finding in check(sources, settings, TODAY)
        if finding.rule == rule
    ]


MAKES = f"outputs: [test-plan]\nsteps: [{{id: a, {STEP}, outputs: [test-plan]}}]"
NEEDS = f"steps: [{{id: a, {STEP}, inputs: [test-plan]}}]"

BROUGHT = {
    "it starts from it": f"inputs: [test-plan]\n{NEEDS}",
    "a step makes it": f"steps: [{{id: a, {STEP}, outputs: [test-plan]}}, {{id: b, {STEP}, inputs: [test-plan]}}]",
    "a process that it runs makes it": f"steps: [{{id: a, {STEP}, process: maker}}, {{id: b, {STEP}, inputs: [test-plan]}}]",
    "the process that starts it makes it": f"trigger: {{event: It is there, from: maker}}\n{NEEDS}",
}


@pytest.mark.parametrize("text", BROUGHT.values(), ids=list(BROUGHT))
def test_an_input_may_come_from_elsewhere(text: str) -> None:
    assert found("input-from-nowhere", {"maker": MAKES, "user": text, ARTIFACTS: PLAN % ""}) == []


def test_an_input_that_only_others_make_has_to_be_brought() -> None:
    message = '"test-plan" is made in "maker", and this process does not start from it'
    assert found("input-from-nowhere", {"maker": MAKES, "user": NEEDS, ARTIFACTS: PLAN % ""}) == [
        ("user", message)
    ]


def test_evidence_has_to_be_brought_too() -> None:
    text = 'steps: [{id: a, decision: "Good?", responsible: qa-lead, requires: [test-plan], options: [{when: A, end: A}, {when: B, end: B}]}]'
    files = {"maker": MAKES, "user": text, ARTIFACTS: PLAN % ""}
    assert [file for file, _ in found("input-from-nowhere", files)] == ["user"]


def test_what_comes_from_outside_or_from_nobody_is_no_matter_of_the_process() -> None:
    outside = {"maker": MAKES, "user": NEEDS, ARTIFACTS: PLAN % ", external: true"}
    assert found("input-from-nowhere", outside) == []
    assert found("input-from-nowhere", {"user": NEEDS, ARTIFACTS: PLAN % ""}) == []


def test_an_output_is_used_where_any_process_or_gate_wants_it() -> None:
    alone = f"steps: [{{id: a, {STEP}, outputs: [test-plan]}}]"
    gate = "gates: [{id: good, title: Good, due: -8d, approver: qa-lead, criteria: [It works], evidence: [test-plan]}]"
    other = {"processes/launches/templates/other.yaml": gate}
    assert [file for file, _ in found("unused-output", {"maker": alone, ARTIFACTS: PLAN % ""})] == ["maker"]
    assert found("unused-output", {"maker": alone, "user": NEEDS, ARTIFACTS: PLAN % ""}) == []
    assert found("unused-output", {"maker": alone, **other, ARTIFACTS: PLAN % ""}) == []
    assert found("unused-output", {"maker": MAKES, ARTIFACTS: PLAN % ""}) == []


def runs(*others: str) -> str:
    return (
        "steps: ["
        + ", ".join(f"{{id: s{n}, {STEP}, process: {other}}}" for n, other in enumerate(others))
        + "]"
    )


def test_processes_may_run_the_same_process() -> None:
    assert (
        found("circular-run", {"a": runs("b", "c"), "b": runs("c"), "c": f"steps: [{{id: a, {STEP}}}]"}) == []
    )


def test_a_circle_of_processes_is_told_once_and_by_its_names_of_now() -> None:
    files = {"a": runs("b"), "b": runs("c"), "c": runs("earlier"), "d": runs("a")}
    files["a"] = f"aliases: [earlier]\n{files['a']}"
    message = 'these processes run one another in a circle: "a" → "b" → "c" → "a"'
    assert found("circular-run", files) == [("a", message)]


def test_two_circles_are_two_mistakes() -> None:
    files = {"a": runs("b"), "b": runs("a"), "c": runs("d"), "d": runs("c")}
    assert [file for file, _ in found("circular-run", files)] == ["a", "c"]


def captain(more: str) -> dict[str, str]:
    return {
        ROLES: f"captain: {{title: Captain, summary: A role., backup: qa-lead, aliases: [skipper], {more}}}"
    }


WORK = (
    "volume: {per: week, count: 2}\nsteps: [{id: a, title: Do it, responsible: %s, effort: 5h, duration: 1d}]"
)


def test_the_hours_of_a_role_are_added_up_over_its_processes_and_names() -> None:
    files = {**captain("capacity: 15h, holders: [amara]"), "one": WORK % "captain", "two": WORK % "skipper"}
    message = 'the processes need about 20 hours a week of "captain", and there are 15'
    assert found("overloaded-role", files) == [("roles", message)]


def test_rework_counts_as_often_as_it_is_expected() -> None:
    text = """
volume: {per: week, count: 1}
steps:
  - {id: build, title: Build it, responsible: captain, effort: 4h, duration: 1d}
  - id: verdict
    decision: Is it good?
    responsible: qa-lead
    requires: [qa-report]
    options: [{when: "Yes", end: Done, share: 0.5}, {when: "No", to: build, share: 0.5}]
"""
    message = 'the processes need about 8 hours a week of "captain", and there are 7'
    assert found("overloaded-role", {**captain("capacity: 7h, holders: [amara]"), "one": text}) == [
        ("roles", message)
    ]


ENOUGH = {
    "two holders share the work": ("capacity: 15h, holders: [amara, jonas]", WORK % "captain"),
    "nobody says how many there are": ("capacity: 15h", WORK % "captain"),
    "nobody says how much they can do": ("holders: [amara]", WORK % "captain"),
    "a draft is not followed yet": ("capacity: 15h, holders: [amara]", f"status: draft\n{WORK % 'captain'}"),
    "nobody says how often it runs": (
        "capacity: 15h, holders: [amara]",
        (WORK % "captain").partition("\n")[2],
    ),
}


@pytest.mark.parametrize(("role", "text"), ENOUGH.values(), ids=list(ENOUGH))
def test_nothing_is_said_of_a_load_that_fits_or_is_not_known(role: str, text: str) -> None:
    assert found("overloaded-role", {**captain(role), "one": text, "two": text}) == []
