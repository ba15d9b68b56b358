"""Every page of a handbook, as a pure function: the same handbook always gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from handbook.model.catalog import Tool
from handbook.model.handbook import Handbook
from handbook.rules import company
from handbook.settings import Settings
from handbook.site import (
    access,
    artifact,
    assets,
    calendar,
    experiment,
    index,
    launch,
    metric,
    onboarding,
    process,
    reference,
    role,
    team,
    template,
    term,
    tool,
)
from handbook.site.page import Here, Page, index_path, page_path

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


def pages(handbook: Handbook, settings: Settings) -> dict[str, Page]:
    """Return all pages by path: one for each record, a list for each kind, the reference, and the files that pages link to."""
    about = reference.pages(company.rules(settings).values())
    made = (*_of_records(handbook, settings), *about, assets.script())
    return {one.path: one for page in made for one in (page, *page.files)}


def _of_records(handbook: Handbook, settings: Settings) -> Iterator[Page]:
    if tools := handbook.all(Tool):
        yield access.page(Here(handbook=handbook, settings=settings, path=access.PATH), tools)
    for kind, page in FAMILIES.items():
        records = handbook.of_kind(kind)
        here = Here(handbook=handbook, settings=settings, path=index_path(kind))
        yield index.page(here, kind, records)
        for record in records:
            yield page(Here(handbook=handbook, settings=settings, path=page_path(record)), record)
