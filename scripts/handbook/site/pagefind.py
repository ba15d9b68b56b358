"""What pages tell Pagefind beside their text: what they are, whose, for whom, and what else they are called. Pure.

Pages of records carry it in their Markdown, so that it is there whichever generator builds them. The plugin adds the
rest to the HTML: where the text of a page is, how much it counts, and what a page is that was written by hand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from handbook.frozen import Frozen
from handbook.model.catalog import Role, Team
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.site import search
from handbook.text import markup

NAME = "pagefind"  #: the value of the setting
#: what is in the text of a page and no part of it: signs behind headings, where one is, what stands twice
LEFT_OUT = (".headerlink", ".kind", ".feedback", ".imprint", ".legend", ".md-source-file", "svg")
OVERVIEWS = "Overviews"  #: the kind of pages that are lists and reports of others
#: the filter that says in which order the values of others come. Readers do not see it: it is data for the box of the search.
ORDER = "order"

_SIGN = 'class="about-page"'
_BODY = re.compile(r"<article\b")
#: the order of kinds: those of records are as in the table of kinds, then come the sections of pages by hand
_SECTIONS, _OVERVIEWS, _LAST = 100, 800, 900


class About(Frozen):
    """What the search takes a page for. `weight` is how much its words count, 1 being usual."""

    title: str
    summary: str = ""
    kind: str = OVERVIEWS
    owner: str = ""
    weight: float = 1.0
    place: int = _OVERVIEWS  #: of its kind among others


def facts(handbook: Handbook, settings: Settings, record: Record) -> str:
    """Return what the search is told of a record, as a block of HTML that nobody sees; nothing where no Pagefind is used."""
    if settings.search != NAME:
        return ""
    told = [
        _told("name", record.title),
        _told("summary", record.summary),
        *_in_order("kind", KINDS[record.kind].plural, list(KINDS).index(record.kind)),
        _told("kind", KINDS[record.kind].title),
    ]
    if owner := handbook.find(Team, record.owner):
        told += [_filter("owner", owner.title), _told("owner", owner.title)]
    told += [_filter("role", role) for role in roles(handbook, record)]
    if isinstance(record, Process):
        told += _in_order("stage", settings.areas.get(record.area, record.area), settings.stage(record.area))
    told += [_told("also", "; ".join(search.keywords(handbook, record)))]
    return f"<div {_SIGN} hidden data-pagefind-ignore>{''.join(told)}</div>"


def roles(handbook: Handbook, record: Record) -> tuple[str, ...]:
    """Return the titles of the roles that a record is about: those that it names, and a role itself."""
    found = (handbook.find(Role, name.id) for name in _named(handbook, record) if name.kind == "role")
    own = (record,) if isinstance(record, Role) else ()
    return tuple(dict.fromkeys(role.title for role in (*own, *filter(None, found))))


def places(sections: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, int]:
    """Return the places of kinds that are sections of the navigation. Each is given with the paths of its pages, in its order.

    The section with the reference of the tool comes last: it is about the handbook, and not what most people look for.
    """
    return {
        title: _LAST if any(path.startswith("reference/") for path in paths) else _SECTIONS + place
        for place, (title, paths) in enumerate(sections)
    }


def marked(page: str, about: About | None) -> str:
    """Return the HTML of a page in which the search finds its text. Without `about` it is not to be found at all."""
    begin = _BODY.search(page)
    if about is None or begin is None:
        return page
    weight = f' data-pagefind-weight="{about.weight:g}"' if about.weight != 1 else ""
    rest = f"{page[begin.end() :]}"
    page = f"{page[: begin.end()]} data-pagefind-body{weight}{rest}"
    return page if _SIGN in page else page.replace("</head>", f"{''.join(_head(about))}</head>", 1)


def _named(handbook: Handbook, record: Record) -> Iterable[Name]:
    return (reference.target for reference in handbook.outgoing(record))


def _head(about: About) -> Iterator[str]:
    yield _meta(f'data-pagefind-filter="{ORDER}[content]"', _place("kind", about.kind, about.place))
    for name, value in (("kind", about.kind), ("owner", about.owner)):
        if value:
            yield _meta(f'data-pagefind-filter="{name}[content]" data-pagefind-meta="{name}[content]"', value)
    if about.summary:
        yield _meta('data-pagefind-meta="summary[content]"', about.summary)
    if about.weight >= 1:  # a page that counts less is not found by its title alone
        yield _meta('data-pagefind-meta="name[content]"', about.title)


def _meta(attributes: str, value: str) -> str:
    return f'<meta {attributes} content="{html.escape(value)}">'


def _in_order(name: str, value: str, place: int) -> tuple[str, str]:
    return _filter(name, value), _filter(ORDER, _place(name, value, place))


def _place(name: str, value: str, place: int) -> str:
    return f"{name} {place} {value}"


def _filter(name: str, value: str) -> str:
    return f'<i data-pagefind-filter="{name}">{markup.text(value)}</i>'


def _told(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}">{markup.text(value)}</i>' if value else ""
