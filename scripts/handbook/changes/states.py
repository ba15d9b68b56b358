"""A handbook at some moment of its history, or as it is on disk now: its settings, its files, and what they say."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from handbook.changes.shelf import ALIASES, Shared, Shelf
from handbook.check import read_settings
from handbook.check.sync import content_id
from handbook.finding import Fault
from handbook.git.repository import Repository
from handbook.git.tree import Tree
from handbook.model.handbook import Handbook, Name
from handbook.settings import Settings
from handbook.sources import Disk, Sources
from handbook.workspace import Workspace

_NONE = ""  #: the content of a file that is not there


@dataclass(frozen=True, slots=True)
class State:
    """A handbook and what the moment is called. `content` tells the id of what is in a file, or nothing where it is not there."""

    revision: str
    settings: Settings
    sources: Sources
    content: Callable[[str], str]
    shelf: Shelf
    handbook: Handbook
    faults: tuple[Fault, ...] = ()  #: of its settings; the defaults hold then

    def unreadable(self, paths: Iterable[str]) -> Iterator[tuple[str, Name | None, str]]:
        """Yield what could not be read in some files: the file, the record or None for all of them, and why."""
        for path in paths:
            if path in self.sources and self.shelf.holds(path):
                leaf = self.shelf.leaf(path)
                if leaf.unread:
                    yield path, None, leaf.complaint
                for name in leaf.entries:
                    if self.handbook.places[name].path == path and name not in self.handbook.records:
                        yield path, name, leaf.complaint


def at(
    repository: Repository, title: str, revision: str, shared: Shared, later: Settings | None = None
) -> State:
    """Return a handbook at a revision.

    From before it had settings of its own, the later ones hold where the default ones find nothing, or nobody has
    committed any yet.
    """
    given = repository.sources(revision, ())
    settings, faults = read_settings(given)
    sources = repository.sources(revision, settings.folders)
    if not given and later is not None and not (sources and repository.sources("HEAD", ())):
        settings, sources = later, repository.sources(revision, later.folders)
    assert isinstance(sources, Tree)
    aliased = cache(lambda: repository.naming(revision, ALIASES, settings.processes))
    return _state(
        title,
        settings,
        sources,
        lambda path: sources.id(path) if path in sources else _NONE,
        aliased,
        shared,
        faults,
    )


def on_disk(workspace: Workspace, shared: Shared, digits: int) -> State:
    """Return the handbook as it is on disk now, with ids of so many digits. Each file is read once to tell what it is.

    Symbolic links are left out, as they are of a revision.
    """
    sources = _WithoutLinks(workspace.sources())
    ids: dict[str, str] = {}
    aliased = set()
    for path in sources:
        try:
            source = sources[path]
        except OSError as error:
            ids[path] = f"unreadable: {error.strerror or error}"
        else:
            ids[path] = content_id(source, digits)
            aliased |= {path} if ALIASES.encode() in source else set()
    settings = workspace.settings
    return _state(
        "your working copy",
        settings,
        sources,
        lambda path: ids.get(path, _NONE),
        lambda: aliased,
        shared,
        workspace.faults,
    )


def names(old: State, new: State, differing: Iterable[str]) -> frozenset[Name] | None:
    """Return the records that differing files define, in which alone two states can differ; None where it may be any."""
    if old is NOTHING or _meant(old.settings) != _meant(new.settings):
        return None
    paths = sorted(differing)
    for state in (old, new):
        state.shelf.ready(path for path in paths if state.shelf.holds(path))
    return frozenset(name for state in (old, new) for name in state.shelf.names(paths))


def _meant(settings: Settings) -> tuple[object, ...]:
    """What decides which files are records, and of which kind."""
    return (settings.processes, settings.areas)


def _state(revision: str, settings: Settings, sources: Sources, content: Callable[[str], str], aliased: Callable[[], Collection[str]], shared: Shared, faults: tuple[Fault, ...] = ()) -> State:  # fmt: skip
    shelf = Shelf(sources, settings, content, aliased, shared)
    return State(revision, settings, sources, content, shelf, shelf.handbook(), faults)


class _WithoutLinks(Mapping[str, bytes]):
    """The files of a folder that are no symbolic links."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        is_link = os.path.islink
        self._paths = [
            path for path in sources if not (isinstance(sources, Disk) and is_link(sources.place(path)))
        ]
        self._known = frozenset(self._paths)

    def __getitem__(self, path: str) -> bytes:
        if path not in self._known:
            raise KeyError(path)
        return self._sources[path]

    def __contains__(self, path: object) -> bool:
        return path in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


NOTHING = _state("", Settings(), {}, lambda path: _NONE, frozenset, Shared())
