"""The map of all processes: which one hands over to which, and which runs which, by stage of the product lifecycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.model.handbook import Handbook
from handbook.model.process import Process
from handbook.site.diagram.graph import Graph, Node, Way, unrolled
from handbook.site.diagram.lanes import Lanes, Link, lanes
from handbook.text import words

_MOST = 60  #: processes; a larger map would be looked at by nobody
_RUNS = "runs"


def process_map(handbook: Handbook, processes: Sequence[Process], areas: Mapping[str, str]) -> Lanes | None:
    """Return the map of those processes that start or run each other; None where there are none, or too many."""
    order = {area: position for position, area in enumerate(areas)}
    ways = list(_ways(handbook, processes))
    named = {id for way in ways for id in (way.source, way.target)}
    shown = sorted(
        (process for process in processes if process.id in named),
        key=lambda process: (order.get(process.area, len(order)), process.title, process.id),
    )
    if not shown or len(shown) > _MOST:
        return None
    nodes = {process.id: Node(process.id, "task", process.area, process.title) for process in shown}
    names = {process.area: areas.get(process.area, process.area) for process in shown}
    links = {process.id: Link(process.id, f"{process.title}, {names[process.area]}") for process in shown}
    said = f"{words.count(len(shown), 'process')} and what they start. The tables above list all of them."
    return lanes("Map of the processes", said, Graph(nodes, unrolled(nodes, ways), names), links)


def _ways(handbook: Handbook, processes: Sequence[Process]) -> Iterator[Way]:
    """Yield a way for each process that follows another one or is run by it, once for each pair."""
    known = {process.id for process in processes}
    found: dict[tuple[str, str], str] = {}
    for process in processes:
        for id in (process.trigger.from_, *(step.process for step in process.steps)):
            other = handbook.find(Process, id)
            if other and other.id in known and other is not process:
                follows = id == process.trigger.from_
                pair = (other.id, process.id) if follows else (process.id, other.id)
                found.setdefault(pair, "" if follows else _RUNS)
    yield from (Way(source, target, label) for (source, target), label in found.items())
