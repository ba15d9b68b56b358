"""The scripts and styles that the pages load. They come with the engine, so that every handbook has the same ones."""

from __future__ import annotations

import functools
import os

from handbook.site import pagefind
from handbook.site.page import Page

#: where they are, below the folder of the pages
SCRIPTS = ("assets/handbook.js", "assets/reach.js")
STYLES = ("assets/reach.css", "assets/handbook.css")
#: those of the search of our own
_SEARCH = {pagefind.NAME: (("assets/pagefind.js",), ("assets/pagefind.css",))}


def scripts(search: str) -> tuple[str, ...]:
    """Return the scripts that each page loads. `search` is the setting of that name."""
    return (*SCRIPTS, *_SEARCH.get(search, ((), ()))[0])


def styles(search: str) -> tuple[str, ...]:
    """Return the styles that each page loads."""
    return (*STYLES, *_SEARCH.get(search, ((), ()))[1])


@functools.cache
def files(search: str) -> tuple[Page, ...]:
    """Return the scripts and styles as files of the site."""
    return tuple(_file(path) for path in (*scripts(search), *styles(search)))


def _file(path: str) -> Page:
    with open(os.path.join(os.path.dirname(__file__), os.path.basename(path)), encoding="utf-8") as file:
        return Page(path=path, text=file.read())
