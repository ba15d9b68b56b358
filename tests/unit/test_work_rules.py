"""The finer points of the rules on the work itself: what they pass over, and what they say where cases meet."""

from __future__ import annotations

import pytest

from handbook.check import load, read_settings
from handbook.finding import Change, Hit, Place
from handbook.model.launch import LaunchTemplate
from handbook.model.process import Process
from handbook.rules import (
    answers,
    arrows,
    clock,
    decisions,
    flow,
    handovers,
    joins,
    promises,
    rhythm,
    roles,
    size,
    timing,
    wording,
)
from handbook.sources import literal
from tests.rules.example import BASE, complete

PROCESS = "processes/release/example.yaml"
TEMPLATE = "processes/launches/templates/example.yaml"
MODULES = (
    answers,
    arrows,
    clock,
    decisions,
    flow,
    handovers,
    joins,
    promises,
    rhythm,
    roles,
    size,
    timing,
    wording,
)


def hits(name: str, text: str, path: str = PROCESS) -> list[Hit]:
    """What a rule finds in one record."""
    files = {
        **{path: text for path, text in BASE.items() if path.endswith(".yaml")},
        path: complete(path, f"{text}\n"),
    }
    settings, _ = read_settings({})
    loaded = load(literal(files), settings)
    assert loaded.complaints == {}
    record = loaded.handbook.find(Process if path == PROCESS else LaunchTemplate, "example")
    function = next(vars(module)[name] for module in MODULES if name in vars(module))
    return list(function(record))


def place(hit: Hit) -> Place:
    assert isinstance(hit.at, Place)
    return hit.at


def messages(name: str, text: str, path: str = PROCESS) -> list[str]:
    return [hit.message for hit in hits(name, text, path)]


DECISION = "requires: [qa-report], responsible: qa-lead"
STEP = "title: Do it, responsible: qa-lead"

