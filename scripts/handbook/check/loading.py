"""The whole handbook in memory, for what needs all of it at once: the site, plans, and two revisions to compare."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.check import records
from handbook.check.sync import content_id
from handbook.finding import Place
from handbook.frozen import Frozen
from handbook.model.handbook import Handbook, Name, Reference
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import RECORD_ENDINGS, Latest, Sources


class Loaded(Frozen):
    """A handbook as far as it could be read, its settings, and for each file with errors the first thing that is wrong."""

    handbook: Handbook
    settings: Settings
    complaints: Mapping[str, str]


class _Read(Frozen):
    """One file as it was read: the kind that could not be read, what is wrong, and for each record all that is known of it."""

    unread: str | None
    complaint: str
    records: tuple[tuple[Name, Place, tuple[Reference, ...], Record | None], ...]


#: files that were read before, by path, id of the content, and what else their reading depends on
Known = dict[tuple[str, str, str, tuple[str, ...]], _Read]


def load(sources: Sources, settings: Settings, known: Known | None = None) -> Loaded:
    """Read every record and return the handbook that they make. Of two with one name the first one counts.

    What is `known` is not read again, and its records are the same objects: most files of two revisions are alike.
    """
    found: dict[Name, Record] = {}
    places: dict[Name, Place] = {}
    named: list[Reference] = []
    unread: set[str] = set()
    complaints: dict[str, str] = {}
    for path in sorted(sources):
        if not (path.endswith(RECORD_ENDINGS) and path.startswith(f"{settings.processes}/")):
            continue
        file = _read(path, sources, settings, known)
        unread |= {file.unread} if file.unread else set()
        if file.complaint:
            complaints[path] = file.complaint
        for name, at, references, record in file.records:
            if name in places:
                continue
            places[name] = at
            named += references
            if record is not None:
                found[name] = record
    return Loaded(Handbook.of(found, places, tuple(named), frozenset(unread)), settings, complaints)


def _read(path: str, sources: Sources, settings: Settings, known: Known | None) -> _Read:
    if known is None:
        return _fresh(path, sources, settings)
    latest = Latest(sources)
    try:
        key = (path, content_id(latest[path]), settings.processes, tuple(settings.areas))
    except OSError:  # why it cannot be read may be another reason each time
        return _fresh(path, latest, settings)
    if key not in known:
        known[key] = _fresh(path, latest, settings)
    return known[key]


def _fresh(path: str, sources: Sources, settings: Settings) -> _Read:
    file = records.read(path, sources, settings)
    entries = [
        (entry.name, entry.at, tuple(entry.references()), entry.record() if entry.whole else None)
        for entry in file.entries
    ]
    return _Read(file.unread, file.complaint, tuple(entries))
