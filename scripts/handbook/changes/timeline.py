"""The versions of each record, read off the main line of the history: nobody types them.

Each commit on the main line is compared with the one before, by meaning, in the records of the files that it changed.
A change that breaks raises the first number, any other change of meaning the second; wording raises neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from handbook.changes.change import Change
from handbook.changes.compare import compare
from handbook.changes.level import Level
from handbook.changes.renames import renames
from handbook.check import read_settings, records
from handbook.finding import Place
from handbook.git.mainline import Landing, landings
from handbook.git.repository import Repository
from handbook.model.handbook import Handbook, Name
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import RECORD_ENDINGS, SETTINGS

_FIRST = (1, 0)


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


Timeline = Mapping[Name, tuple[Revision, ...]]  #: oldest first


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


def timeline(repository: Repository, end: str) -> Timeline:
    """Return the revisions of every record that there is at a revision.

    Raises:
        UserError: the revision is unknown, or the clone is too shallow.
    """
    found: dict[Name, list[Revision]] = {}
    book = _Book(read_settings({})[0])
    steps = landings(repository, None, end)
    contents = repository.blobs(
        blob for step in steps for path, blob in step.contents.items() if blob and _counts(path)
    )
    for step in steps:
        book = _advance(book, step, contents, repository, found)
    return {name: tuple(found[name]) for name in book.records if name in found}


def _counts(path: str) -> bool:
    return path.endswith(RECORD_ENDINGS) or path == SETTINGS


def _advance(
    book: _Book,
    step: Landing,
    contents: Mapping[str, bytes],
    repository: Repository,
    found: dict[Name, list[Revision]],
) -> _Book:
    """Go one commit further, and note what it changed. Other settings may turn other files into records."""
    mine: dict[str, bytes | None] = {
        path: contents[blob] if blob else None for path, blob in step.contents.items() if _counts(path)
    }
    if not mine:
        return book
    now = book.copy()
    if SETTINGS in mine:
        now = _Book(read_settings({SETTINGS: mine[SETTINGS] or b""})[0])
        sources = repository.sources(step.commit.sha, now.settings.folders)
        mine = {path: sources[path] for path in sources}
    concerned: set[Name] = set(book.records) if SETTINGS in step.contents else set()
    for path, source in sorted(
        mine.items(), key=lambda each: each[1] is not None
    ):  # what goes makes room first
        concerned |= now.put(path, source)
    before, after = book.handbook(), now.handbook()
    among = sorted(concerned)
    for old, new in renames(before, after, among).items():
        found[new] = found.pop(old, [])
    _note(compare(before, after, among), step, found)
    return now


def _note(changes: Iterable[Change], step: Landing, found: dict[Name, list[Revision]]) -> None:
    by_subject: dict[Name, list[Change]] = {}
    for change in changes:
        if change.level > Level.EDITORIAL:
            by_subject.setdefault(change.subject, []).append(change)
    for name, mine in by_subject.items():
        earlier = found.setdefault(name, [])
        if mine[0].kind == f"{name.kind}-removed":
            del found[name]
            continue
        level = max(change.level for change in mine)
        earlier.append(
            Revision(
                version=_next(earlier[-1].version, level) if earlier else _FIRST,
                on=step.commit.committed_on,
                commit=step.commit.sha,
                pull_request=step.commit.pull_request,
                author=step.commit.author,
                level=level,
                changes=tuple(f"{change.short}." for change in mine),
                why=step.commit.trailer("Why"),
            )
        )


def _next(version: tuple[int, int], level: Level) -> tuple[int, int]:
    return (version[0] + 1, 0) if level is Level.BREAKING else (version[0], version[1] + 1)
