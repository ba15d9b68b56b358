"""Release notes for their readers: one renderer in each module, with `render(notes)`. All of them are pure."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from handbook.changes.told import Notes

#: format -> who reads it
FORMATS = {
    "markdown": "people at a Git host, and the site",
    "html": "people in a browser or a mail",
    "text": "people in a terminal or a plain mail",
    "slack": "people in a Slack channel: blocks for its API",
    "json": "programs",
}

#: format of all releases together -> who reads it
FEEDS = {"atom": "people who follow news: an Atom feed", "json-feed": "programs that follow news"}


def feed(name: str) -> Callable[[Sequence[Notes], str, str], str]:
    """Import and return the renderer of a feed."""
    module: Any = importlib.import_module(f"handbook.changes.formats.{name.replace('-', '_')}")
    found: Callable[[Sequence[Notes], str, str], str] = module.render
    return found


def renderer(name: str) -> Callable[[Notes], str]:
    """Import and return the renderer of a format."""
    module: Any = importlib.import_module(f"handbook.changes.formats.{name}")
    found: Callable[[Notes], str] = module.render
    return found
