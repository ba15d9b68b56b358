"""A plan on a time line: its tasks as bars, phase by phase, its gates as rhombuses, and the day that counts.

Nothing is compared with the day of reading: the same plan always gives the same drawing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from handbook.model.launch import Launch, LaunchTask, LaunchTemplate, TemplateTask
from handbook.site.diagram import figure as figures
from handbook.site.diagram import lettering, svg
from handbook.site.diagram.svg import FILE, PAGE, Palette, number
from handbook.text import words

_NAMES = 190.0  #: width of the column with the names
_SMALL, _STEP = 11, 13  #: letters, and from line to line
_HEAD, _ROW = 26.0, 20.0  #: heights
_BAR = 11.0
_LEFT, _RIGHT = 12.0, 96.0  #: room beside the first and the last day
_WEEK = 5  #: working days
_WORKING, _CALENDAR = 8.0, 6.0  #: width of a day


PLANNED = "planned"  #: the state of a task of a template


class Bar(NamedTuple):
    """A task or a gate, from its first day to its last one. `said` is its state in a word, where it has one."""

    anchor: str
    title: str
    first: float
    last: float
    when: str
    state: str = ""
    said: str = ""
    gate: bool = False


class Mark(NamedTuple):
    """A line across the plan with a label above it."""

    day: float
    label: str


#: a bar or the name of a group, with its top, its height and the lines of its name
Row = tuple[float, float, Bar | str, list[str]]


class Timeline(NamedTuple):
    """A plan: its bars in groups, the weeks, the day that counts, how wide a day is drawn, and its rows."""

    title: str
    groups: dict[str, list[Bar]]
    marks: list[Mark]
    day: Mark
    scale: float
    rows: list[Row]


def of_template(template: LaunchTemplate) -> Timeline:
    """Return the plan of a template, in working days from the day that counts."""
    groups = {
        "Gates": [
            Bar(
                f"gate-{gate.id}", gate.title, gate.due.days, gate.due.days, words.offset(gate.due), gate=True
            )
            for gate in template.gates
        ]
    }
    for phase in template.phases:
        groups[phase.title] = [_planned(task) for task in template.tasks if task.phase == phase.id]
    low, high = _ends(groups, 0)
    weeks = range(math.floor(low / _WEEK) * _WEEK, math.ceil(high / _WEEK) * _WEEK + 1, _WEEK)
    marks = [Mark(day, f"T{'−' if day < 0 else '+'}{abs(day)}" if day else "T") for day in weeks]
    return Timeline(
        f"Timeline: {template.title}", groups, marks, Mark(0, template.anchor.name), _WORKING, _rows(groups)
    )


def of_launch(
    launch: Launch, phases: dict[str, str], states: dict[str, str], gates: dict[str, str]
) -> Timeline:
    """Return the plan of a launch, in days. `phases` are the titles of its phases; states of tasks and gates have names."""
    monday = _first(launch) - timedelta(_first(launch).weekday())
    shown = {"todo": "", "open": ""}  # what is usual is not said

    def bar(task: LaunchTask) -> Bar:
        said = shown.get(task.status, states[task.status])
        first = min(task.start_on or task.due_on, task.due_on)
        when = f"due {words.short_day(task.due_on)}, {states[task.status].lower()}"
        days = (first - monday).days, (task.due_on - monday).days
        return Bar(f"task-{task.id}", task.title, *days, when, task.status, said)

    groups = {
        "Gates": [
            Bar(
                f"gate-{gate.id}", gate.title, (gate.due_on - monday).days, (gate.due_on - monday).days,
                f"due {words.short_day(gate.due_on)}, {gates[gate.status].lower()}", gate.status,
                shown.get(gate.status, gates[gate.status]), gate=True,
            )
            for gate in launch.gates
        ]
    }  # fmt: skip
    for phase in dict.fromkeys((*phases, *(task.phase or "" for task in launch.tasks))):
        title = phases.get(phase) or phase or "Other tasks"
        groups.setdefault(title, []).extend(bar(task) for task in launch.tasks if (task.phase or "") == phase)
    anchor = (launch.anchor - monday).days
    _, high = _ends(groups, anchor)
    marks = [Mark(day, _monday(monday + timedelta(day), day)) for day in range(0, int(high) + 8, 7)]
    label = f"Launch day, {words.short_day(launch.anchor)}"
    return Timeline(f"Timeline: {launch.title}", groups, marks, Mark(anchor, label), _CALENDAR, _rows(groups))


def figure(plan: Timeline) -> str:
    """Return the plan for a page: HTML without JavaScript. Its names are links to what the page says of each."""
    width, height = _size(plan)
    names = figures.names(_NAMES, height, [_head(plan), *_names(plan, PAGE, height)], 'role="group"')
    body = figures.body(width, height, _body(plan, PAGE, width, height), 'aria-hidden="true"')
    return figures.figure(plan.title, names, body, (width, height))


def file(plan: Timeline) -> str:
    """Return the plan as a file that stands alone."""
    width, height = _size(plan)
    parts = (_head(plan), *_names(plan, FILE, height, linked=False))
    return figures.file(_NAMES + width, height, parts, (_NAMES, _body(plan, FILE, width, height)))


def _head(plan: Timeline) -> str:
    return figures.head(plan.title, "The tables of gates and tasks say the same in words.")


def _planned(task: TemplateTask) -> Bar:
    days = max(math.ceil(task.duration.high_days), 1) if task.duration else 1
    last = task.due.days
    return Bar(f"task-{task.id}", task.title, last - days + 1, last, words.offset(task.due), PLANNED)


def _first(launch: Launch) -> date:
    days = [task.start_on or task.due_on for task in launch.tasks] + [gate.due_on for gate in launch.gates]
    return min(*days, launch.anchor) if days else launch.anchor


def _monday(day: date, since: int) -> str:
    """Return the name of a week: every second one, for the others there is no room; the year where it begins."""
    if since % 14:
        return ""
    year = f" {day.year}" if not since or day.timetuple().tm_yday <= 14 else ""
    return f"{day.day} {words.MONTHS[day.month - 1][:3]}{year}"


def _ends(groups: dict[str, list[Bar]], day: float) -> tuple[float, float]:
    bars = [bar for group in groups.values() for bar in group]
    return min([day, *(bar.first for bar in bars)]), max([day, *(bar.last for bar in bars)])


def _rows(groups: dict[str, list[Bar]]) -> list[Row]:
    rows: list[Row] = []
    top = 0.0
    for name, bars in groups.items():
        if not bars:
            continue
        rows.append((top, _HEAD, name, lettering.wrapped(name, figures.SIZE, [_NAMES - 34])))
        top += _HEAD
        for bar in bars:
            lines = lettering.wrapped(bar.title, _SMALL, [_NAMES - 24] * 3)
            height = max(_ROW, len(lines) * _STEP + 6)
            rows.append((top, height, bar, lines))
            top += height
        top += 6
    return rows


def _size(plan: Timeline) -> tuple[float, float]:
    rows = [(top, height) for top, height, _, _ in plan.rows]
    last = rows[-1][0] + rows[-1][1] + 8 if rows else _HEAD
    return _LEFT + (plan.marks[-1].day - plan.marks[0].day) * plan.scale + _RIGHT, last


def _names(plan: Timeline, colours: Palette, height: float, *, linked: bool = True) -> Iterator[str]:
    yield f'<path d="M0 0H{number(_NAMES)}V{number(height)}H0Z" fill="{colours.paper}"/>'
    yield from _heads(plan, colours, _NAMES)
    yield f'<g text-anchor="start" fill="{colours.ink}" font-size="{_SMALL}">'
    for top, tall, bar, lines in plan.rows:
        if isinstance(bar, str):
            yield svg.lines(lines, 9, top + 17, _STEP, f' font-weight="600" font-size="{figures.SIZE}"')
            continue
        first = top + (tall - len(lines) * _STEP) / 2 + _SMALL - 1
        name = svg.lines(lines, 9, first, _STEP)
        label = svg.text(f"{bar.title}, {bar.when}")
        yield f'<a href="#{svg.text(bar.anchor)}" aria-label="{label}">{name}</a>' if linked else name
    edge = number(_NAMES - 0.5)
    yield f'</g><path d="M{edge} 0V{number(height)}" stroke="{colours.line}"/>'


def _heads(plan: Timeline, colours: Palette, width: float) -> Iterator[str]:
    """Yield the panels behind the names of the groups."""
    data = "".join(
        f"M0 {number(top)}h{number(width)}v{number(tall)}H0Z"
        for top, tall, bar, _ in plan.rows
        if isinstance(bar, str)
    )
    if data:
        yield f'<path d="{data}" fill="{colours.panel}"/>'


def _body(plan: Timeline, colours: Palette, width: float, height: float) -> Iterator[str]:
    yield f'<path d="M0 0H{number(width)}V{number(height)}H0Z" fill="{colours.paper}"/>'
    weeks = "".join(f"M{number(_x(plan, mark.day))} 0V{number(height)}" for mark in plan.marks)
    yield f'<path d="{weeks}" stroke="{colours.line}"/>'
    gates = [bar for bars in plan.groups.values() for bar in bars if bar.gate]
    if gates:
        data = "".join(f"M{number(_middle(plan, bar))} 0V{number(height)}" for bar in gates)
        yield f'<path d="{data}" stroke="{colours.quiet}" stroke-dasharray="2 4" fill="none"/>'
    yield from _heads(plan, colours, width)
    x, wide = number(_x(plan, plan.day.day)), number(plan.scale)
    yield f'<rect x="{x}" width="{wide}" height="{number(height)}" fill="{colours.calm}"/>'
    yield from _weeks(plan, colours)
    yield f'<g stroke="{colours.ink}" fill="{colours.paper}">'
    for top, tall, bar, _ in plan.rows:
        if not isinstance(bar, str):
            yield _bar(plan, bar, top + tall / 2, colours)
    yield "</g>"


def _weeks(plan: Timeline, colours: Palette) -> Iterator[str]:
    """Yield the names of the weeks and of the day that counts, in the head of each group."""
    x = _x(plan, plan.day.day)
    end = x + plan.scale + lettering.width(plan.day.label, _SMALL) * 1.15 + 12  # bold letters are wider
    marks = [(mark.label, _x(plan, mark.day) + 3) for mark in plan.marks if mark.label]
    free = [(name, at) for name, at in marks if at > end or at + lettering.width(name, _SMALL) < x - 2]
    yield f'<g font-size="{_SMALL}" fill="{colours.quiet}" text-anchor="start">'
    for top, _, bar, _ in plan.rows:
        if isinstance(bar, str):
            yield "".join(svg.lines([label], at, top + 17, _STEP) for label, at in free)
            bold = f' fill="{colours.ink}" font-weight="600"'
            yield svg.lines([plan.day.label], x + plan.scale + 3, top + 17, _STEP, bold)
    yield "</g>"


def _bar(plan: Timeline, bar: Bar, y: float, colours: Palette) -> str:
    fill = {"done": colours.good, "passed": colours.good, "doing": colours.calm, "blocked": colours.bad}
    fill |= {PLANNED: colours.calm, "failed": colours.bad, "waived": colours.warm}
    if bar.gate:
        fill |= {"": colours.warm, "open": colours.warm}
    look = f' fill="{fill[bar.state]}"' if bar.state in fill else ""
    look += ' stroke-dasharray="3 2"' if bar.state == "skipped" else ""
    look += ' stroke-width="2.5"' if bar.state in ("blocked", "failed") else ""
    if bar.gate:
        x, half, end = _middle(plan, bar), 8.0, _middle(plan, bar) + 8
        points = f"{number(x - half)},{number(y)} {number(x)},{number(y - half)} {number(x + half)},{number(y)} {number(x)},{number(y + half)}"
        shape = f'<polygon points="{points}"{look}/>'
    else:
        x, end = _x(plan, bar.first), _x(plan, bar.last + 1)
        shape = f'<rect x="{number(x)}" y="{number(y - _BAR / 2)}" width="{number(end - x)}" height="{number(_BAR)}" rx="2"{look}/>'
    if not bar.said:
        return shape
    words = f' stroke="none" fill="{colours.quiet}" font-size="{_SMALL}" text-anchor="start"'
    return shape + svg.lines([bar.said], end + 5, y + 4, _STEP, words)


def _x(plan: Timeline, day: float) -> float:
    return _LEFT + (day - plan.marks[0].day) * plan.scale


def _middle(plan: Timeline, bar: Bar) -> float:
    return _x(plan, bar.first) + plan.scale / 2
