"""The first page of the public site, where nobody wrote one: what there is to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.model.catalog import Term
from handbook.model.kinds import KINDS
from handbook.model.page import Page as Written
from handbook.site import index
from handbook.site.page import Here, Page, index_path
from handbook.text import markup, words

_MOST = 12  #: records of a kind that are named; the list of the kind has all of them


def page(here: Here, written: Mapping[str, Written]) -> Page:
    """Return the page. `written` are the pages by hand that are public, by path."""
    title = here.settings.title
    text = markup.join(
        markup.front_matter(title, "What everybody may read of this handbook."),
        markup.top(markup.text(title), "What everybody may read of how we work."),
        *_records(here, catalogue=False),
        *_guides(here, written),
        *_records(here, catalogue=True),
    )
    return Page(path=here.path, text=f"{text}\n")


def _records(here: Here, *, catalogue: bool) -> Iterator[str]:
    for kind, about in KINDS.items():
        found = sorted(here.handbook.of_kind(kind), key=index.order)
        if not found or about.catalogue != catalogue:
            continue
        if kind == Term.kind:
            shown = f"{words.count(len(found), 'word')}, and what they mean here."
        else:
            shown = markup.bullets(f"{here.link(one)}: {markup.text(one.summary)}" for one in found[:_MOST])
        left = len(found) - _MOST
        more = here.to(index_path(kind), f"and {left} more") if left > 0 and kind != Term.kind else ""
        title = "Glossary" if kind == Term.kind else about.plural
        yield markup.join(markup.heading(here.to(index_path(kind), title), 2, about.pages), shown, more)


def _guides(here: Here, written: Mapping[str, Written]) -> Iterator[str]:
    """Yield a list for each folder of pages, under the title of its first page."""
    folders: dict[str, list[str]] = {}
    for path in sorted(written):
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for folder, paths in folders.items():
        first = f"{folder}/index.md"
        name = words.sentence(folder.rpartition("/")[2].replace("-", " ")) or "More"
        title = here.to(first, _title(written[first])) if first in written else markup.text(name)
        rows = (
            here.to(path, _title(written[path])) + _summary(written[path]) for path in paths if path != first
        )
        if shown := markup.bullets(rows):
            yield markup.join(markup.heading(title, 2), shown)


def _title(page: Written) -> str:
    said = page.front.get("title")
    headings = [heading.title for heading in page.outline.headings if heading.level == 1]
    name = page.path.rpartition("/")[2].removesuffix(".md").replace("-", " ")
    return str(said or next(iter(headings), "") or words.sentence(name))


def _summary(page: Written) -> str:
    said = page.front.get("summary")
    return f": {markup.text(str(said))}" if said else ""
