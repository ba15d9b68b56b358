"""What became of launches: on time or not, how long they took, which gates passed at once, which targets were met. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from handbook.frozen import Frozen
from handbook.model.launch import Launch, Result
from handbook.model.values import Target
from handbook.plan.diary import Diary
from handbook.plan.states import OUT

_NUMBER = re.compile(r"\s*([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(%?)")
_MEETS = {
    ">=": lambda actual, wanted: actual >= wanted,
    "<=": lambda actual, wanted: actual <= wanted,
    ">": lambda actual, wanted: actual > wanted,
    "<": lambda actual, wanted: actual < wanted,
    "=": lambda actual, wanted: actual == wanted,
}


class Outcome(Frozen):
    """What became of one launch. Days are working days of its calendar.

    `slip_days` are from the day that was first planned to the launch day, `lead_days` from the first day of work to
    the launch day. `first_pass` counts gates that were passed on their day or before, without a waiver.
    """

    launch: Launch
    planned: date
    slip_days: int
    lead_days: int
    gates: int
    first_pass: int
    results: tuple[tuple[Result, bool | None], ...]

    @property
    def on_time(self) -> bool:
        """Whether it was out on the day that was first planned, or before."""
        return self.slip_days <= 0


class Record(Frozen):
    """What became of several launches together. A share is 0..1; None where there is nothing to share."""

    launches: int
    on_time_share: float | None
    median_slip_days: float | None
    median_lead_days: float | None
    first_pass_share: float | None
    targets_met_share: float | None


def outcomes(launches: Iterable[Launch], diaries: Mapping[str, Diary]) -> list[Outcome]:
    """Return what became of the launches that are out, by their day."""
    out = sorted((one for one in launches if one.status in OUT), key=lambda one: (one.anchor, one.id))
    return [_outcome(one, diaries[one.id]) for one in out]


def together(found: Sequence[Outcome]) -> Record:
    """Return what became of several launches together."""
    met = [answer for one in found for _, answer in one.results if answer is not None]
    gates = sum(one.gates for one in found)
    return Record(
        launches=len(found),
        on_time_share=_share([one.on_time for one in found]),
        median_slip_days=median([one.slip_days for one in found]) if found else None,
        median_lead_days=median([one.lead_days for one in found]) if found else None,
        first_pass_share=sum(one.first_pass for one in found) / gates if gates else None,
        targets_met_share=_share(met),
    )


def met(target: Target | None, actual: str | None) -> bool | None:
    """Whether a value meets its target; None where one is missing, or the value does not begin with a number."""
    number = _NUMBER.match(actual or "")
    if target is None or number is None or (number[2] == "%") != (target.unit == "%"):
        return None
    return bool(_MEETS[target.comparison](float(number[1].replace(",", "")), target.value))


def _outcome(launch: Launch, diary: Diary) -> Outcome:
    planned = launch.slips[0].from_ if launch.slips else launch.anchor
    first = min(task.start_on or task.due_on for task in launch.tasks)
    decided = [gate for gate in launch.gates if gate.status != "open"]
    return Outcome(
        launch=launch,
        planned=planned,
        slip_days=diary.days.between(planned, launch.anchor),
        lead_days=diary.days.between(min(first, launch.anchor), launch.anchor),
        gates=len(decided),
        first_pass=sum(
            gate.status == "passed" and (gate.decided_on is None or gate.decided_on <= gate.due_on)
            for gate in decided
        ),
        results=tuple([(result, met(result.target, result.actual)) for result in launch.metrics]),
    )


def _share(answers: Sequence[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None
