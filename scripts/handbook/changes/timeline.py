"""The versions of each record, read off the main line of the history: nobody types them.

Each commit on the main line is compared with the one before, by meaning, in the records of the files that it changed.
A change that breaks raises the first number, any other change of meaning the second; wording raises neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handbook.changes import states
from handbook.changes.book import Book
from handbook.changes.change import Change
from handbook.changes.compare import compare
from handbook.changes.level import Level
from handbook.changes.renames import renames
from handbook.changes.shelf import Shared
from handbook.check import read_settings
from handbook.git.commit import Commit
from handbook.git.repository import Repository
from handbook.model.handbook import Name
from handbook.sources import RECORD_ENDINGS, SETTINGS

MANY = 10  #: records whose reviews nobody moves in one go who reads them
_FIRST = (1, 0)
_STAMPS = ("review-added", "review-changed")


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
    """The revisions of each record, oldest first, and the commits that only stamped reviews.

    `broken` are files that cannot be read at its end: nothing tells there what they said before.
    """

    records: Mapping[Name, tuple[Revision, ...]]
    stamps: tuple[Stamps, ...] = ()
    broken: frozenset[str] = frozenset()

    def of(self, name: Name) -> tuple[Revision, ...]:
        """Return the revisions of a record."""
        return self.records.get(name, ())


def timeline(
    repository: Repository, end: str, start: str | None = None, known: Timeline | None = None
) -> Timeline:
    """Return the revisions of every record that there is at a revision, those after `start` only where it is given.

    `known` is the timeline up to `start`, which is gone on with.

    Raises:
        UserError: a revision is unknown, or the clone is too shallow.
    """
    return follow(repository, repository.main_line_commits(start, end), start, known)


def follow(
    repository: Repository, steps: Sequence[Commit], start: str | None, known: Timeline | None = None
) -> Timeline:
    """Return the timeline after some steps of the main line that begin at `start`, or with the first commit."""
    walk = _Walk(repository, known or Timeline(records={}))
    if start is not None:
        walk.begin(start, (file.path for step in steps for file in step.files))
    wanted = (file.after for step in steps for file in step.files if file.after and _counts(file.path))
    contents = dict(repository.contents(wanted))
    for step in steps:
        walk.advance(step, contents)
    found = {name: tuple(revisions) for name, revisions in walk.found.items() if name in walk.book.places}
    return Timeline(records=found, stamps=tuple(walk.stamps), broken=walk.book.broken)


def many_stamped(repository: Repository, start: str, end: str) -> tuple[Stamps, ...]:
    """Return the commits after `start` that did nothing but stamp many reviews. Those that touch little are not looked at."""
    found: list[Stamps] = []
    for step in repository.main_line_commits(start, end):
        paths = [file.path for file in step.files if _counts(file.path)]
        if step.parents and (len(paths) >= MANY or any("/catalog/" in path for path in paths)):
            found += follow(repository, [step], step.parents[0]).stamps
    return tuple(one for one in found if len(one.records) >= MANY)


class _Walk:
    """A way along the main line: the handbook as it is there, and what was noted so far."""

    def __init__(self, repository: Repository, known: Timeline) -> None:
        self._repository = repository
        self._shared = Shared()
        self._reader = self._shared.reader
        self.book = Book.of(read_settings({})[0], self._reader)
        self.found = {name: list(revisions) for name, revisions in known.records.items()}
        self.stamps = list(known.stamps)

    def begin(self, revision: str, paths: Iterable[str]) -> None:
        """Take the handbook as it is at a revision. `paths` are the files that will be asked for."""
        sha = self._repository.resolve(revision)
        state = states.at(self._repository, revision, sha, self._shared)
        state.shelf.ready(path for path in dict.fromkeys(paths) if state.shelf.holds(path))
        self.book = Book.of(state.settings, self._reader, state.handbook, state.shelf.defined())

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

    def _read(self, revision: str) -> tuple[Book, dict[str, bytes | None]]:
        settings, _ = read_settings(self._repository.sources(revision, ()))
        sources = self._repository.sources(revision, settings.folders)
        return Book.of(settings, self._reader), {path: sources[path] for path in sources if _counts(path)}

    def _note(self, changes: Collection[Change], step: Commit) -> None:
        by_subject: dict[Name, list[Change]] = {}
        for change in changes:
            by_subject.setdefault(change.subject, []).append(change)
        if changes and all(change.kind in _STAMPS for change in changes):
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
