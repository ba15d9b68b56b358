"""A page as its sections: what each is called, where it stands, and what it says. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from handbook.text import outline
from handbook.text.outline import Heading, Outline

_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()]*)*(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)|\[[^\]\n]*\])"
)
_CONTENTS = re.compile(
    r"^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]+\[[^\n]*\]\(#[^()\n]*\)[ \t]*$", re.M
)  #: an entry of a table of contents
_FOOTING = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*$", re.M)  #: targets that stand apart from their links
_MARKS = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|[*_`~]+|\\(?=\W)|\{[:#.%][^{}\n]*\}", re.S)
_BLOCK = re.compile(r"\s*(?:>\s*)*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|[0-9]{1,3}[.)]\s+|#{1,6}\s+|!!!\s+\w+\s*|\|)?")
_RULE = re.compile(r"[\s|:=-]*")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"')]*\s+(?=[\"“‘(]?[A-Z0-9])")
_CODE = re.compile(r"^[ \t]*(```+|~~~+)[^\n]*\n(.*?)(?:^[ \t]*\1|\Z)", re.S | re.M)
_WORD = re.compile(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*%?")


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands below it, up to the next heading. `way` are the headings above it and its own."""

    way: tuple[str, ...]
    text: str = field(repr=False)

    @property
    def title(self) -> str:
        """What it is called; nothing for what stands before the first heading."""
        return self.way[-1] if self.way else ""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What it says, sentence by sentence, without markup; code is left out."""
        return tuple(_sentences(_CODE.sub("\n\n", self.text)))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(word for one in self.sentences for word in words(one))

    @cached_property
    def code(self) -> tuple[str, ...]:
        """The lines of its blocks of code, without indentation."""
        blocks = (found[2] for found in _CODE.finditer(self.text))
        return tuple(line.strip() for block in blocks for line in block.splitlines() if line.strip())


@functools.lru_cache(maxsize=4096)  # the same sentence stands in a page before and after
def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text in lower case, without punctuation."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


def plain(text: str) -> str:
    """Return what readers see of Markdown: no targets of links, no emphasis, no tags."""
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))  # an image may be the text of a link
    return " ".join(_MARKS.sub("", text).split())


def sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a page, its front matter left out. Never fails: whatever is no Markdown is text."""
    return tuple(_sections(_outline(text)))


@functools.lru_cache(maxsize=4)
def _outline(text: str) -> Outline:
    """A page is looked at for its title, its summary and its sections; it is read once."""
    return outline.read(text)


def heading(text: str) -> str:
    """Return the first heading of a page, or nothing."""
    headings = _outline(text).headings
    return _title(headings[0]) if headings else ""


def _sections(page: Outline) -> Iterator[Section]:
    """The heading of the whole page is left out: what stands below it is the beginning, and no heading is above all others."""
    headings = page.headings
    whole = [
        one for one in headings[:1] if one.level == 1 and not any(other.level == 1 for other in headings[1:])
    ]
    rest = headings[len(whole) :]
    first = page.text[page.body : whole[0].start if whole else rest[0].start if rest else None]
    if whole:
        first += _below(page.text[whole[0].end : rest[0].start if rest else None])
    yield Section(way=(), text=first)
    above: list[tuple[int, str]] = []
    for number, one in enumerate(rest):
        stop = rest[number + 1].start if number + 1 < len(rest) else None
        above = [*(other for other in above if other[0] < one.level), (one.level, _title(one))]
        yield Section(way=tuple(title for _, title in above), text=_below(page.text[one.end : stop]))


def _title(one: Heading) -> str:
    return plain(one.title).strip("# ")


def _below(text: str) -> str:
    """Leave out the line under a heading that makes it one."""
    return re.sub(r"\A\s*(?:=+|-+)[ \t]*(?:\n|\Z)", "", text)


def _sentences(text: str) -> Iterator[str]:
    """Yield sentences. An entry of a list, a row of a table and a paragraph each begin a new one."""
    block: list[str] = []
    for line in [*_CONTENTS.sub("", _FOOTING.sub("", text)).split("\n"), ""]:
        start = _BLOCK.match(line)
        assert start is not None
        rest = line[start.end() :]
        begins = bool(start[0].strip()) or not line.strip()
        if begins and block:
            yield from _split(" ".join(block))
            block = []
        if rest.strip() and not _RULE.fullmatch(rest):
            block.append(rest)


@functools.lru_cache(maxsize=4096)
def _split(block: str) -> tuple[str, ...]:
    shown = plain(block).replace("|", " · ").strip(" ·")
    return tuple(one.strip() for one in _SENTENCE.split(shown) if one.strip())
