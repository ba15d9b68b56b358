"""Ways to mend a file that YAML cannot read. Each takes its lines, and the line and column of the mistake, from 1."""

from __future__ import annotations

import contextlib
import re

from handbook.finding import Edit, Fix, Span
from handbook.text.lines import Lines
from handbook.text.scalar import quoted
from handbook.text.stray import NO_BREAK

_MOST = 100_000  #: characters beyond which nobody waits for ways to be tried out
_FURTHEST = 1000  #: lines above that are looked at to find out how deep a line should be
_KEY = re.compile(r"\s*(?:- +)*(?:[\w.-]+:[ ]+)?")
_REMARK = re.compile(r"\s+#(?:\s|$)")


def quotes(lines: Lines, line: int, column: int) -> Fix | None:
    """Quotes around the value that begins there, up to the end of the line or, inside brackets, of the entry."""
    return _quotes(lines, line, column, safe=True)


def quotes_unsure(lines: Lines, line: int, column: int) -> Fix | None:
    """The same, where something else may have been meant."""
    return _quotes(lines, line, column, safe=False)


def quotes_around(lines: Lines, line: int, column: int) -> Fix | None:
    """Quotes around the value that has a colon at the place. One word before it may be a key that lacks its line."""
    start = _KEY.match(lines[line])
    if start is None or start.end() >= column - 1:
        return None
    first = lines[line][start.end() : column - 1]
    return _quotes(lines, line, start.end() + 1, safe=" " in first or not first.islower())


def _quotes(lines: Lines, line: int, column: int, *, safe: bool) -> Fix | None:
    text = lines[line]
    before, rest = text[: column - 1], text[column - 1 :]
    inside = before.count("[") + before.count("{") > before.count("]") + before.count("}")
    end = re.search(r"[,\]}]", rest) if inside and not rest.startswith("{{") else _REMARK.search(rest)
    value = rest[: end.start()].rstrip() if end else rest.rstrip()
    if not value or value[0] in "\"'":
        return None
    span = Span(line, column, line, column + len(value))
    return Fix("put the value in quotes", (Edit(span, quoted(value)),), safe)


def closing_quote(lines: Lines, line: int, column: int) -> Fix | None:
    """A second quotation mark at the end of the line that has the first."""
    end = len(lines[line].rstrip()) + 1
    mark = lines[line][column - 1 : column]
    return Fix("close it at the end of the line", (Edit(Span(line, end, line, end), mark),))


def without(lines: Lines, line: int, column: int) -> Fix | None:
    """The character taken away."""
    return Fix("remove it", (Edit(Span(line, column, line, column + 1), ""),))


def after_colon(line: str) -> bool:
    """Whether a line has a space after the colon of its key that looks like any other, and is none to YAML."""
    return NO_BREAK in line and re.match(rf"\s*(?:- +)*[a-z][a-z0-9_-]*:{NO_BREAK}", line) is not None


def spaces(lines: Lines, line: int, column: int) -> Fix | None:
    """Ordinary spaces in the place of all such spaces in the file."""
    found = [number for number in range(1, len(lines) + 1) if after_colon(lines[number])]
    places = [(number, lines[number].index(NO_BREAK) + 1) for number in found]
    return Fix(
        "put an ordinary space in its place",
        tuple(Edit(Span(n, at, n, at + 1), " ") for n, at in places),
        safe=True,
    )


def tabs(lines: Lines, line: int, column: int) -> Fix | None:
    """Spaces in the place of tabs, as many as make the file readable. It is safe if no other number makes it another."""
    from handbook.text.edit import applied
    from handbook.text.libyaml import TooDeep, YAMLError
    from handbook.text.yaml import data_of

    if len(lines.text) > _MOST:
        return None
    found = []
    for width in (2, 4, 8):
        edits = tuple(_expanded(lines, line, width))
        with contextlib.suppress(YAMLError, TooDeep):
            found.append((edits, data_of(applied(lines.text.encode(), edits))))
    if found:
        edits, data = found[0]
        return Fix("put spaces in their place", edits, safe=all(other == data for _, other in found))
    if re.search("^ ", lines.text, re.MULTILINE):
        return None
    # There is another mistake further down. Where no line begins with a space, any width is as good as another.
    return Fix("put spaces in their place", tuple(_expanded(lines, line, 2)), safe=True)


def _expanded(lines: Lines, mistaken: int, width: int) -> list[Edit]:
    """Edits of each line that begins with a tab, and of the mistaken one. Tabs further inside may be text."""
    edits = []
    for number in range(1, len(lines) + 1):
        if number != mistaken and not lines[number].startswith("\t"):
            continue
        head = re.match(r"[ \t]*(?:-[ \t]+)*", lines[number])
        before = head[0] if head else ""
        indent = before[: len(before) - len(before.lstrip())]
        after = indent.expandtabs(width) + re.sub(r"[ \t]+", " ", before[len(indent) :])
        if "\t" in before and lines[number].strip():
            edits.append(Edit(Span(number, 1, number, len(before) + 1), after))
    return edits


def expected(lines: Lines, number: int) -> tuple[int, int] | None:
    """Return how many spaces a line should begin with, and the line above that does; None where none comes near."""
    wanted = lines[number].lstrip().startswith("- ")
    indent = len(lines[number]) - len(lines[number].lstrip())
    open: list[tuple[int, int, bool]] = []  # column, line, and whether it is a dash
    for above in range(max(1, number - _FURTHEST), number):
        text = lines[above].lstrip(" ")
        column = len(lines[above]) - len(text)
        if not text or text[0] == "#":
            continue
        open = [level for level in open if level[0] < column]
        while text.startswith("- "):
            open.append((column, above, True))
            text, column = text[1:].lstrip(" "), column + len(text) - len(text[1:].lstrip(" "))
        open.append((column, above, False))
    levels = [
        (abs(column - indent), -column, line)
        for column, line, dash in open
        if dash == wanted and column != indent
    ]
    if not levels:
        return None
    _, column, line = min(levels)
    return -column, line
