"""A record and its neighbours: what comes in at the left, what goes out at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handbook.site.diagram import figure as figures
from handbook.site.diagram import lettering, svg
from handbook.site.diagram.svg import PAGE, number
from handbook.text import words

_WIDTH, _GAP, _EDGE = 144.0, 56.0, 6.0
_SMALL, _LINE, _STEP = 11, 14.0, 50.0  #: letters, from line to line, and from box to box
_HIGH, _FOLD, _ROOM = 38.0, 9.0, 14.0
_MOST = 13  #: boxes at a side; where there are more, the last one says how many


_THINGS = ("artifact", "metric")  #: kinds that are drawn as sheets of paper
_WAYS = "starts from", "leads to"


class Box(NamedTuple):
    """A neighbour: the anchor to which it leads, its title, a word at its line, and what kind of record it is."""

    anchor: str
    title: str
    label: str = ""
    kind: str = "process"


def figure(
    title: str,
    left: Sequence[Box],
    right: Sequence[Box],
    kind: str = "process",
    ways: tuple[str, str] = _WAYS,
) -> str:
    """Return the drawing for a page. Where there are too many at a side, it says how many are left out.

    `kind` is that of the record in the middle; `ways` are words for the two sides, seen from there.
    """
    size = 3 * _WIDTH + 2 * _GAP + 2 * _EDGE, _STEP * max(1, *map(_rows, (left, right))) + 2 * _EDGE
    name = f"Neighbours of {title}"
    middle = Box("", title, "", kind)
    inside = (figures.head(name, _said(left, right, ways)), *_parts(middle, left, right, size[1] / 2))
    body = figures.body(*size, inside, 'role="group"')
    return figures.figure(name, "", body, size).replace('class="diagram"', 'class="diagram neighbours"', 1)


def _said(left: Sequence[Box], right: Sequence[Box], ways: tuple[str, str]) -> str:
    sides = zip(ways, (left, right), strict=True)
    said = (f"{way} {words.listed(box.title for box in side)}" for way, side in sides if side)
    return f"It {', and '.join(said)}."


def _rows(side: Sequence[Box]) -> int:
    return min(len(side), _MOST)


def _parts(record: Box, left: Sequence[Box], right: Sequence[Box], middle: float) -> Iterator[str]:
    """Yield the lines, then the boxes on top of them."""
    x = _EDGE + _WIDTH + _GAP
    sides = (list(_placed(left, _EDGE, middle)), list(_placed(right, x + _WIDTH + _GAP, middle)))
    lines = [
        *(((_EDGE + _WIDTH, y), (x - _GAP / 2, y), (x - _GAP / 2, middle), (x, middle)) for _, _, y in sides[0]),
        *(((x + _WIDTH, middle), (x + _WIDTH + _GAP / 2, middle), (x + _WIDTH + _GAP / 2, y), (at, y)) for _, at, y in sides[1]),
    ]  # fmt: skip
    yield f'<path d="{"".join(svg.path(line) for line in lines)}" fill="none" stroke="{PAGE.quiet}" stroke-width="1.25"/>'
    yield f'<path d="{"".join(svg.head(line, 7) for line in lines)}" fill="{PAGE.quiet}"/>'
    yield f'<g font-size="{_SMALL}" fill="{PAGE.ink}" stroke="none">'
    for side, away in zip(sides, (_EDGE + _WIDTH + 3, x + _WIDTH + _GAP - 2), strict=True):
        start = "start" if side is sides[0] else "end"
        yield from (
            svg.lines([box.label], away, y - 5, _LINE, f' text-anchor="{start}"')
            for box, _, y in side
            if box.label
        )
    yield f'</g><g fill="{PAGE.paper}" stroke="{PAGE.ink}">'
    yield _box(record, x, middle, PAGE.calm, 'stroke-width="2"')
    for box, at, y in (*sides[0], *sides[1]):
        yield _linked(box, at, y)
    yield "</g>"


def _placed(side: Sequence[Box], x: float, middle: float) -> Iterator[tuple[Box, float, float]]:
    """Yield the boxes of a side with where each begins and the middle of its height."""
    shown = list(side)
    if len(side) > _MOST:
        shown[_MOST - 1 :] = [Box("", f"and {len(side) - _MOST + 1} more")]
    for place, box in enumerate(shown):
        yield box, x, middle + (place - (len(shown) - 1) / 2) * _STEP


def _linked(box: Box, x: float, y: float) -> str:
    drawn = _box(box, x, y)
    if not box.anchor:
        return drawn
    said = f"{box.title}, {box.kind.replace('-', ' ')}"
    return f'<a href="#{svg.text(box.anchor)}" aria-label="{svg.text(said)}">{drawn}</a>'


def _box(box: Box, x: float, y: float, fill: str = "", look: str = "") -> str:
    folded = box.kind in _THINGS
    top, right, low = y - _HIGH / 2, x + _WIDTH, y + _HIGH / 2
    own = fill or (PAGE.panel if folded else "")
    more = "".join((f' fill="{own}"' if own else "", f" {look}" if look else ""))
    if folded:
        corner = f"{number(right - _FOLD)},{number(top)} {number(right)},{number(top + _FOLD)}"
        shape = (
            f'<polygon points="{number(x)},{number(top)} {corner} {number(right)},{number(low)} {number(x)},{number(low)}"{more}/>'
            f'<path d="M{number(right - _FOLD)} {number(top)}v{number(_FOLD)}h{number(_FOLD)}" fill="none"/>'
        )
    else:
        shape = f'<rect x="{number(x)}" y="{number(top)}" width="{number(_WIDTH)}" height="{number(_HIGH)}" rx="6"{more}/>'
    lines = lettering.wrapped(box.title, _SMALL, [_WIDTH - _ROOM - (_FOLD if folded else 0)] * 2)
    first = y - len(lines) * _LINE / 2 + _SMALL - 0.5
    letters = f' fill="{PAGE.ink}" stroke="none" font-size="{_SMALL}"'
    return shape + svg.lines(lines, x + _WIDTH / 2, first, _LINE, letters)
