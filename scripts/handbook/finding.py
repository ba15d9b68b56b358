"""Findings: what is wrong, where, and how much it matters. Nothing here reads or prints."""

from __future__ import annotations

import enum
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text. Lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)  #: where nothing better is known


@dataclass(frozen=True, slots=True)
class Place:
    """A value (or, with `on_key`, the key of a value) in a document, before its span is looked up."""

    path: str
    pointer: Pointer = ()
    on_key: bool = False

    def __truediv__(self, step: str | int) -> Place:
        return Place(self.path, (*self.pointer, step))

    @property
    def key(self) -> Place:
        return Place(self.path, self.pointer, True)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong inside one document, as its reader found it: the rule's name, the span, the words.

    With `harmless` the document's values can be used all the same.
    """

    rule: str
    span: Span
    message: str
    help: str = ""
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Something wrong, as a rule found it: the place and the words. `check` adds the rule and the span."""

    at: Place
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A mistake in the handbook, ready to be reported."""

    path: str
    span: Span
    severity: Severity
    rule: str
    message: str
    help: str

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The order of a report: by file, line and column, then rule and words."""
        return (self.path, self.span.line, self.span.column, self.rule, self.message)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that stay the same when lines above the finding come or go."""
        from hashlib import blake2b

        text = "\0".join((self.rule, self.path, self.message))
        return blake2b(text.encode(errors="surrogateescape"), digest_size=6).hexdigest()
