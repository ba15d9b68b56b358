"""Words of the glossary explained where a page first uses them: an extension of Python-Markdown.

Its setting `terms` holds, for each term, what is said of it, the path of its page, and its names. Only names that
nobody writes by chance are looked for: short forms, exactly as they are spelled, and names of several words. The
first use in running text becomes a link to the page of the term, with its meaning as title; the script of the site
shows that to keyboards and fingers too. Headings, links, code and drawings stay as they are.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

Terms = tuple[tuple[str, ...], ...]
LIST = "terms/index.md"  #: explains all of them, so that it needs no marks

_WORD = re.compile(r"\w+")
_NO_PLACE = re.compile(
    r"<(a|abbr|button|code|dt|h[1-6]|label|pre|script|style|summary|svg|th)\b.*?</\1\s*>"
    r"""|<(?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.DOTALL,
)
_BEFORE, _AFTER = re.compile(r"[^\w/-]|\Z"), re.compile(r"(?:e?s)?(?![\w/-])")
_BLOCK = re.compile(r"<(?:p|li|dd|td)[ >]")
_TITLE = re.compile(r"<h1\b[^>]*>([^<]*)")


class _Names:
    """The names of the terms, each with the words in it, in small letters and without the last one, which has a plural."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._names: list[tuple[frozenset[str], str, int]] = []
        for number, (_, _, *names) in enumerate(terms):
            for name in names:
                words = _WORD.findall(name.lower())
                self._names.append((frozenset(words[:-1] or words), html.escape(name, False), number))

    def uses(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield where each term is used first in HTML: begin, end and number."""
        words = set(_WORD.findall(text.lower()))
        words |= {word[:-1] for word in words if word.endswith("s")}
        possible = {name: number for needed, name, number in self._names if needed <= words}
        if not possible:
            return
        title = _TITLE.search(text)
        own = f"{html.unescape(title[1]).strip()}: " if title else "\n"
        seen = {number for number in possible.values() if self.terms[number][0].startswith(own)}
        read = _NO_PLACE.sub(_blank, text).replace("\n", " ")
        small = read.lower() if len(read.lower()) == len(read) else read  # a few letters become longer
        taken: list[tuple[int, int]] = []
        for name in sorted(possible, key=len, reverse=True):  # "launch manager" before "manager"
            number, inside = possible[name], read if _is_short(name) else small
            use = None if number in seen else _use(inside, name if _is_short(name) else name.lower(), taken)
            if use:
                seen.add(number)
                taken.append(use)
                yield *use, number


def _use(text: str, name: str, taken: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where a name begins and ends that is a word of its own, or its plural; None where there is none."""
    begin = text.find(name)
    while begin >= 0:
        end = begin + len(name)
        after = _AFTER.match(text, end) if _BEFORE.match(text[begin - 1 : begin]) else None
        if after and all(end <= one or other <= begin for one, other in taken):
            return begin, after.end()
        begin = text.find(name, end)
    return None


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _is_short(name: str) -> bool:
    return len(name.split()) == 1


@functools.lru_cache(2)
def _names(terms: Terms) -> _Names:
    return _Names(terms)


def marked(text: str, names: _Names, addresses: Any) -> str:
    """Return HTML with its first uses marked. `addresses` gives the address of a page, or None where it is not known."""
    parts, end = [], 0
    for begin, stop, number in sorted(names.uses(text)):
        meaning, path, *_ = names.terms[number]
        parts += [text[end:begin], _mark(text[begin:stop], meaning, addresses(path))]
        end = stop
    return "".join((*parts, text[end:]))


def _mark(said: str, meaning: str, address: str | None) -> str:
    title = html.escape(meaning)
    short = _is_short(said)
    if address:
        inside = f"<abbr>{said}</abbr>" if short else said
        return f'<a class="term" href="{html.escape(address)}" title="{title}">{inside}</a>'
    return f'<abbr class="term" title="{title}">{said}</abbr>' if short else said


class _Marked(Postprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, terms: Iterable[Iterable[str]]) -> None:
        super().__init__(md)
        self._names = _names(tuple(tuple(term) for term in terms))

    def run(self, text: str) -> str:
        """Run when all of the HTML stands in the text. MkDocs leaves with its links where this page is."""
        if not _BLOCK.search(
            text
        ):  # a heading, which Python-Markdown passes through here for the table of contents
            return text
        known = self.md.treeprocessors
        if "relpath" not in known:  # another program than MkDocs
            return marked(text, self._names, lambda path: None)
        here, files = known["relpath"].file, known["relpath"].files
        if here.src_uri == LIST:
            return text

        def address(path: str) -> str | None:
            file = files.get_file_from_path(path)
            return file.url_relative_to(here) if file else None

        return marked(text, self._names, address)


class Glossary(Extension):  # type: ignore[misc]
    """Registers the marks."""

    def __init__(self, **settings: object) -> None:
        self.config = {"terms": [[], "what is said of each term, the path of its page, and its names"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Python-Markdown's
        """Come last, after the names of boxes."""
        if terms := self.getConfig("terms"):
            md.postprocessors.register(_Marked(md, terms), "handbook-glossary", 4)


def makeExtension(**settings: object) -> Glossary:  # noqa: N802  # the name is Python-Markdown's
    """Return the extension."""
    return Glossary(**settings)
