"""The work of processes by the content of their files, kept between runs: most processes of a handbook are never read for it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.changes.states import State
from handbook.changes.work import Work
from handbook.git import kept
from handbook.git.repository import Repository
from handbook.model.handbook import Handbook, Name
from handbook.model.process import Process

_NAME = "work"


class KeptWork(Work):
    """The work of the processes of some states, of which only that is computed which no earlier run has."""

    def __init__(self, repository: Repository, states: tuple[State, ...]) -> None:
        super().__init__()
        self._repository, self._states = repository, states
        self._before: dict[str, Mapping[str, float]] | None = None
        self._now: dict[str, Mapping[str, float]] = {}

    def of_all(self, handbook: Handbook) -> Iterator[Mapping[str, float]]:
        """Yield the hours a week of each process of a handbook."""
        state = next((one for one in self._states if one.handbook is handbook), None)
        if state is None:
            yield from super().of_all(handbook)
            return
        if self._before is None:
            found = kept.load(self._repository, _NAME).get("hours")
            self._before = found if isinstance(found, dict) else {}
        processes = {name: path for name, path in state.shelf.singles.items() if name.kind == "process"}
        state.shelf.ready(path for path in processes.values() if state.content(path) not in self._before)
        for name, path in sorted(processes.items()):
            content = state.content(path)
            hours = self._before.get(content)
            self._now[content] = self._computed(handbook, name) if hours is None else hours
            yield self._now[content]

    def _computed(self, handbook: Handbook, name: Name) -> Mapping[str, float]:
        record = handbook.records.get(name)
        return self.in_a_week(record) if isinstance(record, Process) else {}

    def keep(self) -> None:
        """Keep what was computed for the next run."""
        if self._now and self._now != self._before:
            kept.save(self._repository, _NAME, {"hours": self._now})
