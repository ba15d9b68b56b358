"""The drawing in a BPMN file: where a modelling tool shows the pool, the lanes, the nodes and the ways."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.site.diagram.layout import LINE, Label, Layout, Line, Place
from handbook.site.diagram.svg import number

_LEFT, _TOP, _STRIP = (
    160.0,
    80.0,
    30.0,
)  #: where the pool begins, and how wide the names of pool and lanes are
_NAME = 116.0  #: width of a name below a shape


def drawing(made: Layout) -> Iterator[str]:
    """Yield the lines of the drawing."""
    inside = [
        '<bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">',
        *(f"  {line}" for line in _shapes(made)),
        *(f"  {text}" for line in made.lines for text in _edge(line)),
        "</bpmndi:BPMNPlane>",
    ]
    yield '<bpmndi:BPMNDiagram id="diagram">'
    yield from (f"  {line}" for line in inside)
    yield "</bpmndi:BPMNDiagram>"


def _shapes(made: Layout) -> Iterator[str]:
    level = ' isHorizontal="true"'
    yield from _shape("pool", level, _bounds(_LEFT, _TOP, 2 * _STRIP + made.width, made.height))
    for band in made.bands:
        bounds = _bounds(_LEFT + _STRIP, _TOP + band.top, _STRIP + made.width, band.bottom - band.top)
        yield from _shape(f"lane-{band.role}", level, bounds)
    for place in made.places.values():
        marked = ' isMarkerVisible="true"' if place.node.kind in ("decision", "merge") else ""
        yield from _shape(place.node.id, marked, _around(place), _name(place))


def _shape(id: str, attributes: str, bounds: str, label: str = "") -> Iterator[str]:
    yield f'<bpmndi:BPMNShape id="{id}_di" bpmnElement="{id}"{attributes}>'
    yield f"  {bounds}"
    if label:
        yield f"  <bpmndi:BPMNLabel>{label}</bpmndi:BPMNLabel>"
    yield "</bpmndi:BPMNShape>"


def _edge(line: Line) -> Iterator[str]:
    id = f"{line.way.source}_{line.way.target}"
    yield f'<bpmndi:BPMNEdge id="{id}_di" bpmnElement="{id}">'
    for x, y in line.points:
        yield f'  <di:waypoint x="{number(x + _LEFT + 2 * _STRIP)}" y="{number(y + _TOP)}"/>'
    if line.label:
        yield f"  <bpmndi:BPMNLabel>{_beside(line.label)}</bpmndi:BPMNLabel>"
    yield "</bpmndi:BPMNEdge>"


def _around(place: Place) -> str:
    size = place.size
    left, top = place.x - size.half + _LEFT + 2 * _STRIP, place.y - size.up + _TOP
    return _bounds(left, top, 2 * size.half, 2 * size.up)


def _name(place: Place) -> str:
    """Return the bounds of a name below its shape, or nothing where it is inside or there is none."""
    size = place.size
    if size.below <= size.up:
        return ""
    left, top = place.x - _NAME / 2 + _LEFT + 2 * _STRIP, place.y + size.up + 4 + _TOP
    return _bounds(left, top, _NAME, size.below - size.up - 4)


def _beside(label: Label) -> str:
    high = LINE * len(label.lines)
    left = label.x - label.width if label.end else label.x
    return _bounds(left + _LEFT + 2 * _STRIP, label.y + 3 - high + _TOP, label.width, high)


def _bounds(x: float, y: float, width: float, height: float) -> str:
    return f'<dc:Bounds x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"/>'
