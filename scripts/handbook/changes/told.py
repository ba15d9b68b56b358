"""What is said about changes, as a value: release notes, or the comment on a proposal. Pure, and all text is plain.

`formats` makes Markdown, HTML and others of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handbook.changes.audience import Audience
from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.model.handbook import Name

Told = tuple[Traced, Level]  #: a change, and how much it matters to those who read of it


@dataclass(frozen=True, slots=True)
class Link:
    """Where something comes from: a pull request or a commit, with its address or without."""

    label: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is said about one record: `kind` such as "process", sentences, what a message gave as reasons, consequences.

    `weight` grows with how much it matters, and to how many. `record` or `page`, a path, is what it is about.
    """

    title: str
    kind: str
    lines: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    consequences: tuple[str, ...] = ()
    sources: tuple[Link, ...] = ()
    weight: int = 0
    record: Name | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left out, in words that end with a colon, and the command that shows all."""

    said: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the notes: a sentence, entries with headings of their own, or with `brief` a list of them, or a table.

    The first row of a table is its head. `more` is what is left out at the end.
    """

    title: str = ""
    text: str = ""
    entries: tuple[Entry, ...] = ()
    brief: bool = False
    table: tuple[tuple[str, ...], ...] = ()
    more: Rest | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.text or self.entries or len(self.table) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Release notes: a title, a sentence that says it all, and sections.

    `history` is what they tell of, and `told` the changes that they tell, each with how much it matters to `readers`.
    """

    title: str
    summary: str
    sections: tuple[Section, ...]
    history: History
    told: tuple[Told, ...]
    readers: Audience | None = None

    @property
    def name(self) -> str:
        """The name of the release."""
        return self.history.after

    @property
    def day(self) -> date:
        """The day of the release: that of its last commit."""
        return self.history.last.committed_on if self.history.last else date(1970, 1, 1)
