"""The catalogue of changes: one row each, with how much it matters to whom and how it is said.

A name is a subject and an action, such as `step-added`. The action has a mirror, so that what one change
does another undoes; `tests/changes` holds the table to that.

In a sentence, `{subject}` is the part that changed in quotes, or the record; `{within}` is the record where
the subject is a part of it, `{inside}` the record in any case; `{before}`, `{after}` and `{items}` are values in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.changes.level import Level
from handbook.changes.rows import catalog, experiments, onboarding, plans, records, work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeKind:
    """A kind of change. `doers` is its level for those who do the work, `relying` for those who depend on it."""

    name: str
    doers: Level
    relying: Level
    sentence: str

    @property
    def action(self) -> str:
        return self.name.rpartition("-")[2]

    @property
    def mirror(self) -> str:
        """The kind of change that undoes this one."""
        return f"{self.name.removesuffix(self.action)}{MIRRORS[self.action]}"

    @property
    def level(self) -> Level:
        """The level for a reader of whom nothing is known."""
        return max(self.doers, self.relying)


#: action -> the action that undoes it
MIRRORS = {
    "added": "removed",
    "increased": "decreased",
    "earlier": "later",
    "tightened": "loosened",
    "activated": "deactivated",
    "deprecated": "reinstated",
    "retired": "revived",
    "started": "ended",
    "published": "withdrawn",
}
MIRRORS |= {back: there for there, back in MIRRORS.items()}

#: action that undoes itself -> why it has no other mirror
SELF_MIRRORED = {
    "changed": "one value took the place of another, and changing it back is a change too",
    "moved": "moving something back is a move",
    "renamed": "renaming something back is a renaming",
}
MIRRORS |= {action: action for action in SELF_MIRRORED}

CATALOGUE: Mapping[str, ChangeKind] = {
    name: ChangeKind(name=name, doers=doers, relying=relying, sentence=sentence)
    for part in (records, work, plans, experiments, onboarding, catalog)
    for name, doers, relying, sentence in part.ROWS
}
