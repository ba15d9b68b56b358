"""The courses that a process can take, and how often its steps are done, against graphs worked out by hand."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.courses import courses, entries, quickest_days
from handbook.model.flow import Precedence, always_before, ever_before, flow, in_order
from handbook.model.visits import visits
from tests.unit.test_flow import LOOP, process

Steps = tuple[dict[str, Any], ...]

BRANCHES: Steps = (
    {"id": "a", "options": ("b", "c", None)},
    {"id": "b", "to": "d"},
    {"id": "c", "to": "d"},
    {"id": "d"},
)
BESIDE: Steps = (
    {"id": "a"},
    {"id": "b", "needs": ("a",)},
    {"id": "c", "needs": ("a",)},
    {"id": "d", "needs": ("b", "c")},
)

ROWS: dict[str, tuple[Steps, list[str]]] = {
    "one after the other": (({"id": "a"}, {"id": "b"}), ["a b"]),
    "side by side and joined": (BESIDE, ["a b c d"]),
    "each answer is a course": (BRANCHES, ["a b d", "a c d", "a ends"]),
    "answers with the same consequence are one course": (
        ({"id": "a", "options": ("b", "b", None, None)}, {"id": "b"}),
        ["a b", "a ends"],
    ),
    "a way back is a course of its own": (LOOP, ["a b c returns", "a b c d", "a b c ends"]),
    "answers multiply": (
        (
            {"id": "a", "options": ("b", "c")},
            {"id": "b", "to": "d"},
            {"id": "c", "to": "d"},
            {"id": "d", "options": ("e", "f")},
            {"id": "e"},
            {"id": "f"},
        ),
        ["a b d e", "a c d e", "a b d f", "a c d f"],
    ),
    "a step that waits for both answers never comes": (
        ({"id": "a", "options": ("b", "c")}, {"id": "b"}, {"id": "c"}, {"id": "d", "needs": ("b", "c")}),
        ["a b", "a c"],
    ),
    "a step that nothing leads to is in no course": (({"id": "a", "to": "c"}, {"id": "b"}, {"id": "c"}), ["a c"]),
    "steps that wait for each other have none": (({"id": "a", "needs": ("b",)}, {"id": "b", "needs": ("a",)}), []),
}  # fmt: skip


def shown(steps: Steps) -> list[str]:
    graph = flow(process(*steps))
    order = in_order(graph)
    return [
        " ".join(
            [id for id in order if id in course.steps] + ["ends"] * course.ends + ["returns"] * course.returns
        )
        for course in courses(graph)
    ]


@pytest.mark.parametrize(("steps", "expected"), ROWS.values(), ids=list(ROWS))
def test_a_process_can_take_these_courses(steps: Steps, expected: list[str]) -> None:
    assert sorted(shown(steps)) == sorted(expected)


def test_a_course_knows_its_answers() -> None:
    graph = flow(process(*BRANCHES))
    assert [course.answer("a") for course in courses(graph)] == ["0", "1", "2"]
    assert [course.answer("b") for course in courses(graph)] == [None, None, None]


def test_more_courses_than_people_can_follow_are_not_walked() -> None:
    steps: list[dict[str, Any]] = []
    for number in range(20):
        steps += [
            {"id": f"d{number}", "options": (f"x{number}", f"y{number}")},
            {"id": f"x{number}", "to": f"d{number + 1}"},
            {"id": f"y{number}", "to": f"d{number + 1}"},
        ]
    assert courses(flow(process(*steps, {"id": "d20"}))) == ()


def begun_by(steps: Steps, id: str) -> list[str]:
    graph = flow(process(*steps))
    return [" ".join(way.source for way in entries(graph, course).get(id, ())) for course in courses(graph)]


def test_a_join_is_entered_once_and_two_jumps_are_entered_twice() -> None:
    jumps = (
        {"id": "a"},
        {"id": "b", "needs": ("a",), "to": "d"},
        {"id": "c", "needs": ("a",), "to": "d"},
        {"id": "d"},
    )
    assert begun_by(BESIDE, "d") == ["c"]
    assert begun_by(jumps, "d") == ["b c"]
    assert begun_by(BRANCHES, "d") == ["b", "c", ""]


def test_a_join_that_waits_in_vain_is_not_entered() -> None:
    steps = ({"id": "a", "options": ("b", "c")}, {"id": "b"}, {"id": "c"}, {"id": "d", "needs": ("b", "c")})
    assert begun_by(steps, "d") == ["", ""]


def test_the_quickest_days_are_the_longest_way_in_its_quick_case() -> None:
    steps = (
        {"id": "a", "days": "1d..9d"},
        {"id": "b", "needs": ("a",), "days": "2d"},
        {"id": "c", "needs": ("a",), "days": "3d..4d"},
        {"id": "d", "needs": ("b", "c"), "options": ("e", None), "days": "4h"},
        {"id": "e", "days": "5d"},
    )
    graph = flow(process(*steps))
    assert [quickest_days(graph, course) for course in courses(graph)] == [9.5, 4.5]


ALWAYS: dict[str, tuple[Steps, dict[str, str]]] = {
    "all that a join waits for": (BESIDE, {"a": "", "b": "a", "c": "a", "d": "a b c"}),
    "what both answers have in common": (BRANCHES, {"a": "", "b": "a", "c": "a", "d": "a"}),
    "nothing that is only done again": (LOOP, {"a": "", "b": "a", "c": "a b", "d": "a b c"}),
    "nothing of a circle": (({"id": "a"}, {"id": "b", "needs": ("c",)}, {"id": "c", "needs": ("b",)}), {"a": "", "b": "", "c": ""}),
}  # fmt: skip


def before(precedence: Precedence, steps: Steps) -> dict[str, str]:
    ids = [step["id"] for step in steps]
    return {id: " ".join(other for other in ids if precedence.holds(other, id)) for id in ids}


@pytest.mark.parametrize(("steps", "expected"), ALWAYS.values(), ids=list(ALWAYS))
def test_before_a_step_these_are_always_done(steps: Steps, expected: dict[str, str]) -> None:
    assert before(always_before(flow(process(*steps))), steps) == expected


def test_before_a_step_these_can_be_done() -> None:
    assert before(ever_before(flow(process(*BRANCHES))), BRANCHES) == {
        "a": "",
        "b": "a",
        "c": "a",
        "d": "a b c",
    }
    assert before(ever_before(flow(process(*LOOP))), LOOP) == {"a": "", "b": "a", "c": "a b", "d": "a b c"}


def test_of_some_steps_those_before_another_one_can_be_told() -> None:
    always = always_before(flow(process(*BESIDE)))
    assert always.not_last(["a", "b", "c"]) == ["a"]
    assert always.not_last(["b", "c", "x"]) == []


@st.composite
def processes(draw: st.DrawFn) -> Steps:
    """Small processes whose steps lead forward, backward and nowhere as they please."""
    ids = "abcdef"[: draw(st.integers(1, 6))]
    steps: list[dict[str, Any]] = []
    for index, id in enumerate(ids):
        step: dict[str, Any] = {"id": id}
        if draw(st.booleans()) and index:
            step["needs"] = tuple(draw(st.lists(st.sampled_from(ids[:index]), unique=True, max_size=3)))
        form = draw(st.sampled_from(["plain", "plain", "to", "options"]))
        if form == "to":
            step["to"] = draw(st.sampled_from(ids))
        elif form == "options":
            step["options"] = tuple(draw(st.lists(st.sampled_from([*ids, None]), min_size=1, max_size=3)))
        steps.append(step)
    return tuple(steps)


def walked(steps: Steps) -> set[frozenset[str]]:
    """The sets of steps that can be done, by playing the process with tokens instead of walking it in order."""
    graph = flow(process(*steps))
    found: set[frozenset[str]] = set()
    first = frozenset(id for id in graph.starts if not graph.before(id, forward=True))
    queue: list[tuple[frozenset[str], frozenset[Any]]] = [(frozenset(), frozenset())]
    seen = set(queue)
    while queue:
        done, gone = queue.pop()
        ready = [id for id in graph.steps if id not in done and _may_begin(graph, id, gone, first)]
        if not ready:
            found.add(done)
        for id in ready:
            ways = [way for way in graph.after(id, forward=True) if way.when is None]
            places = {way.at: way for way in graph.after(id, forward=True)}
            for answer in graph.steps[id].options or (None,):
                chosen = [places[answer.at / "to"]] if answer and answer.at / "to" in places else []
                state = (done | {id}, gone | {way.at for way in (*ways, *chosen)})
                if state not in seen:
                    seen.add(state)
                    queue.append(state)
    return found


def _may_begin(graph: Any, id: str, gone: frozenset[Any], first: frozenset[str]) -> bool:
    before = graph.before(id, forward=True)
    waited = [way.at in gone for way in before if not way.jump]
    return id in first or any(way.at in gone for way in before if way.jump) or (bool(waited) and all(waited))


@given(processes())
def test_courses_are_what_playing_the_process_gives(steps: Steps) -> None:
    graph = flow(process(*steps))
    if len(in_order(graph)) == len(graph.steps):
        assert {course.steps for course in courses(graph)} == walked(steps)


@given(processes())
def test_what_comes_before_a_step_is_what_its_courses_have_in_common(steps: Steps) -> None:
    graph = flow(process(*steps))
    always, ever = always_before(graph), ever_before(graph)
    for course in courses(graph):
        for one, other in itertools.permutations(graph.steps, 2):
            if always.holds(one, other):
                assert ever.holds(one, other)
                assert one in course.steps or other not in course.steps


SHARED: Steps = ({"id": "a"}, {"id": "b", "options": ("c", "d", None)}, {"id": "c", "to": "a"}, {"id": "d"})


def shares(steps: Steps, *values: float | None, limit: int | None = None) -> dict[str, float]:
    """How often each step is done when the options of step b have these shares."""
    made = process(*steps)
    changed = []
    for step in made.steps:
        if step.id == "b":
            options = [
                option.replaced(share=share) for option, share in zip(step.options, values, strict=True)
            ]
            step = step.replaced(options=tuple(options))
        changed.append(step.replaced(max=limit) if step.id == "c" else step)
    graph = flow(made.replaced(steps=tuple(changed)))
    return {id: round(times, 3) for id, times in visits(graph).items()}


def test_a_step_is_done_as_often_as_the_shares_before_it_say() -> None:
    assert shares(SHARED, 0.0, 0.25, 0.75) == {"a": 1, "b": 1, "c": 0, "d": 0.25}


def test_options_without_a_share_are_as_likely_as_each_other() -> None:
    assert shares(SHARED, 0.0, None, None) == {"a": 1, "b": 1, "c": 0, "d": 0.5}


def test_work_that_is_done_again_counts_again() -> None:
    assert shares(SHARED, 0.5, 0.5, 0.0) == {"a": 2, "b": 2, "c": 1, "d": 1}


def test_work_is_done_again_as_often_as_the_limit_allows() -> None:
    assert shares(SHARED, 0.5, 0.5, 0.0, limit=1) == {"a": 1.5, "b": 1.5, "c": 0.75, "d": 0.75}


def test_work_that_never_ends_is_counted_for_some_rounds_only() -> None:
    assert visits(flow(process({"id": "a", "to": "a"})))["a"] == 50


def test_a_step_that_waits_for_several_is_done_once() -> None:
    assert visits(flow(process(*BESIDE))) == {"a": 1, "b": 1, "c": 1, "d": 1}


def test_steps_of_a_circle_are_left_out() -> None:
    assert visits(flow(process({"id": "a"}, {"id": "b", "needs": ("c",)}, {"id": "c", "needs": ("b",)}))) == {
        "a": 1
    }
