"""The places of everything in a diagram, in pixels: nodes, lanes, lines with their bends, and labels on lines.

Shapes are measured by whoever draws them, so one layout serves SVG and BPMN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from handbook.site.diagram import lettering
from handbook.site.diagram.graph import Graph, Node, Way
from handbook.site.diagram.grid import Grid, grid
from handbook.site.diagram.routes import Key, Route, Routes, routes

SMALL = 11  #: size of the letters of labels
LINE = 13  #: from one line of a label to the next
_LABEL = (92.0, 92.0, 92.0)
_TRACK = 10
_BEFORE, _BEHIND = 12, 18  #: room in a gutter, left of the tracks and right of them, where arrows end
_GAP = 20  #: between two rows, without lines
_EDGE = 8  #: between a lane and what is in it
_RUN = 12  #: between lines in a gap
_ASIDE = 14  #: between two lines at the top of a node
_MARGIN = 8


class Size(NamedTuple):
    """The room that a node takes around the point at which lines meet it: its shape, and its shape with what is written beside it."""

    half: float  #: of the width of the shape
    up: float  #: of the height of the shape
    room: float
    above: float
    below: float
    pointed: bool = False  #: a rhombus


class Place(NamedTuple):
    """A node with its middle."""

    node: Node
    x: float
    y: float
    size: Size


class Band(NamedTuple):
    """A lane."""

    role: str
    name: str
    top: float
    bottom: float


class Label(NamedTuple):
    """Words at a line. `y` is that of the last line of letters; with `end`, `x` is where they end."""

    lines: list[str]
    x: float
    y: float
    end: bool
    width: float


class Line(NamedTuple):
    """A way with its points, from its source to its target."""

    way: Way
    points: list[tuple[float, float]]
    label: Label | None


class Layout(NamedTuple):
    """A diagram."""

    graph: Graph
    places: dict[str, Place]
    bands: list[Band]
    lines: list[Line]
    width: float
    height: float


def layout(graph: Graph, size: Callable[[Node], Size]) -> Layout:
    """Return the places of everything in a diagram."""
    found = grid(graph)
    sizes = {id: size(node) for id, node in graph.nodes.items()}
    planned = routes(graph, found)
    across = _Across(graph, found, sizes, planned)
    down = _Down(found, sizes, planned)
    places = {
        id: Place(node, across.middle[found.cells[id].column], down.level[found.cells[id].row], sizes[id])
        for id, node in graph.nodes.items()
    }
    entered = {route.way.target for route in planned.routes if route.down}
    draw = _Draw(places, found, across, down, planned, entered)
    bands = [
        Band(role, graph.lanes[role], top, bottom)
        for role, (top, bottom) in zip(found.lanes, down.bands, strict=True)
    ]
    return Layout(graph, places, bands, list(draw.lines(graph)), across.width, down.height)


class _Across:
    """The columns and gutters, from left to right."""

    def __init__(self, graph: Graph, grid: Grid, sizes: Mapping[str, Size], planned: Routes) -> None:
        room = [0.0] * grid.columns
        for id, cell in grid.cells.items():
            room[cell.column] = max(room[cell.column], sizes[id].room)
        words = [0.0] * grid.columns
        for route in planned.routes:
            column = grid.cells[route.way.source].column
            if route.way.label and route.gap is None:
                words[column] = max(words[column], _words(route.way.label)[1] + 6)
        self.middle: list[float] = []
        self.first: list[float] = []  #: of each gutter, the first track
        self.words: list[float] = []  #: of each gutter, where labels begin
        x = float(_MARGIN)
        for column in range(grid.columns):
            self.middle.append(x + room[column])
            x += 2 * room[column]
            tracks = max((net.track for net in planned.gutters.get(column, {}).values()), default=-1) + 1
            self.first.append(x + _BEFORE)
            self.words.append(x + _BEFORE + _TRACK * max(tracks - 1, 0) + 6 * bool(tracks))
            last = column == grid.columns - 1
            x = self.words[-1] + words[column] + (_BEHIND if not last else 0 if tracks else -_BEFORE)
        self.width = x + _MARGIN


class _Down:
    """The lanes, rows and gaps, from top to bottom."""

    def __init__(self, grid: Grid, sizes: Mapping[str, Size], planned: Routes) -> None:
        above, below = [0.0] * grid.rows, [0.0] * grid.rows
        for id, cell in grid.cells.items():
            above[cell.row] = max(above[cell.row], sizes[id].above)
            below[cell.row] = max(below[cell.row], sizes[id].below)
        self.level: list[float] = []
        self.bands: list[tuple[float, float]] = []
        self.runs: dict[tuple[int, int], float] = {}  #: (gap, track) -> its height
        y, row = 0.0, 0
        for rows in grid.lanes.values():
            top = y
            for _ in range(rows):
                y = self._gap(planned, row, y + (_EDGE if y == top else _GAP / 2))
                self.level.append(y + above[row])
                y += above[row] + below[row]
                row += 1
            if row == grid.rows:
                y = self._gap(planned, row, y) - _GAP / 2
            y += _EDGE + 4
            self.bands.append((top, y))
        self.height = y

    def _gap(self, planned: Routes, gap: int, y: float) -> float:
        """Place the runs of a gap that begins at a height, and return where it ends."""
        tracks: dict[int, bool] = {}
        for run in planned.gaps.get(gap, {}).values():
            tracks[run.track] = tracks.get(run.track, False) or run.labelled
        for track in sorted(tracks, reverse=True):
            y += _RUN + (LINE if tracks[track] else 0)
            self.runs[gap, track] = y
        return y + _GAP / 2


def _words(label: str) -> tuple[list[str], float]:
    """Return the lines of a label and how wide they are."""
    lines = lettering.wrapped(label, SMALL, _LABEL)
    return lines, max(lettering.width(line, SMALL) for line in lines)


class _Draw(NamedTuple):
    """Turns routes into points."""

    places: dict[str, Place]
    grid: Grid
    across: _Across
    down: _Down
    planned: Routes
    entered: set[str]

    def lines(self, graph: Graph) -> Iterator[Line]:
        """Yield the line of each way."""
        for route in self.planned.routes:
            yield Line(route.way, _straight(self._points(route)), self._label(route))

    def _points(self, route: Route) -> list[tuple[float, float]]:
        one, other = self.places[route.way.source], self.places[route.way.target]
        gap = self._run(route.gap) if route.gap else 0.0
        points = [self._leaves_upwards(one)] if route.top else [(one.x + one.size.half, one.y)]
        if route.top:
            points.append((points[0][0], gap))
        for index, (gutter, key) in enumerate(route.gutters):
            x = self._track(gutter, key)
            points.append((x, gap if index else one.y))
            points.append((x, gap if route.gap and not index else other.y))
        if route.down:
            points += [(other.x, gap), (other.x, other.y - other.size.up)]
        else:
            points.append((other.x - other.size.half, other.y))
        return points

    def _leaves_upwards(self, place: Place) -> tuple[float, float]:
        """Return where a line leaves at the top, beside one that comes in there."""
        aside = _ASIDE if place.node.id in self.entered else 0
        slope = 1 - aside / place.size.half if place.size.pointed else 1
        return place.x + min(aside, place.size.half), place.y - place.size.up * max(slope, 0)

    def _track(self, gutter: int, key: Key) -> float:
        return self.across.first[gutter] + _TRACK * self.planned.gutters[gutter][key].track

    def _run(self, gap: tuple[int, Key]) -> float:
        number, key = gap
        return self.down.runs[number, self.planned.gaps[number][key].track]

    def _label(self, route: Route) -> Label | None:
        way = route.way
        if not way.label:
            return None
        if route.gap is None:
            lines, width = _words(way.label)
            column = self.grid.cells[way.source].column
            turned = any(gutter == column for gutter, _ in route.gutters)
            y = self.places[way.target if turned else way.source].y
            return Label(lines, self.across.words[column], y - 5, False, width)
        y = self._run(route.gap) - 4
        x = (
            self._track(*route.gutters[0])
            if route.gutters
            else self._leaves_upwards(self.places[way.source])[0]
        )
        lines = lettering.wrapped(way.label, SMALL, [2 * _LABEL[0]])
        return Label(lines, x - 5 if route.down else x + 5, y, route.down, lettering.width(lines[0], SMALL))


def _straight(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points without those that lie on a straight line between their neighbours."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return kept