QUIET = {
    "a branch that goes back can have been done in a round before": (
        "deadlocked_join",
        f"""
steps:
  - {{id: ask, decision: "Which?", {DECISION}, max: 2, options: [{{when: A, to: a}}, {{when: B, to: b}}]}}
  - {{id: a, {STEP}, to: ask}}
  - {{id: b, {STEP}}}
  - {{id: join, {STEP}, needs: [a, b]}}
""",
    ),
    "an unknown need is told by another rule": (
        "deadlocked_join",
        f"steps: [{{id: a, {STEP}}}, {{id: b, {STEP}, needs: [a, c]}}]",
    ),
    "an end takes the whole process with it, also what runs beside": (
        "need_met_only_sometimes",
        f"""
steps:
  - {{id: begin, {STEP}}}
  - {{id: ask, decision: "May we?", {DECISION}, needs: [begin], options: [{{when: "Yes", to: do}}, {{when: "No", end: Stopped}}]}}
  - {{id: do, {STEP}}}
  - {{id: beside, {STEP}, needs: [begin]}}
  - {{id: join, {STEP}, needs: [do, beside]}}
""",
    ),
    "a repair that leads back to a decision is no way on which anything is left out": (
        "need_met_only_sometimes",
        f"""
steps:
  - {{id: begin, {STEP}}}
  - {{id: ask, decision: "Good?", {DECISION}, needs: [begin], options: [{{when: "Yes", to: go}}, {{when: "No", to: fix}}]}}
  - {{id: fix, {STEP}, to: ask, max: 2}}
  - {{id: go, {STEP}}}
  - {{id: beside, {STEP}, needs: [begin]}}
  - {{id: join, {STEP}, needs: [go, beside]}}
""",
    ),
    "two answers may lead to the same step": (
        "step_done_twice",
        f"""
steps:
  - {{id: ask, decision: "Which?", {DECISION}, options: [{{when: A, to: do}}, {{when: B, to: do}}, {{when: C, end: Stopped}}]}}
  - {{id: do, {STEP}}}
""",
    ),
    "branches of a decision may meet": (
        "step_done_twice",
        f"""
steps:
  - {{id: ask, decision: "Which?", {DECISION}, options: [{{when: A, to: a}}, {{when: B, to: b}}]}}
  - {{id: a, {STEP}, to: do}}
  - {{id: b, {STEP}, to: do}}
  - {{id: do, {STEP}}}
""",
    ),
    "a need that only one answer brings is not redundant": (
        "redundant_need",
        f"""
steps:
  - {{id: ask, decision: "Which?", {DECISION}, options: [{{when: A, to: a}}, {{when: B, to: b}}]}}
  - {{id: a, {STEP}, to: b}}
  - {{id: b, {STEP}}}
  - {{id: join, {STEP}, needs: [a, b]}}
""",
    ),
    "a to is not needless where an option leads there too": (
        "needless_to",
        f"""
steps:
  - {{id: ask, decision: "Which?", {DECISION}, options: [{{when: A, to: a}}, {{when: B, to: do}}]}}
  - {{id: a, {STEP}, to: do}}
  - {{id: do, {STEP}}}
""",
    ),
    "a limit may be on any step of the round": (
        "limit_without_loop",
        f"""
steps:
  - {{id: a, {STEP}, max: 2}}
  - {{id: ask, decision: "Good?", {DECISION}, options: [{{when: "Yes", end: Done}}, {{when: "No", to: a}}]}}
""",
    ),
    "where a limited way leads nowhere, that is told by another rule": (
        "limit_without_loop",
        f"steps: [{{id: a, {STEP}, to: nowhere, max: 2}}]",
    ),
    "a revised artifact was made before": (
        "input_made_later",
        f"inputs: []\nsteps: [{{id: a, {STEP}, outputs: [qa-report]}}, {{id: b, {STEP}, inputs: [qa-report], outputs: [qa-report]}}]".replace(
            "inputs: []\n", ""
        ),
    ),
    "where no step names outputs nothing is asked of them": (
        "output_from_nowhere",
        f"outputs: [qa-report]\nsteps: [{{id: a, {STEP}}}]",
    ),
    "an answer given twice with the same consequence harms nobody": (
        "repeated_option",
        f'steps: [{{id: a, decision: "Which?", {DECISION}, options: [{{when: A, end: Done}}, {{when: a, end: Done}}]}}]',
    ),
    "a no is found behind a yes": (
        "no_way_to_say_no",
        f'steps: [{{id: a, decision: "May we?", {DECISION}, options: [{{when: "Yes", end: Done}}, {{when: Later, end: Kept}}]}}]',
    ),
    "numbers of different things are not compared": (
        "gap_between_options",
        f'steps: [{{id: a, decision: "Which?", {DECISION}, options: [{{when: Less than 5 days, end: A}}, {{when: More than 5 people, end: B}}]}}]',
    ),
    "evidence from elsewhere was brought by somebody else": (
        "self_approval",
        f'steps: [{{id: a, decision: "Good?", {DECISION}, options: [{{when: "Yes", end: Done}}, {{when: "No", end: Kept}}]}}]',
    ),
    "another accountable role makes two of one": (
        "self_approval",
        f"""
steps:
  - {{id: a, {STEP}, outputs: [qa-report]}}
  - {{id: b, decision: "Good?", {DECISION}, accountable: head-of-product, options: [{{when: "Yes", end: Done}}, {{when: "No", end: Kept}}]}}
""",
    ),
    "sixteen hours fit into a range that ends with two days": (
        "effort_beyond_duration",
        f"steps: [{{id: a, {STEP}, effort: 16h, duration: 1d..2d}}]",
    ),
    "efforts alone are no plan": ("effort_without_duration", f"steps: [{{id: a, {STEP}, effort: 16h}}]"),
    "what a tool does by itself may be no work": (
        "time_of_nothing",
        f"steps: [{{id: a, {STEP}, effort: 0h, duration: 1h, automation: full}}]",
    ),
    "a range may begin with nothing": ("time_of_nothing", f"steps: [{{id: a, {STEP}, duration: 0d..2d}}]"),
    "rework is no part of a promise": (
        "promise_not_always_kept",
        f"""
sla: 3d
steps:
  - {{id: a, {STEP}, duration: 2d}}
  - {{id: ask, decision: "Good?", {DECISION}, options: [{{when: "Yes", end: Done}}, {{when: "No", to: fix}}]}}
  - {{id: fix, {STEP}, duration: 2d, to: a, max: 2}}
""",
    ),
    "a promise without durations cannot be judged": ("promise_never_kept", f"sla: 3d\nsteps: [{{id: a, {STEP}}}]"),
    "the end of a promised range counts": ("promise_never_kept", f"sla: 1d..3d\nsteps: [{{id: a, {STEP}, duration: 3d}}]"),
    "an event may start a process between its rounds": (
        "volume_against_rhythm",
        "trigger: {every: quarter, event: Something happens}\nvolume: {per: week, count: 5}",
    ),
    "a rhythm that is near enough to the volume passes": (
        "volume_against_rhythm",
        "trigger: {every: 2 weeks}\nvolume: {per: month, count: 2}",
    ),
    "a rhythm that cannot be read is not compared": (
        "volume_against_rhythm",
        "trigger: {every: FREQ=WEEKLY;BYDAY=TUE}\nvolume: {per: year, count: 2}",
    ),
    "what was passed over once is no ping-pong": (
        "work_to_and_fro",
        f"steps: [{{id: a, {STEP}}}, {{id: b, title: Do it, responsible: support-lead}}, {{id: c, {STEP}}}, {{id: d, title: Do it, responsible: head-of-product}}]",
    ),
    "steps beside each other are not passed to and fro": (
        "work_to_and_fro",
        f"steps: [{{id: a, {STEP}}}, {{id: b, title: Do it, responsible: support-lead, needs: [a]}}, {{id: c, {STEP}, needs: [a]}}, {{id: d, title: Do it, responsible: support-lead, needs: [a]}}]",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), QUIET.values(), ids=list(QUIET))
