"""The versions of each record, read off the main line of the history: nobody types them.

Each commit on the main line is compared with the one before, by meaning, in the records of the files that it changed.
A change that breaks raises the first number, any other change of meaning the second; wording raises neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from handbook.changes.change import Change
from handbook.changes.compare import compare
from handbook.changes.level import Level
from handbook.changes.renames import renames
from handbook.check import read_settings, records
from handbook.finding import Place
from handbook.git.commit import Commit
from handbook.git.repository import Repository
from handbook.model.handbook import Handbook, Name
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import RECORD_ENDINGS, SETTINGS

_FIRST = (1, 0)
_STAMP = "review-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A state of a record from the day `on` which it held: its number, what changed by then, and why."""

    version: tuple[int, int]
    on: date
    commit: str
    pull_request: int | None
    author: str
    level: Level
    changes: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def number(self) -> str:
        """The version as people write it: 3.2."""
        return ".".join(map(str, self.version))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """A commit that changed nothing but the days of reviews: those of these records."""

    commit: str
    on: date
    records: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The revisions of each record, oldest first, and the commits that only stamped reviews."""

    records: Mapping[Name, tuple[Revision, ...]]
    stamps: tuple[Stamps, ...] = ()

    def of(self, name: Name) -> tuple[Revision, ...]:
        """Return the revisions of a record."""
        return self.records.get(name, ())


@dataclass(slots=True)
class _Book:
    """The handbook at some point of the history, as far as comparing needs it."""

    settings: Settings
    records: dict[Name, Record] = field(default_factory=dict)
    places: dict[Name, Place] = field(default_factory=dict)
    names: dict[str, tuple[Name, ...]] = field(default_factory=dict)  #: by path

    def copy(self) -> _Book:
        return _Book(self.settings, dict(self.records), dict(self.places), dict(self.names))

    def put(self, path: str, source: bytes | None) -> set[Name]:
        """Take over another content of a file, and return the names that it concerns."""
        if not (path.endswith(RECORD_ENDINGS) and path.startswith(f"{self.settings.processes}/")):
            return set()
        file = records.read(path, {path: source}, self.settings) if source is not None else None
        if file is not None and file.unread:
            return set()  # a catalogue that is broken for a while: what it said still holds
        entries = {entry.name: entry for entry in (file.entries if file else ())}
        gone = set(self.names.pop(path, ())) - entries.keys()
        for name in gone:
            if self.places.get(name, Place("")).path == path:
                del self.places[name]
                self.records.pop(name, None)
        for name, entry in entries.items():
            self.places[name] = entry.at
            if entry.whole:  # a record that is broken for a while still means what it meant
                self.records[name] = entry.record()
        if entries:
            self.names[path] = tuple(entries)
        return gone | entries.keys()

    def handbook(self) -> Handbook:
        aliases = {
            Name(name.kind, alias): name for name, record in self.records.items() for alias in record.aliases
        }
        return Handbook(records=self.records, places=self.places, references=(), aliases=aliases)


def timeline(repository: Repository, end: str, start: str | None = None) -> Timeline:
    """Return the revisions of every record that there is at a revision, those after `start` only where it is given.

    Raises:
        UserError: a revision is unknown, or the clone is too shallow.
    """
    walk = _Walk(repository)
    steps = repository.main_line_commits(start, end)
    if start is not None:
        walk.begin(start)
    wanted = (file.after for step in steps for file in step.files if file.after and _counts(file.path))
    contents = dict(repository.contents(wanted))
    for step in steps:
        walk.advance(step, contents)
    found = {name: tuple(walk.found[name]) for name in walk.book.records if name in walk.found}
    return Timeline(records=found, stamps=tuple(walk.stamps))


class _Walk:
    """A way along the main line: the handbook as it is there, and what was noted so far."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.book = _Book(read_settings({})[0])
        self.found: dict[Name, list[Revision]] = {}
        self.stamps: list[Stamps] = []

    def begin(self, revision: str) -> None:
        """Take the handbook as it is at a revision."""
        self.book, contents = self._read(revision)
        for path, source in contents.items():
            self.book.put(path, source)

    def advance(self, step: Commit, contents: Mapping[str, bytes]) -> None:
        """Go one commit further, and note what it changed. Other settings may turn other files into records."""
        mine: dict[str, bytes | None] = {
            file.path: contents[file.after] if file.after else None
            for file in step.files
            if _counts(file.path)
        }
        if not mine:
            return
        now, concerned = self.book.copy(), set[Name]()
        if SETTINGS in mine:
            now, mine = self._read(step.sha)
            concerned |= self.book.records.keys()
        for path, source in sorted(
            mine.items(), key=lambda each: each[1] is not None
        ):  # what goes makes room first
            concerned |= now.put(path, source)
        before, after = self.book.handbook(), now.handbook()
        among = sorted(concerned)
        renamed = renames(before, after, among)
        for old, new in renamed.items():
            self.found[new] = self.found.pop(old, [])
        self._note(compare(before, after, among, renamed), step)
        self.book = now

    def _read(self, revision: str) -> tuple[_Book, dict[str, bytes | None]]:
        settings, _ = read_settings(self._repository.sources(revision, ()))
        sources = self._repository.sources(revision, settings.folders)
        return _Book(settings), {path: sources[path] for path in sources if _counts(path)}

    def _note(self, changes: Collection[Change], step: Commit) -> None:
        by_subject: dict[Name, list[Change]] = {}
        for change in changes:
            by_subject.setdefault(change.subject, []).append(change)
        if changes and all(change.kind == _STAMP for change in changes):
            stamped = Stamps(commit=step.sha, on=step.committed_on, records=tuple(by_subject))
            self.stamps.append(stamped)
        for name, mine in by_subject.items():
            told = [change for change in mine if change.level > Level.EDITORIAL]
            if told and told[0].kind == f"{name.kind}-removed":
                self.found.pop(name, None)
            elif told:
                earlier = self.found.setdefault(name, [])
                earlier.append(_revision(earlier[-1].version if earlier else None, told, step))


def _revision(before: tuple[int, int] | None, changes: list[Change], step: Commit) -> Revision:
    level = max(change.level for change in changes)
    return Revision(
        version=_FIRST if before is None else _next(before, level),
        on=step.committed_on,
        commit=step.sha,
        pull_request=step.pull_request,
        author=step.author,
        level=level,
        changes=tuple(f"{change.short}." for change in changes),
        why=step.trailer("Why"),
    )


def _counts(path: str) -> bool:
    return path.endswith(RECORD_ENDINGS) or path == SETTINGS


def _next(version: tuple[int, int], level: Level) -> tuple[int, int]:
    return (version[0] + 1, 0) if level is Level.BREAKING else (version[0], version[1] + 1)
