"""All launches on one time line: a bar from the first task to the last, a rhombus on the launch day, freezes as bands.

Nothing is compared with the day of reading: the same launches always give the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from handbook.site.diagram import figure as figures
from handbook.site.diagram import lettering, svg
from handbook.site.diagram.svg import FILE, PAGE, Palette, number
from handbook.text import words

TITLE = "All launches"
_NAMES = 170.0  #: width of the column with the names
_SMALL, _STEP = 11, 13  #: letters, and from line to line
_AXIS, _ROW, _BAR = 24.0, 34.0, 13.0  #: heights
_LEFT, _RIGHT = 8.0, 70.0  #: room beside the first and the last day
_NARROW, _WIDE, _ROOM = (
    1.5,
    5.0,
    950.0,
)  #: width of a day at least and at most, and of all days where that fits
_HALF = 7.0  #: of a rhombus


class Row(NamedTuple):
    """A launch: its days, what its last report says (or nothing), and its state in words."""

    anchor: str
    title: str
    first: date
    last: date
    day: date
    health: str
    said: str
    off: bool = False  #: whether it was called off


class Band(NamedTuple):
    """A stretch of days, both ends included, on which nothing is launched."""

    title: str
    first: date
    last: date


class _Plan(NamedTuple):
    rows: Sequence[Row]
    bands: Sequence[Band]
    start: date  #: the first day of the first month
    months: Sequence[date]
    scale: float
    height: float
    width: float


def figure(rows: Sequence[Row], bands: Sequence[Band]) -> str:
    """Return the drawing for a page. The names are links to what the page says of each launch."""
    plan = _plan(rows, bands)
    left = figures.names(_NAMES, plan.height, [_head(plan), *_names(plan, PAGE)], 'role="group"')
    body = figures.body(plan.width, plan.height, _body(plan, PAGE), 'aria-hidden="true"')
    return figures.figure(TITLE, left, body, (plan.width, plan.height))


def file(rows: Sequence[Row], bands: Sequence[Band]) -> str:
    """Return the drawing as a file that stands alone."""
    plan = _plan(rows, bands)
    parts = (_head(plan), *_names(plan, FILE, linked=False))
    return figures.file(_NAMES + plan.width, plan.height, parts, (_NAMES, _body(plan, FILE)))


def _plan(rows: Sequence[Row], bands: Sequence[Band]) -> _Plan:
    """Lay out the rows. Freezes of which no launch is near are left out: they would only make the drawing longer."""
    first = min(min(row.first, row.day) for row in rows).replace(day=1)
    last = max(max(row.last, row.day) for row in rows)
    months = [first]
    while months[-1] <= last:
        months.append((months[-1] + timedelta(32)).replace(day=1))
    scale = min(_WIDE, max(_NARROW, _ROOM / (months[-1] - first).days))
    near = [band for band in bands if band.last >= first and band.first < months[-1]]
    height = _AXIS + _ROW * len(rows) + (16 if near else 6)
    return _Plan(rows, near, first, months, scale, height, _LEFT + (months[-1] - first).days * scale + _RIGHT)


def _head(plan: _Plan) -> str:
    return figures.head(TITLE, "The table of launches says the same in words.")


def _top(place: int) -> float:
    return _AXIS + place * _ROW


def _names(plan: _Plan, colours: Palette, *, linked: bool = True) -> Iterator[str]:
    yield f'<path d="M0 0H{number(_NAMES)}V{number(plan.height)}H0Z" fill="{colours.paper}"/>'
    yield f'<g text-anchor="start" fill="{colours.ink}" font-size="{_SMALL}">'
    for place, row in enumerate(plan.rows):
        lines = lettering.wrapped(row.title, _SMALL, [_NAMES - 18] * 2)
        first = _top(place) + (_ROW - len(lines) * _STEP) / 2 + _SMALL - 1
        name = svg.lines(lines, 9, first, _STEP)
        label = svg.text(f"{row.title}, launch day {words.day(row.day)}, {row.said}")
        yield f'<a href="#{svg.text(row.anchor)}" aria-label="{label}">{name}</a>' if linked else name
    edge = number(_NAMES - 0.5)
    yield f'</g><path d="M{edge} 0V{number(plan.height)}" stroke="{colours.line}"/>'


def _body(plan: _Plan, colours: Palette) -> Iterator[str]:
    low = number(plan.height)
    yield f'<path d="M0 0H{number(plan.width)}V{low}H0Z" fill="{colours.paper}"/>'
    yield from _bands(plan, colours)
    months = "".join(f"M{number(_x(plan, month))} 0V{low}" for month in plan.months)
    yield f'<path d="{months}" stroke="{colours.line}"/>'
    yield f'<g font-size="{_SMALL}" fill="{colours.quiet}" text-anchor="start">'
    for month in plan.months[:-1]:
        yield svg.lines([_month(plan, month)], _x(plan, month) + 4, 16, _STEP)
    yield "</g>"
    yield f'<g stroke="{colours.ink}" fill="{colours.calm}">'
    for place, row in enumerate(plan.rows):
        yield _bar(plan, row, _top(place) + _ROW / 2, colours)
    yield "</g>"


def _month(plan: _Plan, month: date) -> str:
    year = f" {month.year}" if month.month == 1 or month == plan.start else ""
    name = words.MONTHS[month.month - 1]
    return f"{name[:3]}{year}" if plan.scale * 31 > 34 or not year else str(month.year)


def _bands(plan: _Plan, colours: Palette) -> Iterator[str]:
    """Yield the freezes, each with its name below it where the next one leaves room."""
    free = 0.0
    for band in sorted(plan.bands, key=lambda band: band.first):
        first = max(band.first, plan.start)
        x, end = _x(plan, first), min(_x(plan, band.last + timedelta(1)), plan.width)
        high = number(plan.height - _AXIS)
        yield f'<rect x="{number(x)}" y="{number(_AXIS)}" width="{number(end - x)}" height="{high}" fill="{colours.line}"/>'
        if x >= free:
            look = f' fill="{colours.quiet}" font-size="{_SMALL}" text-anchor="start"'
            yield svg.lines([band.title], x + 3, plan.height - 4, _STEP, look)
            free = x + lettering.width(band.title, _SMALL) + 8


def _bar(plan: _Plan, row: Row, y: float, colours: Palette) -> str:
    fill = {"green": colours.good, "amber": colours.warm, "red": colours.bad}.get(row.health, colours.calm)
    dashed = ' stroke-dasharray="3 2"' if row.off else ""
    x, end = _x(plan, row.first), _x(plan, row.last + timedelta(1))
    bar = (
        f'<rect x="{number(x)}" y="{number(y - _BAR / 2)}" width="{number(end - x)}" height="{number(_BAR)}"'
        f' rx="2" fill="{fill}"{dashed}/>'
    )
    middle = _x(plan, row.day) + plan.scale / 2
    points = (middle - _HALF, y), (middle, y - _HALF), (middle + _HALF, y), (middle, y + _HALF)
    said = " ".join(f"{number(one)},{number(other)}" for one, other in points)
    look = f' stroke="none" fill="{colours.ink}" font-size="{_SMALL}" text-anchor="start"'
    label = svg.lines([_day(row.day)], max(end, middle + _HALF) + 5, y + 4, _STEP, look)
    return f'{bar}<polygon points="{said}" fill="{colours.paper}" stroke-width="2"/>{label}'


def _day(day: date) -> str:
    return f"{day.day} {words.MONTHS[day.month - 1][:3]}"


def _x(plan: _Plan, day: date) -> float:
    return _LEFT + (day - plan.start).days * plan.scale
