"""On which ways the lines of a diagram go: along free rows, through the gutters between columns and the gaps between rows.

Lines turn in gutters, which hold no nodes. A line that finds no free row, and every line that leads back, runs in the
gap above the row of its target. Gutter g is behind column g; gap g is above row g. Nothing is measured here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handbook.site.diagram.graph import Graph, Way
from handbook.site.diagram.grid import Cell, Grid

Key = tuple[str, str]  #: lines of one key may lie on each other: they have one source, or one target


@dataclass(slots=True)
class Net:
    """Lines of one key in a gutter: the rows from which they come, those to which they go, and the gaps at which they turn."""

    come: set[int] = field(default_factory=set)
    go: set[int] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)
    track: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """From where to where it reaches, in half rows: gap g is 2g, row r is 2r+1."""
        found = [2 * row + 1 for row in (*self.come, *self.go)] + [2 * gap for gap in self.gaps]
        return min(found), max(found)


@dataclass(slots=True)
class Run:
    """Lines of one key in a gap: from where to where, in half columns: column c is 2c, gutter g is 2g+1."""

    low: int
    high: int
    labelled: bool = False
    track: int = 0


class Route(NamedTuple):
    """How one line goes. `gutters` are those in which it turns, with the key of its net; `top` says that it leaves upwards."""

    way: Way
    gutters: tuple[tuple[int, Key], ...] = ()
    gap: tuple[int, Key] | None = None
    top: bool = False
    down: bool = False  #: it enters its target from above


class Routes(NamedTuple):
    """All lines, the nets of each gutter and the runs of each gap."""

    routes: list[Route]
    gutters: dict[int, dict[Key, Net]]
    gaps: dict[int, dict[Key, Run]]


def routes(graph: Graph, grid: Grid) -> Routes:
    """Return how all lines go."""
    return _Plan(graph, grid).done()


class _Plan:
    """The lines while they are planned."""

    def __init__(self, graph: Graph, grid: Grid) -> None:
        self.ways, self.cells = graph.ways, grid.cells
        self.taken: dict[tuple[int, int], Key] = {
            (cell.row, cell.column): ("at", id) for id, cell in grid.cells.items()
        }
        self.gutters: dict[int, dict[Key, Net]] = {}
        self.gaps: dict[int, dict[Key, Run]] = {}
        self.out = Counter(way.source for way in graph.ways)
        self.into = Counter(way.target for way in graph.ways if not self._leads_back(way))

    def done(self) -> Routes:
        """Plan all lines, those first that should be straight: the critical path, then the short ones."""
        order = sorted(range(len(self.ways)), key=self._rank)
        found = {index: self._route(self.ways[index]) for index in order}
        for nets in self.gutters.values():
            _line_up(nets)
        for runs in self.gaps.values():
            _stack(runs)
        return Routes([found[index] for index in range(len(self.ways))], self.gutters, self.gaps)

    def _rank(self, index: int) -> tuple[bool, int, bool, int]:
        way = self.ways[index]
        one, other = self.cells[way.source], self.cells[way.target]
        return not way.critical, abs(other.column - one.column), one.row != other.row, index

    def _leads_back(self, way: Way) -> bool:
        return self.cells[way.target].column <= self.cells[way.source].column

    def _route(self, way: Way) -> Route:
        one, other = self.cells[way.source], self.cells[way.target]
        if self._leads_back(way):
            return self._back(way, one, other)
        between = range(one.column + 1, other.column)
        fork, meet = self.out[way.source] > 1, self.into[way.target] > 1
        start: Key = ("from", way.source) if fork else ("way", f"{way.source} {way.target}")
        end: Key = ("to", way.target) if meet else ("way", f"{way.source} {way.target}")
        if one.row == other.row and self._take(other.row, between, end):
            return Route(way)
        turns = self._turns(way, one, other, start, end) if one.row != other.row else None
        return turns or self._around(way, one, other, start)

    def _turns(self, way: Way, one: Cell, other: Cell, start: Key, end: Key) -> Route | None:
        """Lead a line along the row of its target or of its source, turning once; None where that is not possible."""
        between = range(one.column + 1, other.column)
        fork, meet = start[0] == "from", end[0] == "to"
        near, far = (one.column, start if fork or between else end), (other.column - 1, end)
        tries = [(other.row, end, near), (one.row, start, far)]
        for row, taker, (gutter, key) in tries[:1] if fork or not between else tries[::-1] if meet else tries:
            if not self._circle(gutter, key, one.row, other.row) and self._take(row, between, taker):
                self._net(gutter, key, come=one.row, go=other.row)
                return Route(way, ((gutter, key),))
        return None

    def _circle(self, gutter: int, key: Key, come: int, go: int) -> bool:
        """Whether a line would have to be left of another one and right of it: then no order of tracks serves both."""
        nets = self.gutters.get(gutter, {})
        own = nets.get(key) or Net()
        left, goals = {come} | own.come, {go} | own.go
        rest = [net for other, net in nets.items() if other != key]
        while found := [net for net in rest if net.go & left]:
            rest = [net for net in rest if not net.go & left]
            left = {row for net in found for row in net.come}
            if left & goals:
                return True
        return False

    def _around(self, way: Way, one: Cell, other: Cell, start: Key) -> Route:
        """Lead a line through the gap beside the row of its target."""
        gap = other.row + (one.row > other.row)
        end: Key = ("to", way.target) if self.into[way.target] > 1 else ("into", way.target)
        self._net(one.column, start, come=one.row, gap=gap)
        self._net(other.column - 1, end, go=other.row, gap=gap)
        key = ("through", way.target)
        self._run(gap, key, 2 * one.column + 1, 2 * other.column - 1, way)
        return Route(way, ((one.column, start), (other.column - 1, end)), gap=(gap, key))

    def _back(self, way: Way, one: Cell, other: Cell) -> Route:
        """Lead a line back, above the row of its target."""
        key, gap = ("back", way.target), other.row
        if one.row == other.row and one.column > other.column:
            self._run(gap, key, 2 * other.column, 2 * one.column, way)
            return Route(way, gap=(gap, key), top=True, down=True)
        start: Key = (
            ("from", way.source) if self.out[way.source] > 1 else ("way", f"{way.source} {way.target}")
        )
        self._net(one.column, start, come=one.row, gap=gap)
        self._run(gap, key, 2 * other.column, 2 * one.column + 1, way)
        return Route(way, ((one.column, start),), gap=(gap, key), down=True)

    def _take(self, row: int, columns: Sequence[int], key: Key) -> bool:
        """Take a row over some columns where it is free, or taken by lines with the same target."""
        if any(self.taken.get((row, column), key) != key for column in columns):
            return False
        for column in columns:
            self.taken[row, column] = key
        return True

    def _net(
        self, gutter: int, key: Key, *, come: int | None = None, go: int | None = None, gap: int | None = None
    ) -> None:
        net = self.gutters.setdefault(gutter, {}).setdefault(key, Net())
        for rows, row in ((net.come, come), (net.go, go), (net.gaps, gap)):
            if row is not None:
                rows.add(row)

    def _run(self, gap: int, key: Key, low: int, high: int, way: Way) -> None:
        runs = self.gaps.setdefault(gap, {})
        run = runs.setdefault(key, Run(low, high))
        run.low, run.high = min(run.low, low), max(run.high, high)
        run.labelled = run.labelled or bool(way.label)


def _line_up(nets: dict[Key, Net]) -> None:
    """Give each net of a gutter a track. A net that comes from a row has to be left of one that goes to that row."""
    waiting = sorted(nets.values(), key=_preference)
    placed: list[Net] = []
    while waiting:
        ready = [
            net for net in waiting if not any(other.come & net.go for other in waiting if other is not net)
        ]
        net = ready[0] if ready else waiting[0]
        waiting.remove(net)
        net.track = _free(
            net.span,
            [(other.span, other.track) for other in placed],
            1 + max((other.track for other in placed if other.come & net.go), default=-1),
        )
        placed.append(net)


def _preference(net: Net) -> tuple[bool, float]:
    """Order nets so that lines cross little: of those that go down the lowest turns first, of those that go up the highest."""
    low, high = net.span
    start = min(net.come) if net.come else (low + high) / 4
    down = high > 2 * start + 1
    return not down, -start if down else start


def _stack(runs: dict[Key, Run]) -> None:
    """Give each run of a gap a track, counted from the row below: the short ones are inside the long ones."""
    placed: list[tuple[tuple[int, int], int]] = []
    for run in sorted(runs.values(), key=lambda run: (run.high - run.low, run.low)):
        run.track = _free((run.low, run.high), placed, 0)
        placed.append(((run.low, run.high), run.track))


def _free(span: tuple[int, int], placed: list[tuple[tuple[int, int], int]], least: int) -> int:
    """Return the first track from `least` on that nothing else takes where `span` is."""
    low, high = span
    taken = {track for (other_low, other_high), track in placed if other_low <= high and low <= other_high}
    track = least
    while track in taken:
        track += 1
    return track
