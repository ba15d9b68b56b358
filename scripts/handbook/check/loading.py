"""The whole handbook in memory, for what needs all of it at once: the site, plans, and two revisions to compare."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.check import records
from handbook.frozen import Frozen
from handbook.model.handbook import Handbook, Name, Reference
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import RECORD_ENDINGS, Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.finding import Place


class Loaded(Frozen):
    """A handbook as far as it could be read, its settings, and for each file with errors the first thing that is wrong."""

    handbook: Handbook
    settings: Settings
    complaints: Mapping[str, str]


def load(sources: Sources, settings: Settings) -> Loaded:
    """Read every record and return the handbook that they make. Of two with one name the first one counts."""
    found: dict[Name, Record] = {}
    places: dict[Name, Place] = {}
    named: list[Reference] = []
    unread: set[str] = set()
    complaints: dict[str, str] = {}
    for path in sorted(sources):
        if not (path.endswith(RECORD_ENDINGS) and path.startswith(f"{settings.processes}/")):
            continue
        file = records.read(path, sources, settings)
        unread |= {file.unread} if file.unread else set()
        if said := file.complaint:
            complaints[path] = said
        for entry in file.entries:
            name = entry.name
            if name in places:
                continue
            places[name] = entry.at
            named += entry.references()
            if entry.whole:
                found[name] = entry.record()
    return Loaded(Handbook.of(found, places, tuple(named), frozenset(unread)), settings, complaints)
