"""How a drawing stands on a page: in a frame that scrolls sideways, in which the names at its left stay."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.site.diagram import svg
from handbook.site.diagram.svg import FILE, FONT, number

SIZE = 12  #: of the letters
_WIDE, _ACROSS = (
    1100,
    1.3,
)  #: a drawing of more pixels, and so much wider than high, is printed across the paper


def figure(title: str, names: str, body: str, size: tuple[float, float]) -> str:
    """Return the HTML of a drawing: its names, if it has any, and its body, both as `drawing` returns them. `size` is that of the body.

    What it needs to scroll is written here, because a site may do without our style sheet. Where there is less height
    than it needs, as on paper, both parts shrink towards the edge at which they meet.
    """
    width, height = size
    wide = " diagram-wide" if width > max(_WIDE, _ACROSS * height) else ""
    label = svg.text(f"{title}; it scrolls sideways")
    return (
        f'<div class="diagram{wide}" tabindex="0" role="region" aria-label="{label}" data-search-exclude'
        f' style="display: flex; overflow-x: auto">\n{names}{names and chr(10)}{body}\n</div>'
    )


def names(width: float, height: float, parts: Iterable[str], attributes: str) -> str:
    """Return the part of a figure that stays where it is."""
    fixed = 'class="diagram-names" style="flex: none; left: 0; max-width: none; position: sticky"'
    return drawing(width, height, parts, f'{fixed} {attributes} preserveAspectRatio="xMaxYMin"')


def body(width: float, height: float, parts: Iterable[str], attributes: str) -> str:
    """Return the part of a figure that scrolls."""
    fixed = 'style="flex: none; max-width: none"'
    return drawing(width, height, parts, f'{fixed} {attributes} preserveAspectRatio="xMinYMin"')


def head(title: str, description: str) -> str:
    """Return the name and the description of a drawing, for those who do not see it."""
    return f"<title>{svg.text(title)}</title><desc>{svg.text(description)}</desc>"


def file(width: float, height: float, parts: Iterable[str], body: tuple[float, Iterable[str]]) -> str:
    """Return a drawing as a file that stands alone: its head and its names, and its body with where that begins."""
    first, *names = parts
    paper = f'<rect width="100%" height="100%" fill="{FILE.paper}"/>'
    inside = (first, paper, *names, svg.group(body[1], f'transform="translate({number(body[0])} 0)"'))
    return drawing(width, height, inside, 'xmlns="http://www.w3.org/2000/svg" role="img"') + "\n"


def drawing(width: float, height: float, parts: Iterable[str], attributes: str) -> str:
    """Return an SVG of some parts."""
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    text = f'font-family="{FONT}" font-size="{SIZE}" text-anchor="middle"'
    return "\n".join((f"<svg {attributes} {size} {text}>", *parts, "</svg>"))