def test_nothing_is_found_where_nothing_is_wrong(name: str, text: str) -> None:
    assert messages(name, text) == []


def test_a_join_at_a_distance_is_found_and_so_is_one_of_three() -> None:
    text = f"""
steps:
  - {{id: ask, decision: "Which?", {DECISION}, options: [{{when: A, to: a}}, {{when: B, to: b}}]}}
  - {{id: a, {STEP}}}
  - {{id: a2, {STEP}}}
  - {{id: a3, {STEP}}}
  - {{id: b, {STEP}, needs: []}}
  - {{id: b2, {STEP}}}
  - {{id: begin, {STEP}, needs: []}}
  - {{id: join, {STEP}, needs: [begin, a3, b2]}}
  - {{id: after, {STEP}, needs: [join, begin]}}
"""
    assert messages("deadlocked_join", text) == [
        'step "join" waits for "a3" and "b2", but "ask" leads to only one of them'
    ]


def test_three_answers_of_two_decisions_can_exclude_each_other_without_a_pair_that_does() -> None:
    yes_no = 'options: [{when: "Yes", to: %s}, {when: "No", to: %s}]'
    text = f"""
steps:
  - {{id: d, decision: "D?", {DECISION}, {yes_no % ("x", "e")}}}
  - {{id: e, decision: "E?", {DECISION}, {yes_no % ("y", "z")}}}
  - {{id: x, {STEP}, to: end}}
  - {{id: y, {STEP}, to: end}}
  - {{id: z, {STEP}, to: end}}
  - {{id: end, {STEP}}}
  - {{id: join, {STEP}, needs: [x, y]}}
  - {{id: other, {STEP}, needs: [y, z]}}
"""
    assert messages("deadlocked_join", text) == [
        'step "join" waits for "x" and "y", but "d" leads to only one of them',
        'step "other" waits for "y" and "z", but "e" leads to only one of them',
    ]


def test_the_answer_at_which_a_step_stands_still_is_named() -> None:
    text = f"""
steps:
  - {{id: begin, {STEP}}}
  - {{id: ask, decision: "Needed?", {DECISION}, needs: [begin], options: [{{when: "Yes", to: check}}, {{when: Not this time, to: note}}]}}
  - {{id: check, {STEP}}}
  - {{id: note, {STEP}, needs: []}}
  - {{id: beside, {STEP}, needs: [begin]}}
  - {{id: join, {STEP}, needs: [beside, check]}}
"""
    found = hits("need_met_only_sometimes", text)
    assert [hit.message for hit in found] == [
        'step "join" waits for "check", which is left out when the answer of "ask" is "Not this time"'
    ]
    assert place(found[0]).pointer == ("steps", 5, "needs", 1)


