"""What the pages of all records share: the head, the facts, and what stands below the record's own sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handbook.model.catalog import Metric, Role, Team
from handbook.model.kinds import KINDS
from handbook.model.record import Link, MetricTarget, Record
from handbook.plan.due import due_on
from handbook.site import news, pagefind, search, versions
from handbook.site.page import Here, Page, index_path, page_path, relative
from handbook.site.uses import uses
from handbook.text import markup, words

Facts = Iterable[tuple[str, str]]

#: status -> class of the admonition that announces it
_ALERTS = {"draft": "info", "trial": "info", "deprecated": "warning", "retired": "danger"}

_PAGE = re.compile(r"\]\(([^()#]*)[)#]")  #: where a link leads, without the place in the page


def page(here: Here, record: Record, facts: Facts, *sections: str) -> Page:
    """Return the page of a record: the answer at the top, its own sections, then what goes with it."""
    above = markup.join(
        _head(here, record),
        markup.top(
            markup.text(record.title),
            markup.text(record.summary),
            here.to(index_path(record.kind), KINDS[record.kind].plural),
        ),
        _alert(here, record),
        versions.overdue(here, record),
        markup.facts((*facts, *_upkeep(here, record))),
        *sections,
        markup.section("Background", here.markdown(record.notes, 3), anchor="background"),
        markup.section("Further reading", links(here, record.links), anchor="further-reading"),
    )
    text = markup.join(
        above,
        markup.section("Where it is mentioned", _mentions(here, record, above), anchor="mentions"),
        markup.section("Versions", versions.table(here, record), anchor="versions"),
    )
    told = pagefind.facts(here.handbook, here.settings, record)
    return Page(path=here.path, text=f"{markup.join(text, told)}\n", source=record.at.path)


def _head(here: Here, record: Record) -> str:
    """Return the head of a page: what searches show, and what a printed sheet says of itself."""
    team = here.handbook.find(Team, record.owner)
    return markup.front_matter(
        record.title,
        record.summary,
        search.keywords(here.handbook, record),
        owner=team.title if team else "",
        version=versions.number(here, record),
    )


def links(here: Here, links: Iterable[Link]) -> str:
    """Return a list of further reading."""
    return markup.bullets(here.out(link.title, link.to) for link in links)


def owner(here: Here, record: Record) -> str:
    """Return the team that owns a record, with where to ask it."""
    team = here.handbook.find(Team, record.owner)
    ask = f", ask in {markup.code(team.channel)}" if team and team.channel else ""
    return here.name(Team, record.owner) + ask


def metrics(here: Here, targets: Iterable[MetricTarget]) -> str:
    """Return a table of metrics with the values that they have to reach."""
    rows = []
    for target in targets:
        metric = here.handbook.find(Metric, target.metric)
        value = target.target or (metric.target if metric else None)
        about = markup.text(metric.summary) if metric else ""
        rows.append((here.name(Metric, target.metric), markup.text(words.target(value)), about))
    return markup.table(("Metric", "Target", "What it says"), rows)


def _alert(here: Here, record: Record) -> str:
    """Return a box for a record that is not simply to be followed."""
    if record.status not in _ALERTS:
        return ""
    until = f" Last day: {words.day(record.sunset)}." if record.sunset else ""
    instead = f" Use {here.name(type(record), record.replaced_by)} instead." if record.replaced_by else ""
    title, _, meaning = words.STATUSES[record.status].partition(": ")
    return markup.note(_ALERTS[record.status], title, f"{words.sentence(meaning)}.{until}{instead}")


def _upkeep(here: Here, record: Record) -> Iterator[tuple[str, str]]:
    """Yield who keeps a record true, and since when it is."""
    yield "Owner", owner(here, record) if record.owner else ""
    yield "Last reviewed", _reviewed(record)
    yield "Changed since", versions.changed_since(here, record)
    yield "Version", versions.current(here, record)
    yield "What changed for me", news.for_role(here, record) if isinstance(record, Role) else ""
    yield "Also for", here.names(Role, record.audience)
    yield "Takes the place of", here.names(type(record), record.replaces)
    yield "Formerly", ", ".join(markup.code(alias) for alias in record.aliases)


def _reviewed(record: Record) -> str:
    """Return when a record was found true, and until when that holds."""
    rhythm, reviewed = words.every(record.review_every), words.day(record.reviewed)
    until = f"holds until {words.day(due_on(record))}" if reviewed and rhythm else ""
    return "; ".join(filter(None, (", ".join(filter(None, (reviewed, rhythm))), until)))


def _mentions(here: Here, record: Record, above: str) -> str:
    """Return who refers to a record, by kind, without those that the page has linked already."""
    linked = frozenset(_PAGE.findall(above))
    by_kind: dict[str, dict[str, Record]] = {}
    for use in uses(here.handbook, record):
        path = page_path(use.record)
        if use.record is not record and relative(here.path, path) not in linked:
            by_kind.setdefault(use.record.kind, {})[path] = use.record
    return markup.facts(
        (KINDS[kind].plural, ", ".join(here.link(found) for found in records.values()))
        for kind, records in by_kind.items()
    )
