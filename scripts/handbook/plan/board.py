"""The board of all launches: their days in order, what collides, who has too much to do, and what became of the past ones.

As lines for a terminal and as plain values for a dashboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handbook.frozen import Frozen
from handbook.plan import overview
from handbook.plan.outcome import Outcome, Record
from handbook.plan.portfolio import Collision, Load
from handbook.plan.status import Standing
from handbook.text.words import count, number, some

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST = 10  #: rows of a list that a terminal shows


class Board(Frozen):
    """All launches on a day."""

    today: date
    standings: tuple[Standing, ...]
    collisions: tuple[Collision, ...]
    loads: tuple[Load, ...]
    outcomes: tuple[Outcome, ...]
    record: Record


def text(board: Board) -> Iterator[str]:
    """Yield the lines of the board; a part without anything to tell is left out."""
    if board.standings:
        yield from overview.table(board.standings)
    else:
        yield "No launch is under way; `handbook launch new` begins one"
    yield from _part(
        "Collisions", [f"{one.day}  {some(one.launches)}: {one.why}" for one in board.collisions]
    )
    over = [load for load in board.loads if load.over]
    yield from _part("More work than hours", [_over(load) for load in over])
    yield from _part("So far", list(_so_far(board.record)))


def _part(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{head}:"
        yield from (f"  {line}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"  and {len(lines) - _MOST} more: --format json lists them"


def _over(load: Load) -> str:
    return f"week of {load.week}  {load.title}: {number(load.hours)} h of {number(load.capacity or 0)} h, for {some(load.launches)}"


def _so_far(record: Record) -> Iterator[str]:
    if not record.launches:
        return
    yield f"{count(record.launches, 'launch')} out, {record.on_time_share:.0%} of them on the day first planned"
    yield f"in the middle {number(record.median_slip_days or 0)} working days of slip and {number(record.median_lead_days or 0)} from the first day of work to the launch"
    if record.first_pass_share is not None:
        yield f"{record.first_pass_share:.0%} of the gates passed in time and without a waiver"
    if record.targets_met_share is not None:
        yield f"{record.targets_met_share:.0%} of the targets that were measured are met"


def plain(board: Board) -> dict[str, Any]:
    """Return the board as values for JSON; days are texts, shares are 0..1."""
    return {
        **overview.plain(board.standings, board.today),
        "collisions": [
            {"day": one.day.isoformat(), "launches": list(one.launches), "why": one.why}
            for one in board.collisions
        ],
        "loads": [
            {
                "role": load.role,
                "week": load.week.isoformat(),
                "hours": load.hours,
                "capacity": load.capacity,
                "launches": list(load.launches),
            }
            for load in board.loads
        ],
        "outcomes": [_outcome(one) for one in board.outcomes],
        "record": {name: getattr(board.record, name) for name in board.record.fields},
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "id": one.launch.id,
        "planned": one.planned.isoformat(),
        "day": one.launch.anchor.isoformat(),
        "slip_days": one.slip_days,
        "lead_days": one.lead_days,
        "gates": one.gates,
        "first_pass": one.first_pass,
        "metrics": [
            {
                "metric": result.metric,
                "target": result.target.text if result.target else None,
                "actual": result.actual,
                "met": answer,
            }
            for result, answer in one.results
        ],
    }