def test_a_need_beside_a_to_is_told_once() -> None:
    text = (
        f"steps: [{{id: a, {STEP}, to: c}}, {{id: b, {STEP}, needs: []}}, {{id: c, {STEP}, needs: [a, b]}}]"
    )
    assert messages("doubled_way", text) == ['step "c" needs "a", which also leads to it with to']
    assert messages("step_done_twice", text) == []


def test_an_input_that_a_step_beside_makes_is_not_there_in_time() -> None:
    text = f"""
inputs: [launch-brief]
steps:
  - {{id: a, {STEP}}}
  - {{id: b, {STEP}, needs: [a], outputs: [qa-report]}}
  - {{id: c, {STEP}, needs: [a], inputs: [qa-report]}}
"""
    assert messages("input_made_later", text) == [
        'step "c" works from "qa-report", which "b" makes, and nothing makes it wait'
    ]


def test_a_list_that_would_be_empty_goes_as_a_whole() -> None:
    both = hits("told_about_own_work", f"steps: [{{id: a, {STEP}, informed: [qa-lead]}}]")
    one = hits("told_about_own_work", f"steps: [{{id: a, {STEP}, informed: [qa-lead, support-lead]}}]")
    assert [hit.change and (hit.change.at.pointer, hit.change.safe) for hit in (*both, *one)] == [
        (("steps", 0, "informed"), True),
        (("steps", 0, "informed", 0), True),
    ]


def test_gates_and_tasks_of_a_template_are_judged_too() -> None:
    text = """
tasks:
  - {id: a, phase: frame, title: Testing, responsible: qa-lead, accountable: qa-lead, informed: [qa-lead], due: -9d, duration: 2d..1d, effort: 40h, gate: good}
gates:
  - {id: good, title: Good, due: -8d, approver: qa-lead, criteria: [It works]}
"""
    assert messages("self_approval", text, TEMPLATE) == [
        '"qa-lead" decides at "good", and the same role does all that is decided on: "a"'
    ]
    assert messages("told_about_own_work", text, TEMPLATE) == [
        '"qa-lead" does "a" and is also informed about it'
    ]
    assert messages("effort_beyond_duration", text, TEMPLATE) == [
        '"a" is 40 hours of work and lasts at most 16 working hours'
    ]
    assert messages("inverted_range", text, TEMPLATE) == ['"2d..1d" begins with the longer time']
    assert messages("title_not_a_command", text, TEMPLATE) == [
        '"Testing" begins with "Testing", which does not say what to do'
    ]


def test_tasks_of_one_day_can_follow_each_other() -> None:
    task = "phase: frame, title: Do it, responsible: qa-lead"
    text = f"""
tasks:
  - {{id: a, {task}, due: 0d}}
  - {{id: b, {task}, due: 0d, needs: [a], duration: 2h}}
  - {{id: c, {task}, due: 1d, needs: [a, b], duration: 1d}}
  - {{id: d, {task}, due: 2d, needs: [a, c], duration: 2d..9d}}
""".replace("due: 1d", "due: +1d").replace("due: 2d", "due: +2d")
    assert messages("task_longer_than_its_time", text, TEMPLATE) == [
        'task "d" takes 2 to 9 working days, and from "c" to its own day there are 1 working day'
    ]


def test_a_range_that_is_none_becomes_its_end() -> None:
    found = hits("needless_range", f"steps: [{{id: a, {STEP}, duration: 8h..1d}}]")
    assert [hit.change for hit in found] == [Change(place(found[0]), "1d", safe=True)]


def test_a_promise_is_told_once_at_the_number_that_is_wrong() -> None:
    never = f"sla: 3d\nsteps: [{{id: a, {STEP}, duration: 2w}}]"
    assert messages("promise_never_kept", never) == [
        "3 working days are promised, and the quickest way through takes 10 working days"
    ]
    assert (messages("promise_not_always_kept", never), messages("step_longer_than_promise", never)) == (
        [],
        [],
    )


def test_a_promise_that_one_answer_breaks_names_the_answer() -> None:
    text = f"""
sla: 3d
steps:
  - {{id: a, {STEP}, duration: 2d}}
  - {{id: ask, decision: "Large?", {DECISION}, options: [{{when: "Yes", to: b}}, {{when: "No", end: Done}}]}}
  - {{id: b, {STEP}, duration: 2d..5d}}
"""
    assert messages("promise_not_always_kept", text) == [
        '3 working days are promised, and with the answers "Yes" it takes at least 4 working days'
    ]


