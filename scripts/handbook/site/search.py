"""The words by which a record is found beside those on its page: what people call it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handbook.model.catalog import Term
from handbook.model.handbook import Handbook
from handbook.model.record import Record
from handbook.model.remembered import remembered

_WORDS = re.compile(r"[^\w/]+")


def keywords(handbook: Handbook, record: Record) -> tuple[str, ...]:
    """Return the tags of a record, its former names, and what the glossary calls the words in its title."""
    found = [*record.tags, *(alias.replace("-", " ") for alias in record.aliases)]
    if isinstance(record, Term):
        found += [*filter(None, (record.abbreviation,)), *record.also]
    else:
        title = f" {_plain(record.title)} "
        found += [
            word for name, words in _synonyms(handbook).items() if f" {name} " in title for word in words
        ]
    return tuple(word for word in dict.fromkeys(found) if _plain(word) != _plain(record.title))


@remembered
def _synonyms(handbook: Handbook) -> Mapping[str, tuple[str, ...]]:
    """Return each name that the glossary has for something, with its other names."""
    return {
        _plain(name): tuple(other for other in names if other != name)
        for names in map(_names, handbook.all(Term))
        if len(names) > 1
        for name in names
    }


def _names(term: Term) -> list[str]:
    return [term.title, *filter(None, (term.abbreviation,)), *term.also]


def _plain(words: str) -> str:
    return _WORDS.sub(" ", words).strip().casefold()
