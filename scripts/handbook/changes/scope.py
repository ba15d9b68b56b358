"""What a comparison knows while it looks at one record or one part of it, and how it words a change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handbook.changes import affected, words
from handbook.changes.change import Change, Part
from handbook.changes.kinds import CATALOGUE
from handbook.finding import Place
from handbook.model.handbook import Handbook, Name
from handbook.model.record import Record
from handbook.text.words import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Two states of a record, or of a part of it, inside the two handbooks.

    `renamed` leads from the old name of a record to its new one, and likewise for parts, whose kind is a
    word such as "step". `titles` are what parts are called, by their new names. `old` or `new` is None for
    a record that was added or removed, likewise for parts.
    """

    before: Handbook
    after: Handbook
    renamed: Mapping[Name, Name]
    old: Record | None
    new: Record | None
    old_part: Any = None
    new_part: Any = None
    part: Part | None = None
    titles: Mapping[Name, str] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """The record as it is now, or as it was when it was removed."""
        record = self.new or self.old
        assert record is not None
        return record

    def inside(self, old_part: Any, new_part: Any, title: str, id: str = "") -> Scope:
        """Return the scope of one part of this record."""
        part = Part(id=id or getattr(new_part or old_part, "id", title), title=title)
        return dataclasses.replace(self, old_part=old_part, new_part=new_part, part=part)

    def now(self, id: str, kind: str) -> str:
        """Return the id that a record or part of the old handbook has in the new one."""
        name = self.before.resolve(Name(kind, id))
        return self.canonical(self.renamed.get(name, name).id, kind)

    def canonical(self, id: str, kind: str) -> str:
        """Return the id of the record that an id of the new handbook names, perhaps by an alias."""
        return self.after.resolve(Name(kind, id)).id

    def show(self, value: object, refers_to: str | None = None) -> str:
        """Return a value in words. `refers_to` is the kind of record or part that an id of the new handbook names."""
        if refers_to is None or not isinstance(value, str):
            return words.value(value)
        name = Name(refers_to, value)
        if title := self.titles.get(name):
            return words.quoted(title)
        record = self.after.records.get(name) or self.before.records.get(name)
        return record.title if record else words.quoted(value)

    def change(self, kind: str, *, key: str = "", **said: str) -> Change:
        """Return a change of this kind; `said` fills its sentence, and `key` is the key that it is about."""
        record = self.record
        subject = words.quoted(self.part.title) if self.part else record.title
        template = CATALOGUE[kind].sentence
        given = {"subject": subject, "part": subject, "record": record.title, **said}
        inside = f" in {record.title}"
        within = inside if self.part else ""
        doers, relying = affected.roles(
            self.old, self.old_part, self.new, self.new_part, self.part is not None
        )
        return Change(
            kind=kind,
            subject=Name(record.kind, record.id),
            title=record.title,
            part=self.part,
            sentence=sentence(template.format(**{"within": within, "inside": inside, **given})),
            short=sentence(template.format(**{**given, "within": "", "inside": ""})),
            before=said.get("before"),
            after=said.get("after"),
            doers=tuple(sorted({self.now(role, "role") for role in doers})),
            relying=tuple(sorted({self.now(role, "role") for role in relying})),
            was_at=_place(self.old_part, self.old, self.part, key),
            at=_place(self.new_part, self.new, self.part, key),
        )


def _place(part: Any, record: Record | None, inside: Part | None, key: str) -> Place | None:
    """The place of a part, else of its record: a part that was added is missing in a record that was there."""
    if record is None:
        return None
    whole: Place = getattr(part, "at", record.at)
    there = part is not None or inside is None
    return whole / key if key and there else whole
