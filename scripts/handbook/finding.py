"""Findings: what is wrong, where, how much it matters, and how to mend it. Nothing here reads or prints."""

from __future__ import annotations

import enum

from handbook.frozen import Entity, Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from handbook.rules.around import Mention

Pointer = tuple[str | int, ...]  #: the way to a value inside a document: keys and list positions


class Severity(enum.IntEnum):
    """How much a finding matters. Errors fail a check; warnings and infos do not."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Span(Frozen):
    """A stretch of text. Lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)  #: where nothing better is known


class Place(Frozen):
    """A value (or, with `on_key`, the key of a value) in a document, before its span is looked up.

    In text without such a structure, as the body of a page, the `span` is known from the start.
    """

    path: str
    pointer: Pointer = ()
    on_key: bool = False
    span: Span | None = None

    def __truediv__(self, step: str | int) -> Place:
        return Place.taking({"path": self.path, "pointer": (*self.pointer, step)})

    @property
    def key(self) -> Place:
        return Place(self.path, self.pointer, True)


class Edit(Frozen):
    """A replacement: what stands in the span becomes `text`. An empty span inserts, an empty text removes."""

    span: Span
    text: str


class Fix(Frozen):
    """A way to mend a finding: all edits together, in one file. `title` is an imperative: "quote the value".

    One that is `safe` keeps what the author meant beyond doubt, and `handbook fix` applies it. Any other is a
    suggestion, for somebody to look at.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Fault(Frozen):
    """Something wrong inside one document, as its reader found it: the rule's name, the span, the words.

    With `harmless` the document's values can be used all the same.
    """

    rule: str
    span: Span
    message: str
    help: str = ""
    harmless: bool = False
    fix: Fix | None = None


class Change(Frozen):
    """A way to mend a record, before spans are known: the value at `at` becomes `value`; `HERE` is where the hit is.

    Without a value the entry goes, key or list dash included. `safe` is as in Fix.
    """

    at: Place
    value: object = None
    safe: bool = False


HERE = Place("")


class Hit(Frozen):
    """Something wrong, as a rule found it: the place and the words. `check` adds the rule and the span.

    It holds `since` a day (that day included) and `until` a day (included) where it is a matter of time. Rules have
    no clock: "overdue" is a hit since the day after the last good one.
    """

    at: Place | Mention
    message: str
    help: str = ""
    since: date | None = None
    until: date | None = None
    change: Change | None = None


class Finding(Entity):
    """A mistake in the handbook, ready to be reported."""

    path: str
    span: Span
    severity: Severity
    rule: str
    message: str
    help: str = ""
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order of a report: by file, line and column, then rule and words."""
        return (self.path, self.span.line, self.span.column, self.rule, self.message)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that stay the same when lines above the finding come or go."""
        from hashlib import blake2b

        text = "\0".join((self.rule, self.path, self.message))
        return blake2b(text.encode(errors="surrogatepass"), digest_size=6).hexdigest()
