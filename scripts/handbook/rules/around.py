"""What a rule may see besides the record that it looks at.

`Around` is a neighbourhood: what a record names, and what names it. When one record changes, only its neighbours
have to be judged again. `Whole` is everything, for the few rules that cannot do with less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.frozen import EMPTY, Entity, Frozen
from handbook.model.handbook import Name
from handbook.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from handbook.model.page import Page
    from handbook.text.confirm import Referee

    R = TypeVar("R", bound=Record)


class Mention(Frozen):
    """That one record or page names another: `key` is the way to where it does, without positions (`steps.responsible`).

    A hit whose place is a mention is reported wherever the source names the target at that key.
    """

    source: Name
    key: str
    target: Name


class Around:
    """What a record or page names, and what names it. A hit is placed in one of these, too."""

    def head(self, name: Name) -> Record | None:
        """Return the envelope of what a name or alias leads to: title, status, owner, sunset, no more than `Record` has.

        None where it is missing, or has errors of its own.
        """
        raise NotImplementedError

    def find(self, entity: type[R], id: str | None) -> R | None:
        """Return the record that an id or alias names, with all its fields; None where it is missing or has errors.

        Of a process it has the envelope, and who does which step, in which order and how often, but no texts: there
        are too many to remember them. The same holds for a rule that looks at a process and what is around it.
        """
        raise NotImplementedError

    def knows(self, name: Name) -> bool:
        """Whether something of that name is there, with errors or without, or as an alias.

        Also true of everything where the records of that kind could not be read.
        """
        raise NotImplementedError

    def resolve(self, name: Name) -> Name:
        """Return what a name leads to: the name itself, unless it is an alias."""
        raise NotImplementedError

    def ids(self, kind: str) -> list[str]:
        """Return the ids of a kind, for suggestions."""
        raise NotImplementedError

    def outgoing(self, name: Name, *keys: str) -> Sequence[Mention]:
        """Return what a record names, each once for each key; with keys, only at one of these."""
        raise NotImplementedError

    def incoming(self, name: Name, *keys: str) -> Sequence[Mention]:
        """Return what names a record, by its id or by an alias; with keys, only at one of these."""
        raise NotImplementedError

    def naming(self, name: Name, *keys: str) -> Sequence[Name]:
        """Return the records and pages that name one at one of these keys, each once and in order: quicker than `incoming`."""
        raise NotImplementedError

    def is_named(self, name: Name) -> bool:
        """Whether anything but itself names a record: quicker than to ask what."""
        raise NotImplementedError

    docs: str  #: the folder of the pages
    visibility: str  #: who may read what does not say it itself

    @property
    def referee(self) -> Referee:
        """The parser that the site uses, to ask before a finding about a link is reported."""
        raise NotImplementedError

    def anchors(self, path: str) -> frozenset[str] | None:
        """Return the anchors of a page, by its path from the root, made by hand or generated; None without such a page."""
        raise NotImplementedError

    def page(self, path: str) -> Page | None:
        """Return a page that is made by hand; None without one."""
        raise NotImplementedError

    def has_file(self, path: str) -> bool:
        """Whether there is a file, of any kind, at a path from the root."""
        return self.file_size(path) is not None

    def file_size(self, path: str) -> int | None:
        """Return the bytes of a file; None where there is none."""
        raise NotImplementedError


class Glossary(Entity):
    """What the glossary says about words: `avoided` ones in lower case with the word to use, and abbreviations `spelled_out`."""

    avoided: Mapping[str, str] = EMPTY
    spelled_out: frozenset[str] = frozenset()


class Whole(Around):
    """The whole handbook. Processes and pages are many: heads and mentions are cheaper than `all`."""

    def written(self, name: Name) -> Record | None:
        """Return a record with its texts too; None where it is missing or has errors. Its file is read again for it."""
        raise NotImplementedError

    def all(self, entity: type[R]) -> Iterator[R]:
        """Yield the records of a type that have no errors, by id."""
        raise NotImplementedError

    def heads(self, kind: str) -> Iterator[Record]:
        """Yield the envelopes of a kind, by id."""
        raise NotImplementedError

    def published(self) -> Iterator[tuple[Name, Record]]:
        """Yield the envelope of each record and page that says that it is public, or gets that by the settings, by kind and id."""
        raise NotImplementedError

    def mentions(self, kind: str, key: str = "") -> Iterator[Mention]:
        """Yield what names records of a kind, or only where it does so at one key."""
        raise NotImplementedError
