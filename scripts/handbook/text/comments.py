"""Comments that are meant for the handbook, `# handbook: …` and `<!-- handbook: … -->`: where they are, and for which lines.

What only looks like a comment is none: inside quotes or a block of text in YAML, inside code in Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator

from handbook.frozen import Entity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BOM = b"\xef\xbb\xbf"


class Comment(Entity):
    """A comment found: its line and columns from 1, the text after `handbook:`, whether it stands alone on its line."""

    line: int
    column: int
    end_column: int
    text_column: int
    text: str
    alone: bool


Found = tuple[Comment, int, int]  #: a comment, and the first and last line that it is meant for


def split(source: bytes) -> list[str]:
    """Return the lines of a file, at what is a line break in YAML.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return re.split(r"\r\n|[\r\n\x85\u2028\u2029]", source.removeprefix(BOM).decode())


def found(source: bytes, lines: list[str], *, page: bool) -> Iterator[Found]:
    """Yield the comments of a record file or of a page, each with the first and last line that it is meant for.

    `lines` are those of the file. One that is not YAML has no comments.
    """
    yield from _in_page(lines) if page else _in_yaml(lines, source.removeprefix(BOM))


def _in_yaml(lines: list[str], source: bytes, above: int = 0) -> Iterator[Found]:
    """Find the comments of YAML that begins `above` lines into the file."""
    values = _values(source)
    if values is None:
        return  # it cannot be read, and that cannot be waived
    content = [number for number, line in enumerate(lines, 1) if _has_content(line)]
    for number, line in enumerate(lines, 1):
        match = re.search(r"(?:(?<=\s)|^)#+\s*handbook:(\s*allow.*)", line) if "handbook:" in line else None
        while values and match and values[0][1] <= (number - 1, match.start()):
            values.popleft()
        if match is None or (values and values[0][0] <= (number - 1, match.start())):
            continue  # the sign is inside a value
        comment = _comment(match, number + above, line)
        first, last = _block(lines, content, number) if comment.alone else (number, number)
        yield comment, first + above, last + above


Mark = tuple[int, int]  #: line and column, from 0


def _values(source: bytes) -> deque[tuple[Mark, Mark]] | None:
    """Return where the quoted texts and the blocks of text of a YAML file are, in order; None where it is no YAML."""
    from handbook.text.libyaml import TooDeep, YAMLError, compose

    found: deque[tuple[Mark, Mark]] = deque()
    try:
        queue = [compose(source)]
    except (YAMLError, TooDeep):
        return None
    seen: set[int] = set()
    while queue:
        node: Any = queue.pop()
        if node is None or id(node) in seen:
            continue  # an alias leads to what was there before
        seen.add(id(node))
        if isinstance(node.value, str):
            if node.style:
                start, end = node.start_mark, node.end_mark
                # The text of a block begins in the line below its sign, which may have a comment.
                begin = (start.line + 1, 0) if node.style in "|>" else (start.line, start.column)
                found.append((begin, (end.line, end.column)))
        else:
            queue += [each for part in reversed(node.value) for each in _parts(part)]
    return found


def _parts(part: Any) -> tuple[Any, ...]:
    """Return an entry of a list, or the value and the key of a mapping, last first."""
    return part[::-1] if isinstance(part, tuple) else (part,)


def _block(lines: list[str], content: list[int], number: int) -> tuple[int, int]:
    """Return the next line with content below one, and the last that is indented below that."""
    place = bisect_right(content, number)
    if place == len(content):
        return number, number
    first = last = content[place]
    indent = _indent(lines[first - 1])
    listed = lines[first - 1].lstrip().startswith("- ")
    for below in content[place + 1 :]:
        line = lines[below - 1]
        entry = not listed and _indent(line) == indent and line.lstrip().startswith("- ")
        if _indent(line) <= indent and not entry:
            break
        last = below
    return first, last


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_page(lines: list[str]) -> Iterator[Found]:
    """Find the comments of a page: those of its front matter, then those between `<!--` and `-->` outside of code."""
    head = _head(lines)
    if head:
        yield from _in_yaml(lines[1 : head - 1], "\n".join(lines[1 : head - 1]).encode(), 1)
    fence = ""
    for number, line in enumerate(lines[head:], head + 1):
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark:
            closes = fence and mark[1].startswith(fence) and not line.strip().strip(fence[0])
            fence = "" if closes else fence or mark[1]
        for match in () if fence or mark else re.finditer(r"<!--\s*handbook:(\s*allow[^<>]*)-->", line):
            if line.count("`", 0, match.start()) % 2 == 0:
                comment = _comment(match, number, line)
                yield comment, *(_paragraph(lines, number) if comment.alone else (number, number))


def _head(lines: list[str]) -> int:
    """Return the number of lines of the front matter with both its marks, or 0."""
    if lines[0].rstrip() != "---":
        return 0
    return next((n for n, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)


def _paragraph(lines: list[str], number: int) -> tuple[int, int]:
    """Return the first and last line of the block below a line: up to an empty line, or to the end of a fence."""
    first = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), 0)
    if not first:
        return number, number
    fence = re.match(r"\s*(`{3,}|~{3,})", lines[first - 1])
    for below in range(first + 1, len(lines) + 1):
        line = lines[below - 1].strip()
        if fence and line.startswith(fence[1]):
            return first, below
        if not fence and not line:
            return first, below - 1
    return first, len(lines)


def _comment(match: re.Match[str], line: int, text: str) -> Comment:
    said, end = match[1], match.end()
    if not match[0].endswith("-->"):
        said = said[: _other(said)]
        end = match.start(1) + len(said)
    around = text[: match.start()] + text[match.end() :]
    return Comment(
        line=line, column=match.start() + 1, end_column=end + 1, text_column=match.start(1) + 1,
        text=said, alone=not re.sub("<!--[^<>]*-->", "", around).strip(),
    )  # fmt: skip


def _other(said: str) -> int:
    """Return where another comment begins: behind the brackets, or where there are none."""
    sign = said.find(" #")
    if sign >= 0 and "(" not in said[:sign]:
        return sign
    closed = re.search(r"\)(?=[ \t]+#)", said)
    return closed.end() if closed else len(said)
