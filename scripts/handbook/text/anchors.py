"""Anchors and aliases: the parts of YAML with which a few lines become more values than any memory holds."""

from __future__ import annotations

import contextlib
import re

from handbook.finding import Edit, Fault, Fix, Span
from handbook.text.libyaml import YAMLError, events
from handbook.text.lines import Lines
from handbook.text.spans import at

MAYBE = re.compile(rb"(?:^|[\s\[{,:?-])[&*][^\s&*]", re.MULTILINE)


def anchors(source: bytes, most: int) -> tuple[list[Fault], bool]:
    """Return the anchors and aliases of a file, `most` of them, and whether there is an alias."""
    faults: list[Fault] = []
    repeated = False
    if not MAYBE.search(source):
        return faults, repeated
    lines = Lines(source.decode())
    with contextlib.suppress(YAMLError):  # it has been reported, or is about to be
        for event in events(source):
            anchor = getattr(event, "anchor", None)
            if anchor is None:
                continue
            alias = type(event).__name__ == "AliasEvent"
            repeated = repeated or alias
            name, verb = (f"*{anchor}", "repeats") if alias else (f"&{anchor}", "names")
            faults.append(Fault("unsupported-yaml", at(event.start_mark),
                                f'"{name}" {verb} another part of the file, and records have no anchors',
                                "write the value out; quote it if it has to begin with & or *"))  # fmt: skip
            if len(faults) == most:
                return faults, True  # so many that nobody looks further
    return faults if repeated else [_unused(fault, lines) for fault in faults], repeated


def _unused(fault: Fault, lines: Lines) -> Fault:
    """The fault of an anchor that nothing refers to: taking it away changes nothing."""
    span = fault.span
    name = re.match(r"&[^\s,\[\]{}]+[ ]*", lines[span.line][span.column - 1 :])
    if name is None:
        return fault
    place = Span(span.line, span.column, span.line, span.column + name.end())
    return fault.replaced(fix=Fix("remove the anchor", (Edit(place, ""),), safe=True))
