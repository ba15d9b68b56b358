"""The scripts and styles that the pages load. They come with the engine, so that every handbook has the same ones."""

from __future__ import annotations

import functools
import os

from handbook.site.page import Page

#: where they are, below the folder of the pages
SCRIPTS = ("assets/handbook.js", "assets/reach.js")
STYLES = ("assets/reach.css", "assets/handbook.css")


@functools.cache
def files() -> tuple[Page, ...]:
    """Return the scripts and styles as files of the site."""
    return tuple(_file(path) for path in (*SCRIPTS, *STYLES))


def _file(path: str) -> Page:
    with open(os.path.join(os.path.dirname(__file__), os.path.basename(path)), encoding="utf-8") as file:
        return Page(path=path, text=file.read())
