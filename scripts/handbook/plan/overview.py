"""Where launches stand, to read at a terminal, to paste into a page, or as plain values for a dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handbook.plan.sheet import Item
from handbook.plan.status import AHEAD_DAYS, Standing
from handbook.text import markup
from handbook.text.words import count, day, short_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HEALTH = {"green": "on track", "amber": "at risk", "red": "in trouble"}
VERSION = 1  #: of the JSON
_MOST = 12  #: entries of a list that a terminal shows


def text(one: Standing) -> Iterator[str]:
    """Yield the lines about one launch."""
    launch = one.sheet.launch
    yield f"{launch.title} ({launch.id}): {HEALTH[one.health]}, {one.health}"
    yield f"  {_day(one)}"
    gates = f"; {one.passed} of {count(len(one.sheet.gates), 'gate')} passed" if one.sheet.gates else ""
    yield f"  {one.ready:.0%} of the work until the launch is done, {one.done} of {count(len(one.sheet.tasks), 'task')}{gates}"
    yield from _list("Why", one.reasons)
    yield from _list("Past its day", [_line(item) for item in one.overdue])
    yield from _list("Blocked", [f"{_line(item)}: {item.why or 'nobody wrote why'}" for item in one.blocked])
    yield from _list(f"Next {AHEAD_DAYS} working days", [_line(item) for item in one.next])
    yield from _list("Critical path", [_line(item) for item in one.critical])


def _list(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{head}:"
        yield from (f"  {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  and {len(lines) - _MOST} more"


def _day(one: Standing) -> str:
    launch = one.sheet.launch
    if one.forecast is None:
        return f"{day(launch.anchor)}; {launch.status}"
    said = f"launch day {day(launch.anchor)}, {_distance(one.days_left)}"
    if one.forecast != launch.anchor:
        return f"{said}; forecast {day(one.forecast)}"
    return (
        f"{said}; {count(one.slack_days, 'working day')} can still be lost"
        if one.slack_days is not None
        else said
    )


def _distance(days: int) -> str:
    if days == 0:
        return "today"
    return f"in {count(days, 'working day')}" if days > 0 else f"{count(-days, 'working day')} ago"


def _line(item: Item) -> str:
    gate = "gate " if item.part == "gate" else ""
    return f"{item.due_on}  {gate}{item.title} ({item.person or item.role_title})"


def table(found: Sequence[Standing]) -> Iterator[str]:
    """Yield the lines of a table of launches, one for each."""
    head = ("launch", "day", "forecast", "health", "ready", "gates", "late", "next")
    rows = [head, *(_cells(one) for one in found)]
    yield from columns(rows)


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines in which each column is as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(one: Standing) -> tuple[str, ...]:
    launch = one.sheet.launch
    ahead = one.forecast is not None
    return (
        launch.id,
        launch.anchor.isoformat(),
        ("as planned" if one.forecast == launch.anchor else str(one.forecast)) if ahead else launch.status,
        one.health,
        f"{one.ready:.0%}",
        f"{one.passed}/{len(one.sheet.gates)}",
        str(len(one.overdue)),
        next((f"{item.due_on} {item.title}" for item in one.next), ""),
    )


def markdown(found: Sequence[Standing]) -> str:
    """Return a table of launches for a page or a comment."""
    rows = [
        (
            f"**{markup.text(one.sheet.launch.title)}**",
            short_day(one.sheet.launch.anchor),
            markup.text(
                "as planned" if one.forecast in (None, one.sheet.launch.anchor) else short_day(one.forecast)
            ),
            HEALTH[one.health],
            f"{one.ready:.0%}",
            f"{one.passed} of {len(one.sheet.gates)}",
            markup.text("; ".join(one.reasons)),
        )
        for one in found
    ]
    return markup.table(("Launch", "Day", "Forecast", "Health", "Ready", "Gates", "Why"), rows)


def plain(found: Sequence[Standing], today: date) -> dict[str, Any]:
    """Return what a dashboard needs, as values for JSON; days are texts."""
    return {"version": VERSION, "today": today.isoformat(), "launches": [_plain(one) for one in found]}


def _plain(one: Standing) -> dict[str, Any]:
    launch = one.sheet.launch
    return {
        "id": launch.id,
        "title": launch.title,
        "status": launch.status,
        "template": launch.template,
        "day": launch.anchor.isoformat(),
        "forecast": one.forecast.isoformat() if one.forecast else None,
        "health": one.health,
        "reasons": list(one.reasons),
        "ready": round(one.ready, 4),
        "days_left": one.days_left,
        "slack_days": one.slack_days,
        "tasks": {"all": len(one.sheet.tasks), "settled": one.done, "blocked": len(one.blocked)},
        "gates": {"all": len(one.sheet.gates), "passed": one.passed},
        "overdue": [_item(item) for item in one.overdue],
        "next": [_item(item) for item in one.next],
        "critical_path": [item.key for item in one.critical],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "part": item.part,
        "title": item.title,
        "due_on": item.due_on.isoformat(),
        "role": item.role,
        "person": item.person,
        "status": item.status,
    }
