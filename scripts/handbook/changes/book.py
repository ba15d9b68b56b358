"""The handbook at some point of its history, as far as comparing one commit with the next needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handbook.changes.layer import Layer
from handbook.changes.values import Reader
from handbook.check import records
from handbook.finding import Place
from handbook.frozen import EMPTY
from handbook.model.handbook import Handbook, Name
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import RECORD_ENDINGS

_NOTHING = Handbook(records=EMPTY, places=EMPTY, references=())


@dataclass(slots=True)
class Book:
    """A handbook that goes through its history file by file."""

    settings: Settings
    reader: Reader
    records: Layer[Name, Record]
    places: Layer[Name, Place]
    names: Layer[str, tuple[Name, ...]]  #: by path
    aliases: Layer[Name, Name]
    broken: frozenset[str] = field(
        default=frozenset()
    )  #: files that cannot be read here: what they said still holds

    @classmethod
    def of(
        cls,
        settings: Settings,
        reader: Reader,
        start: Handbook = _NOTHING,
        names: Mapping[str, tuple[Name, ...]] = EMPTY,
    ) -> Book:
        """Return the book of a handbook; `names` are those that each of its files defines."""
        return cls(
            settings, reader, Layer(start.records), Layer(start.places), Layer(names), Layer(start.aliases)
        )

    def copy(self) -> Book:
        """Return one that can go on without this one."""
        layers = (self.records.copy(), self.places.copy(), self.names.copy(), self.aliases.copy())
        return Book(self.settings, self.reader, *layers, self.broken)

    def put(self, path: str, source: bytes | None) -> set[Name]:
        """Take over another content of a file, and return the names that it concerns."""
        if not (path.endswith(RECORD_ENDINGS) and path.startswith(f"{self.settings.processes}/")):
            return set()
        file = (
            None
            if source is None
            else records.read(path, {path: source}, self.settings, self.reader.document)
        )
        is_broken = file is not None and (file.unread or not all(entry.whole for entry in file.entries))
        self.broken = self.broken - {path} | ({path} if is_broken else set())
        if file is not None and file.unread:
            return set()  # a catalogue that is broken for a while: what it said still holds
        entries = {entry.name: entry for entry in (file.entries if file else ())}
        gone = set(self.names.pop(path, ())) - entries.keys()
        for name in gone:
            if self.places.get(name, Place("")).path == path:
                del self.places[name]
                self._forget(name)
        for name, entry in entries.items():
            self.places[name] = entry.at
            if entry.whole:  # a record that is broken for a while still means what it meant
                self._forget(name)
                self.records[name] = record = entry.record()
                self.aliases.update({Name(name.kind, alias): name for alias in record.aliases})
        if entries:
            self.names[path] = tuple(entries)
        return gone | entries.keys()

    def _forget(self, name: Name) -> None:
        record = self.records.pop(name, None)
        for alias in record.aliases if record else ():
            if self.aliases.get(Name(name.kind, alias)) == name:
                del self.aliases[Name(name.kind, alias)]

    def handbook(self) -> Handbook:
        """Return the handbook as it is now; it does not know who names whom."""
        return Handbook(records=self.records, places=self.places, references=(), aliases=self.aliases)
