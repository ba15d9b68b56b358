"""What a page is, and the place from which a page speaks of other records."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.site import anchors, prose
from handbook.site.around import NOTHING, Around
from handbook.text import markup

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Markdown page. `path` is below the folder of the pages; `source` is the file that it is made from.

    `files` are what it links to beside itself, such as its diagram: they have paths, texts and sources too.
    """

    path: str
    text: str
    source: str | None = None
    files: tuple[Page, ...] = ()


def page_path(record: Record) -> str:
    """Return the path of the page of a record."""
    return _page_path(record.kind, record.id)


@lru_cache(16384)
def _page_path(kind: str, id: str) -> str:
    return anchors.page_of(Name(kind, id))


def file_path(record: Record, ending: str) -> str:
    """Return the path of a file beside the page of a record."""
    return f"{page_path(record).removesuffix('.md')}.{ending}"


def index_path(kind: str) -> str:
    """Return the path of the page that lists all records of a kind."""
    return f"{KINDS[kind].pages}/index.md"


def relative(here: str, there: str) -> str:
    """Return the way from one page to another, as a link in the first one has to write it."""
    return _way(here.rpartition("/")[0], there)


@lru_cache(16384)  # pages of one folder link to the same ones again and again
def _way(folder: str, there: str) -> str:
    return posixpath.relpath(f"/{there}", f"/{folder}")  # quicker than from where this process is


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The page that is being written: what it may look up, and from where its links start."""

    handbook: Handbook
    settings: Settings
    path: str
    around: Around = NOTHING

    def place(self, record: Record) -> int:
        """Return the place of a record in the order of the product lifecycle. What is no process comes last."""
        settings = self.settings
        return settings.stage(record.area) if isinstance(record, Process) else len(settings.areas) + 1

    def link(self, record: Record, label: str = "", anchor: str = "") -> str:
        """Return a link to a record, or to a part of it. `label` is plain text."""
        return self.to(page_path(record), label or record.title, anchor)

    def to(self, path: str, label: str, anchor: str = "") -> str:
        """Return a link to a page below the folder of the pages."""
        way = "" if path == self.path and anchor else relative(self.path, path)
        return markup.link(label, f"{way}#{anchor}" if anchor else way)

    def out(self, label: str, address: str) -> str:
        """Return a link to what a record links to: an address, or a page below the folder of the pages."""
        return markup.link(label, markup.target(address, lambda path: relative(self.path, path)))

    def name(self, entity: type[R], id: str | None) -> str:
        """Return a link to the record that an id names, the id where there is none, nothing for no id."""
        record = self.handbook.find(entity, id)
        return self.link(record) if record else markup.text(id or "")

    def names(self, entity: type[R], ids: Iterable[str]) -> str:
        """Return links to several records, in their order."""
        return ", ".join(self.name(entity, id) for id in ids)

    def markdown(self, source: str | None, level: int) -> str:
        """Return the Markdown of a record as it may stand here, with its headings from `level` on."""
        return prose.markdown(source, level, lambda path: relative(self.path, path)) if source else ""
