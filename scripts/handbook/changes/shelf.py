"""A handbook of which only that is read which somebody asks for: two revisions are mostly alike, and few records differ.

The name of a record is that of its file, so what there is shows without reading; catalogues are small, and read as a
whole. What is read once is kept, and one shelf may share with another what both have.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from handbook.changes import mappings
from handbook.changes.values import Reader
from handbook.check import records
from handbook.check.records import Entry, stem
from handbook.git.tree import several
from handbook.model.handbook import Handbook, Name, Reference
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import RECORD_ENDINGS, Sources
from handbook.text import yaml

_FEW = 50  #: files, to fetch which takes no longer than asking for one
ALIASES = "aliases"  #: the key without which a record has no other name


class Leaf:
    """A file of records that was read. Two revisions that both have it share its records, too."""

    def __init__(self, file: records.File) -> None:
        self.unread = file.unread
        self.complaint = file.complaint
        self.entries = {entry.name: entry for entry in reversed(file.entries)}
        self._records: dict[Name, Record] = {}

    def record(self, name: Name) -> Record | None:
        """Return a record; None where it cannot be read."""
        entry = self.entries.get(name)
        if entry is None or not entry.whole:
            return None
        if name not in self._records:
            self._records[name] = entry.record()
        return self._records[name]


class Shared:
    """What several shelves have in common: files by path, id of the content, and what else their reading depends on."""

    def __init__(self) -> None:
        self.leaves: dict[tuple[str, str, str, tuple[str, ...]], Leaf] = {}
        self.reader = Reader()


class Shelf:
    """The files of a handbook. `ids` are those of their contents, and `aliased` tells which may have the word `aliases` in them."""

    def __init__(
        self,
        sources: Sources,
        settings: Settings,
        ids: Callable[[str], str],
        aliased: Callable[[], Collection[str]],
        shared: Shared,
    ) -> None:
        self._sources, self._settings, self._ids, self._shared = sources, settings, ids, shared
        self._aliased = aliased
        self.singles: dict[Name, str] = {}  #: the file of each record that has one of its own
        self.catalogues: dict[str, list[str]] = {}  #: by kind
        self._folders: dict[str, list[str]] = {}
        self._bytes: dict[str, bytes] = {}
        self._changing: frozenset[str] = frozenset()
        self.files = dict.fromkeys(path for path in sorted(sources) if self.holds(path))
        for path in self.files:
            self._put(path)
            self._folders.setdefault(path.rpartition("/")[0], []).append(path)

    @property
    def reader(self) -> Reader:
        """What reads the files, and remembers parts of them."""
        return self._shared.reader

    def holds(self, path: str) -> bool:
        """Whether a file is one of records."""
        return path.endswith(RECORD_ENDINGS) and path.startswith(f"{self._settings.processes}/")

    def _put(self, path: str) -> None:
        kind = self._settings.kind_of(path)
        if kind is not None and kind.catalogue:
            self.catalogues.setdefault(kind.name, []).append(path)
        else:
            self.singles.setdefault(Name(kind.name if kind else "process", stem(path)), path)

    def ready(self, paths: Iterable[str]) -> None:
        """Fetch files that will be asked for, all at once."""
        wanted = [
            path for path in paths if path in self._sources and self._key(path) not in self._shared.leaves
        ]
        self._bytes.update(several(self._sources, wanted))

    def leaf(self, path: str) -> Leaf:
        """Return what is in a file."""
        key, leaves = self._key(path), self._shared.leaves
        if key not in leaves:
            if path not in self._bytes:
                self.ready(self._beside(path))
            source = self._bytes.pop(path, None)
            sources = self._sources if source is None else {path: source}
            reader = self.reader.document if path in self._changing else yaml.read
            leaves[key] = Leaf(records.read(path, sources, self._settings, reader))
        return leaves[key]

    def _beside(self, path: str) -> list[str]:
        """Return the files that are fetched with one: where a folder has few, the others will be asked for as well."""
        folder = path.rpartition("/")[0]
        near = [other for other in self._folders.get(folder, ()) if other not in self._bytes]
        return near if len(near) <= _FEW else [path]

    def _key(self, path: str) -> tuple[str, str, str, tuple[str, ...]]:
        return (path, self._ids(path), self._settings.processes, tuple(self._settings.areas))

    def names(self, paths: Collection[str]) -> Iterator[Name]:
        """Yield the names that files define which another shelf has otherwise; those that are not there define none."""
        self._changing = frozenset(paths)  # of these some parts are in the other shelf as well
        for path in paths:
            if path in self._sources and self.holds(path):
                yield from self.leaf(path).entries

    def defined(self) -> Mapping[str, tuple[Name, ...]]:
        """Return the names that each file defines, read when somebody asks for one."""
        return mappings.Defined(self)

    def paths(self, kind: str) -> list[str]:
        """Return the files that define records of a kind."""
        return [
            *self.catalogues.get(kind, ()),
            *(path for name, path in self.singles.items() if name.kind == kind),
        ]

    def of_kind(self, kind: str) -> list[Name]:
        """Return the names of a kind."""
        every = (name for path in self.catalogues.get(kind, ()) for name in self.leaf(path).entries)
        return list(dict.fromkeys((*every, *(name for name in self.singles if name.kind == kind))))

    def found(self, name: Name) -> Leaf | None:
        """Return the file that defines a name, the first one where several do."""
        if name in self.singles:
            return self.leaf(self.singles[name])
        return next(
            (
                leaf
                for path in self.catalogues.get(name.kind, ())
                if name in (leaf := self.leaf(path)).entries
            ),
            None,
        )

    def aliases(self, kind: str) -> dict[Name, Name]:
        """Return the other names of the records of a kind."""
        paths = self.paths(kind)
        if kind not in self.catalogues:
            maybe = self._aliased()
            paths = [path for path in paths if path in maybe]
        self.ready(paths)
        return {
            Name(kind, alias): name
            for path in paths
            for name in self.leaf(path).entries
            if self.found(name) is self.leaf(path) and (record := self.leaf(path).record(name))
            for alias in record.aliases
        }

    def handbook(self) -> Handbook:
        """Return the handbook, each part of which is read when it is asked for. Who names a record it does not know."""
        return Handbook(
            records=mappings.Names(self, lambda leaf, name: leaf.record(name)),
            places=mappings.Places(self, lambda leaf, name: leaf.entries[name].at),
            references=(),
            unread=mappings.Unread(self),
            aliases=mappings.Aliases(self),
            _by_kind=mappings.Kinds(self),
            _outgoing=mappings.Names(self, lambda leaf, name: _references(leaf.entries[name])),
        )


def _references(entry: Entry) -> tuple[Reference, ...]:
    return tuple(entry.references())
