"""Work in an order in which each piece comes after what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from handbook.plan.calendar import PlanError


def in_order(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Return ids so that each comes after those that it needs; ids that are not among the keys do not count.

    Raises:
        PlanError: some wait for one another in a circle.
    """
    graph = {id: [need for need in found if need in needs] for id, found in needs.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        message = f"these tasks wait for one another in a circle: {circle}"
        raise PlanError(message, "take one of their needs out") from None
