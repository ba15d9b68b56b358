"""The page of a word of the glossary, and its entry in the list of all words."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Term
from handbook.model.handbook import Handbook
from handbook.site import frame
from handbook.site.page import Here, Page, page_path
from handbook.text import markup


def page(here: Here, term: Term) -> Page:
    """Return the page of a term."""
    return frame.page(here, term, _facts(here, term))


def entry(here: Here, term: Term) -> str:
    """Return a term with its meaning, as the glossary lists it."""
    short = f" ({markup.text(term.abbreviation)})" if term.abbreviation else ""
    lines = [f"**{here.link(term)}{short}**{{ #{term.id} }}", f":   {markup.text(term.summary)}"]
    remarks = [f"{label}: {value}." for label, value in _remarks(here, term) if value]
    return "\n".join((*lines, *([f"    *{' '.join(remarks)}*{{ .meta }}"] if remarks else [])))


def marks(handbook: Handbook) -> list[list[str]]:
    """Return what pages have to know to explain the words of the glossary: see `glossary`."""
    found = []
    for one in handbook.all(Term):
        several = (name for name in (one.title, *one.also) if " " in name.strip())
        names = list(dict.fromkeys(filter(None, (one.abbreviation, *several))))
        if names:
            found.append([f"{one.title}: {one.summary}", page_path(one), *names])
    return found


def _facts(here: Here, term: Term) -> Iterator[tuple[str, str]]:
    yield "Short form", markup.text(term.abbreviation or "")
    yield from _remarks(here, term)


def _remarks(here: Here, term: Term) -> Iterator[tuple[str, str]]:
    yield "Also called", markup.text(", ".join(term.also))
    yield "Do not say", markup.text(", ".join(term.avoid))
    yield "See", here.names(Term, term.see)
