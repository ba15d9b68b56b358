"""The shapes of the nodes of a swimlane diagram: how large they are, and how they are drawn."""

from __future__ import annotations

from typing import NamedTuple

from handbook.site.diagram import lettering, svg
from handbook.site.diagram.figure import SIZE
from handbook.site.diagram.graph import Node
from handbook.site.diagram.layout import LINE, SMALL, Place, Size
from handbook.site.diagram.svg import Palette, number
from handbook.text import words

STEP = 15  #: from one line of letters to the next
_TASK, _INSIDE, _LOWEST = (
    68.0,
    118.0,
    24.0,
)  #: half of a task's width, the room for its text, half of its least height
_LINES = 5
_DECISION, _AROUND = 92.0, 10.0  #: half of a decision's width, what its text keeps from the sides
_ROUND, _BESIDE = 9.0, 102.0  #: radius of starts and ends, the room for their text
_BAR, _TALL = 3.0, 20.0  #: half of the sides of a bar


class Text(NamedTuple):
    """What is written in or below a node."""

    lines: list[str]
    time: str = ""


def measured(node: Node) -> tuple[Size, Text]:
    """Return the size of a node, and the text that it has been made for."""
    if node.kind in ("start", "end"):
        lines = lettering.wrapped(node.label, SMALL, [_BESIDE] * 6)
        below = _ROUND + 4 + len(lines) * LINE
        return Size(_ROUND, _ROUND, _BESIDE / 2 + 2, _ROUND + 2, below), Text(lines)
    if node.kind in ("split", "join"):
        return Size(_BAR, _TALL, _BAR, _TALL, _TALL), Text([])
    title = f"{node.number}. {node.label}" if node.number else node.label
    if node.kind == "decision":
        lines, half = _inside_a_rhombus(title)
        return Size(_DECISION, half, _DECISION, half, half, pointed=True), Text(lines)
    lines = lettering.wrapped(title, SIZE, [_INSIDE] * _LINES)
    time = words.duration(node.step.duration, "day") if node.step else ""
    half = max(_LOWEST, (len(lines) * STEP + (LINE if time else 0) + 16) / 2)
    return Size(_TASK, half, _TASK, half, half), Text(lines, time)


def _inside_a_rhombus(title: str) -> tuple[list[str], float]:
    """Return the lines of a question, and half of the height of the rhombus in which they have room."""
    for count in range(1, 6):
        half = 13.0 * count + 11
        tops = [abs(line - (count - 1) / 2) * STEP + STEP / 2 for line in range(count)]
        widths = [2 * _DECISION * (1 - top / half) - _AROUND for top in tops]
        if lettering.fits(title, SIZE, widths) or count == 5:
            return lettering.wrapped(title, SIZE, widths), max(half, _LOWEST)
    raise AssertionError  # the last count returns


def drawn(place: Place, text: Text, colours: Palette) -> str:
    """Return the shape of a node with its text. A step is a link to its section."""
    node, x, y = place.node, place.x, place.y
    thick = ' stroke-width="2.5"' if node.critical else ""
    small = f' stroke="none" fill="{colours.quiet}" font-size="{SMALL}"'
    if node.kind in ("start", "end"):
        ring = 'stroke-width="3.5"' if node.kind == "end" else thick.strip()
        below = svg.lines(text.lines, x, y + _ROUND + 4 + SMALL, LINE, small)
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(_ROUND)}" {ring}/>{below}'
    if node.kind in ("split", "join"):
        return (
            f'<rect x="{number(x - _BAR)}" y="{number(y - _TALL)}" width="{number(2 * _BAR)}"'
            f' height="{number(2 * _TALL)}" fill="{colours.ink}" stroke="none"/>'
        )
    top = y - (len(text.lines) * STEP + (LINE if text.time else 0)) / 2
    body = svg.lines(text.lines, x, top + SIZE - 1, STEP, f' stroke="none" fill="{colours.ink}"')
    if text.time:
        low = top + len(text.lines) * STEP + SMALL - 1
        body += svg.lines([text.time], x, low, LINE, small)
    shape = _rhombus(place, thick, colours) if node.kind == "decision" else _box(place, thick)
    return f"{shape}{body}"


def _rhombus(place: Place, thick: str, colours: Palette) -> str:
    x, y, size = place.x, place.y, place.size
    corners = (x - size.half, y), (x, y - size.up), (x + size.half, y), (x, y + size.up)
    points = " ".join(f"{number(one)},{number(other)}" for one, other in corners)
    return f'<polygon points="{points}" fill="{colours.warm}"{thick}/>'


def _box(place: Place, thick: str) -> str:
    """Return the box of a task; one that runs another process has a double line at its sides."""
    x, y, size = place.x, place.y, place.size
    box = (
        f'<rect x="{number(x - size.half)}" y="{number(y - size.up)}" width="{number(2 * size.half)}"'
        f' height="{number(2 * size.up)}" rx="6"{thick}/>'
    )
    if place.node.step and place.node.step.process:
        sides = "".join(
            f"M{number(side)} {number(y - size.up)}v{number(2 * size.up)}"
            for side in (x - size.half + 5, x + size.half - 5)
        )
        return f'{box}<path d="{sides}"/>'
    return box
