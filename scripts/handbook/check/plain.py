"""Faults and hits as plain JSON values, the form in which the index keeps them. It is read back as data, never run."""

from __future__ import annotations

from datetime import date

from handbook.finding import Change, Edit, Fault, Fix, Hit, Place, Span
from handbook.model.handbook import Name
from handbook.rules.around import Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def of_fault(fault: Fault) -> list[Any]:
    """Return what a reader found as a list."""
    fix = fault.fix
    edits = fix and [fix.title, [[*_of_span(edit.span), edit.text] for edit in fix.edits], fix.safe]
    return [fault.rule, _of_span(fault.span), fault.message, fault.help, fault.harmless, edits]


def to_fault(kept: list[Any]) -> Fault:
    """Return what a reader found from a list."""
    rule, span, message, help, harmless, fix = kept
    mended = fix and Fix(fix[0], tuple(Edit(Span(*edit[:4]), edit[4]) for edit in fix[1]), fix[2])
    return Fault(rule, Span(*span), message, help, harmless, mended)


def of_hit(rule: str, hit: Hit) -> list[Any]:
    """Return a rule's hit as a list, its place not yet looked up."""
    at = hit.change.at if hit.change else None
    change = hit.change and [at and _of_place(at), hit.change.value, hit.change.safe]
    return [rule, _of_place(hit.at), hit.message, hit.help, _of_day(hit.since), _of_day(hit.until), change]


def to_hit(kept: list[Any]) -> tuple[str, Hit]:
    """Return the rule and the hit that a list stands for."""
    rule, at, message, help, since, until, change = kept
    mended = change and Change(change[0] and _to_place(change[0]), change[1], change[2])
    return rule, Hit(_to_place(at), message, help, _to_day(since), _to_day(until), mended)


def _of_span(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def _of_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _of_place(at: Place | Mention) -> list[Any]:
    if isinstance(at, Mention):
        return [list(at.source), at.key, list(at.target)]
    return [at.path, list(at.pointer), at.on_key, at.span and _of_span(at.span)]


def _to_place(kept: list[Any]) -> Place | Mention:
    if isinstance(kept[0], list):
        return Mention(Name(*kept[0]), kept[1], Name(*kept[2]))
    path, pointer, on_key, span = kept
    return Place(path, tuple(pointer), on_key, Span(*span) if span else None)
