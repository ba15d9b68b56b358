"""The script that the pages load. It comes with the engine, so that every handbook has the same one."""

from __future__ import annotations

import functools
import os

from handbook.site.page import Page

SCRIPT = "assets/handbook.js"  #: below the folder of the pages


@functools.cache
def script() -> Page:
    """Return the script as a file of the site."""
    with open(os.path.join(os.path.dirname(__file__), "handbook.js"), encoding="utf-8") as file:
        return Page(path=SCRIPT, text=file.read())
