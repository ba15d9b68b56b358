"""All that the public site is made from, worked out once: the records, the settings, the pages and the files beside them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.model.catalog import Tool
from handbook.model.handbook import Handbook
from handbook.model.kinds import KINDS
from handbook.model.page import Page as Written
from handbook.model.page import destination, make
from handbook.model.visibility import is_public_page
from handbook.settings import Settings
from handbook.site import access
from handbook.site.public import prose, records
from handbook.sources import PAGE_ENDINGS, Sources
from handbook.text import markdown

HOME = "index.md"
_STYLES = ".css"
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')\s]+)|@import\s+[\"']([^\"']+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """`written` are the pages by hand as they are published, and `files` the others below the folder of the pages that they need.

    `pages` are the public pages as they are in their files, for what they say about themselves.
    """

    handbook: Handbook
    settings: Settings
    written: Mapping[str, str]
    files: frozenset[str]
    pages: Mapping[str, Written]


def edition(
    handbook: Handbook,
    settings: Settings,
    sources: Sources,
    files: Iterable[str] = (),
    asked: Iterable[str] = (),
    read: Callable[[str], str] = lambda path: "",
) -> Edition:
    """Return what of a handbook is public.

    `files` are all files below the folder of the pages, `asked` those of them that the settings of the site name, such
    as style sheets. A file that neither these nor a public page lead to is internal: it may be what an internal
    page shows. `read` returns the text of a style sheet.
    """
    docs = settings.docs
    shown = records.shown(handbook, settings.visibility)
    pages = dict(_pages(sources, settings))
    lists = records.paths(shown) | {HOME}
    if any(name.kind == Tool.kind for name in shown):
        lists |= {access.PATH}
    beside = frozenset(path for path in files if not path.endswith(prose.WRITTEN))
    known = lists | pages.keys() | beside
    named = {*asked, *(path for page in pages.values() for path in _shown(page, docs))}
    return Edition(
        handbook=records.published(handbook, settings.visibility, (lists | pages.keys()).__contains__),
        settings=settings.replaced(repository="", feedback="", company=()),
        written={path: prose.page(page, docs, known.__contains__) for path, page in pages.items()},
        files=beside & frozenset(_with_styles(named, read, beside)),
        pages=pages,
    )


def _pages(sources: Sources, settings: Settings) -> Iterator[tuple[str, Written]]:
    """Yield the public pages by their paths below the folder of the pages."""
    for path in sources:
        if path.endswith(PAGE_ENDINGS) and path.startswith(f"{settings.docs}/"):
            try:
                source = sources[path]
            except OSError:
                continue
            front = markdown.read(path, source).data
            if isinstance(front, dict) and is_public_page(front, settings.visibility):
                text = source.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
                yield path.removeprefix(f"{settings.docs}/"), make(path, text, front)


def _shown(page: Written, docs: str) -> Iterator[str]:
    """Yield the files beside pages that a page shows or leads to."""
    for link in page.outline.links:
        found = destination(page.path, link.target)
        if found and found[0].startswith(f"{docs}/"):
            yield found[0].removeprefix(f"{docs}/")


def _with_styles(named: set[str], read: Callable[[str], str], beside: frozenset[str]) -> Iterator[str]:
    """Yield files together with what style sheets among them load: fonts, images and other style sheets."""
    queue = sorted(named & beside)
    for path in queue:
        yield path
        if path.endswith(_STYLES):
            for match in _ADDRESS.finditer(read(path)):
                address = (match[1] or match[2]).partition("#")[0].partition("?")[0]
                below = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
                if below in beside and below not in queue:
                    queue.append(below)


def kinds(handbook: Handbook) -> list[str]:
    """Return the kinds of which the public site has records."""
    return [kind for kind in KINDS if handbook.of_kind(kind)]
