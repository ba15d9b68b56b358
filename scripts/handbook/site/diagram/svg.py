"""How a drawing is written down: as SVG that a page may hold, and that a file can be.

Text is escaped for Markdown as well, because a page is Markdown before it is HTML; there is never an empty line in a
drawing, which would end it there. No styles, scripts or ids: colours are attributes, so that a drawing is whole without
the style sheet of the site.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handbook.text import markup

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, Arial, sans-serif"


class Palette(NamedTuple):
    """The colours of a drawing."""

    ink: str
    quiet: str
    line: str
    paper: str
    panel: str
    warm: str
    good: str
    calm: str
    bad: str


#: those of the page, which follow its colour scheme; the last resort is for a page without our style sheet
PAGE = Palette(
    "var(--md-typeset-color, currentColor)",
    "var(--hb-quiet, var(--md-default-fg-color--light, #55636d))",
    "var(--hb-line, var(--md-default-fg-color--lightest, #dde3e7))",
    "var(--md-default-bg-color, #fff)",
    "var(--hb-panel, var(--md-code-bg-color, #f5f7f8))",
    "var(--hb-amber, var(--md-code-bg-color, #fdebc8))",
    "var(--hb-green, var(--md-code-bg-color, #d6efdf))",
    "var(--hb-blue, var(--md-code-bg-color, #d8e9f7))",
    "var(--hb-red, var(--md-code-bg-color, #fadbd8))",
)
#: those of a file, which other programs open: not all of them know variables
FILE = Palette(
    "#1c2b36", "#55636d", "#cfd7dc", "#ffffff", "#f5f7f8", "#fdebc8", "#d6efdf", "#d8e9f7", "#fadbd8"
)


def text(value: str) -> str:
    """Return text as it may stand in an element or in an attribute between double quotes."""
    return markup.text(value).replace('"', "&#34;")


@functools.lru_cache(8192)  # diagrams have much in common
def number(value: float) -> str:
    """Return a length, to a tenth of a pixel."""
    whole = round(value)
    return str(whole) if abs(value - whole) < 0.05 else f"{value:.1f}"


def lines(lines: Sequence[str], x: float, top: float, step: float, attributes: str = "") -> str:
    """Return lines of text one below the other; `top` is where the letters of the first line stand."""
    place = number(x)
    if len(lines) == 1:
        return f'<text x="{place}" y="{number(top)}"{attributes}>{text(lines[0])}</text>'
    spans = "".join(
        f'<tspan x="{place}" dy="{number(step) if index else 0}">{text(line)} </tspan>'
        for index, line in enumerate(lines)
    )
    return f'<text y="{number(top)}"{attributes}>{spans}</text>'


def path(points: Sequence[tuple[float, float]], radius: float = 5) -> str:
    """Return the data of a path along points whose sides are level or upright, with round corners."""
    said = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, (x, y), after in zip(points, points[1:], points[2:], strict=False):
        bend = min(radius, _distance(before, (x, y)) / 2, _distance((x, y), after) / 2)
        start, end = _towards((x, y), before, bend), _towards((x, y), after, bend)
        said.append(
            f"L{number(start[0])} {number(start[1])}Q{number(x)} {number(y)} {number(end[0])} {number(end[1])}"
        )
    said.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(said)


def head(points: Sequence[tuple[float, float]], size: float = 6) -> str:
    """Return the data of the head of an arrow at the last of some points."""
    (x0, y0), (x, y) = points[-2:]
    if y0 == y:
        back = x - size if x0 < x else x + size
        return f"M{number(x)} {number(y)}L{number(back)} {number(y - size / 2)}V{number(y + size / 2)}Z"
    back = y - size if y0 < y else y + size
    return f"M{number(x)} {number(y)}L{number(x - size / 2)} {number(back)}H{number(x + size / 2)}Z"


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(one: tuple[float, float], other: tuple[float, float], by: float) -> tuple[float, float]:
    share = by / (_distance(one, other) or 1)
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def group(parts: Iterable[str], attributes: str) -> str:
    """Return parts that share attributes, or nothing where there are none."""
    inside = "".join(parts)
    return f"<g {attributes}>{inside}</g>" if inside else ""
