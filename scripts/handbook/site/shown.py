"""What the theme shows of the navigation on a page: where that is the same, the rest of the navigation may change.

With the navigation pruned, Material shows the entries beside a page and beside each section above it. Of another
section it shows the title, and a link to the first page in it. Without that, every page shows the whole of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_META = ("icon", "status", "subtitle")  #: what is shown of a page beside its title


class Shown:
    """The navigation of one build."""

    def __init__(self, nav: Navigation, features: Container[str]) -> None:
        self._nav = nav
        self._pruned = "navigation.prune" in features and "navigation.sections" not in features
        self._beside: dict[int, str] = {}

    def on(self, page: Page) -> list[Any]:
        """Return what is shown on a page; two pages of one address with the same of it show the same."""
        near = (self._nav.homepage, page.previous_page, page.next_page)
        return [self._level(page.parent), *map(_entry, near)]

    def _level(self, section: Any) -> str:
        """Return what is in a section and beside it and each one above it."""
        key = id(section)
        if key not in self._beside:
            above = self._level(section.parent) if section else ""
            entries = (section.children or ()) if section else self._nav.items
            told = [above, section and section.title, [*map(self._told, entries)]]
            self._beside[key] = hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()
        return self._beside[key]

    def _told(self, entry: Any) -> list[Any]:
        below: Iterable[Any] = entry.children or ()
        if self._pruned:
            return [*_entry(entry), *(self._told(each) for each in [*below][:1])]
        return [*_entry(entry), *map(self._told, below)]


def _entry(entry: Any) -> list[Any]:
    if entry is None:
        return []
    meta = getattr(entry, "meta", None) or {}
    return [entry.title, getattr(entry, "url", None), *map(meta.get, _META)]
