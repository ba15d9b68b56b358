"""The order of the pages in the navigation, and how it fills the placeholders of a site's configuration.

In `nav` of mkdocs.yml, `- Processes: processes/` stands for all pages of that folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from handbook.model.handbook import Handbook
from handbook.model.kinds import KINDS
from handbook.settings import Settings
from handbook.site import index
from handbook.site.page import index_path, page_path

Entry = Any  #: as MkDocs has it: a path, or a mapping from a title to a path or to a list of entries


def sections(handbook: Handbook, settings: Settings, *, empty: bool = True) -> dict[str, list[Entry]]:
    """Return the entries for each folder of records: the list first, then the records in the order of the list.

    Processes stand below the headings of their areas. The words of the glossary are all in their list,
    so they have no entries of their own. Without `empty`, a kind without records has no list.
    """
    return {
        f"{kind.pages}/": _section(handbook, settings, name)
        for name, kind in KINDS.items()
        if empty or handbook.of_kind(name)
    }


def _section(handbook: Handbook, settings: Settings, kind: str) -> list[Entry]:
    entries: list[Entry] = [index_path(kind)]
    if kind == "term":
        return entries
    records = sorted(handbook.of_kind(kind), key=index.order)
    if kind != "process":
        return entries + [page_path(record) for record in records]
    groups = index.grouped(kind, records, settings.areas)
    return entries + [{title: [page_path(record) for record in found]} for title, found in groups.items()]


def filled(nav: Iterable[Entry], sections: Mapping[str, list[Entry]], pages: Iterable[str]) -> list[Entry]:
    """Return a navigation in which each placeholder holds the pages of its folder; one for an empty folder is left out.

    For a folder that is not in `sections` these are its ones among `pages`, the index first.
    """
    known = sorted(pages, key=lambda path: (not path.endswith("/index.md"), path))
    return list(
        _entries(
            nav, lambda folder: sections.get(folder) or [path for path in known if _folder(path) == folder]
        )
    )


def within(nav: Iterable[Entry], pages: Iterable[str]) -> list[Entry]:
    """Return a navigation without pages that are not there, without links to other sites, and without what that leaves empty."""
    known = frozenset(pages)
    return list(_kept(nav, known))


def _kept(nav: Iterable[Entry], known: frozenset[str]) -> Iterator[Entry]:
    for entry in nav:
        if isinstance(entry, dict):
            kept = {
                title: list(_kept(value if isinstance(value, list) else [value], known))
                for title, value in entry.items()
            }
            yield from (
                {title: below if isinstance(entry[title], list) else below[0]}
                for title, below in kept.items()
                if below
            )
        elif entry in known:
            yield entry


def paths(nav: Entry) -> Iterator[str]:
    """Yield every path in a navigation."""
    if isinstance(nav, str):
        yield nav
    else:
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from paths(entry)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] + "/"


def _entries(nav: Iterable[Entry], pages_of: Callable[[str], list[Entry]]) -> Iterator[Entry]:
    for entry in nav:
        if isinstance(entry, dict):
            filled = {title: _value(value, pages_of) for title, value in entry.items()}
            yield from ({title: value} for title, value in filled.items() if value != [])
        elif _is_placeholder(entry):
            yield from pages_of(entry)
        else:
            yield entry


def _value(value: Any, pages_of: Callable[[str], list[Entry]]) -> Any:
    if isinstance(value, list):
        return list(_entries(value, pages_of))
    return pages_of(value) if _is_placeholder(value) else value


def _is_placeholder(value: object) -> bool:
    return isinstance(value, str) and value.endswith("/") and "://" not in value
