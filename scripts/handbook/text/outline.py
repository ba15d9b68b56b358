"""What a Markdown page consists of, in one fast pass: headings, links, anchors, included files.

It reads what Python-Markdown would read, at a fiftieth of the time, and is right but for a few cases in
ten thousand. So nothing is reported from it alone: `confirm` asks Python-Markdown itself first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from handbook.finding import Span
from handbook.frozen import Frozen
from handbook.text import mask, slug
from handbook.text.includes import Include, includes
from handbook.text.markdown import body_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Each begins with a character that is rare: that is what makes the search fast. They are text, and compiled at their
# first use: whoever commits a record only should not wait for them.
_INLINE = (
    r"`(`*+)(?:[^`\n]++|\n(?![ \t]*(?:\n|[-*+>#] ))|(?!`\1(?!`))`++){1,60}+`\1(?!`)"  # code
    r"|``*+"  # marks that close nothing
    r"|\]\([ \t]*\n?[ \t]*(?:<([^<>\n]*)>|([^()\s]*(?: +(?![\"'])[^()\s]+|\((?:[^()\s]|\([^()\s]*\))*\)[^()\s]*)*))(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|<!--[\s\S]*?(?:-->|\Z)"
    r"""|<(?:([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)|/?([A-Za-z][A-Za-z0-9-]*)((?:\s(?:[^<>"']++|"[^"]*"|'[^']*')*+)?))>"""
)
_LONGEST = 2_000  #: characters of the text of a link
_DEEPEST = 60  #: brackets and stretches of code in it
_NESTED = 3  #: brackets inside brackets

_HEADING = r"\n((?:[ \t>]|[-*+][ \t]|[0-9]+\.[ \t])*)(#{1,6})([^\n]*)"
_UNDERLINE = r"\n(=+|-+) *(?=\n)"
_DEFINITION = r"\n {0,3}\[([^\^\]\n][^\]\n]*)\]:[ \t]*(?:\n[ \t]+)?(?:<([^<>\n]*)>|([^\s<]\S*))"
_ATTRIBUTE_ID = r"\{:?[ ]*(?:[^{}\n]*?\s)?#([^\s{}=#.\"']+)(?=[\s}])"
_HTML_ID = r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HTML_LINK = r"""\s(href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""


class Heading(Frozen):
    """A heading: `title` is its Markdown without attributes; `start` and `end` enclose it in the page's text."""

    level: int
    title: str
    anchor: str
    start: int
    end: int


class Link(Frozen):
    """A link or an image: where it leads, and what stands there for readers (Markdown).

    `start` and `end` enclose the target in the page's text, `opens` is where the text begins. Of a link by
    reference this is its definition: its text is the label. Of an image in HTML the text is its description.
    """

    text: str
    target: str
    opens: int
    start: int
    end: int
    is_image: bool = False
    is_definition: bool = False
    is_html: bool = False


class Outline:
    """A page's outline. Offsets count characters of `text`; `span` makes lines and columns of them when needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.body = body_start(text)
        self._masked = mask.masked(text, self.body)
        self._code: list[tuple[int, int]] = []
        self._ids: list[str] = []
        self.links: list[Link] = []
        self._read_inline(self._masked.text)
        if "]:" in self._masked.text:
            self.links += _definitions(self._masked.text)
        if self._masked.raw:
            self._read_raw()

    @property
    def unclosed(self) -> Sequence[int]:
        """Where code begins with a fence that is never closed."""
        return self._masked.unclosed

    @property
    def masked(self) -> str:
        """The text with one line break before it, and code, comments and HTML blanked out."""
        return self._masked.text

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in their order, with their anchors."""
        found = [
            (*slug.attributes(title), level, start, end) for level, title, start, end in self._headings()
        ]
        own = [anchor for _, anchor, *_ in found if anchor]
        made = iter(
            slug.unique([slug.slug(row[0]) for row in found if not row[1]], [*own, *self.attribute_ids])
        )
        return tuple([
            Heading.taking({"level": level, "title": title, "anchor": anchor or next(made), "start": start, "end": end})
            for title, anchor, level, start, end in found
        ])  # fmt: skip

    @cached_property
    def attribute_ids(self) -> tuple[str, ...]:
        """The anchors that attribute lists give: `{ #here }`."""
        text = self._masked.text
        if "{" not in text or not re.search(_ATTRIBUTE_ID, text):
            return ()
        return tuple(re.findall(_ATTRIBUTE_ID, mask.blanked(text[1:], self._code)))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every anchor of the page: of headings, attribute lists and HTML."""
        return frozenset([*[heading.anchor for heading in self.headings], *self.attribute_ids, *self._ids])

    @cached_property
    def includes(self) -> tuple[Include, ...]:
        """The files that are included with `--8<--`. They are included inside code, too."""
        return tuple(includes(self.text)) if "8<-" in self.text else ()

    @cached_property
    def prose(self) -> str:
        """The text with everything blanked out that is not for readers to read as words; offsets stay the same.

        Gone are code, comments, HTML, front matter, targets of links and attribute lists.
        """
        gaps = [*self._code, *[(link.start, link.end) for link in self.links]]
        if "{" in self._masked.text:
            gaps += [
                (match.start() - 1, match.end() - 1)
                for match in re.finditer(r"\{[:#. ][^{}\n]*\}", self._masked.text)
            ]
        return mask.blanked(self._masked.text[1 : len(self.text) + 1], gaps)

    def span(self, start: int, end: int) -> Span:
        """Return lines and columns of a stretch of the text; of one over several lines, its first character."""
        line, column = self.position(start)
        stop = self.text.find("\n", start)
        end = start + 1 if 0 <= stop < end else end
        return Span(line, column, line, column + end - start)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from 1."""
        line = bisect_left(self._breaks, offset)
        return line + 1, offset - (self._breaks[line - 1] if line else -1)

    @cached_property
    def _breaks(self) -> Sequence[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def line_at(self, offset: int) -> str:
        """Return the line in which an offset is."""
        end = self.text.find("\n", offset)
        return self.text[self.text.rfind("\n", 0, offset) + 1 : end if end >= 0 else None]

    def _read_inline(self, text: str) -> None:
        code, links = self._code, self.links
        for match in re.finditer(_INLINE, text):
            start, sign = match.start(), text[match.start()]
            if sign == "`":
                if (
                    text[start - 1] != "\\"
                    and text[match.end() - 1 : match.end()] == "`"
                    and match[1] is not None
                ):
                    code.append((start - 1, match.end() - 1))
            elif sign == "]":
                group = 2 if match[2] is not None else 3
                opens = _opening(text, start, code)
                if opens > 0:
                    image = text[opens - 1] == "!"
                    links.append(Link.taking({
                        "text": text[opens + 1 : start], "target": match[group], "opens": opens - 1,
                        "start": match.start(group) - 1, "end": match.end(group) - 1, "is_image": image,
                    }))  # fmt: skip
            elif match[5]:
                self._read_tag(match[5], match[6], match.start(6) - 1)
                code.append((start - 1, match.end() - 1))
            elif match[4]:
                links.append(Link(match[4], match[4], start - 1, match.start(4) - 1, match.end(4) - 1))
            else:
                code.append((start - 1, match.end() - 1))

    def _read_raw(self) -> None:
        for start, end in self._masked.raw:
            for match in re.compile(_INLINE).finditer(self.text, start, end):
                if match[5]:
                    self._read_tag(match[5], match[6], match.start(6))

    def _read_tag(self, name: str, rest: str, offset: int) -> None:
        """Take what an HTML tag says: its id, and where it leads."""
        if not rest:
            return
        if match := re.search(_HTML_ID, rest, re.IGNORECASE):
            self._ids.append(match[1] or match[2] or match[3] or "")
        for match in re.finditer(_HTML_LINK, rest, re.IGNORECASE):
            group = next(number for number in (2, 3, 4) if match[number] is not None)
            place = (offset, offset + match.start(group), offset + match.end(group))
            is_image = name.lower() == "img"
            text = _attribute(rest, "alt") if is_image else ""
            self.links.append(Link(text, match[group], *place, is_image, is_html=True))

    def _headings(self) -> Iterator[tuple[int, str, int, int]]:
        """Yield level, source, start and end of each heading, in the order of the page."""
        text = self._masked.text
        found = [
            (len(match[2]), match[3], match.start(2) - 1, match.end() - 1)
            for match in re.finditer(_HEADING, text)
            if not match[1] or match[1].strip(" ") or not len(match[1]) % 4
        ]
        if "\n==" in text or "\n--" in text:
            found += _underlined(text)
            found.sort(key=lambda heading: heading[2])
        return iter(found)


def read(text: str) -> Outline:
    """Return the outline of a page. Never fails: whatever is no Markdown is text."""
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Outline(text)


def address(target: str) -> str:
    """Return where a target leads that is typed on a page: without backslashes and character references."""
    if "\\" in target:
        target = re.sub(r"\\([\\`*_{}\[\]()>#+\-.!])", r"\1", target)
    if "&" in target:
        import html

        target = html.unescape(target)
    return target


def _opening(text: str, closing: int, code: Sequence[tuple[int, int]]) -> int:
    """Return where the bracket is that `closing` closes, or -1. `code` are the stretches of code above it."""
    first = max(text.rfind("\n\n", max(closing - _LONGEST, 0), closing), closing - _LONGEST, 0)
    start = text.rfind("[", first, closing)
    if start < 1 or ("]" not in text[start:closing] and text[start - 1] != "\\"):
        return start
    within, depth, at = {end: start for start, end in code[-_DEEPEST:]}, 0, closing
    for _ in range(_DEEPEST):
        at = max(text.rfind(sign, first, at) for sign in "[]`")
        if at < 1:
            return -1
        if text[at] == "`":
            at = within.get(at, at - 1) + 1
        elif text[at - 1] != "\\":
            if text[at] == "[" and not depth:
                return at
            depth += 1 if text[at] == "]" else -1
            if depth > _NESTED:
                return -1
    return -1


def _attribute(rest: str, name: str) -> str:
    """Return the value of an attribute of an HTML tag, or nothing."""
    match = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", rest, re.IGNORECASE)
    return (match[1] or match[2] or "") if match else ""


def _underlined(text: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield the headings that stand above a line of = or -, alone in their paragraph."""
    for match in re.finditer(_UNDERLINE, text):
        start = text.rfind("\n", 0, match.start()) + 1
        title, above = (
            text[start : match.start()],
            text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)],
        )
        if title.strip(" \t\0") and title[0] != "#" and (above[:1] == "#" or not above.strip()):
            yield (1 if match[1][0] == "=" else 2), title, start - 1, match.start() - 1


def _definitions(text: str) -> Iterator[Link]:
    """Yield the targets that are written once and named by links elsewhere on the page."""
    for match in re.finditer(_DEFINITION, text):
        group = 2 if match[2] is not None else 3
        yield Link(
            match[1],
            match[group],
            match.start(1) - 2,
            match.start(group) - 1,
            match.end(group) - 1,
            False,
            True,
        )
