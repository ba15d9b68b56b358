"""Laws of the layout of diagrams: nothing lies on anything else, and lines go round what they do not lead to."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.model.process import Process
from handbook.site.diagram import bpmn, lanes, lettering, shapes, swimlane
from handbook.site.diagram.figure import SIZE
from handbook.site.diagram.graph import graph
from handbook.site.diagram.layout import Layout, Line, Place, layout
from tests.site import flows

Box = tuple[float, float, float, float]
many = settings(max_examples=150, deadline=None)


def drawn(steps: list[dict[str, Any]]) -> list[Layout]:
    """The layouts of a process for pages and for BPMN."""
    handbook, process = flows.handbook(steps)
    ours = swimlane.swimlane(handbook, process).layout
    return [ours, layout(graph(handbook, process, merges=True), bpmn._size)]


def room(place: Place) -> Box:
    """The box of a node with what is written below it."""
    size = place.size
    return place.x - size.room, place.y - size.above, place.x + size.room, place.y + size.below


def shape(place: Place) -> Box:
    size = place.size
    return place.x - size.half, place.y - size.up, place.x + size.half, place.y + size.up


def overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] - 0.1
        and other[0] < one[2] - 0.1
        and one[1] < other[3] - 0.1
        and other[1] < one[3] - 0.1
    )


def pieces(line: Line) -> list[Box]:
    """The straight pieces of a line, as boxes without a width."""
    return [
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for (x0, y0), (x1, y1) in itertools.pairwise(line.points)
    ]


def holds(made: Layout) -> None:
    for one, other in itertools.combinations(made.places.values(), 2):
        assert not overlap(room(one), room(other)), (one, other)
    bands = {band.role: band for band in made.bands}
    for place in made.places.values():
        left, top, right, bottom = room(place)
        band = bands[place.node.role]
        assert left >= 0
        assert right <= made.width
        assert band.top <= top
        assert bottom <= band.bottom
    for line in made.lines:
        runs(made, line)


def runs(made: Layout, line: Line) -> None:
    """A line is level or upright, stays in the drawing, begins and ends at its nodes and touches no other."""
    for (x0, y0), (x1, y1) in itertools.pairwise(line.points):
        assert x0 == x1 or y0 == y1
    for x, y in line.points:
        assert 0 <= x <= made.width
        assert 0 <= y <= made.height
    for id, place in made.places.items():
        ends = id in (line.way.source, line.way.target)
        box = shape(place) if ends else room(place)
        for piece in pieces(line):
            wide = piece[0] - 0.2, piece[1] - 0.2, piece[2] + 0.2, piece[3] + 0.2
            inside = box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1
            assert not overlap(wide, inside) or (ends and place.size.pointed), (line, place)
    start, end = made.places[line.way.source], made.places[line.way.target]
    assert line.points[0] == (start.x + start.size.half, start.y) or line.points[0][1] <= start.y
    assert line.points[-1] in ((end.x - end.size.half, end.y), (end.x, end.y - end.size.up))


@given(flows.sound())
@many
def test_in_the_diagram_of_a_sound_process_everything_has_its_place(steps: list[dict[str, Any]]) -> None:
    for made in drawn(steps):
        holds(made)


@given(flows.wild())
@many
def test_in_the_diagram_of_a_wild_process_everything_has_its_place(steps: list[dict[str, Any]]) -> None:
    for made in drawn(steps):
        holds(made)


@given(flows.wild())
@many
def test_lines_of_different_ends_do_not_lie_on_each_other(steps: list[dict[str, Any]]) -> None:
    for made in drawn(steps):
        for one, other in itertools.combinations(made.lines, 2):
            if one.way.source != other.way.source and one.way.target != other.way.target:
                for piece, beside in itertools.product(pieces(one), pieces(other)):
                    level = piece[1] == piece[3] == beside[1] == beside[3]
                    upright = piece[0] == piece[2] == beside[0] == beside[2]
                    shared = (
                        max(piece[0], beside[0]) < min(piece[2], beside[2]) - 0.1
                        or max(piece[1], beside[1]) < min(piece[3], beside[3]) - 0.1
                    )
                    assert not ((level or upright) and shared), (one, other)


@given(flows.wild())
@many
def test_every_step_is_there_once_and_what_comes_later_is_further_right(steps: list[dict[str, Any]]) -> None:
    handbook, process = flows.handbook(steps)
    for merges in (False, True):
        shown = graph(handbook, process, merges=merges)
        made = layout(shown, lambda node: shapes.measured(node)[0])
        assert [id for id in shown.nodes if id.startswith("step-")] == [
            f"step-{step['id']}" for step in steps
        ]
        for line in made.lines:
            if not line.way.back:
                assert made.places[line.way.source].x < made.places[line.way.target].x


@given(st.text(max_size=80), st.lists(st.integers(30, 200), min_size=1, max_size=5))
@many
def test_no_line_of_text_is_wider_than_its_room(text: str, widths: list[int]) -> None:
    lines = lettering.wrapped(text, 12, widths)
    assert len(lines) <= len(widths)
    for line, limit in zip(lines, widths, strict=False):
        assert lettering.width(line, 12) <= limit
    if lines and not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("kind", ["task", "decision", "start", "end"])
@pytest.mark.parametrize("title", ["Go", flows.LONG, "W" * 90, "Go, fix, later or stop?", "承認する" * 9])
def test_text_has_room_in_its_shape(kind: str, title: str) -> None:
    from handbook.site.diagram.graph import Node

    size, text = shapes.measured(Node("x", kind, "analyst", title, number=7))
    tall = len(text.lines) * shapes.STEP
    for position, line in enumerate(text.lines):
        wide = lettering.width(line, SIZE if kind in ("task", "decision") else 11)
        if kind == "decision":  # a rhombus: the higher a line, the narrower it is
            far = abs(position * shapes.STEP - tall / 2 + shapes.STEP / 2) + shapes.STEP / 2
            assert wide <= 2 * size.half * (1 - far / size.up)
        else:
            assert wide <= 2 * size.room
    assert tall <= 2 * size.up or kind in ("start", "end")


def test_the_same_process_gives_the_same_drawing() -> None:
    steps = [{"id": "a", "title": "Go", "responsible": "analyst"}]
    one, other = (lanes.file(swimlane.swimlane(*flows.handbook(steps))) for _ in range(2))
    assert one == other


def test_a_process_is_found_by_its_class() -> None:
    handbook, process = flows.handbook([{"id": "a", "title": "Go", "responsible": "analyst"}])
    assert isinstance(process, Process)
    assert handbook.find(Process, "made") is process
