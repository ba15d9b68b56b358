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
_MARK = re.compile(rb"^(?:---|\.\.\.)", re.M)  #: where a document begins or ends
_NOTHING = re.compile(rb"(?: *(?:#[^\n]*)?\n)*")  #: empty lines and comments
IDS = "[]"  #: the last step of the way to the order of the parts of a list


class Values:
    """The values of a record. Where two have a part of equal text, it is the same object in both."""

    def __init__(self, data: Any) -> None:
        self._data = data

    def get(self, way: Way) -> str | None:
        """Return a value as JSON; None where there is none, or several below it."""
        data = self._data
        for step in way:
            if isinstance(data, dict):
                data = data.get(step, _MISSING)
            elif step == IDS:
                ids = _ids(data)
                return json.dumps(ids) if ids else None
            else:
                data = _part(data, step)
        return None if data is _MISSING or _is_branch(data) else _said(data)

    def differing(self, other: Values) -> list[Way]:
        """Return the ways to what is not the same in both."""
        return list(dict.fromkeys(_differing((), self._data, other._data)))

    def ids(self, way: Way) -> list[str]:
        """Return the ids of the parts of a list, in their order."""
        found: list[str] = json.loads(self.get((*way, IDS)) or "[]")
        return found


class _Missing:
    """What is not there at all, unlike nothing that is written."""


_MISSING = _Missing()
NONE = Values(_MISSING)
BROKEN = Values(_MISSING)  #: of a file that cannot be read, which may say anything


class Reader:
    """Reads contents, and remembers the parts of those that it has read."""

    def __init__(self) -> None:
        self._data: dict[bytes, Any] = {}

    def document(self, path: str, source: bytes) -> Document:
        """Return what is in a file, as `yaml.read` does."""
        data = self._parts(source)
        return yaml.read(path, source) if data is None else Document(path, data)

    def values(self, source: bytes, keys: frozenset[str]) -> Values:
        """Return the values of the record that a file has at one of some keys; without keys it is the whole file."""
        data: Any = self._parts(source)
        if data is None:
            data = yaml.read("", source).data
        if not isinstance(data, dict):
            return BROKEN
        return Values(next((data[key] for key in sorted(keys) if key in data), _MISSING) if keys else data)

    def _parts(self, source: bytes) -> dict[str, Any] | None:
        """Return the value of each key at the margin; None where the file has to be read as a whole."""
        found: dict[str, Any] = {}
        for text in () if _MARK.search(source) else _cut(source, _KEY) or ():
            data = self._part(text)
            if not isinstance(data, dict) or found.keys() & data.keys():
                return None
            found |= data
        return found or None

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


def _cut(text: bytes, before: re.Pattern[bytes]) -> list[bytes] | None:
    """Return a text cut before each match, what stands above the first left out; None where that may mean something."""
    starts = [match.start() for match in before.finditer(text)]
    if not starts or not (_NOTHING.fullmatch(text, 0, starts[0]) or _LIST.match(text)):
        return None
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _ids(data: Any) -> list[str]:
    """Return the ids of the parts of a list; none where it is another list, or none."""
    if not isinstance(data, list):
        return []
    ids = [part.get("id") if isinstance(part, dict) else None for part in data]
    return [id for id in ids if isinstance(id, str)] if all(isinstance(id, str) for id in ids) else []


def _part(data: Any, id: str) -> Any:
    """Return a part of a list by its id, without which it stays the same wherever it stands."""
    found = next((part for part in reversed(data) if part["id"] == id), None) if _ids(data) else None
    return _MISSING if found is None else {key: value for key, value in found.items() if key != "id"}


def _is_branch(data: Any) -> bool:
    return bool(_ids(data)) or (isinstance(data, dict) and bool(data))


def _said(data: Any) -> str:
    return json.dumps(data, sort_keys=True, default=str)


def _differing(way: Way, old: Any, new: Any) -> Iterator[Way]:
    """Yield the ways to what two states of something do not have alike."""
    if old is new:
        return
    if not _is_branch(old) and not _is_branch(new):
        if old is _MISSING or new is _MISSING or _said(old) != _said(new):
            yield way
        return
    ids = (_ids(old), _ids(new))
    if ids[0] != ids[1]:
        yield (*way, IDS)
    sides = [_parts(data, some) for data, some in zip((old, new), ids, strict=True)]
    for key in {**sides[0], **sides[1]}:
        yield from _differing((*way, key), *(side.get(key, _MISSING) for side in sides))
    for data in (old, new):
        if data is not _MISSING and not _is_branch(data):
            yield way


def _parts(data: Any, ids: list[str]) -> Mapping[str, Any]:
    """Return what is below something: the parts of a list by their ids, or the values of a mapping."""
    if ids:
        return dict(zip(ids, data, strict=True))
    return data if isinstance(data, dict) else {}
