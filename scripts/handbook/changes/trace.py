"""Which commits made a change: values of a record followed through the commits that touched its file. Pure but for `read`.

A commit counts for a change when it took one of the values concerned a step from what it was to what it is.
So one that was undone in between does not count, nor one that changed another record of the same file,
nor one that changed only comments or the order of keys.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from handbook.changes.change import Change
from handbook.changes.values import BROKEN, NONE, Reader, Values
from handbook.finding import Place
from handbook.git.commit import Commit, Touched

Read = Callable[[Iterable[str]], Iterable[tuple[str, bytes]]]  #: ids of contents to the contents
_Content = tuple[str, str]  # a path, and the id of what is there

_PATH = ("",)  # the way to no value: where the file is


@dataclass(frozen=True, slots=True)
class Edge:
    """A commit that took something from one state to another."""

    commit: Commit
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class _Step:
    """A commit and a record's file around it, as its path and the id of its content: in each parent, and after."""

    commit: Commit
    before: tuple[_Content | None, ...]
    after: _Content | None


def leading(edges: Sequence[Edge], start: Hashable, end: Hashable) -> list[Commit]:
    """Return the commits on the shortest ways from one state to another; where none leads there, all that lead to the end."""
    ahead = _distances(start, ((edge.before, edge.after) for edge in edges))
    back = _distances(end, ((edge.after, edge.before) for edge in edges))
    if end not in ahead:
        return [edge.commit for edge in edges if edge.after in back]
    return [
        edge.commit
        for edge in edges
        if edge.before in ahead and ahead[edge.before] + 1 + back.get(edge.after, len(edges)) == ahead[end]
    ]


def _distances(start: Hashable, edges: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, int]:
    ways: dict[Hashable, list[Hashable]] = {}
    for here, there in edges:
        ways.setdefault(here, []).append(there)
    found, queue = {start: 0}, deque([start])
    while queue:
        here = queue.popleft()
        for there in ways.get(here, ()):
            if there not in found:
                found[there] = found[here] + 1
                queue.append(there)
    return found


def around(files: Sequence[Touched]) -> tuple[tuple[_Content | None, ...], _Content | None]:
    """Return where one thing was in each parent of a commit, and where it is after it, with the ids of its content."""
    parents = range(len(files[0].before))
    before = ([(file.path, id) for file in files if (id := file.before[number])] for number in parents)
    after = [(file.path, file.after) for file in files if file.after]
    return tuple(next(iter(some), None) for some in before), next(iter(after), None)


def touching(commits: Sequence[Commit]) -> Mapping[str, Sequence[int]]:
    """Return for each path the numbers of the commits that touched it: most touch few of many."""
    found: dict[str, list[int]] = {}
    for number, commit in enumerate(commits):
        for file in commit.files:
            found.setdefault(file.path, []).append(number)
    return found


def trace(
    changes: Sequence[Change],
    commits: Sequence[Commit],
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    read: Read,
    reader: Reader,
) -> list[tuple[Commit, ...]]:
    """Return for each change the commits that made it, oldest first. `before` and `after` are the files at both ends."""
    order = {commit.sha: number for number, commit in enumerate(commits)}
    groups: dict[tuple[frozenset[str], frozenset[str]], list[Change]] = {}
    for change in changes:
        groups.setdefault((frozenset(change.paths), _keys(change)), []).append(change)
    touched = touching(commits)
    steps = {paths: _steps(commits, touched, paths) for paths, _ in groups}
    values = _values(groups, steps, read, reader)
    found: dict[int, list[Commit]] = {}
    for (paths, keys), some in groups.items():
        record = _Record(
            steps[paths],
            values,
            keys,
            _end(before, some[0].was_at, keys, reader),
            _end(after, some[0].at, keys, reader),
            _places(some[0]),
        )
        for change in some:
            found[id(change)] = record.makers(change)
    return [_once(found[id(change)], order) for change in changes]


def _once(commits: Iterable[Commit], order: Mapping[str, int]) -> tuple[Commit, ...]:
    """Each commit once; of one and its copy on another branch, only the one that was copied."""
    by_sha = {commit.sha: commit for commit in commits}
    kept = [commit for commit in by_sha.values() if by_sha.keys().isdisjoint(commit.picked_from)]
    return tuple(sorted(kept, key=lambda commit: order[commit.sha]))


def _keys(change: Change) -> frozenset[str]:
    """The keys of a record in its catalogue; none for a record that is a file by itself."""
    places = [place for place in (change.was_at, change.at) if place]
    if all("/catalog/" not in f"/{place.path}" for place in places):
        return frozenset()
    return frozenset(str(place.pointer[0]) for place in places if place.pointer)


