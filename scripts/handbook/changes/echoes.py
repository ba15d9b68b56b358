"""Changes that only repeat another one of the same record: one edit is told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handbook.changes.change import Change

#: change of a record -> changes of its parts that follow from it
_FOLLOWS: Mapping[str, frozenset[str]] = {
    "launch-day-later": frozenset(("due-later", "work-start-later", "slip-added", "slip-removed")),
    "launch-day-earlier": frozenset(("due-earlier", "work-start-earlier", "slip-added", "slip-removed")),
    "verdict-added": frozenset(("experiment-state-changed",)),
    "verdict-removed": frozenset(("experiment-state-changed",)),
}
_PROGRESS = frozenset(("progress-added", "progress-changed", "progress-removed"))
#: change of a part -> changes of the same part that follow from it
_FOLLOWS_IN_PART: Mapping[str, frozenset[str]] = {
    "task-status-changed": _PROGRESS,
    "gate-status-changed": _PROGRESS,
}


def without_echoes(changes: Sequence[Change]) -> list[Change]:
    """Return the changes of one record without those that follow from another of them."""
    echoes = {echo for change in changes for echo in _FOLLOWS.get(change.kind, ())}
    in_part = {(change.part, echo) for change in changes for echo in _FOLLOWS_IN_PART.get(change.kind, ())}
    return [
        change
        for change in changes
        if change.kind not in echoes and (change.part, change.kind) not in in_part
    ]
