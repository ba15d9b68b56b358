"""Every page of a handbook, as a pure function: the same handbook always gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from handbook.model.catalog import Tool
from handbook.model.handbook import Handbook
from handbook.rules import company
from handbook.settings import Settings
from handbook.site import (
    access,
    artifact,
    assets,
    board,
    calendar,
    experiment,
    health,
    home,
    index,
    launch,
    metric,
    news,
    onboarding,
    printing,
    process,
    redirects,
    reference,
    role,
    team,
    template,
    term,
    tool,
)
from handbook.site.around import NOTHING, Around
from handbook.site.page import Here, Page, index_path, page_path
from handbook.site.public import home as public_home
from handbook.site.public.edition import HOME, Edition, kinds

#: kind -> the page of a record
FAMILIES: dict[str, Callable[[Here, Any], Page]] = {
    "process": process.page,
    "launch-template": template.page,
    "launch": launch.page,
    "experiment": experiment.page,
    "onboarding-path": onboarding.page,
    "role": role.page,
    "team": team.page,
    "tool": tool.page,
    "metric": metric.page,
    "artifact": artifact.page,
    "term": term.page,
    "calendar": calendar.page,
}


Make = Callable[..., Page | Iterable[Page]]  #: calls a function with a place and what else it needs


def _plainly(function: Make, *given: Any) -> Page | Iterable[Page]:
    return function(*given)


def pages(
    handbook: Handbook, settings: Settings, around: Around = NOTHING, make: Make = _plainly
) -> dict[str, Page]:
    """Return all pages by path: one for each record and old address, a list for each kind, the reference, and the files that pages link to.

    `around` is what is known beside the records: the history, the day of the build and the address of the site. `make`
    calls the functions that make pages, and may have their results from before.
    """
    return {page.path: page for page in one_by_one(handbook, settings, around, make)}


def one_by_one(
    handbook: Handbook, settings: Settings, around: Around = NOTHING, make: Make = _plainly
) -> Iterator[Page]:
    """Yield all pages, each when it is made. Of two with the same path the later one counts."""
    here = Here(handbook=handbook, settings=settings, path="", around=around)
    of_all = news.pages, health.pages, board.pages, home.pages, printing.pages, _reference
    yield from _each(make(redirects.pages, here))
    for function, place, *given in _of_records(here):
        yield from _each(make(function, place, *given))
    for function in of_all:
        yield from _each(make(function, here))
    yield from assets.files(settings.search)


def public(edition: Edition, around: Around = NOTHING) -> dict[str, Page]:
    """Return all pages of the public site but those that are written by hand: what it is made from has nothing else in it.

    Neither the history nor the health of the handbook, nor the reference of its rules, is for everybody.
    """
    here = Here(handbook=edition.handbook, settings=edition.settings, path="", around=around)
    made = [
        *(
            page
            for function, *given in _of_records(here, kinds(edition.handbook))
            for page in _each(function(*given))
        ),
        *_each(printing.pages(here)),
        *assets.files(edition.settings.search),
    ]
    if HOME not in edition.written:
        made += _each(public_home.page(replace(here, path=HOME), edition.pages))
    return {page.path: page for page in made}


def _each(made: Page | Iterable[Page]) -> Iterator[Page]:
    """Yield pages, each with the files that it links to."""
    for page in (made,) if isinstance(made, Page) else made:
        yield page
        yield from page.files


def _reference(here: Here) -> Iterator[Page]:
    return reference.pages(company.rules(here.settings).values())


def _of_records(here: Here, kinds: Iterable[str] = tuple(FAMILIES)) -> Iterator[tuple[Any, ...]]:
    """Yield how to make each page of a record or of several: the function, its place, and what it is about."""
    if tools := here.handbook.all(Tool):
        yield access.page, replace(here, path=access.PATH), tools
    for kind in kinds:
        page = FAMILIES[kind]
        records = here.handbook.of_kind(kind)
        yield index.page, replace(here, path=index_path(kind)), kind, records
        for record in records:
            yield page, replace(here, path=page_path(record)), record
