"""A board of all launches, gathered from a handbook. Pure but for the public holidays, which are looked up."""

from __future__ import annotations

from datetime import date

from handbook.model.handbook import Handbook
from handbook.model.launch import Launch
from handbook.plan.board import Board
from handbook.plan.diary import diaries
from handbook.plan.outcome import outcomes, together
from handbook.plan.portfolio import collisions, loads
from handbook.plan.sheet import sheet
from handbook.plan.states import AHEAD
from handbook.plan.status import standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.diary import Public


def gathered(handbook: Handbook, today: date, public: Public) -> Board:
    """Return the board of a day: launches ahead or just out by their day, and what became of the ones before.

    Raises:
        PlanError: a calendar names a country that is not known.
    """
    launches = sorted(handbook.all(Launch), key=lambda one: (one.anchor, one.id))
    known = diaries(handbook, launches, [today], public)
    sheets = [sheet(handbook, one) for one in launches if one.status in (*AHEAD, "launched")]
    past = outcomes(launches, known)
    return Board(
        today=today,
        standings=tuple([standing(one, known[one.launch.id], today) for one in sheets]),
        collisions=tuple(collisions(sheets, known)),
        loads=tuple(loads(handbook, sheets, known)),
        outcomes=tuple(past),
        record=together(past),
    )
