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


def pages(handbook: Handbook, settings: Settings, around: Around = NOTHING) -> dict[str, Page]:
    """Return all pages by path: one for each record and old address, a list for each kind, the reference, and the files that pages link to.

    `around` is what is known beside the records: the history, the day of the build and the address of the site.
    """
    about = reference.pages(company.rules(settings).values())
    here = Here(handbook=handbook, settings=settings, path="", around=around)
    made = (
        *redirects.pages(here),
        *_of_records(here),
        *news.pages(here),
        *health.pages(here),
        *board.pages(here),
        *home.pages(here),
        *printing.pages(here),
        *about,
        *assets.files(settings.search),
    )
    return {one.path: one for page in made for one in (page, *page.files)}


def public(edition: Edition, around: Around = NOTHING) -> dict[str, Page]:
    """Return all pages of the public site but those that are written by hand: what it is made from has nothing else in it.

    Neither the history nor the health of the handbook, nor the reference of its rules, is for everybody.
    """
    here = Here(handbook=edition.handbook, settings=edition.settings, path="", around=around)
    made = [*_of_records(here, kinds(edition.handbook)), *printing.pages(here), *assets.files()]
    if HOME not in edition.written:
        made.append(public_home.page(replace(here, path=HOME), edition.pages))
    return {one.path: one for page in made for one in (page, *page.files)}


def _of_records(here: Here, kinds: Iterable[str] = tuple(FAMILIES)) -> Iterator[Page]:
    if tools := here.handbook.all(Tool):
        yield access.page(replace(here, path=access.PATH), tools)
    for kind in kinds:
        page = FAMILIES[kind]
        records = here.handbook.of_kind(kind)
        yield index.page(replace(here, path=index_path(kind)), kind, records)
        for record in records:
            yield page(replace(here, path=page_path(record)), record)
