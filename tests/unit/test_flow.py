"""The flow of a process, against small graphs that were worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from handbook.finding import Place
from handbook.model.flow import CriticalPath, Flow, critical_path, flow
from handbook.model.process import Option, Process, Step, Trigger
from handbook.model.values import Duration

AT = Place("processes/release/example.yaml")


def process(*steps: dict[str, Any]) -> Process:
    return Process(
        id="example", at=AT, title="Example", summary="An example.", purpose="To show it.", outcome="Something",
        accountable="lead", trigger=Trigger(at=AT, event="Something"),
        steps=tuple(_step(index, **step) for index, step in enumerate(steps)),
    )  # fmt: skip


def _step(index: int, id: str, to: str | None = None, needs: tuple[str, ...] | None = None, days: str = "",
          options: tuple[str | None, ...] = ()) -> Step:  # fmt: skip
    at = AT / "steps" / index
    return Step(
        at=at, id=id, responsible="lead", needs=needs, to=to, duration=Duration.parse(days) if days else None,
        options=tuple(
            Option(at=at / "options" / n, when=str(n), to=target, end=None if target else "End") for n, target in enumerate(options)
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A process with what it comes to: edges as `a>b`, those that lead back, starts, and the steps it may end at."""

    steps: tuple[dict[str, Any], ...]
    edges: str
    back: str = ""
    starts: str = "a"
    ends: str = ""


ROWS = {
    "one step": Row(({"id": "a"},), "", ends="a"),
    "one after the other": Row(({"id": "a"}, {"id": "b"}, {"id": "c"}), "a>b b>c", ends="c"),
    "side by side and joined": Row(
        ({"id": "a"}, {"id": "b", "needs": ("a",)}, {"id": "c", "needs": ("a",)}, {"id": "d", "needs": ("b", "c")}),
        "a>b a>c b>d c>d",
        ends="d",
    ),
    "two starts": Row(({"id": "a"}, {"id": "b", "needs": ()}, {"id": "c", "needs": ("a", "b")}), "a>c b>c", starts="a b", ends="c"),
    "a decision": Row(
        ({"id": "a", "options": ("b", "c", None)}, {"id": "b", "to": "d"}, {"id": "c"}, {"id": "d"}),
        "a>b a>c b>d",
        ends="a c d",
    ),
    "work that is done again": Row(
        ({"id": "a"}, {"id": "b", "needs": ("a",), "options": (None, "c")}, {"id": "c", "to": "b"}),
        "a>b b>c c>b",
        back="c>b",
        ends="b",
    ),
    "a way back to the start": Row(({"id": "a"}, {"id": "b", "options": ("a", None)}), "a>b b>a", back="b>a", ends="b"),
    "a way to itself": Row(({"id": "a", "to": "a"},), "a>a", back="a>a"),
    "a step below one that goes elsewhere": Row(
        ({"id": "a", "to": "c"}, {"id": "b"}, {"id": "c"}),
        "a>c",
        ends="b c",
    ),
    "a jump over a step that is needed": Row(
        ({"id": "a", "options": ("b", "c")}, {"id": "b"}, {"id": "c", "needs": ("b",)}),
        "a>b a>c b>c",
        ends="c",
    ),
    "ways to steps that do not exist": Row(({"id": "a", "to": "x"}, {"id": "b", "needs": ("y", "a")}), "a>b", ends="b"),
    "steps that wait for each other": Row(({"id": "a", "needs": ("b",)}, {"id": "b", "needs": ("a",)}), "b>a a>b"),
    "an id that two steps have": Row(({"id": "a"}, {"id": "b"}, {"id": "b"}), "a>b", ends="b"),
}  # fmt: skip


def shown(edges: Any) -> str:
    return " ".join(f"{edge.source}>{edge.target}" for edge in edges)


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_a_process_has_these_ways_starts_and_ends(row: Row) -> None:
    graph = flow(process(*row.steps))
    ends = " ".join(id for id in graph.steps if graph.ends(id))
    assert (
        Row(
            row.steps,
            shown(graph.edges),
            shown(edge for edge in graph.edges if edge.back),
            " ".join(graph.starts),
            ends,
        )
        == row
    )


def test_a_way_knows_its_answer_and_where_it_is_written() -> None:
    graph = flow(process({"id": "a", "options": ("b", None)}, {"id": "b", "to": "c"}, {"id": "c"}))
    assert [(edge.when, edge.at.pointer) for edge in graph.edges] == [
        ("0", ("steps", 0, "options", 0, "to")),
        (None, ("steps", 1, "to")),
    ]


