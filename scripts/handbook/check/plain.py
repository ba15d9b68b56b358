"""Faults and hits as plain JSON values, the form in which the index keeps them. It is read back as data, never run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.finding import Change, Edit, Fault, Fix, Hit, Place, Span
from handbook.model.handbook import Name
from handbook.rules.around import Mention
from handbook.text import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.check.facts import Definition, Facts

SOUND = "sound"


#: kind and id, pointer, state, head, data, anchors (all but the names as JSON), aliases
PackedRecord = tuple[str, str, str, "str | None", "str | None", "str | None", "str | None", tuple[str, ...]]
PackedHit = tuple["str | None", "str | None", str]  #: since and until a day, and the hit as JSON
#: faults and waivers as JSON, the kind that could not be read, the records, mentions and hits
Packed = tuple[
    "str | None",
    "str | None",
    "str | None",
    list[PackedRecord],
    list[tuple[str, str, str, str, str]],
    list[PackedHit],
]


def packed(facts: Facts) -> Packed:
    """Return what a file says in the form in which the index takes it, and in which it can go between processes."""
    faults = [of_fault(fault) for fault in facts.faults]
    return (
        json.dumps(faults) if faults else None,
        json.dumps(facts.waivers) if facts.waivers else None,
        facts.unread,
        [_packed_record(each) for each in facts.definitions],
        [(*source, key, *target) for source, key, target in facts.mentions],
        [packed_hit(of_hit(rule, hit)) for rule, hit in facts.hits],
    )


def packed_hit(hit: list[Any]) -> PackedHit:
    """Return a hit with the days on which it holds beside it, so that the others need not be looked at."""
    return hit[4], hit[5], json.dumps(hit)


def _packed_record(each: Definition) -> PackedRecord:
    head = None if each.head is None else json.dumps(each.head)
    data = None if each.data is None else json.dumps(each.data)
    anchors = None if each.anchors is None else json.dumps(each.anchors)
    state = None if each.head is None else _state(each.head)
    return (*each.name, json.dumps(each.pointer), state, head, data, anchors, each.aliases)


def _state(head: Mapping[str, Any]) -> str:
    """Whether naming a record is certainly right, or depends on who does it and when."""
    settled = head.get("status", "active") in ("active", "trial") and "sunset" not in head
    return SOUND if settled else "doubtful"


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
    change = hit.change and [_of_place(hit.change.at), hit.change.value, hit.change.safe]
    return [rule, _of_place(hit.at), hit.message, hit.help, _of_day(hit.since), _of_day(hit.until), change]


def to_hit(kept: list[Any]) -> tuple[str, Hit]:
    """Return the rule and the hit that a list stands for."""
    rule, at, message, help, since, until, change = kept
    mended = change and Change(_place(change[0]), change[1], change[2])
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
    return _place(kept)


def _place(kept: list[Any]) -> Place:
    path, pointer, on_key, span = kept
    return Place(path, tuple(pointer), on_key, Span(*span) if span else None)
