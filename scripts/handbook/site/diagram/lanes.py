"""A drawing with lanes: what swimlanes of processes and the map of all processes have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handbook.site.diagram import figure as figures
from handbook.site.diagram import lettering, shapes, svg
from handbook.site.diagram.figure import SIZE
from handbook.site.diagram.graph import Graph
from handbook.site.diagram.layout import LINE, SMALL, Band, Layout, Line, layout
from handbook.site.diagram.svg import FILE, PAGE, Palette, number

_NAMES = 108.0  #: width of the column with the names of the lanes


class Link(NamedTuple):
    """Where a node leads on its page, and what is said of it to those who do not see it."""

    anchor: str
    label: str


class Lanes(NamedTuple):
    """A drawing before it has colours. Nodes without a link lead nowhere."""

    title: str
    description: str
    layout: Layout
    texts: dict[str, shapes.Text]
    links: dict[str, Link]


def lanes(title: str, description: str, shown: Graph, links: dict[str, Link]) -> Lanes:
    """Return the drawing of a graph."""
    measured = {id: shapes.measured(node) for id, node in shown.nodes.items()}
    made = layout(shown, lambda node: measured[node.id][0])
    return Lanes(title, description, made, {id: text for id, (_, text) in measured.items()}, links)


def figure(drawing: Lanes) -> str:
    """Return the drawing for a page: HTML without JavaScript."""
    size = drawing.layout.width, drawing.layout.height
    names = figures.names(_NAMES, size[1], _names(drawing.layout, PAGE), 'aria-hidden="true"')
    inside = [figures.head(drawing.title, drawing.description), *_body(drawing, PAGE, drawing.links)]
    return figures.figure(drawing.title, names, figures.body(*size, inside, 'role="group"'), size)


def file(drawing: Lanes) -> str:
    """Return the drawing as a file that stands alone."""
    made = drawing.layout
    parts = (figures.head(drawing.title, drawing.description), *_names(made, FILE))
    return figures.file(_NAMES + made.width, made.height, parts, (_NAMES, _body(drawing, FILE, {})))


def _names(made: Layout, colours: Palette) -> Iterator[str]:
    """Yield the column with the names of the lanes."""
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


def _body(drawing: Lanes, colours: Palette, links: dict[str, Link]) -> Iterator[str]:
    made = drawing.layout
    yield _bands(made, made.width, colours)
    yield from _lines(made, colours)
    yield f'<g fill="{colours.paper}" stroke="{colours.ink}">'
    for id, place in made.places.items():
        yield _linked(shapes.drawn(place, drawing.texts[id], colours), links.get(id))
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


def _linked(drawn: str, link: Link | None) -> str:
    if link is None:
        return drawn
    return f'<a href="#{svg.text(link.anchor)}" aria-label="{svg.text(link.label)}">{drawn}</a>'