LOOP = ({"id": "a"}, {"id": "b", "needs": ("a",)}, {"id": "c", "options": ("b", "d", None)}, {"id": "d"})


def test_ways_into_and_out_of_a_step_can_leave_out_those_that_lead_back() -> None:
    graph = flow(process(*LOOP))
    assert (shown(graph.before("b")), shown(graph.before("b", forward=True))) == ("a>b c>b", "a>b")
    assert (shown(graph.after("c")), shown(graph.after("c", forward=True))) == ("c>b c>d", "c>d")


def test_what_can_be_reached_stops_at_the_steps_left_out() -> None:
    graph = flow(process(*LOOP))
    assert graph.reached(["c"]) == {"b", "c", "d"}
    assert graph.reached(["c"], forward=True) == {"c", "d"}
    assert graph.reached(["a"], without=["c"]) == {"a", "b"}
    assert graph.reached(["a"], without=["a"]) == set()


@pytest.mark.parametrize(
    ("start", "end", "way"), [("a", "d", "a b c d"), ("a", "a", "a"), ("d", "a", ""), ("c", "b", "")]
)
def test_a_shortest_way_leads_forward_only(start: str, end: str, way: str) -> None:
    assert " ".join(flow(process(*LOOP)).way(start, end)) == way


PATHS: dict[str, tuple[tuple[dict[str, Any], ...], CriticalPath]] = {
    "durations add up": (
        ({"id": "a", "days": "1d"}, {"id": "b", "days": "4h"}, {"id": "c", "days": "1w"}),
        CriticalPath(("a", "b", "c"), 6.5, 6.5),
    ),
    "a step without a duration counts as nothing": (
        ({"id": "a", "days": "1d"}, {"id": "b"}, {"id": "c", "days": "2d"}),
        CriticalPath(("a", "b", "c"), 3, 3),
    ),
    "the longer of two branches": (
        (
            {"id": "a", "days": "1d"},
            {"id": "b", "needs": ("a",), "days": "2d"},
            {"id": "c", "needs": ("a",), "days": "3d"},
            {"id": "d", "needs": ("b", "c"), "days": "1d"},
        ),
        CriticalPath(("a", "c", "d"), 5, 5),
    ),
    "the slow case decides, and the quick one waits for the slower branch too": (
        (
            {"id": "a", "days": "2d..3d"},
            {"id": "b", "needs": (), "days": "1d..10d"},
            {"id": "c", "needs": ("a", "b"), "days": "1d"},
        ),
        CriticalPath(("b", "c"), 3, 11),
    ),
    "a way back is not gone": (
        ({"id": "a", "days": "1d"}, {"id": "b", "days": "1d", "options": ("a", None)}),
        CriticalPath(("a", "b"), 2, 2),
    ),
    "the longest answer of a decision": (
        (
            {"id": "a", "days": "1d", "options": ("b", "c", None)},
            {"id": "b", "days": "2d"},
            {"id": "c", "days": "5d"},
        ),
        CriticalPath(("a", "c"), 6, 6),
    ),
    "steps that wait for each other are left out": (
        ({"id": "a", "days": "1d"}, {"id": "b", "needs": ("c",), "days": "9d"}, {"id": "c", "needs": ("b",), "days": "9d"}),
        CriticalPath(("a",), 1, 1),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "path"), PATHS.values(), ids=list(PATHS))
def test_the_critical_path_is_the_longest_way(steps: tuple[dict[str, Any], ...], path: CriticalPath) -> None:
    assert critical_path(flow(process(*steps))) == path


def test_a_flow_without_steps_takes_no_time() -> None:
    assert critical_path(Flow({}, (), (), ({}, {}), ({}, {}))) == CriticalPath((), 0, 0)


def test_the_flow_of_the_last_process_is_remembered() -> None:
    first, other = process({"id": "a"}), process({"id": "a"}, {"id": "b"})
    graph = flow(first)
    assert flow(first) is graph
    assert list(flow(other).steps) == ["a", "b"]
    assert list(flow(first).steps) == ["a"]


def test_what_leads_to_a_step_can_be_asked_from_its_end() -> None:
    graph = flow(process(*LOOP))
    assert graph.leading_to(["c"]) == {"a", "b", "c"}
    assert graph.leading_to(["a", "d"]) == {"a", "b", "c", "d"}


def test_a_step_leads_astray_where_its_target_does_not_exist() -> None:
    graph = flow(
        process(
            {"id": "a", "to": "x"}, {"id": "b", "options": ("a", "y")}, {"id": "c", "options": ("a", None)}
        )
    )
    assert [id for id in graph.steps if graph.leads_astray(id)] == ["a", "b"]
