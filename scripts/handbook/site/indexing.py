"""The sections of a page for the search of the theme, found several times as fast as by its own parser.

What Material keeps of a page is told by tags alone, and the HTML that Markdown makes is regular: one pattern takes
it apart. The sections are the same as Material's, which tests compare. A page that is not that regular is left to
Material: scripts, comments, stray signs. What a section becomes in the index is Material's business in any case.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Callable, Iterator
from functools import cache as once
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from handbook.site.cache import Cache, key_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

_PIECE = re.compile(r"""([^<]+)|<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)>""")
_ID = re.compile(r'\sid="([^"]*)"')
_IRREGULAR = re.compile(
    r"<(?:script|style|textarea|xmp|iframe|noembed|noframes|plaintext|!|\?)", re.IGNORECASE
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_KEPT = frozenset(("p", "code", "pre", "li", "ol", "ul", "sub", "sup"))
_LEFT_OUT = frozenset(("object", "script", "style"))
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)

_BY_MATERIAL = {"boost": 1e6}  #: what tags weigh where nobody has said anything


class Irregular(Exception):
    """HTML that only a full parser can take apart."""


class Section:
    """A heading and the text below it, as the index of Material wants them."""

    def __init__(self, tag: str, depth: float = 0, *, excluded: bool = False) -> None:
        self.tag = tag
        self.depth = depth
        self.excluded = excluded
        self.id: str | None = None
        self.title: list[str] = []
        self.text: list[str] = []


def sections(source: str) -> list[Section]:
    """Return the sections of the HTML of a page.

    Raises:
        Irregular: it holds something that cannot be told from tags alone.
    """
    if _IRREGULAR.search(source):
        raise Irregular
    reader = _Reader()
    end = 0
    for piece in _PIECE.finditer(source):
        if piece.start() != end:
            raise Irregular
        end = piece.end()
        text, closing, tag, attributes = piece.groups()
        if text is not None:
            reader.text(html.unescape(text))
        elif closing:
            reader.close(tag.lower())
        else:
            reader.open(tag.lower(), attributes)
    if end != len(source):
        raise Irregular
    return reader.found


class _Reader:
    """Follows the tags of a page."""

    def __init__(self) -> None:
        self.found: list[Section] = []
        self._context: list[str] = []
        self._permalinks = 0  #: how many of the open tags are links of headings to themselves
        self._skipped = set(_LEFT_OUT)  #: tags whose text is left out while they are open
        self._section: Section | None = None

    def open(self, tag: str, attributes: str) -> None:
        if tag in _VOID:
            return
        self._context.append(tag)
        excluded = "data-search-exclude" in attributes
        if tag in _HEADINGS and " id" in attributes:
            self._begin(tag, attributes, excluded=excluded)
        section = self._section or self._preface()
        if tag == "a" and 'class="headerlink"' in attributes:
            self._permalinks += 1
        if excluded or 'class="linenodiv"' in attributes:
            self._skipped.add(tag)
        elif tag in _KEPT and self._skipped.isdisjoint(self._context):
            self._target(section).append(f"<{tag}>")
        if attributes.endswith("/"):
            self.close(tag)

    def close(self, tag: str) -> None:
        if not self._context or self._context[-1] != tag:
            return
        assert self._section is not None
        self._leave(self._section)
        self._context.pop()
        if tag == "a":
            self._permalinks = 0  # a link holds no link
        if tag in self._skipped:
            self._skipped -= {tag} - _LEFT_OUT
        elif tag in _KEPT and self._skipped.isdisjoint(self._context):
            _end(self._target(self._section), tag)

    def text(self, data: str) -> None:
        if not self._skipped.isdisjoint(self._context):
            return
        pre = "pre" in self._context
        if not pre:
            data = " " if data.isspace() else data.replace("\n", " ")
        section = self._section or self._preface()
        if section.tag in self._context:
            if not self._permalinks:
                section.title.append(html.escape(data, quote=False))
        elif not data.isspace():
            section.text.append(html.escape(data, quote=False))
        elif pre or not section.text or not section.text[-1].isspace():
            section.text.append(data)

    def _begin(self, tag: str, attributes: str, *, excluded: bool) -> None:
        named = _ID.search(attributes)
        if not named:
            raise Irregular
        depth = len(self._context)
        if tag != "h1" and not self.found:
            self._preface(depth)
        section = Section(tag, depth, excluded=excluded)
        if self.found:
            section.id = html.unescape(named[1])
        self.found.append(section)
        self._section = section

    def _preface(self, depth: float = 0) -> Section:
        self._section = Section("hx", depth)
        self.found.append(self._section)
        return self._section

    def _leave(self, section: Section) -> None:
        """Go on with an earlier section where the tag around the heading of this one ends."""
        depth = len(self._context)
        if section.depth > depth:
            for earlier in reversed(self.found):
                if earlier.depth <= depth:
                    section.depth = math.inf
                    self._section = earlier
                    break

    def _target(self, section: Section) -> list[str]:
        return section.title if section.tag in self._context else section.text


def _end(data: list[str], tag: str) -> None:
    """End a tag; one that holds nothing goes."""
    try:
        begin = data.index(f"<{tag}>")
    except ValueError:
        raise Irregular from None
    if any(not each.isspace() for each in data[begin + 1 :]):
        data.append(f"</{tag}>")
    else:
        del data[begin:]


def quicken(config: MkDocsConfig, cache: Cache) -> None:
    """Let the search of the theme take the sections of pages from here. Another search stays as it is."""
    for index in _indexes(config):
        index.add_entry_from_context = _adding(index, index.add_entry_from_context, cache)


def weigh(config: MkDocsConfig) -> None:
    """Let a word in a tag count in searches as much as one in a title. Material lets it count a thousand times more."""
    for index in _indexes(config):
        fields = index.config["fields"]
        if fields["tags"] == _BY_MATERIAL:
            fields["tags"] = dict(fields["title"])


def entries(config: MkDocsConfig) -> Callable[[Page], Iterator[tuple[str, Any]]]:
    """Return a function that yields what `quicken` looks for in the cache when a page is written."""
    indexes = [*_indexes(config)]

    def found(page: Page) -> Iterator[tuple[str, Any]]:
        for index in () if _is_left_out(page) else indexes:
            begin = len(index.entries)
            added = _added(index, index.add_entry_from_context, page)
            del index.entries[begin:]
            yield _key(page), added

    return found


def _indexes(config: MkDocsConfig) -> Iterator[Any]:
    for plugin in config.plugins.values():
        index = getattr(plugin, "search_index", None)
        if type(plugin).__module__ == "material.plugins.search.plugin" and index is not None:
            yield index


def _adding(index: Any, original: Callable[[Page], None], cache: Cache) -> Callable[[Page], None]:
    def add(page: Page) -> None:
        if _is_left_out(page):
            return
        key = _key(page)
        known = cache.get(key)
        if known is None:
            cache.put(key, _added(index, original, page))
        else:
            index.entries += known

    return add


def _added(index: Any, original: Callable[[Page], None], page: Page) -> list[Any]:
    """Add a page to the index, and return what was added."""
    begin = len(index.entries)
    _add(index, original, page)
    added: list[Any] = index.entries[begin:]
    return added


def _add(index: Any, original: Callable[[Page], None], page: Page) -> None:
    try:
        found = sections(page.content or "")
    except Irregular:
        return original(page)
    for section in found:
        if not section.excluded:
            index.create_entry_for_section(section, page.toc, page.url, page)
    return None


def _is_left_out(page: Page) -> bool:
    return bool((page.meta.get("search") or {}).get("exclude"))


def _key(page: Page) -> str:
    """Return what the entries of a page depend on."""
    about = [page.url, page.title, page.meta.get("title"), page.meta.get("tags"), page.meta.get("search")]
    return key_of(_version(), json.dumps(about, default=str), page.content or "")


@once
def _version() -> str:
    """Reading the version of a package takes as long as taking a page apart."""
    return f"mkdocs-material {version('mkdocs-material')}"
