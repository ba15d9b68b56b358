"""A handbook of which only that is read which is asked for says the same as one that was read as a whole."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from handbook.changes.shelf import Shared, Shelf
from handbook.check import load
from handbook.check.sync import content_id
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.settings import Settings
from handbook.sources import literal
from tests.changes.books import BASE, RELEASE, ROLES

SETTINGS = Settings(areas={"release": "Release", "delivery": "Delivery"})


class Counted(Mapping[str, bytes]):
    """Files that note which of them are read."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files, self.read = files, list[str]()

    def __getitem__(self, path: str) -> bytes:
        self.read.append(path)
        return self.files[path]

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def files(**more: Any) -> Counted:
    every = {
        **copy.deepcopy(dict(BASE)),
        **{path.replace("__", "/") + ".yaml": data for path, data in more.items()},
    }
    texts = {path: data if isinstance(data, str) else json.dumps(data) for path, data in every.items()}
    return Counted(literal(texts))


def shelf(sources: Counted, shared: Shared | None = None) -> Shelf:
    ids = {path: content_id(source) for path, source in sources.files.items()}
    aliased = [path for path, source in sources.files.items() if b"aliases" in source]
    return Shelf(sources, SETTINGS, lambda path: ids[path], lambda: aliased, shared or Shared())


def aliased(id: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "aliases": [id]}


CASES: dict[str, dict[str, Any]] = {
    "a handbook with every kind": {},
    "another name for a process": {"processes__release__go": aliased("go-no-go", BASE[RELEASE])},
    "two processes of one name": {"processes__delivery__launch-management": {**BASE[RELEASE], "title": "Another"}},
    "two of one name, the first of which is broken": {"processes__delivery__launch-management": "title: ["},
    "a record with findings": {"processes__release__go": {"title": 3}},
    "a file where none belongs": {"processes__elsewhere__go": BASE[RELEASE]},
    "a catalogue that cannot be read": {"processes__catalog__roles": "- a"},
    "an entry with findings": {"processes__catalog__roles": {**BASE[ROLES], "lead": {}}},
    "other names in a catalogue": {"processes__catalog__roles": {id: aliased(f"a-{id}", data) for id, data in BASE[ROLES].items()}},
    "no catalogue": {"processes__catalog__terms": "{}"},
}  # fmt: skip


@pytest.mark.parametrize("more", CASES.values(), ids=CASES)
def test_it_says_the_same_as_the_whole(more: dict[str, Any]) -> None:
    sources = files(**more)
    whole, lazy = load(sources, SETTINGS).handbook, shelf(sources).handbook()
    assert dict(lazy.records) == dict(whole.records)
    assert dict(lazy.places) == dict(whole.places)
    assert dict(lazy.aliases) == dict(whole.aliases)
    assert set(lazy.unread) == whole.unread
    for kind in KINDS:
        assert lazy.of_kind(kind) == whole.of_kind(kind)
    for record in whole.records.values():
        assert lazy.outgoing(record) == whole.outgoing(record)
    for name in (*whole.places, Name("process", "nowhere"), Name("role", "nobody")):
        assert (name in lazy.records, name in lazy.places) == (name in whole.records, name in whole.places)


def test_only_what_is_asked_for_is_read() -> None:
    sources = files()
    book = shelf(sources).handbook()
    assert sources.read == []
    assert Name("process", "launch-management") in book.places
    assert sources.read == []
    assert book.records[Name("process", "launch-management")].title == "Launch management"
    assert sources.read == [RELEASE]
    assert Name("term", "go") not in book.records
    assert set(sources.read) == {RELEASE, *(path for path in sources if "/catalog/" in path)}


def test_two_moments_share_the_records_that_both_have() -> None:
    shared = Shared()
    books = [shelf(files(), shared).handbook() for _ in range(2)]
    name = Name("process", "launch-management")
    assert books[0].records[name] is books[1].records[name]
