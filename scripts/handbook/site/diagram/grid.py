"""Where the nodes of a diagram stand: in which column, by what comes before them, and in which row of their lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handbook.site.diagram.graph import Graph, Way

_SWEEPS = (
    4  #: of putting nodes beside what they are connected with; more changed nothing in hundreds of flows
)


class Cell(NamedTuple):
    """A place of the grid. Rows are counted through all lanes."""

    column: int
    row: int


class Grid(NamedTuple):
    """The cell of each node, and the number of rows of each lane."""

    cells: dict[str, Cell]
    lanes: dict[str, int]
    columns: int
    rows: int


_Cells = dict[tuple[str, int], list[str]]  #: (lane, column) -> nodes
_Ways = Mapping[str, Sequence[str]]


def grid(graph: Graph) -> Grid:
    """Return where the nodes stand, with few crossings of the ways between them."""
    forward = [way for way in graph.ways if not way.back]
    before, after = _neighbours(forward, after=False), _neighbours(forward, after=True)
    columns = _columns(graph, before, after)
    cells: _Cells = {}
    for id, node in graph.nodes.items():
        cells.setdefault((node.role, columns[id]), []).append(id)
    crowded = {key: ids for key, ids in cells.items() if len(ids) > 1}
    for ids in crowded.values():
        ids.sort(
            key=lambda id: graph.nodes[id].kind == "end"
        )  # an end leaves the straight way to what goes on
    lanes = dict.fromkeys(graph.lanes, 1)
    for (role, _), ids in cells.items():
        lanes[role] = max(lanes[role], len(ids))
    _untangle(graph, cells, crowded, before, after)
    return Grid(_placed(cells, columns, lanes, before), lanes, max(columns.values()) + 1, sum(lanes.values()))


def _neighbours(ways: Sequence[Way], *, after: bool) -> dict[str, list[str]]:
    """Return for each node those before it, or those after it."""
    found: dict[str, list[str]] = {}
    for way in ways:
        one, other = (way.source, way.target) if after else (way.target, way.source)
        found.setdefault(one, []).append(other)
    return found


def _columns(graph: Graph, before: _Ways, after: _Ways) -> dict[str, int]:
    """Return the column of each node: behind all that come before it."""
    waiting = {id: len(before.get(id, ())) for id in graph.nodes}
    columns = {id: 0 for id, count in waiting.items() if not count}
    queue = list(columns)
    for id in queue:
        for other in after.get(id, ()):
            columns[other] = max(columns.get(other, 0), columns[id] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                queue.append(other)
    return columns


def _untangle(graph: Graph, cells: _Cells, crowded: _Cells, before: _Ways, after: _Ways) -> None:
    """Order nodes that share a column of a lane by where their neighbours are (Sugiyama's barycentre).

    Source: Sugiyama, Tagawa & Toda, Methods for visual understanding of hierarchical system structures (1981).
    """
    lane = {role: position for position, role in enumerate(graph.lanes)}
    height: dict[str, float] = {}
    for (role, _), ids in cells.items():
        _stack(height, lane[role], ids)
    order = sorted(crowded, key=lambda key: key[1])
    for sweep in range(_SWEEPS):
        near = after if sweep % 2 else before
        for key in reversed(order) if sweep % 2 else order:
            ids = crowded[key]
            mean = {id: _mean([height[other] for other in near.get(id, ())], height[id]) for id in ids}
            ids.sort(key=mean.__getitem__)
            _stack(height, lane[key[0]], ids)


def _stack(height: dict[str, float], lane: int, ids: Sequence[str]) -> None:
    for position, id in enumerate(ids):
        height[id] = lane + (position + 0.5) / len(ids)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _placed(
    cells: _Cells, columns: Mapping[str, int], lanes: Mapping[str, int], before: _Ways
) -> dict[str, Cell]:
    """Give each node a row of its lane, level with what comes before it where that is possible."""
    first, found, above = {}, dict[str, Cell](), 0
    for role, rows in lanes.items():
        first[role] = above
        above += rows
    for role, column in sorted(cells, key=lambda key: key[1]):
        ids, top, rows = cells[role, column], first[role], lanes[role]
        row = -1
        for position, id in enumerate(ids):
            near = [found[other].row - top for other in before.get(id, ())]
            wanted = next((one for one in near if 0 <= one < rows), 0)
            row = max(row + 1, min(wanted, rows - len(ids) + position))
            found[id] = Cell(columns[id], top + row)
    return found
