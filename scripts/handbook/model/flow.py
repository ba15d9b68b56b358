"""The flow of a process: which step follows which, where it starts, ends and branches, how long it takes.

A step without `needs` follows the one above it, unless that one is a decision or goes elsewhere with
`to`, or an option or a `to` further up leads to the step. A way back from below changes nothing: the step
that is done again still follows the one above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from handbook.finding import Place
from handbook.frozen import Entity, Frozen
from handbook.model.process import Process, Step
from handbook.model.remembered import remembered


class Edge(Entity):
    """A way from one step to another. `when` is the answer that leads there; `at` is where it is written.

    A way that is a `jump` enters the step by itself; for all others into it the step waits together. Without the
    ways `back` a flow has no circle, or only one of `needs`.
    """

    source: str
    target: str
    at: Place
    when: str | None = None
    jump: bool = False  #: written with `to`
    back: bool = False  #: a jump to the step itself or one above


_Ways = tuple[dict[str, list[Edge]], dict[str, list[Edge]]]  #: of each step: all ways, and those forward


class Flow(Frozen):
    """The steps of a process as a graph; ways from or to a step that does not exist are left out."""

    steps: Mapping[str, Step]
    edges: tuple[Edge, ...]
    starts: tuple[str, ...]
    _out: _Ways
    _into: _Ways

    def after(self, id: str, *, forward: bool = False) -> Sequence[Edge]:
        """Return the ways out of a step, with `forward` only those that do not lead back."""
        return self._out[forward].get(id, ())

    def before(self, id: str, *, forward: bool = False) -> Sequence[Edge]:
        """Return the ways into a step, with `forward` only those that do not lead back."""
        return self._into[forward].get(id, ())

    def reached(
        self, starts: Iterable[str], *, forward: bool = False, without: Iterable[str] = ()
    ) -> set[str]:
        """Return the steps that can be reached from `starts`, these included, without passing `without`."""
        seen: set[str] = set()
        blocked = set(without)
        queue = [id for id in starts if id not in blocked]
        while queue:
            id = queue.pop()
            if id not in seen:
                seen.add(id)
                queue.extend(
                    edge.target for edge in self.after(id, forward=forward) if edge.target not in blocked
                )
        return seen

    def leading_to(self, ends: Iterable[str]) -> set[str]:
        """Return the steps from which one of `ends` can be reached, these included."""
        seen: set[str] = set()
        queue = list(ends)
        while queue:
            id = queue.pop()
            if id not in seen:
                seen.add(id)
                queue.extend(edge.source for edge in self.before(id))
        return seen

    def way(self, start: str, end: str) -> list[str]:
        """Return the steps of a shortest way forward from `start` to `end`, or nothing where there is none."""
        came_from = {start: start}
        queue = [start]
        while queue:
            id = queue.pop(0)
            if id == end:
                way = [id]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            for edge in self.after(id, forward=True):
                if edge.target not in came_from:
                    came_from[edge.target] = id
                    queue.append(edge.target)
        return []

    def ends(self, id: str) -> bool:
        """Whether the process can end at this step."""
        step = self.steps[id]
        return any(option.end for option in step.options) or not (step.options or self.after(id))

    def leads_astray(self, id: str) -> bool:
        """Whether a step leads to one that does not exist."""
        step = self.steps[id]
        targets = (*(option.to for option in step.options), step.to)
        return any(target is not None and target not in self.steps for target in targets)


@remembered
def flow(process: Process) -> Flow:
    """Return the flow of a process."""
    steps = {step.id: step for step in process.steps}
    edges = tuple(edge for edge in _edges(process.steps) if edge.target in steps and edge.source in steps)
    out: _Ways = ({}, {})
    into: _Ways = ({}, {})
    for edge in edges:
        for forward in (False,) if edge.back else (False, True):
            out[forward].setdefault(edge.source, []).append(edge)
            into[forward].setdefault(edge.target, []).append(edge)
    entered = {edge.target for edge in edges if not edge.back}
    first = process.steps[0].id
    starts = (id for id, step in steps.items() if id == first or (step.needs == () and id not in entered))
    return Flow(steps, edges, tuple(starts), out, into)


def _edges(steps: tuple[Step, ...]) -> Iterator[Edge]:
    targets: set[str | None] = set()  # where the steps so far lead
    above: set[str | None] = set()
    previous: Step | None = None
    for step in steps:
        above.add(step.id)
        if step.needs is not None:
            for index, need in enumerate(step.needs):
                yield Edge(source=need, target=step.id, at=step.at / "needs" / index)
        elif previous and _flows_on(previous) and step.id not in targets and step.id != previous.id:
            yield Edge(source=previous.id, target=step.id, at=step.at / "id")
        for at, target, when in _jumps(step):
            yield Edge(source=step.id, target=target, at=at, when=when, jump=True, back=target in above)
            targets.add(target)
        previous = step


def _jumps(step: Step) -> Iterator[tuple[Place, str, str | None]]:
    """Yield where `to` leads, with its place and the answer that leads there."""
    for option in step.options:
        if option.to is not None:
            yield option.at / "to", option.to, option.when
    if step.to is not None:
        yield step.at / "to", step.to, None


def _flows_on(step: Step) -> bool:
    """Whether the step below follows this one."""
    return not step.options and step.to is None


class CriticalPath(Frozen):
    """The longest way through a process without going back, in working days for the quick and the slow case."""

    steps: tuple[str, ...]
    low_days: float
    high_days: float


@remembered
def critical_path(flow: Flow) -> CriticalPath:
    """Return the longest way from a start to an end, measured by the slow case.

    Work that only leads back, such as a repair before a second review, is rework and not on the way.
    A step without a duration counts as nothing. A flow with a cycle of `needs` has no longest way:
    the steps of the cycle are left out.

    Source: forward pass of the critical path method (Kelley & Walker, 1959).
    """
    best: dict[str, CriticalPath] = {}
    for id in in_order(flow):
        duration = flow.steps[id].duration
        before = [best[edge.source] for edge in flow.before(id, forward=True) if edge.source in best]
        longest = max(before, key=lambda path: path.high_days, default=CriticalPath((), 0, 0))
        low = max((path.low_days for path in before), default=0) + (duration.low_days if duration else 0)
        high = longest.high_days + (duration.high_days if duration else 0)
        best[id] = CriticalPath((*longest.steps, id), low, high)
    ways = [path for id, path in best.items() if flow.ends(id)]
    return max(ways, key=lambda path: path.high_days, default=CriticalPath((), 0, 0))


@remembered
def in_order(flow: Flow) -> list[str]:
    """Return the steps so that each comes after those that lead forward to it; steps of a cycle are left out."""
    waiting = dict.fromkeys(flow.steps, 0)
    for edge in flow.edges:
        waiting[edge.target] += not edge.back
    order = [id for id, count in waiting.items() if count == 0]
    for id in order:
        for edge in flow.after(id, forward=True):
            waiting[edge.target] -= 1
            if waiting[edge.target] == 0:
                order.append(edge.target)
    return order


class Precedence(Frozen):
    """Which step comes before which: for each step a number whose bits stand for those before it.

    Sets would do the same, and take a thousand times the memory for a process of thousands of steps.
    """

    _bits: Mapping[str, int]
    _before: Mapping[str, int]

    def holds(self, one: str, other: str) -> bool:
        """Whether `one` comes before `other`."""
        return self._bits.get(one, 0) & self._before.get(other, 0) != 0

    def not_last(self, ids: Iterable[str]) -> list[str]:
        """Return those of some steps that come before another one of them."""
        ids = list(ids)
        before = 0
        for id in ids:
            before |= self._before.get(id, 0)
        return [id for id in ids if self._bits.get(id, 0) & before]


@remembered
def always_before(flow: Flow) -> Precedence:
    """Return which steps are done before others whatever is decided. Steps of a cycle are before nothing."""
    bits, before = _bits(flow), dict[str, int]()
    for id in bits:
        waited, common = 0, -1
        for way in flow.before(id, forward=True):
            earlier = before[way.source] | bits[way.source]
            if way.jump:
                common &= earlier
            else:
                waited |= earlier
        common = common & waited if waited else common
        before[id] = max(common, 0)
    return Precedence(bits, before)


@remembered
def ever_before(flow: Flow) -> Precedence:
    """Return which steps can be done before others, without going back. Steps of a cycle are before nothing."""
    bits, before = _bits(flow), dict[str, int]()
    for id in bits:
        before[id] = 0
        for way in flow.before(id, forward=True):
            before[id] |= before[way.source] | bits[way.source]
    return Precedence(bits, before)


def _bits(flow: Flow) -> dict[str, int]:
    return {id: 1 << index for index, id in enumerate(in_order(flow))}
