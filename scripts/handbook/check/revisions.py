"""Checking a change: what is wrong in the files that it touches, and what it breaks elsewhere.

A revision is a choice of versions in the index. The one before is chosen and judged inside a savepoint, so that the
index ends with the one after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from handbook.check.index import Index
from handbook.check.judge import WHOLE
from handbook.check.pinned import Pinned
from handbook.check.plain import to_hit
from handbook.check.run import Run
from handbook.check.sync import Change, concerned, learned, turn
from handbook.finding import Place
from handbook.frozen import Frozen
from handbook.git import trees
from handbook.git.trees import Differs
from handbook.model.handbook import Name
from handbook.sources import belongs
from handbook.text import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Item(Frozen):
    """Something wrong as the index keeps it: a fault of a reader, or a rule's hit, about a `subject` if several files are involved."""

    path: str
    kept: list[Any]
    is_fault: bool
    subject: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when lines move."""
        return self.path, self.kept[0], self.kept[2]


def stage(run: Run, root: str) -> list[Differs]:
    """Bring the index in step with what is staged, and return how that differs from the commit checked out.

    Which files to look at is known from the commit with which the index was last in step, and from the files that
    it has in another version than that commit.
    """
    folders = run.settings.folders
    commit, differs = trees.staged(root)
    contents = _targets(run.index, root, commit, differs, folders)
    versions = _learned(run, contents)
    change = turn(run.index, versions)
    run.index.filled()
    if change:
        run.judge(concerned(run.index, change), whole=False)
    run.index.put("base", commit)
    astray = {each.path: each.before for each in differs if belongs(each.path, folders)}
    run.index.put("astray", json.dumps(astray))
    return differs


def since_revision(run: Run, root: str, revision: str) -> list[Differs]:
    """Return how the handbook as it is on disk, with which the index is in step, differs from a revision."""
    before = trees.listed(root, revision, run.settings.folders)
    live = run.index.live()
    paths = sorted(path for path in before.keys() | live.keys() if belongs(path, run.settings.folders))
    return [
        Differs(path, before.get(path), live.get(path))
        for path in paths
        if before.get(path) != live.get(path)
    ]


def _targets(
    index: Index, root: str, commit: str | None, differs: Iterable[Differs], folders: Iterable[str]
) -> dict[str, str | None]:
    """Return the content that files should have live; those that have it already may be left out."""
    base = index.get("base")
    if commit is None:
        contents: dict[str, str | None] = dict.fromkeys(index.live())
    elif base is None:
        contents = {**dict.fromkeys(index.live()), **trees.listed(root, commit, folders)}
        live = index.live()
        contents = {path: content for path, content in contents.items() if live.get(path) != content}
    else:
        contents = json.loads(index.get("astray") or "{}")
        if base != commit:
            contents |= {each.path: each.after for each in trees.between(root, base, commit, folders)}
    return {
        path: content
        for path, content in {**contents, **{each.path: each.after for each in differs}}.items()
        if belongs(path, folders)
    }


def _learned(run: Run, contents: Mapping[str, str | None]) -> dict[str, int | None]:
    there = {path: content for path, content in contents.items() if content is not None}
    assert isinstance(run.sources, Pinned)
    run.sources.wanted = there
    versions: dict[str, int | None] = dict.fromkeys(contents.keys() - there.keys())
    versions |= learned(run.index, there, run.sources, run.settings)
    run.sources.wanted = {}
    return versions


def selected(run: Run, differs: Iterable[Differs], *, only_new: bool) -> list[Item]:
    """Return what a change has to answer for, its versions being live.

    That is what is wrong in the files that it touches, with `only_new` without what was wrong before, and what it
    breaks elsewhere.
    """
    differs = [each for each in differs if belongs(each.path, run.settings.folders)]
    before = _learned(run, {each.path: each.before for each in differs})
    change = Change()
    for each in differs:
        change.before[each.path], change.after[each.path] = before.get(each.path), run.index.shown(each.path)
    subjects = concerned(run.index, change)
    after = [item for item in _wrong(run.index, change, subjects) if only_new or item.subject != WHOLE]
    if only_new or any(item.path not in change.after for item in after):
        known = _known(run, change, subjects, whole=only_new)
        after = [
            item for item in after if (item.path in change.after and not only_new) or _is_new(item, known)
        ]
    return [item if item.path in change.after else _explained(run.index, item, change) for item in after]


def concerning(index: Index, wanted: Callable[[str], bool]) -> list[Item]:
    """Return what is wrong in some files, and wherever something is named that one of them defines, or did."""
    items = [Item(path, fault, True) for path, fault in index.faults() if wanted(path)]
    items += [Item(path, hit, False) for path in index.live() if wanted(path) for hit in index.hits_of(path)]
    versions = [(path, version) for path, version in index.versions() if wanted(path)]
    for subject, hit in index.judged_all():
        item = Item(_where(index, hit), hit, False, subject)
        if wanted(item.path) or _blamed(index, item, versions):
            items.append(item)
    return items


def _known(
    run: Run, change: Change, subjects: set[int] | None, *, whole: bool
) -> Counter[tuple[str, str, str]]:
    """Return what was wrong before a change."""
    run.index.ask("SAVEPOINT before")
    turn(run.index, change.before)
    run.judge(subjects, whole=whole)
    known = Counter(item.key for item in _wrong(run.index, change, subjects))
    run.index.ask("ROLLBACK TO before")
    run.index.ask("RELEASE before")
    return known


def _is_new(item: Item, known: Counter[tuple[str, str, str]]) -> bool:
    known[item.key] -= 1
    return known[item.key] < 0


def _wrong(index: Index, change: Change, subjects: Container[int] | None) -> Iterator[Item]:
    """Yield what is wrong now in the files of a change, and about what it concerns."""

    def concerns(subject: int) -> bool:
        return subjects is None or subject in subjects or subject == WHOLE

    for path in sorted(change.after):
        yield from (Item(path, fault, True) for fault in index.faults_of(path))
        yield from (Item(path, hit, False) for hit in index.hits_of(path))
    named = [json.dumps(path) for path in change.after]
    named += [
        json.dumps(name)
        for version in change.after.values()
        if version
        for name in index.definitions(version)
    ]
    for subject, hit in index.judged_all(
        lambda subject, text: concerns(subject) or any(part in text for part in named)
    ):
        path = _where(index, hit)
        if path in change.after or concerns(subject):
            yield Item(path, hit, False, subject)


def _where(index: Index, hit: list[Any]) -> str:
    """Return the file of a hit, which may be one of very many: a place begins with its path, a mention with its source."""
    begin: str | list[str] = hit[1][0]
    return begin if isinstance(begin, str) else next(iter(index.paths(Name(*begin))), "")


def _explained(index: Index, item: Item, change: Change) -> Item:
    """Say of something wrong elsewhere which file of the change brought it about."""
    if item.is_fault:
        return item
    rule, at, message, *rest = item.kept
    versions = [
        (path, version) for path, version in (*change.before.items(), *change.after.items()) if version
    ]
    blamed = _blamed(index, item, versions)
    named = f"your change to {' and '.join(blamed)}" if blamed else "your change"
    return Item(item.path, [rule, at, f"{message} (broken by {named})", *rest], False, item.subject)


def _blamed(index: Index, item: Item, versions: Iterable[tuple[str, int]]) -> list[str]:
    """Return the files, of which some versions are given, that have to do with something wrong elsewhere."""
    _, hit = to_hit(item.kept)
    if isinstance(hit.at, Place):  # a link: the message says where it leads
        return sorted(
            {
                path
                for path, version in versions
                if path in hit.message or _leads_to(index, version, hit.message)
            }
        )
    return sorted({path for path, version in versions if index.defines(version, hit.at.target)})


def _leads_to(index: Index, version: int, message: str) -> bool:
    """Whether a message speaks of the page of a record that a version of a file defines."""
    return any(f"/{name.id}.md" in message for name in index.definitions(version))
