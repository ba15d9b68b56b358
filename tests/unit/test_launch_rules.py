"""From which day on something is wrong with a launch, and what is not: what the examples of the rules cannot show."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check
from handbook.finding import Finding
from handbook.settings import Settings
from handbook.sources import literal
from tests.rules.example import BASE, complete

LAUNCH = "processes/launches/plans/example.yaml"
TEMPLATE = "processes/launches/templates/small.yaml"
CALENDARS = "processes/catalog/calendars.yaml"


def findings(files: dict[str, str], *rules: str, on: str = "2026-10-05") -> list[Finding]:
    texts = {**BASE, **{path: complete(path, text) for path, text in files.items()}}
    found = check(literal(texts), Settings(), date.fromisoformat(on))
    return [finding for finding in found if finding.rule in rules]


def said(files: dict[str, str], *rules: str, on: str = "2026-10-05") -> list[str]:
    return [finding.message for finding in findings(files, *rules, on=on)]


def launch(*lines: str) -> dict[str, str]:
    return {LAUNCH: "".join(f"{line}\n" for line in lines)}


def task(id: str = "a", due_on: str = "2026-11-09", status: str = "todo", more: str = "") -> str:
    return f"{{id: {id}, title: Begin, responsible: qa-lead, due_on: {due_on}, status: {status}{more}}}"


def tasks(*each: str) -> str:
    return f"tasks: [{', '.join(each)}]"


@pytest.mark.parametrize(
    ("on", "rule"),
    [
        ("2026-10-05", "task-without-person"),
        ("2026-11-02", "task-without-person"),
        ("2026-11-03", "task-without-person-at-launch"),
        ("2026-11-20", "task-without-person-at-launch"),
    ],
)
def test_a_task_without_a_person_is_an_error_from_five_working_days_before_the_launch(
    on: str, rule: str
) -> None:
    files = launch("people: {head-of-product: Somebody}", tasks(task("a"), task("b")))
    both = ("task-without-person", "task-without-person-at-launch")
    assert [(f.rule, f.message.partition(";")[0]) for f in findings(files, *both, on=on)] == [
        (rule, 'no person is named for "qa-lead", which has "a" to do until 2026-11-09')
    ]


@pytest.mark.parametrize("status", ["draft", "launched", "cancelled"])
def test_people_are_named_for_launches_that_are_under_way(status: str) -> None:
    files = launch(f"status: {status}", "people: {head-of-product: Somebody}")
    assert said(files, "task-without-person", "task-without-person-at-launch") == []


def test_a_role_may_be_called_by_its_earlier_name() -> None:
    work = "{id: a, title: Begin, responsible: product-manager, due_on: 2026-11-09, status: todo}"
    files = launch("people: {product-owner: Somebody}", tasks(work))
    assert said(files, "task-without-person", "task-without-person-at-launch") == []
    files = launch(
        "people: {product-manager: Somebody}", tasks(work.replace("product-manager", "product-owner"))
    )
    assert said(files, "task-without-person", "task-without-person-at-launch") == []


@pytest.mark.parametrize(("on", "late"), [("2026-11-09", False), ("2026-11-10", True)])
def test_a_task_and_a_gate_are_overdue_from_the_day_after_their_day(on: str, late: bool) -> None:
    gate = "gates: [{id: g, title: Gate, due_on: 2026-11-09, approver: qa-lead, status: open}]"
    files = launch(tasks(task("a"), task("b", status="done"), task("c", status="skipped")), gate)
    expected = [
        'task "a" was due on 2026-11-09 and is not begun',
        'gate "g" was to be decided on 2026-11-09 and is open',
    ]
    assert sorted(said(files, "task-overdue", "gate-overdue", on=on)) == (sorted(expected) if late else [])


def test_nothing_of_a_cancelled_launch_is_overdue() -> None:
    assert said(launch("status: cancelled", tasks(task())), "task-overdue", on="2027-06-01") == []


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-10-15", []),
        ("2026-10-16", ["the last status report is of 2026-10-01, and the next was due by 2026-10-15"]),
    ],
)
def test_a_report_is_missed_after_ten_working_days(on: str, expected: list[str]) -> None:
    assert said(launch("title: Example"), "launch-without-report", on=on) == expected


def test_closed_days_do_not_count_as_silence() -> None:
    report = "reports: [{on: 2026-12-17, health: green, text: Fine.}]"
    files = launch("calendar: company", "anchor: 2027-02-02", report)
    assert said(files, "launch-without-report", on="2027-01-11") == []
    assert said(files, "launch-without-report", on="2027-01-12") == [
        "the last status report is of 2026-12-17, and the next was due by 2027-01-11"
    ]


def test_the_first_report_is_counted_from_the_first_day_of_work() -> None:
    plan = complete(LAUNCH, tasks(task(due_on="2026-09-30", more=", start_on: 2026-09-14")) + "\n")
    before, _, after = plan.partition("reports:\n")
    silent = before + after[after.index("status:") :]
    found = check(literal({**BASE, LAUNCH: silent}), Settings(), date(2026, 10, 5))
    assert [finding.message for finding in found if finding.rule == "launch-without-report"] == [
        "work began on 2026-09-14, and the first status report was due by 2026-09-28"
    ]


@pytest.mark.parametrize(
    ("on", "late"), [("2026-12-08", False), ("2026-12-09", True)], ids=["twentieth-day", "day-after"]
)
def test_a_retrospective_is_missed_after_twenty_working_days(on: str, late: bool) -> None:
    files = launch("status: launched")
    expected = ["the launch was on 2026-11-10, and its retrospective was due by 2026-12-08"]
    assert said(files, "launch-without-retrospective", on=on) == (expected if late else [])


@pytest.mark.parametrize(("on", "late"), [("2027-02-08", False), ("2027-02-09", True)])
def test_a_result_is_missed_after_ninety_days(on: str, late: bool) -> None:
    files = launch("status: launched", 'metrics: [{metric: activation-rate, target: ">= 20%"}]')
    expected = ['the launch was on 2026-11-10, and "activation-rate" was to be measured by 2027-02-08']
    assert said(files, "launch-without-result", on=on) == (expected if late else [])


@pytest.mark.parametrize(("on", "early"), [("2026-10-07", True), ("2026-10-08", False)])
def test_what_is_done_where_it_is_tomorrow_is_not_done_in_the_future(on: str, early: bool) -> None:
    files = launch(tasks(task(status="done", more=", done_on: 2026-10-09")))
    assert said(files, "settled-in-future", on=on) == (
        ["done_on is 2026-10-09, a day that has not come"] if early else []
    )


@pytest.mark.parametrize(
    ("anchor", "tags", "expected"),
    [
        ("2026-11-20", "[sharing]", []),
        ("2026-11-23", "[sharing]", ["Peak season"]),
        ("2026-11-30", "[sharing]", ["Peak season"]),
        ("2026-12-01", "[sharing]", []),
        ("2026-12-22", "[sharing]", []),
        ("2026-12-22", "[pricing, sharing]", ["Quarter end"]),
    ],
)
def test_a_freeze_holds_on_both_of_its_ends_and_for_its_tags(
    anchor: str, tags: str, expected: list[str]
) -> None:
    berlin = (
        "berlin: {title: Berlin, summary: A calendar., extends: company,"
        " freezes: [{from: 2026-12-21, to: 2026-12-23, title: Quarter end, scope: [billing, pricing]}]}\n"
    )
    files = {
        CALENDARS: BASE[CALENDARS] + berlin,
        **launch("calendar: berlin", f"anchor: {anchor}", f"tags: {tags}"),
    }
    found = said(files, "launch-in-freeze")
    assert [message.split('"')[1] for message in found] == expected


def test_a_day_off_of_an_extended_calendar_is_a_day_off() -> None:
    berlin = "berlin: {title: Berlin, summary: A calendar., extends: company}\n"
    files = {CALENDARS: BASE[CALENDARS] + berlin, **launch("calendar: berlin", "anchor: 2026-12-30")}
    assert said(files, "launch-day-off") == ["the launch day 2026-12-30 is a day off: Winter closure"]


def test_calendars_that_extend_one_another_or_never_work_do_not_stop_a_check() -> None:
    week = "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]"
    calendars = (
        "one: {title: One, summary: A calendar., extends: two}\n"
        "two: {title: Two, summary: A calendar., extends: one}\n"
        f"never: {{title: Never, summary: A calendar., weekend: {week}}}\n"
    )
    for calendar in ("one", "never"):
        files = {CALENDARS: BASE[CALENDARS] + calendars, **launch(f"calendar: {calendar}", tasks(task()))}
        assert said(files, "launch-without-report", on="2026-10-16") == [
            "the last status report is of 2026-10-01, and the next was due by 2026-10-15"
        ]


def test_a_day_off_becomes_the_working_day_before_by_a_safe_fix() -> None:
    gate = "gates: [{id: g, title: Gate, due_on: 2026-12-27, approver: qa-lead, status: open}]"
    files = launch("calendar: company", "anchor: 2027-02-02", tasks(task(due_on="2026-11-08")), gate)
    found = findings(files, "due-on-day-off")
    assert [finding.message for finding in found] == [
        'task "a" is due on 2026-11-08, a day off: a Sunday',
        'gate "g" is due on 2026-12-27, a day off: Winter closure',
    ]
    assert [
        finding.fix and (finding.fix.safe, [edit.text for edit in finding.fix.edits]) for finding in found
    ] == [
        (True, ["2026-11-06"]),
        (True, ["2026-12-23"]),
    ]


@pytest.mark.parametrize(
    ("second", "collide"), [("2026-11-13", True), ("2026-11-16", False)], ids=["three-days", "four-days"]
)
def test_large_launches_keep_more_than_three_working_days_apart(second: str, collide: bool) -> None:
    files = {
        TEMPLATE: "tier: 1\n",
        **launch("template: small", "anchor: 2026-11-10"),
        "processes/launches/plans/other.yaml": f"template: small\nanchor: {second}\n",
        "processes/launches/plans/gone.yaml": "template: small\nstatus: cancelled\nanchor: 2026-11-11\n",
    }
    expected = [f'"other" is launched on {second}, and "example", also of tier 1, on 2026-11-10']
    assert said(files, "colliding-launches") == (expected if collide else [])


TEMPLATE_TASKS = """\
tasks:
  - {id: brief, phase: frame, title: Write it, responsible: qa-lead, due: -10d}
  - {id: switch-on, phase: frame, title: Switch it on, responsible: qa-lead, due: 0d}
  - {id: review, phase: frame, title: Review it, responsible: qa-lead, due: +20d}
  - {id: notice, phase: frame, title: Send it, responsible: qa-lead, due: -5d, when: "region in [eu, uk]"}
