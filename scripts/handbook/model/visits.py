"""How often each step is done when a process runs once, from the shares of its options."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.model.flow import Edge, Flow, flow, in_order
from handbook.model.process import Process

_ROUNDS = 50  #: of going back; what is left after them is too little to count
_LITTLE = 1e-6


def visits(flow: Flow) -> dict[str, float]:
    """Return for each step how many times it is done on average in one run; those of a cycle of needs are left out.

    An option without a share is as likely as the others without one. A round that is done again counts as often as it
    is expected, at most as often as the `max` of the step that leads back allows. A step that waits for several is
    done as often as the one of them that is done most: in a second round the others are there already.
    """
    order = in_order(flow)
    shares = _shares(flow)
    total = dict.fromkeys(order, 0.0)
    entering: Mapping[str, float] = {id: 1.0 for id in flow.starts if not flow.before(id, forward=True)}
    for round in range(_ROUNDS):
        once = _round(flow, order, shares, entering)
        for id, times in once.items():
            total[id] += times
        entering = _again(flow, shares, once, round)
        if sum(entering.values()) < _LITTLE:
            break
    return total


def hours_per_run(process: Process) -> dict[str, float]:
    """Return the hours of work that each role has on average when a process runs once."""
    times = visits(flow(process))
    hours: dict[str, float] = {}
    for step in process.steps:
        if step.effort:
            done = step.effort.hours * times.get(step.id, 0.0)
            hours[step.responsible] = hours.get(step.responsible, 0.0) + done
    return hours


def _round(
    flow: Flow, order: list[str], shares: Mapping[Edge, float], entering: Mapping[str, float]
) -> dict[str, float]:
    """Return how often each step is done when work enters as often as `entering` says, and never goes back."""
    times: dict[str, float] = {}
    for id in order:
        ways = [(way, times.get(way.source, 0.0) * shares[way]) for way in flow.before(id, forward=True)]
        jumps = sum(count for way, count in ways if way.jump)
        waited = max((count for way, count in ways if not way.jump), default=0.0)
        times[id] = entering.get(id, 0.0) + jumps + waited
    return times


def _again(
    flow: Flow, shares: Mapping[Edge, float], once: Mapping[str, float], round: int
) -> dict[str, float]:
    """Return where work enters again after a round."""
    entering: dict[str, float] = {}
    for way in flow.edges:
        limit = flow.steps[way.source].max
        if way.back and way.source in once and (limit is None or round < limit):
            entering[way.target] = entering.get(way.target, 0.0) + once[way.source] * shares[way]
    return entering


def _shares(flow: Flow) -> dict[Edge, float]:
    """Return for each way how often it is gone when the step before it is done."""
    shares = dict.fromkeys(flow.edges, 1.0)
    for step in flow.steps.values():
        known = sum(option.share for option in step.options if option.share is not None)
        unknown = sum(option.share is None for option in step.options)
        left = max(0.0, 1 - known) / unknown if unknown else 0.0
        by_place = {
            option.at / "to": left if option.share is None else option.share for option in step.options
        }
        for way in flow.after(step.id):
            shares[way] = by_place.get(way.at, 1.0)
    return shares
