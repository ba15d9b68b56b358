"""The courses that a process can take: for each combination of answers, which steps are done and which ways are gone.

A course goes forward only. One in which somebody has to go back is marked: the round before the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.frozen import Entity
from handbook.model.flow import Edge, Flow, in_order
from handbook.model.process import Step
from handbook.model.remembered import remembered

_MOST_WORK = 20_000  #: courses times steps; a process with more is not one that people can follow


class Course(Entity):
    """One way that a process can go: the steps that are done, in order, and the ways that are gone.

    `answers` are those given at decisions. It `ends` where an answer says so, and `returns` where a way leads back.
    """

    steps: frozenset[str]
    ways: tuple[Edge, ...]
    answers: tuple[tuple[str, str], ...] = ()
    ends: bool = False
    returns: bool = False

    def answer(self, decision: str) -> str | None:
        """Return the answer that a decision gets, or None where nobody comes to it."""
        return next((answer for id, answer in self.answers if id == decision), None)


class _Draft:
    """A course that is being walked."""

    def __init__(self, other: _Draft | None = None) -> None:
        self.steps: set[str] = set(other.steps) if other else set()
        self.ways: list[Edge] = list(other.ways) if other else []
        self.entered: dict[str, int] = dict(other.entered) if other else {}
        self.waited: dict[str, int] = dict(other.waited) if other else {}
        self.answers: list[tuple[str, str]] = list(other.answers) if other else []
        self.ends: bool = other is not None and other.ends
        self.returns: bool = other is not None and other.returns

    def go(self, ways: Iterable[Edge]) -> None:
        for way in ways:
            if way.back:
                self.returns = True
                continue
            self.ways.append(way)
            count = self.entered if way.jump else self.waited
            count[way.target] = count.get(way.target, 0) + 1

    def done(self) -> Course:
        return Course(
            steps=frozenset(self.steps), ways=tuple(self.ways), answers=tuple(self.answers),
            ends=self.ends, returns=self.returns,
        )  # fmt: skip


@remembered
def courses(flow: Flow) -> tuple[Course, ...]:
    """Return the courses that a flow can take; none where steps wait for each other in a circle, or where they are too many."""
    return tuple(_walked(flow))


def _walked(flow: Flow) -> Iterator[Course]:
    order = in_order(flow)
    if len(order) < len(flow.steps):
        return
    drafts = [_Draft()]
    for id in order:
        step = flow.steps[id]
        outcomes = _outcomes(flow, step)
        always = [way for way in flow.after(id) if way.when is None]
        needed = sum(not way.jump for way in flow.before(id, forward=True))
        branched: list[_Draft] = []
        for draft in drafts:
            if not (draft.entered.get(id) or _ready(flow, id, needed, draft)):
                continue
            draft.steps.add(id)
            draft.go(always)
            for answer, ways in outcomes[1:]:
                branched.append(_answered(_Draft(draft), id, answer, ways))
            for answer, ways in outcomes[:1]:
                _answered(draft, id, answer, ways)
        drafts += branched
        if len(drafts) * len(order) > _MOST_WORK:
            return
    yield from (draft.done() for draft in drafts)


def _ready(flow: Flow, id: str, needed: int, draft: _Draft) -> bool:
    """Whether all that a step waits for is done; one that waits for nothing and begins the process is ready."""
    return draft.waited.get(id, 0) == needed if needed else id in flow.starts


def _answered(draft: _Draft, id: str, answer: str, ways: list[Edge]) -> _Draft:
    draft.answers.append((id, answer))
    draft.ends = draft.ends or not ways
    draft.go(ways)
    return draft


def _outcomes(flow: Flow, step: Step) -> list[tuple[str, list[Edge]]]:
    """The different things that can follow a decision, each with the first answer that leads there."""
    ways = {way.target: way for way in flow.after(step.id) if way.when is not None}
    outcomes: dict[str | None, tuple[str, list[Edge]]] = {}
    for option in step.options:
        way = ways.get(option.to or "")
        outcomes.setdefault(way.target if way else None, (option.when, [way] if way else []))
    return list(outcomes.values())


def entries(flow: Flow, course: Course) -> dict[str, list[Edge]]:
    """Return for each step the ways by which it is begun: each jump, and the last of those that it waits for together."""
    jumps: dict[str, list[Edge]] = {}
    waits: dict[str, list[Edge]] = {}
    for way in course.ways:
        (jumps if way.jump else waits).setdefault(way.target, []).append(way)
    for id, ways in waits.items():
        if len(ways) == sum(not way.jump for way in flow.before(id, forward=True)):
            jumps.setdefault(id, []).append(ways[-1])
    return jumps


def quickest_days(flow: Flow, course: Course) -> float:
    """Return the working days that a course takes at least: the longest way through it, each step in its quick case."""
    begin = dict.fromkeys(course.steps, 0.0)
    for way in course.ways:  # those into a step come before those out of it
        end = begin[way.source] + _low_days(flow, way.source)
        if end > begin.get(way.target, end):
            begin[way.target] = end
    return max((days + _low_days(flow, id) for id, days in begin.items()), default=0.0)


def _low_days(flow: Flow, id: str) -> float:
    duration = flow.steps[id].duration
    return duration.low_days if duration else 0.0
