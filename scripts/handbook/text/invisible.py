"""A second look at a file for what nobody can see in it: odd characters, mixed ends of lines, tabs, a byte order mark."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import islice

from handbook.finding import START, Edit, Fault, Fix, Span
from handbook.text.libyaml import BOM, MappingNode, ScalarNode
from handbook.text.lines import Lines
from handbook.text.lost import lost
from handbook.text.scalar import written
from handbook.text.spans import span
from handbook.text.stray import NO_BREAK, cited

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.text.libyaml import Node
    from handbook.text.yaml import Value

UNMARK = Edit(
    START, ""
)  #: nothing in the place of nothing: takes the byte order mark away, which no column counts

_NAMES = {
    0x85: "next line", 0xA0: "a space that does not break", 0xAD: "soft hyphen", 0x200B: "zero-width space", 0x200C: "zero-width non-joiner",
    0x200D: "zero-width joiner", 0x2028: "line separator", 0x2029: "paragraph separator", 0x2060: "word joiner", 0xFEFF: "byte order mark",
}  # fmt: skip
_DIRECTIONS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # they show text in another order than it has


#: the usual end of a line -> all others
_ODD_ENDS = {"\n": re.compile(r"\r\n?"), "\r\n": re.compile(r"\r(?!\n)|(?<!\r)\n")}
_MOST_ENDS = 10_000


def second_look(source: bytes, root: Node, data: Value, most: int) -> tuple[list[Fault], Value]:
    """Return what is doubtful in a file that was read, `most` of each kind, and its data as they are meant."""
    text = source.removeprefix(BOM).decode()
    lines = Lines(text)
    faults = [byte_order_mark()] if source.startswith(BOM) else []
    if "\r" in text:
        faults += line_ends(lines)
    if "\t" in text:
        faults += islice(tabs(lines, root), most)
    if "#" in text:
        faults += islice(lost(source, lines, root), most)
    unseen = [] if text.isascii() else list(islice(characters(lines), most))
    if NO_BREAK in text:
        unseen += islice(keys(root), most)
    return faults + unseen, cleaned(data) if unseen else data


def byte_order_mark() -> Fault:
    """Return the fault of a file with a byte order mark."""
    message = "the file begins with a byte order mark (U+FEFF), which some programs take for a part of the first key"
    fix = Fix("remove the byte order mark", (UNMARK,), safe=True)
    return Fault(
        "byte-order-mark",
        START,
        message,
        "save it as UTF-8 without a byte order mark",
        harmless=True,
        fix=fix,
    )


def line_ends(lines: Lines) -> Iterator[Fault]:
    """Yield the fault of a file whose lines end in several ways, or in one that went out of use."""
    text = lines.text
    both = text.count("\r\n")
    usual = "\r\n" if both > text.count("\n") - both else "\n"
    odd = _ODD_ENDS[usual]
    first = odd.search(text)
    if first is None:
        return
    words = {"\n": "as on Linux and macOS", "\r\n": "as on Windows", "\r": "with a lone carriage return"}
    others = f"and the others end {words[usual]}" if "\n" in text else "which went out of use"
    span = lines.span(first.start(), first.end())
    yield Fault("mixed-line-ends", Span(span.line, span.column, span.line, span.column + 1),
                f"this line ends {words[first[0]]}, {others}", "save the file with one kind of line ends",
                harmless=True, fix=_same_ends(lines, odd, usual))  # fmt: skip


def _same_ends(lines: Lines, odd: re.Pattern[str], usual: str) -> Fix | None:
    """One kind of line ends throughout; nothing where more lines are odd than a record has."""
    edits = tuple(
        Edit(lines.span(match.start(), match.end()), usual)
        for match in islice(odd.finditer(lines.text), _MOST_ENDS + 1)
    )
    return Fix("end every line in the same way", edits, safe=True) if len(edits) <= _MOST_ENDS else None


def tabs(lines: Lines, root: Node) -> Iterator[Fault]:
    """Yield each tab directly before a key or a value, where only some programs read it as a space."""
    seen: set[tuple[int, int]] = set()
    for node in nodes(root):
        mark = node.start_mark
        before = lines[mark.line + 1][: mark.column]
        gap = before[len(before.rstrip(" \t")) :]
        if "\t" not in gap or (mark.line, mark.column) in seen:
            continue
        seen.add((mark.line, mark.column))
        place = Span(mark.line + 1, mark.column - len(gap) + 1, mark.line + 1, mark.column + 1)
        yield Fault("tab-as-space", place, "a tab stands where some programs read only spaces", "type a space",
                    harmless=True, fix=Fix("put a space in its place", (Edit(place, " "),), safe=True))  # fmt: skip


@functools.cache
def _odd_characters() -> re.Pattern[str]:
    """Characters without any form of their own, and the joiners and marks that mean something only beside letters that are not ASCII."""
    beside = "\u061c\u200c-\u200f\U000e0000-\U000e007f"
    return re.compile(
        "[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
        f"|(?<![^\x00-\x7f])[{beside}]+(?![^\x00-\x7f])"
    )


def characters(lines: Lines) -> Iterator[Fault]:
    """Yield each character that takes no room, so that two words look the same and are not."""
    for match in _odd_characters().finditer(lines.text):
        place = lines.span(match.start(), match.end())
        turns = not _DIRECTIONS.isdisjoint(match[0])
        what = "that shows text in another order than it has stands here" if turns else "stands here"
        message = f"an invisible character ({named(match[0][0])}) {what}"
        fix = Fix("remove it", (Edit(place, ""),), safe=not turns)
        yield Fault(
            "invisible-character", place, message, "delete it, and type the word anew", harmless=True, fix=fix
        )


def named(sign: str) -> str:
    """Return the number of a character, with its name where people know it by that."""
    name = _NAMES.get(ord(sign))
    return f"U+{ord(sign):04X}" + (f", {name}" if name else "")


def cleaned(data: Value) -> Value:
    """Return values without the characters that nobody sees."""
    if isinstance(data, str):
        return _odd_characters().sub("", data)
    if isinstance(data, list):
        return [cleaned(item) for item in data]
    if isinstance(data, dict):
        return {
            _odd_characters().sub("", key).replace(NO_BREAK, " ").strip(): cleaned(item)
            for key, item in data.items()
        }
    return data


def keys(root: Node) -> Iterator[Fault]:
    """Yield each key with a space in it that looks like any other, and is none to a program."""
    for node in nodes(root):
        for key, _ in node.value if isinstance(node, MappingNode) else ():
            if (
                isinstance(key, ScalarNode)
                and NO_BREAK in key.value
                and key.start_mark.line == key.end_mark.line
            ):
                meant = key.value.replace(NO_BREAK, " ").strip()
                message = f"{named(NO_BREAK)} stands in the key {cited(meant)}"
                fix = Fix(
                    "put an ordinary space in its place",
                    (Edit(span(key), written(meant, style=key.style or "")),),
                    safe=True,
                )
                yield Fault(
                    "invisible-character", span(key), message, "type the key anew", harmless=True, fix=fix
                )


def nodes(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the file."""
    yield node
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from nodes(key)
            yield from nodes(value)
    elif not isinstance(node, ScalarNode):
        for item in node.value:
            yield from nodes(item)
