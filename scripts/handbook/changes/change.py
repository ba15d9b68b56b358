"""A change of the handbook, as a value ready to be told."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.changes.kinds import CATALOGUE, ChangeKind
from handbook.changes.level import Level
from handbook.finding import Place
from handbook.model.handbook import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a record that changed, such as a step: its id and what readers call it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that somebody edited, by what it means.

    `subject` and `title` name the record as it is now, or as it was when it was removed. `sentence` is
    complete; `short` leaves the record out where it stands under the record's own heading. `doers` are the
    roles that do the work concerned, `relying` those that depend on it. `was_at` and `at` are the places
    before and after, None where there is none. All text is plain, not Markdown.
    """

    kind: str
    subject: Name
    title: str
    part: Part | None
    sentence: str
    short: str
    before: str | None
    after: str | None
    doers: tuple[str, ...]
    relying: tuple[str, ...]
    was_at: Place | None
    at: Place | None

    @property
    def row(self) -> ChangeKind:
        """The row of the catalogue that this change belongs to."""
        return CATALOGUE[self.kind]

    @property
    def level(self) -> Level:
        """How much it matters to a reader of whom nothing is known."""
        return self.row.level

    @property
    def paths(self) -> tuple[str, ...]:
        """The files in which the change can be seen."""
        return tuple(sorted({place.path for place in (self.was_at, self.at) if place}))

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits for what changed, whatever file or line it is in."""
        from hashlib import blake2b

        part = self.part.id if self.part else ""
        text = "\0".join((self.kind, self.subject.kind, self.subject.id, part, self.sentence))
        return blake2b(text.encode(), digest_size=6).hexdigest()
