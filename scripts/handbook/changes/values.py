"""The values of a record, by the way to each, read part by part: of two contents of a file most parts are the same.

A file is cut before each key at its margin, and a list below such a key before each entry. Where the parts cannot be
read by themselves, as of a text in quotes that goes over a cut, the file is read as a whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from handbook.text import yaml
from handbook.text.yaml import Document

Way = tuple[str, ...]
_KEY = re.compile(rb"^(?=[A-Za-z_\"'])", re.M)
_LIST = re.compile(rb"([A-Za-z_][A-Za-z0-9_-]*): *\n(?: *(?:#[^\n]*)?\n)*( *)- ")
_NOTHING = re.compile(rb"(?: *(?:#[^\n]*)?\n)*")  #: empty lines and comments
IDS = "[]"  #: the last step of the way to the order of the parts of a list


class Values:
    """The values of a record. `cells` hold those of each part; parts of equal text are the same objects."""

    def __init__(self, cells: Mapping[Way, Mapping[Way, str]]) -> None:
        self._cells = cells

    def get(self, way: Way) -> str | None:
        """Return a value as JSON; None where there is none."""
        for size in (2, 1, 0):
            cell = self._cells.get(way[:size])
            if cell is not None and way in cell:
                return cell[way]
        return None

    def differing(self, other: Values) -> list[Way]:
        """Return the ways to what is not the same in both."""
        mine, yours = self._cells, other._cells
        cells = [key for key in {**mine, **yours} if mine.get(key) is not yours.get(key)]
        ways = dict.fromkeys(way for key in cells for some in (mine, yours) for way in some.get(key, ()))
        return [way for way in ways if self.get(way) != other.get(way)]

    def ids(self, way: Way) -> list[str]:
        """Return the ids of the parts of a list, in their order."""
        found: list[str] = json.loads(self.get((*way, IDS)) or "[]")
        return found


NONE = Values({})
BROKEN = Values({(): {("",): "unreadable"}})  #: a file that cannot be read may say anything


class Reader:
    """Reads contents, and remembers the parts of those that it has read."""

    def __init__(self) -> None:
        self._data: dict[bytes, Any] = {}
        self._cells: dict[tuple[int, Way], Mapping[Way, str]] = {}  #: by the identity of data, which is kept

    def document(self, path: str, source: bytes) -> Document:
        """Return what is in a file, as `yaml.read` does."""
        data = self._parts(source)
        return yaml.read(path, source) if data is None else Document(path, data)

    def values(self, source: bytes, keys: frozenset[str]) -> Values:
        """Return the values of the record that a file has at one of some keys; without keys it is the whole file."""
        data = self._parts(source)
        if data is None:
            return _whole(yaml.read("", source).data, keys)
        if not keys:
            return Values({way: cell for key, value in data.items() for way, cell in self._below(key, value)})
        key = next((key for key in sorted(keys) if key in data), None)
        return NONE if key is None else Values({(): self._cell((), data[key])})

    def _parts(self, source: bytes) -> dict[str, Any] | None:
        """Return the value of each key at the margin; None where the file has to be read as a whole."""
        found: dict[str, Any] = {}
        for text in _cut(source, _KEY) or (source,):
            data = self._part(text)
            if not isinstance(data, dict) or found.keys() & data.keys():
                return None
            found |= data
        return found

    def _part(self, text: bytes) -> Any:
        """Return what the text of a key says, with what was read of it before; None where something is unusual."""
        if text not in self._data:
            self._data[text] = self._listed(text) or self._read(text)
        return self._data[text]

    def _listed(self, text: bytes) -> dict[str, Any] | None:
        head = _LIST.match(text)
        if head is None:
            return None
        entries = _cut(text, re.compile(rb"^%s(?=- )" % head[2], re.M)) or ()
        read = [self._read(entry) for entry in entries]
        if not all(isinstance(entry, list) and len(entry) == 1 for entry in read):
            return None
        return {head[1].decode(): [entry[0] for entry in read]}

    def _read(self, text: bytes) -> Any:
        if text not in self._data:
            document = yaml.read("", text)
            self._data[text] = None if document.faults else document.data
        return self._data[text]

    def _below(self, key: str, value: Any) -> Iterator[tuple[Way, Mapping[Way, str]]]:
        """Yield the cells of a key: its own, or one for each part of its list and one for their order."""
        ids = _ids(value)
        if len(set(ids)) < max(len(ids), 1):
            yield (key,), self._cell((key,), value)
            return
        yield (key, IDS), {(key, IDS): json.dumps(ids)}
        for part in value:
            yield (key, part["id"]), self._cell((key, part["id"]), part)

    def _cell(self, way: Way, data: Any) -> Mapping[Way, str]:
        known = (id(data), way)
        if known not in self._cells:
            self._cells[known] = dict(_flat(way, _without_id(data) if len(way) > 1 else data))
        return self._cells[known]


def _cut(text: bytes, before: re.Pattern[bytes]) -> list[bytes] | None:
    """Return a text cut before each match, what stands above the first left out; None where that may mean something."""
    starts = [match.start() for match in before.finditer(text)]
    if not starts or not (_NOTHING.fullmatch(text, 0, starts[0]) or _LIST.match(text)):
        return None
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _whole(data: object, keys: frozenset[str]) -> Values:
    """The values of a record in the data of its file."""
    if not isinstance(data, dict):
        return BROKEN
    if keys:
        data = next((data[key] for key in sorted(keys) if key in data), None)
        if data is None:
            return NONE
    return Values({(): dict(_flat((), data))})


def _ids(data: Any) -> list[str]:
    """Return the ids of the parts of a list; none where it is another list, or none."""
    if not isinstance(data, list):
        return []
    ids = [part.get("id") if isinstance(part, dict) else None for part in data]
    return [id for id in ids if isinstance(id, str)] if all(isinstance(id, str) for id in ids) else []


def _without_id(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "id"}


def _flat(way: Way, data: Any) -> Iterator[tuple[Way, str]]:
    """Yield each value with the way to it. Parts are known by their ids, so that one that moves stays the same."""
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _flat((*way, key), value)
    elif ids := _ids(data):
        yield (*way, IDS), json.dumps(ids)
        for part in data:
            yield from _flat((*way, part["id"]), _without_id(part))
    else:
        yield way, json.dumps(data, sort_keys=True, default=str)
