"""Pages for paper: a whole section in reading order, and what a printed sheet says of itself.

Here such a page is but the list of what belongs to it. The plugin puts the pages themselves in (see `printout`),
because rendering each of them a second time would cost as much as the first time.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handbook.model.process import Process
from handbook.site.page import Here, Page, page_path
from handbook.text import markup, outline

PLACE = "<!-- handbook: print -->"  #: in the first page of a folder whose pages are to be had as one
_FILE = "print.md"
_MOST = 100  #: pages; a thicker pile is read by nobody
_LEAD = "All pages of this section in one, to print or to save as a PDF. In this order:"


@dataclass(frozen=True, slots=True)
class Section:
    """What is printed as one: the path of its page, a title, and its pages as paths and labels in reading order."""

    path: str
    title: str
    pages: tuple[tuple[str, str], ...]


def sections(here: Here) -> Iterator[Section]:
    """Yield the areas of processes, and the folders whose first page asks for it."""
    from handbook.site import index

    by_area: dict[str, list[Process]] = {}
    for process in sorted(here.handbook.all(Process), key=index.order):
        by_area.setdefault(process.area, []).append(process)
    for area, found in by_area.items():
        if _is_section(len(found)):
            title = f"{here.settings.areas.get(area, area)}: all processes"
            yield Section(path_of(area), title, tuple((page_path(one), one.title) for one in found))
    for path, text in here.around.marked.items():
        folder = posixpath.dirname(path)
        if PLACE in text and folder and _is_section(len(pages := tuple(_written(here, path, text)))):
            yield Section(f"{folder}/{_FILE}", f"{_title(text, folder)}: all pages", pages)


def pages(here: Here) -> Iterator[Page]:
    """Yield the page of each section."""
    for section in sections(here):
        at = replace(here, path=section.path)
        head = markup.front_matter(section.title, _LEAD, hidden=True)
        listed = "\n".join(f"1. {at.to(path, label)}" for path, label in section.pages)
        title = markup.heading(markup.text(section.title), 1)
        yield Page(path=section.path, text=f"{markup.join(head, title, _LEAD, listed)}\n")


def path_of(area: str) -> str:
    """Return the path of the page that holds all processes of an area."""
    return f"processes/{area}/{_FILE}"


def of_area(here: Here, area: str) -> str:
    """Return a link to the page for paper of an area, or nothing where it has too few processes or too many."""
    size = sum(process.area == area for process in here.handbook.all(Process))
    return f"{here.to(path_of(area), 'Print these processes')}\n{{ .legend }}" if _is_section(size) else ""


def place(here: Here) -> str:
    """Return what stands in the first page of a folder in the place of the mark."""
    path = posixpath.join(posixpath.dirname(here.path), _FILE)
    known = any(section.path == path for section in sections(here))
    return here.to(path, "Print these pages") if known else ""


def _is_section(size: int) -> bool:
    return 1 < size <= _MOST


def _written(here: Here, first: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the pages of a folder in the order in which its first page leads to them, then the others."""
    docs, folder = here.settings.docs, posixpath.dirname(first)
    found = [path.removeprefix(f"{docs}/") for path in sorted(here.around.written)]
    own = [path for path in found if posixpath.dirname(path) == folder and path.endswith(".md")]
    left = dict.fromkeys(path for path in own if path != first)
    for link in outline.read(text).links:
        path = posixpath.normpath(posixpath.join(folder, link.target.partition("#")[0]))
        if path in left:
            del left[path]
            yield path, _plain(link.text)
    for path in left:
        yield path, posixpath.basename(path).removesuffix(".md").replace("-", " ").capitalize()


def _title(text: str, folder: str) -> str:
    heading = next((one for one in outline.read(text).headings if one.level == 1), None)
    return _plain(heading.title) if heading else folder


def _plain(markdown: str) -> str:
    return markdown.replace("`", "").replace("*", "").strip()
