"""What a site shows of a handbook, and how to have it without the handbook: another process reads and makes it.

A handbook with all that is known about it takes several times as much memory as the pages made from it. MkDocs needs
the pages until the end of a build, and nothing of the rest.
"""

from __future__ import annotations

import gc
import logging
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from handbook import baseline, check
from handbook.baseline import BASELINE
from handbook.check.session import Session, in_session
from handbook.finding import Finding, Severity
from handbook.model.catalog import Team
from handbook.model.handbook import Handbook
from handbook.settings import Settings
from handbook.several import can_share, shared
from handbook.site import navigation, printing, term
from handbook.site.around import Around
from handbook.site.known import around, left_out
from handbook.site.page import Here, Page
from handbook.site.pages import one_by_one
from handbook.sources import Sources, beside
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from handbook.check.loading import Loaded

_PARTS = 64  #: in which pages are handed over, so that they are not in memory twice
_LEVELS = {
    Severity.ERROR: logging.WARNING,
    Severity.WARNING: logging.INFO,
}  #: MkDocs fails a strict build on warnings

Said = tuple[int, str]  #: a level of logging and a text
Load = Callable[[Sources, Settings], "Loaded"]
MakePages = Callable[[Handbook, Settings, Around], Iterable[Page]]
Work = Callable[[bool], "Made"]


class Shown(NamedTuple):
    """A page, or a file that pages link to: its path below the folder of pages, its text, and the file it is made from.

    The text is packed where it comes from another process: see `packed`.
    """

    path: str
    text: str | bytes
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The pages of a site, which can be gone through once, and what else a build has to know of the handbook."""

    pages: Iterable[Shown]
    navigation: Mapping[str, list[navigation.Entry]]
    printed: tuple[printing.Section, ...]
    terms: list[list[str]]
    owners: Mapping[str, str] = field(default_factory=dict)  #: the names of teams
    said: tuple[Said, ...] = ()  #: what the build has to say
    replaced: tuple[str, ...] = ()  #: pages written by hand that are among the pages in another form


def made(here: Here, pages: Iterable[Page], *, closed: bool = False, pack: bool = False) -> Made:
    """Return what a site shows of a handbook. Of two pages with the same path the later one counts.

    With `closed` there are no lists of nothing; with `pack` texts are packed, each as soon as its page is made.
    """
    return Made(
        pages=_shown(pages, pack),
        navigation=navigation.sections(here.handbook, here.settings, empty=not closed),
        printed=tuple(printing.sections(here)),
        terms=term.marks(here.handbook),
        owners={team.id: team.title for team in here.handbook.all(Team)},
    )


def _shown(pages: Iterable[Page], pack: bool) -> Iterator[Shown]:
    found: dict[str, Shown] = {}
    for page in pages:
        found[page.path] = Shown(page.path, packed(page.text) if pack else page.text, page.source)
    yield from found.values()


def internal(
    workspace: Workspace,
    today: date,
    address: str,
    load: Load = check.load,
    make: MakePages = one_by_one,
    *,
    pack: bool = False,
) -> Made:
    """Return what the site for everybody in an organisation shows, and the findings about it."""
    sources, settings = workspace.sources(), workspace.settings
    said = findings(workspace, sources, today)
    handbook: Handbook = load(sources, settings).handbook
    known = around(workspace, handbook, today, address)
    said += [(logging.INFO, text) for text in (known.why, left_out(handbook)) if text]
    here = Here(handbook=handbook, settings=settings, path="", around=known)
    found = made(here, make(handbook, settings, known), pack=pack)
    return replace(found, said=tuple(said), replaced=tuple(known.marked))


def findings(workspace: Workspace, sources: Sources, today: date) -> list[Said]:
    """Return what `handbook check` would report: what the baseline allows stops no build either."""
    kept = beside(sources, BASELINE)
    allowed = baseline.read(kept)[0] if kept is not None else None

    def found(session: Session) -> list[Said]:
        run = session.run(sources)
        run.everything()
        return [_said(finding) for finding in run.triaged(today, baseline=allowed).findings]

    return in_session(workspace.root, found)


def _said(finding: Finding) -> Said:
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    return _LEVELS.get(finding.severity, logging.DEBUG), f"{place} {finding.rule}: {finding.message}"


def apart(work: Work) -> Made:
    """Let another process find something out, where that can be: what it needs for that is gone with it.

    `work` is told whether texts are to be packed.
    """
    if not can_share():
        return work(False)

    def parts(numbers: Sequence[int]) -> list[bytes]:
        return [pickle.dumps(part) for part in islice(found, len(numbers))]

    found = _parts(work)
    handed = shared([[number] for number in range(_PARTS + 1)], parts, 1)
    try:
        about: Made = _read(next(handed))
    except OSError:  # something is wrong there, and here it can be said what
        return work(False)
    return replace(about, pages=_pages(handed, work))


def _parts(work: Work) -> Iterator[Made | list[Shown]]:
    """Yield what was made in parts: first everything but the pages."""
    gc.disable()  # this process ends when they are handed over; looking for cycles takes a tenth of its time
    made = work(True)
    yield replace(made, pages=())
    pages = [*made.pages]
    size = -(-len(pages) // _PARTS)
    for number in range(_PARTS):
        yield pages[number * size : (number + 1) * size]


def _pages(handed: Iterator[list[bytes]], work: Work) -> Iterator[Shown]:
    try:
        for part in handed:
            yield from _read(part)
    except OSError:  # it was ended from outside
        yield from work(False).pages


def packed(text: str) -> bytes:
    """Return a text as it takes little memory."""
    return zlib.compress(text.encode(), 1)


def _read(handed: Sequence[bytes]) -> Any:
    return pickle.loads(handed[0])  # written by a process of our own
