"""What happens to each page of a site of MkDocs between the theme and the disk: it is mended, and gets its policy."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from handbook.settings import Settings
from handbook.site import feedback, finish, imprint, pagefind, policy


class Dressing:
    """One build: how its pages ask for feedback, and which scripts may run in them."""

    def __init__(
        self, settings: Settings, folders: Sequence[str], guarded: bool, say: Callable[[str], None]
    ) -> None:
        """`folders` hold the templates of the theme; without `guarded` pages have no policy; `say` gets warnings."""
        self._feedback = feedback.pattern(settings.feedback, settings.repository)
        self._docs = settings.docs
        strict = guarded and settings.policy == "strict"
        self._scripts = policy.known(_templates(folders)) if strict else None
        self._search = settings.search
        self._owners: Mapping[str, str] = {}
        self._places: Mapping[str, int] = {}
        self._say = say

    def meet(self, owners: Mapping[str, str]) -> None:
        """Learn the names of the teams that own pages, by their ids."""
        self._owners = owners

    def arrange(self, nav: Any) -> None:
        """Learn the sections of the navigation: the search offers them in this order."""
        sections = [item for item in nav.items if item.is_section]
        self._places = pagefind.places((str(each.title), _below(each)) for each in sections)

    def page(self, output: str, page: Any) -> str:
        """Return a page as it is published: it ends with how to give feedback, and what a printed sheet says of itself."""
        file = page.file.edit_uri or page.file.src_uri
        source = posixpath.normpath(posixpath.join(self._docs, file))
        where = {"title": str(page.title), "page": page.canonical_url or page.url, "file": source}
        told = feedback.address(self._feedback, **where) if self._feedback else ""
        output = imprint.added(output, where["title"], page.meta, page.canonical_url)
        output = feedback.added(output, told, page.edit_url)
        if self._search == pagefind.NAME:
            output = pagefind.marked(output, self._about(page))
        return self.template(output, page.file.src_uri)

    def _about(self, page: Any) -> pagefind.About | None:
        """Return what the search takes a page for that is of no record; None where it is not to be found."""
        asked = page.meta.get("search") or {}
        if asked.get("exclude"):
            return None
        made = page.file.generated_by == "handbook" and not page.file.src_uri.startswith("reference/")
        sections = [] if made else [str(section.title) for section in page.ancestors]
        kind = sections[-1] if sections else pagefind.OVERVIEWS
        owner = self._owners.get(str(page.meta.get("owner")), "")
        summary = str(page.meta.get("summary") or page.meta.get("description") or "")
        place = self._places.get(kind, pagefind.About.place)
        return pagefind.About(str(page.title), summary, kind, owner, float(asked.get("boost", 1)), place)

    def template(self, output: str, path: str) -> str:
        """Return a page that comes from the theme alone, such as the one for addresses that lead nowhere."""
        if "<head>" not in output:
            return output
        output = finish.finished(output)
        if self._scripts is None:
            return output
        rules, refused = policy.policy(output, self._scripts, policy.MORE.get(self._search, ""))
        for body in refused:
            start = " ".join(body.split())[:60]
            self._say(f"{path}: a script in it is not one of the theme, so it will not run: {start}")
        return policy.guarded(output, rules)


def _below(item: Any) -> Iterator[str]:
    """Yield the paths of the pages below an item of the navigation."""
    if item.is_page:
        yield item.file.src_uri
    for child in item.children or ():
        yield from _below(child)


def _templates(folders: Sequence[str]) -> Iterator[str]:
    for folder in folders:
        for where, below, names in os.walk(folder):
            below[:] = sorted(
                name for name in below if name not in (".icons", "assets")
            )  # no templates there
            for name in sorted(name for name in names if name.endswith(".html")):
                with open(os.path.join(where, name), encoding="utf-8") as file:
                    yield file.read()