variables: {region: {type: list, choices: [home, eu, uk], default: [home]}}
gates: [{id: scope, title: Scope, due: -9d, approver: head-of-product, criteria: [It is known]}]
"""


def test_tasks_may_move_as_long_as_they_stay_on_their_side_of_the_launch_day() -> None:
    plan = launch(
        "template: small",
        "anchor: 2026-11-10",
        tasks(task("brief", "2026-11-09"), task("switch-on", "2026-11-10"), task("review", "2026-11-11")),
    )
    assert said({TEMPLATE: TEMPLATE_TASKS, **plan}, "plan-not-redated") == []


def test_tasks_that_did_not_move_along_are_told_once() -> None:
    each = [
        task("brief", "2026-11-10"),
        task("switch-on", "2026-11-17"),
        task("review", "2026-11-03", "done"),
    ]
    plan = launch("template: small", "anchor: 2026-11-03", tasks(*each))
    assert said({TEMPLATE: TEMPLATE_TASKS, **plan}, "plan-not-redated") == [
        'the launch day is 2026-11-03; "brief" belongs before it and is due on 2026-11-10,'
        " and 1 more is on the wrong side of it"
    ]


@pytest.mark.parametrize(
    ("region", "missing"),
    [
        ("[home]", 'the task "review"'),
        ("[home, uk]", 'the tasks "review" and "notice"'),
    ],
)
def test_a_plan_has_the_tasks_whose_condition_holds_for_it(region: str, missing: str) -> None:
    each = tasks(task("brief"), task("switch-on", "2026-11-10"))
    plan = launch("template: small", f"variables: {{region: {region}}}", each)
    assert said({TEMPLATE: TEMPLATE_TASKS, **plan}, "dropped-task") == [
        'the template "small" has the gate "scope", and this plan does not',
        f'the template "small" has {missing}, and this plan does not',
    ]


def test_a_template_that_is_laid_over_others_needs_no_way_back_of_its_own() -> None:
    files = {TEMPLATE: "tier: 1\n", "processes/launches/templates/other.yaml": "overlays: [small]\n"}
    assert said(files, "tier-without-safeguard") == []
    assert said({TEMPLATE: "tier: 1\n"}, "tier-without-safeguard") == [
        "this template of tier 1 has no task about the way back, support or telling customers"
    ]


def test_the_moves_of_a_launch_day_follow_one_another() -> None:
    slips = (
        "slips: [{on: 2026-09-01, from: 2026-10-20, to: 2026-11-03, reason: Load},"
        " {on: 2026-09-08, from: 2026-10-27, to: 2026-11-10, reason: Price}]"
    )
    assert said(launch(slips), "launch-day-without-slip") == [
        "the launch day moved to 2026-11-03, and the next move starts from 2026-10-27"
    ]


@pytest.mark.parametrize(
    ("on", "late"), [("2026-11-12", False), ("2026-11-13", True)], ids=["second-working-day", "day-after"]
)
def test_the_status_of_a_launch_may_be_two_working_days_behind(on: str, late: bool) -> None:
    expected = ["the launch day was 2026-11-10, and the launch is still active"]
    assert said(launch("title: Example"), "launch-day-passed", on=on) == (expected if late else [])


def test_a_gate_that_nobody_decided_is_told_once_before_the_launch_and_once_after_it() -> None:
    gate = "gates: [{id: g, title: Gate, due_on: 2026-10-01, approver: qa-lead, status: open}]"
    both = ("gate-overdue", "launched-past-gate")
    assert said(launch(gate), *both) == ['gate "g" was to be decided on 2026-10-01 and is open']
    assert said(launch("status: launched", gate), *both) == ['the launch is out, and gate "g" is open']
    waived = gate.replace("status: open", "status: waived")
    assert said(launch("status: launched", waived), *both) == []


def test_a_closed_launch_tells_its_open_tasks_in_one_sentence() -> None:
    files = launch(
        "status: closed", tasks(task("a"), task("b", status="done"), task("c"), task("d", status="blocked"))
    )
    assert said(files, "closed-with-open-task") == [
        'the launch is closed, and "a" and 2 other tasks are still open'
    ]
