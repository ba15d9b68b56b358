"""What changed, release by release: a page for everybody, one for each release, and one for each role with feeds to follow.

There is no script that filters: who wants to know what concerns a role reads the page of that role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handbook.changes.formats import atom, json_feed
from handbook.changes.stretch import Stretch, of_role
from handbook.model.catalog import Role
from handbook.model.handbook import Name
from handbook.site.entries import blocks, link, safe
from handbook.site.page import Here, Page
from handbook.text import markup, words

INDEX = "changes/index.md"
TITLE = "What changed"
_LEAD = "What people have to do differently, from when, and why: the newest first."
_FOR_ROLE = "What this role has to do differently, from when, and why: the newest first."
_FEW = 5  #: entries that the overview names
_BOOST = 0.3  #: who searches wants to know what holds today


def pages(here: Here) -> Iterator[Page]:
    """Yield the overview, the page of each stretch of the history, and that of each role that something changed for."""
    past = here.around.past
    if past is None or not past.stretches:
        yield _without(here)
        return
    yield _index(here, past.stretches)
    for stretch in past.stretches:
        yield _stretch(here, stretch)
    for role, mine in _by_role(here).items():
        yield _role(here, here.handbook.records[Name("role", role)], mine)  # type: ignore[arg-type]


def role_path(role: str) -> str:
    """Return the path of the page with what changed for a role."""
    return f"changes/for/{role}.md"


def for_role(here: Here, role: Role) -> str:
    """Return a link to what changed for a role, with the newest of it in a sentence; nothing where nothing did."""
    mine = _of(here, role.id)
    if not mine:
        return ""
    newest = mine[0]
    return f"{here.to(role_path(role.id), newest.title)}: {safe(short(newest))}"


def newest(here: Here) -> Stretch | None:
    """Return the newest stretch of the history."""
    past = here.around.past
    return past.stretches[0] if past and past.stretches else None


def stretch_path(stretch: Stretch) -> str:
    """Return the path of the page of a stretch."""
    return f"changes/{_slug(stretch)}.md"


def short(stretch: Stretch) -> str:
    """Return what a stretch brings, without the work that it took: 3 changes to act on and 1 new page."""
    return f"{stretch.summary.partition(', from ')[0].rstrip('.')}."


def highlights(here: Here, stretch: Stretch, most: int = _FEW) -> str:
    """Return the weightiest things that people have to do differently, or else what is worth knowing, each in a line."""
    told = [section for section in stretch.sections if section.entries and not section.brief]
    if not told:
        return ""
    first = told[0]
    named = (f"{link(here, entry)}: {safe(' '.join(entry.lines[:1]))}" for entry in first.entries[:most])
    left = len(first.entries) - most
    more = [here.to(stretch_path(stretch), f"and {words.count(left, 'more record')}")] if left > 0 else []
    return markup.bullets((*named, *more))


def _without(here: Here) -> Page:
    text = markup.join(
        markup.front_matter(TITLE, _LEAD, boost=_BOOST),
        f"# {TITLE}",
        markup.note(
            "info", "The history is not known here", safe(here.around.why or "Nothing has happened yet.")
        ),
    )
    return Page(path=INDEX, text=f"{text}\n")


def _index(here: Here, stretches: Sequence[Stretch]) -> Page:
    here = replace(here, path=INDEX)
    first, *earlier = stretches
    rows = (
        (
            f"{here.to(stretch_path(one), one.title)}{{ #{_slug(one)} }}",
            words.short_day(one.day),
            safe(short(one)),
        )
        for one in earlier
    )
    text = markup.join(
        markup.front_matter(TITLE, _LEAD, boost=_BOOST),
        markup.top(TITLE, _LEAD),
        f"Only what concerns you: {here.to(INDEX, 'by role', 'by-role')}.",
        _follow(here, "changes/feed"),
        markup.heading(here.to(stretch_path(first), first.title), 2, _slug(first)),
        f"{safe(short(first))} {here.to(stretch_path(first), 'Read all of it')}, up to {words.day(first.day)}.",
        highlights(here, first),
        markup.section("By role", _roles(here, first), anchor="by-role"),
        markup.section("Before that", markup.table(("When", "Until", "What"), rows), anchor="earlier"),
    )
    files = _feeds(here, stretches, here.settings.title, "changes/feed", INDEX)
    return Page(path=INDEX, text=f"{text}\n", files=tuple(files))


def _roles(here: Here, newest: Stretch) -> str:
    """Return a row for each role: what the newest stretch brings, or where that brings nothing, an earlier one by name."""
    rows = []
    for id, (first, *_) in _by_role(here).items():
        role = here.handbook.records[Name("role", id)]
        when = "" if first.name == newest.name else safe(first.title)
        rows.append((here.to(role_path(id), role.title), safe(short(first)), when))
    return markup.table(("You are", "For you", "When"), rows)


def _stretch(here: Here, stretch: Stretch) -> Page:
    here = replace(here, path=stretch_path(stretch))
    text = markup.join(
        markup.front_matter(f"{TITLE}: {stretch.title}", stretch.summary, boost=_BOOST),
        markup.top(safe(stretch.title), safe(stretch.summary), here.to(INDEX, TITLE)),
        f"Up to {words.day(stretch.day)}. Only what concerns you: {here.to(INDEX, 'by role', 'by-role')}.",
        *blocks(here, stretch.sections, 2),
    )
    return Page(path=here.path, text=f"{text}\n")


def _role(here: Here, role: Role, mine: Sequence[Stretch]) -> Page:
    here = replace(here, path=role_path(role.id))
    feed = f"changes/for/{role.id}"
    # the page is found by its title: what it says stands also on the pages of the stretches
    text = markup.join(
        markup.front_matter(f"{TITLE}: {role.title}", f"What changed for {role.title}, and why."),
        markup.top(f"{TITLE} for {here.link(role)}", _FOR_ROLE, here.to(INDEX, TITLE)),
        _follow(here, feed),
        *(
            markup.join(
                markup.heading(here.to(stretch_path(one), one.title), 2, _slug(one), hidden=True),
                f"{safe(short(one))} Up to {words.day(one.day)}.",
                *blocks(here, one.sections, 3, hidden=True),
            )
            for one in mine
        ),
    )
    files = _feeds(here, mine, f"{here.settings.title} for {role.title}", feed, here.path)
    return Page(path=here.path, text=f"{text}\n", files=tuple(files))


def _by_role(here: Here) -> dict[str, list[Stretch]]:
    """Return what changed for each role, the roles by title."""
    roles = sorted(here.handbook.all(Role), key=lambda role: (role.title.casefold(), role.id))
    return {role.id: mine for role in roles if (mine := _of(here, role.id))}


def _of(here: Here, role: str) -> list[Stretch]:
    """Return the stretches in which something changed for a role, whatever it was called then."""
    past = here.around.past
    found = []
    for stretch in past.stretches if past else ():
        was = next((id for id in stretch.readers if here.handbook.resolve(Name("role", id)).id == role), None)
        if was is not None:
            found.append(of_role(stretch, was))
    return found


def _slug(stretch: Stretch) -> str:
    """Return the name of a stretch as a path and an anchor may have it."""
    name = re.sub(r"[^a-z0-9.-]+", "-", stretch.name.casefold()).strip(".-") or "release"
    return f"{name}-" if name in ("index", "feed", "by-role", "earlier") else name


def _follow(here: Here, feed: str) -> str:
    """Return links to the feeds, marked so that programs find them."""
    named = (("Atom", "xml", "application/atom+xml"), ("JSON", "json", "application/feed+json"))
    links = (
        f'{here.to(f"{feed}.{ending}", f"{name} feed")}{{ rel="alternate" type="{type}" }}'
        for name, ending, type in named
    )
    return f"To be told of what is new: {' or '.join(links)}.\n{{ .legend }}"


def _feeds(here: Here, stretches: Iterable[Stretch], title: str, feed: str, page: str) -> Iterator[Page]:
    """Yield the feeds. What is not released yet is not among them, for it will be told again."""
    told = [replace(one, name=_slug(one)) for one in stretches if one.released]
    site = here.around.site
    address = f"{site}{page.removesuffix('index.md').removesuffix('.md')}" if site else ""
    address = address if not address or address.endswith("/") else f"{address}/"
    for ending, render in (("xml", atom.render), ("json", json_feed.render)):
        at = f"{site}{feed}.{ending}" if site else ""
        yield Page(path=f"{feed}.{ending}", text=render(told, title, address, at))
