"""The swimlane diagram of a process: lanes are roles, time goes from left to right, each step leads to its section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handbook.model.handbook import Handbook
from handbook.model.process import Process
from handbook.site.diagram import figure as figures
from handbook.site.diagram import lettering, shapes, svg
from handbook.site.diagram.figure import SIZE
from handbook.site.diagram.graph import graph
from handbook.site.diagram.layout import LINE, SMALL, Band, Layout, Line, Place, layout
from handbook.site.diagram.svg import FILE, PAGE, Palette, number
from handbook.text import words

_NAMES = 108.0  #: width of the column with the names of the lanes


class Swimlane(NamedTuple):
    """A diagram before it is drawn in some colours."""

    process: Process
    layout: Layout
    texts: dict[str, shapes.Text]


def swimlane(handbook: Handbook, process: Process) -> Swimlane:
    """Return the diagram of a process."""
    shown = graph(handbook, process)
    measured = {id: shapes.measured(node) for id, node in shown.nodes.items()}
    made = layout(shown, lambda node: measured[node.id][0])
    return Swimlane(process, made, {id: text for id, (_, text) in measured.items()})


def figure(diagram: Swimlane) -> str:
    """Return the diagram for a page: HTML without JavaScript."""
    size = diagram.layout.width, diagram.layout.height
    names = figures.names(_NAMES, size[1], _names(diagram, PAGE), 'aria-hidden="true"')
    body = figures.body(*size, [*_head(diagram), *_body(diagram, PAGE)], 'role="group"')
    return figures.figure(_title(diagram), names, body, size)


def file(diagram: Swimlane) -> str:
    """Return the diagram as a file that stands alone."""
    made = diagram.layout
    body = (_NAMES, _body(diagram, FILE))
    return figures.file(_title(diagram), _NAMES + made.width, made.height, _names(diagram, FILE), body)


def legend(diagram: Swimlane) -> list[str]:
    """Return what the signs of the diagram mean, those that occur in it, as plain text."""
    graph = diagram.layout.graph
    kinds = {node.kind for node in graph.nodes.values()}
    said = ["Lanes are roles"]
    if any(node.critical for node in graph.nodes.values()):
        said.append("thick lines are the longest way")
    if "decision" in kinds:
        said.append("a rhombus is a decision")
    if kinds & {"split", "join"}:
        both = {"split": "starts all that follows", "join": "waits for all that leads to it"}
        said.append(f"a bar {words.listed(both[kind] for kind in both if kind in kinds)}")
    if any(node.step and node.step.process for node in graph.nodes.values()):
        said.append("a double side runs another process")
    return said


def _title(diagram: Swimlane) -> str:
    return f"Swimlane diagram: {diagram.process.title}"


def _head(diagram: Swimlane) -> Iterator[str]:
    """Yield the name and the description of the drawing, for those who do not see it."""
    graph = diagram.layout.graph
    steps = words.count(len({node.step.id for node in graph.nodes.values() if node.step}), "step")
    lanes = words.listed(graph.lanes.values())
    yield f"<title>{svg.text(_title(diagram))}</title>"
    yield f"<desc>{svg.text(f'{steps} by {lanes}. The list of steps says the same in words.')}</desc>"


def _names(diagram: Swimlane, colours: Palette) -> Iterator[str]:
    """Yield the column with the names of the lanes."""
    made = diagram.layout
    yield _bands(made, _NAMES, colours)
    for band in made.bands:
        room = max(int((band.bottom - band.top - 8) / 15), 1)
        lines = lettering.wrapped(band.name, SIZE, [_NAMES - 26] * room)  # bold letters are wider
        top = (band.top + band.bottom) / 2 - len(lines) * 15 / 2 + SIZE - 1
        yield svg.lines(lines, 9, top, 15, f' text-anchor="start" font-weight="600" fill="{colours.ink}"')
    edge = number(_NAMES - 0.5)
    yield f'<path d="M{edge} 0V{number(made.height)}" stroke="{colours.line}"/>'


def _bands(made: Layout, width: float, colours: Palette) -> str:
    """Return the lanes: every second one on a panel, with a line between them."""

    def shape(band: Band) -> str:
        return f"M0 {number(band.top)}H{number(width)}V{number(band.bottom)}H0Z"

    odd, even = "".join(map(shape, made.bands[::2])), "".join(map(shape, made.bands[1::2]))
    fills = ((odd, colours.panel), (even, colours.paper))
    return "".join(f'<path d="{data}" fill="{fill}"/>' for data, fill in fills if data)


def _body(diagram: Swimlane, colours: Palette) -> Iterator[str]:
    made = diagram.layout
    yield _bands(made, made.width, colours)
    yield from _lines(made, colours)
    nodes = (_node(diagram, place, colours) for place in made.places.values())
    yield f'<g fill="{colours.paper}" stroke="{colours.ink}">'
    yield from nodes
    yield "</g>"


def _lines(made: Layout, colours: Palette) -> Iterator[str]:
    """Yield the lines, the critical ones last and thicker, with their heads and words."""
    for critical, colour, thick in ((False, colours.quiet, "1.25"), (True, colours.ink, "2.5")):
        found = [line for line in made.lines if line.way.critical is critical]
        if found:
            data = "".join(svg.path(_shortened(line)) for line in found)
            heads = "".join(svg.head(line.points, 8 if critical else 7) for line in found)
            yield f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{thick}"/>'
            yield f'<path d="{heads}" fill="{colour}"/>'
    labels = [label for line in made.lines if (label := line.label)]
    if labels:
        yield f'<g font-size="{SMALL}" fill="{colours.ink}" text-anchor="start">'
        for label in labels:
            top = label.y - LINE * (len(label.lines) - 1)
            yield svg.lines(label.lines, label.x, top, LINE, ' text-anchor="end"' if label.end else "")
        yield "</g>"


def _shortened(line: Line) -> list[tuple[float, float]]:
    """Return the points of a line, which ends inside its head."""
    (x0, y0), (x, y) = line.points[-2:]
    if y0 == y:
        return [*line.points[:-1], (x - 3 if x0 < x else x + 3, y)]
    return [*line.points[:-1], (x, y - 3 if y0 < y else y + 3)]


def _node(diagram: Swimlane, place: Place, colours: Palette) -> str:
    node = place.node
    drawn = shapes.drawn(place, diagram.texts[node.id], colours)
    if node.step is None:
        return drawn
    title = f"{node.number}. {node.label}" if node.number else node.label
    said = (title, diagram.texts[node.id].time, diagram.layout.graph.lanes[node.role])
    label = svg.text(", ".join(filter(None, said)) + (", on the longest way" if node.critical else ""))
    return f'<a href="#step-{svg.text(node.step.id)}" aria-label="{label}">{drawn}</a>'