def test_a_rhythm_with_a_last_day_is_over_on_the_day_after() -> None:
    found = hits("rhythm_never_comes_round", "trigger: {every: FREQ=WEEKLY;UNTIL=20260630}")
    assert [str(hit.since) for hit in found] == ["2026-07-01"]


DAYS = {
    "Freeze the code on 2026-10-16": "2026-10-16",
    "Freeze the code on 16 October": "16 October",
    "Freeze the code on October 16th, 2026": "October 16th, 2026",
    "Freeze the code on 16.10.2026": "16.10.2026",
    "Freeze the code in Q3 2026": "Q3 2026",
    "Freeze the code for release 16.10": None,
    "Ask 3 May customers": "3 May",
    "Write the day as `2026-10-16`": None,
    "Read https://example.com/2026-10-16": None,
    "Keep 10 of 12 seats": None,
}


@pytest.mark.parametrize(("title", "day"), DAYS.items(), ids=list(DAYS))
def test_a_certain_day_is_found_in_a_template(title: str, day: str | None) -> None:
    text = f'tasks: [{{id: a, phase: frame, title: "{title}", responsible: qa-lead, due: 0d}}]'
    expected = [f'"{day}" is a certain day, and this is used again and again'] if day else []
    assert messages("date_in_template", text, TEMPLATE) == expected


TIMES = {
    "Publish at 09:00": "09:00",
    "Publish at 9 am": "9 am",
    "Publish at 9am, then rest": "9am",
    "Publish at 09:00 UTC": None,
    "Publish at 09:00 CET": None,
    "Publish at 09:00+01:00": None,
    "Publish at 09:00 Berlin time": None,
    "Publish at 9 am local time": None,
    "Take 1:30 h for it": None,
    "Read chapter 4:2": None,
    "Call 1 ambassador": None,
    "Stretch the image to 16:9": None,
}


@pytest.mark.parametrize(("title", "time"), TIMES.items(), ids=list(TIMES))
def test_a_time_of_day_needs_a_zone(title: str, time: str | None) -> None:
    text = f'tasks: [{{id: a, phase: frame, title: "{title}", responsible: qa-lead, due: 0d}}]'
    assert messages("time_without_zone", text, TEMPLATE) == ([f'"{time}" has no time zone'] if time else [])


TITLES = {
    "Collecting the evidence": "Collecting",
    "Approval of the plan": None,
    "Documentation of the plan": "Documentation",
    "Weekly sync": "Weekly",
    "The plan": "The",
    "Sales training": "Sales",
    "Updated roadmap": "Updated",
    "Bring the numbers": None,
    "Position the product": None,
    "Document what changed": None,
    "Proceed to the next ring": None,
    "Discuss the draft": None,
    "Focus the test": None,
    "QA the build": None,
    "A/B test the page": "A",
    "Re-test what was fixed": None,
    "“Go” or not": None,
    "Ask": None,
}


@pytest.mark.parametrize(("title", "word"), TITLES.items(), ids=list(TITLES))
def test_a_title_begins_with_a_verb_as_far_as_one_can_tell(title: str, word: str | None) -> None:
    text = f'steps: [{{id: a, title: "{title}", responsible: qa-lead}}]'
    expected = [f'"{title}" begins with "{word}", which does not say what to do'] if word else []
    assert messages("title_not_a_command", text) == expected


PASSIVE = {
    "The report is reviewed": True,
    "Launch plan must be approved": True,
    "The report is reviewed by legal": False,
    "Confirm that the conditions are met": False,
    "Confirm that the plan is approved": False,
    "List what was decided": False,
    "Wait until the build is finished": False,
    "Fix what is broken": False,
    "Review the report": False,
}


@pytest.mark.parametrize(("title", "found"), PASSIVE.items(), ids=list(PASSIVE))
def test_a_title_speaks_to_somebody(title: str, found: bool) -> None:
    text = f'steps: [{{id: a, title: "{title}", responsible: qa-lead}}]'
    assert messages("title_without_agent", text) == ([f'"{title}" does not say what to do'] if found else [])
