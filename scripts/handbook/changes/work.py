"""How much work processes ask of each role, from their efforts and how often they run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handbook.model.handbook import Handbook, Name
from handbook.model.process import Process
from handbook.model.record import FOLLOWED
from handbook.model.rhythm import WEEKS_PER_YEAR, volume_per_year
from handbook.model.visits import hours_per_run


class Work:
    """The work of processes, computed once for each: most are the same objects in two handbooks that are compared."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Process, Mapping[str, float]]] = {}

    def in_a_run(self, process: Process) -> Mapping[str, float]:
        """Return the hours of each role, as the process calls it, in one run on average."""
        if id(process) not in self._known:  # the process is kept, so that no other one gets its id
            self._known[id(process)] = (process, hours_per_run(process))
        return self._known[id(process)][1]

    def in_a_week(self, process: Process) -> Mapping[str, float]:
        """Return the hours of each role in a week; none where nobody knows how often the process runs, or it is not followed."""
        if not process.volume or process.status not in FOLLOWED:
            return {}
        runs = volume_per_year(process.volume) / WEEKS_PER_YEAR
        return {role: runs * hours for role, hours in self.in_a_run(process).items()}

    def of_all(self, handbook: Handbook) -> Iterator[Mapping[str, float]]:
        """Yield the hours a week of each process of a handbook."""
        return map(self.in_a_week, handbook.all(Process))


def total(handbook: Handbook, hours: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the sum of hours by the id that each role has in a handbook."""
    found: dict[str, float] = {}
    for each in hours:
        for role, spent in each.items():
            called = handbook.resolve(Name("role", role)).id
            found[called] = found.get(called, 0.0) + spent
    return found
