"""Rendered pages, kept between builds: the HTML of a page that has not changed is not made again.

What is kept of a page stands under its text, its address, and everything about this build that decides how Markdown
becomes HTML (see `fingerprint`). Beside it stands where its links led; where one of them leads elsewhere now, or
nowhere, the page is rendered again. A page about which anything was said while it was rendered is not kept: the
next build has to say it again. Links to headings are checked by MkDocs after all pages, kept or not.
"""

from __future__ import annotations

import copy
import functools
import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handbook.site.ahead import Ahead
from handbook.site.cache import Cache, key_of, packed, unpacked

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

More = Callable[["Page"], Iterable[tuple[str, Any]]]  #: yields keys of the cache with values

_INCLUDES = (
    "8<-"  #: a page with this sign of pymdownx.snippets shows another file, which can change by itself
)


class Rendering:
    """Renders the pages of one build, or takes from the cache what an earlier one made of them."""

    def __init__(self, cache: Cache, made_by: str, more: More | None = None) -> None:
        """With `more`, other processes help; it yields what else they can find out about a rendered page."""
        self._cache = cache
        self._made_by = made_by
        self._more = more or (lambda page: ())
        self._ahead = Ahead() if more and cache.keeps else None
        self._packed: dict[str, bytes] = {}  #: the HTML of pages as the cache has it
        self._laid_down: dict[str, bytes] = {}

    def take_over(self, page: Page, markdown: str) -> None:
        """Render a page from here. `markdown` is what is rendered, after every plugin has had it."""
        if _is_known(page, markdown):
            page.render = functools.partial(self._render, page)  # type: ignore[method-assign]

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        del page.render  # the page may live longer than this build
        key = self._key(page)
        kept = self._cache.get(key)
        if kept is None and self._ahead:
            for found in self._ahead.take(page):
                self._cache.put_packed(*found)
            kept = self._cache.get(key)
        if kept is not None and _restored(page, kept, files):
            self._packed[page.file.src_uri] = self._cache.packed
        elif anew := _rendered(page, config, files):
            self._cache.put(key, anew)
            self._packed[page.file.src_uri] = self._cache.packed
            if self._ahead:
                self._ahead.note(page, files, lambda other: self._apart(other, config, files))

    def _apart(self, page: Page, config: MkDocsConfig, files: Files) -> Iterator[tuple[str, bytes]]:
        """Render a page in another process, where nobody comes back to it, and yield what to keep by its keys."""
        page = copy.copy(page)
        page.read_source(config)
        if _is_known(page, page.markdown or "") and (kept := _rendered(page, config, files)):
            yield self._key(page), packed(kept)
            for key, value in self._more(page):
                yield key, packed(value)

    def close(self) -> None:
        """Let go of the processes that help."""
        if self._ahead:
            self._ahead.close()

    def lay_down(self, page: Page, html: str) -> str:
        """Return what a page holds while others are rendered: nothing. Its HTML is packed meanwhile."""
        page.markdown = ""
        path = page.file.src_uri
        self._laid_down[path] = self._packed.pop(path, b"") or packed({"content": html})
        return ""

    def html(self, page: Page) -> str:
        """Return the HTML of a page, also of one that was laid down."""
        data = self._laid_down.get(page.file.src_uri)
        return str(unpacked(data)["content"]) if data else page.content or ""

    def take_up(self, page: Page) -> None:
        """Give a page its HTML back, if it was laid down."""
        page.content = self.html(page)
        self._laid_down.pop(page.file.src_uri, None)

    def _key(self, page: Page) -> str:
        return key_of(self._made_by, page.file.src_uri, page.file.url, page.markdown or "")


def _is_known(page: Page, markdown: str) -> bool:
    """Whether the HTML of a page depends on nothing else than what is known."""
    from mkdocs.structure.pages import Page

    return type(page) is Page and _INCLUDES not in markdown


def _rendered(page: Page, config: MkDocsConfig, files: Files) -> dict[str, Any] | None:
    """Render a page, and return what can be kept of it."""
    seen = _Seen(files)
    with _listening(page) as heard:
        page.render(config, seen)  # type: ignore[arg-type]
    if heard.anything or seen.more or page.links_to_anchors is None:
        return None
    return _kept(page, seen.found)


def _kept(page: Page, found: Mapping[str, list[str] | None]) -> dict[str, Any]:
    return {
        "found": found,
        "content": page.content,
        "toc": [_token(each) for each in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }


def _token(entry: AnchorLink) -> dict[str, Any]:
    children = [_token(each) for each in entry.children]
    return {"name": entry.title, "id": entry.id, "level": entry.level, "children": children}


def _restored(page: Page, kept: dict[str, Any], files: Files) -> bool:
    """Give a page what was kept of it, if its links still lead to the same places."""
    from mkdocs.structure.toc import get_toc

    known = files.src_uris
    if any(_place(known.get(path)) != place for path, place in kept["found"].items()):
        return False
    links = {known.get(path): links for path, links in kept["links"].items()}
    if None in links:
        return False
    page.content = kept["content"]
    page.toc = get_toc(kept["toc"])
    page._title_from_render = kept["title"]
    page.present_anchor_ids = set(kept["anchors"])
    page.links_to_anchors = links  # type: ignore[assignment]
    return True


def _place(file: File | None) -> list[str] | None:
    """Return what the rendering of a link depends on: the address of its file, and whether that is published."""
    return [file.url, file.inclusion.name] if file else None


class _Seen:
    """The files of a site for the rendering of one page: it remembers which of them the page asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.found: dict[str, list[str] | None] = {}
        self.more = False  #: something else was asked, so that the page cannot be kept

    def get_file_from_path(self, path: str) -> File | None:
        file = self._files.get_file_from_path(path)
        self.found[file.src_uri if file else posixpath.normpath(path)] = _place(file)
        return file

    def __getattr__(self, name: str) -> Any:
        self.more = True
        return getattr(self._files, name)


class _Heard(logging.Handler):
    """Whether anything was said."""

    def __init__(self, anything: bool) -> None:
        super().__init__(logging.INFO)
        self.anything = anything

    def emit(self, record: logging.LogRecord) -> None:
        self.anything = True


@contextmanager
def _listening(page: Page) -> Iterator[_Heard]:
    """Listen to what is said meanwhile. Where loggers are told to be quiet, nobody knows what they would have said."""
    speaker = logging.getLogger(type(page).__module__)
    loggers = (logging.getLogger(), logging.getLogger(speaker.name.partition(".")[0]))
    heard = _Heard(not speaker.isEnabledFor(logging.INFO))
    for logger in loggers:
        logger.addHandler(heard)
    try:
        yield heard
    finally:
        for logger in loggers:
            logger.removeHandler(heard)