def _steps(
    commits: Sequence[Commit], touched: Mapping[str, Sequence[int]], paths: Collection[str]
) -> list[_Step]:
    """Return the commits that touched a record's file, also under a path that it had on the way."""
    followed, found = set(paths), []
    ahead = sorted({number for path in paths for number in touched.get(path, ())})
    while ahead:
        commit = commits[number := heappop(ahead)]
        files = [file for file in commit.files if file.path in followed]
        if any(file.after is None for file in files):
            went = _went(commit, followed)
            for file in went:
                followed.add(file.path)
                later = {one for one in touched[file.path] if one > number}.difference(ahead)
                for one in later:
                    heappush(ahead, one)
            files += went
        found.append(_Step(commit, *around(files)))
    return found


def _went(commit: Commit, followed: Collection[str]) -> list[Touched]:
    """The one file that a commit added where it removed one: it was moved there."""
    added = [
        file
        for file in commit.files
        if file.path not in followed
        and not any(file.before)
        and file.after
        and file.path.endswith((".yaml", ".yml"))
    ]
    return added if len(added) == 1 else []


def _end(files: Mapping[str, bytes], at: Place | None, keys: frozenset[str], reader: Reader) -> Values:
    """The values of a record at one end of the range; none where it is not there."""
    return reader.values(files[at.path], keys) if at and at.path in files else NONE


def _places(change: Change) -> tuple[str | None, str | None]:
    return (change.was_at.path if change.was_at else None, change.at.path if change.at else None)


def _values(groups: Iterable[tuple[frozenset[str], frozenset[str]]], steps: Mapping[frozenset[str], list[_Step]], read: Read, reader: Reader) -> dict[tuple[str, frozenset[str]], Values]:  # fmt: skip
    """Read every content once that more than one commit makes necessary, and keep what concerns the records."""
    wanted: dict[str, set[frozenset[str]]] = {}
    for paths, keys in groups:
        for step in steps[paths] if len(steps[paths]) > 1 else ():
            for content in filter(None, (*step.before, step.after)):
                wanted.setdefault(content[1], set()).add(keys)
    found = {}
    for id, source in read(wanted):
        for keys in wanted[id]:
            found[id, keys] = reader.values(source, keys)
    return found


class _Record:
    """A record on its way through the range."""

    def __init__(self, steps: list[_Step], values: Mapping[tuple[str, frozenset[str]], Values], keys: frozenset[str], start: Values, end: Values, paths: tuple[str | None, str | None]) -> None:  # fmt: skip
        self._steps = steps
        self._start, self._end = start, end
        self._values = values
        self._keys = keys
        self._paths = paths
        self._makers: dict[tuple[str, ...], list[Commit]] = {}

    def makers(self, change: Change) -> list[Commit]:
        """Return the commits that made a change; where its values do not tell, all that made the record what it is."""
        every = [step.commit for step in self._steps]
        if len(every) < 2:
            return every
        if self._has_moved(change):
            return self._of(_PATH) or every
        ways = self._start.differing(self._end)
        inside = {self._way(change.was_at, self._start), self._way(change.at, self._end)} - {None, ()}
        mine = [way for way in ways if any(way[: len(part or ())] == part for part in inside)]
        found = [commit for way in mine or ways for commit in self._of(way)]
        return found or every

    def _has_moved(self, change: Change) -> bool:
        """Whether a change is that a record has another file, and not what is in it."""
        was, at = change.was_at, change.at
        return bool(was and at and was.path != at.path and not was.pointer and not at.pointer)

    def _of(self, way: tuple[str, ...]) -> list[Commit]:
        """The commits that took one value from what it was to what it is."""
        if way not in self._makers:
            edges = list(self._edges(way))
            self._makers[way] = leading(edges, *self._ends(way))
        return self._makers[way]

    def _ends(self, way: tuple[str, ...]) -> tuple[str | None, str | None]:
        return self._paths if way == _PATH else (self._start.get(way), self._end.get(way))

    def _edges(self, way: tuple[str, ...]) -> Iterator[Edge]:
        for step in self._steps:
            was, now = [self._state(id, way) for id in step.before], self._state(step.after, way)
            if now not in was:  # a merge that has what one of its parents has did nothing to it
                yield from (Edge(step.commit, state, now) for state in was)

    def _state(self, content: _Content | None, way: tuple[str, ...]) -> object:
        if way == _PATH or content is None:
            return content[0] if content else None
        values = self._values[content[1], self._keys]
        return values if values is BROKEN else values.get(way)

    def _way(self, place: Place | None, values: Values) -> tuple[str, ...] | None:
        """The way to what a change is about, with the ids of parts in place of their numbers."""
        if place is None:
            return None
        way: tuple[str, ...] = ()
        for step in place.pointer[1:] if self._keys else place.pointer:
            ids = values.ids(way) if isinstance(step, int) else []
            way = (*way, ids[step] if isinstance(step, int) and step < len(ids) else str(step))
        return way
