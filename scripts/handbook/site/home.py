"""What is filled into pages that somebody writes: what is new, the launches ahead, the health of the handbook, and a way to paper.

A place for it is a line of its own, `<!-- handbook: news -->`, in the first page of a folder, which is called index.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from handbook.model.launch import Launch
from handbook.plan.states import AHEAD
from handbook.site import health, launch, news, printing
from handbook.site.entries import safe
from handbook.site.page import Here, Page
from handbook.text import markup, words

_PLACE = re.compile(r"<!-- handbook: ([a-z-]+) -->[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FEW = 6  #: launches that are named


def pages(here: Here) -> Iterator[Page]:
    """Yield the pages with places to fill, filled."""
    for path, text in here.around.marked.items():
        source = f"{here.settings.docs}/{path}"
        yield Page(path=path, text=filled(replace(here, path=path), text), source=source)


def filled(here: Here, text: str) -> str:
    """Return a page with its places filled. What a place asks for that is not known stays; so do examples in code."""
    return "".join(_lines(here, text))


def _lines(here: Here, text: str) -> Iterator[str]:
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        place = None if fence else _PLACE.fullmatch(line.rstrip("\r\n"))
        part = _PARTS.get(place[1]) if place else None
        yield f"{part(here)}\n" if part else line


def _news(here: Here) -> str:
    """What the newest stretch of the history brings, and where each role reads on."""
    newest = news.newest(here)
    if newest is None:
        return here.to(news.INDEX, "What changed")
    said = safe(news.short(newest))
    return markup.join(
        f"{here.to(news.stretch_path(newest), newest.title)}: {said}",
        news.highlights(here, newest, 3),
        f"{here.to(news.INDEX, 'What changed for your role', 'by-role')}, and feeds to follow.",
    )


def _launches(here: Here) -> str:
    """The launches that are still ahead, by day."""
    found = sorted(
        (one for one in here.handbook.all(Launch) if one.status in AHEAD),
        key=lambda one: (one.anchor, one.id),
    )
    rows = (
        (
            words.short_day(one.anchor),
            here.link(one),
            launch.status(one),
            launch.health(one),
            launch.progress(one),
        )
        for one in found[:_FEW]
    )
    table = markup.table(("Launch day", "Launch", "Status", "Last report", "Tasks"), rows)
    every = here.to(launch.BOARD, "All launches on one time line")
    return markup.join(table or "No launch is planned.", f"{every}.")


_PARTS: dict[str, Callable[[Here], str]] = {
    "news": _news,
    "launches": _launches,
    "health": health.line,
    "print": printing.place,
}
