"""What changed between two revisions: their handbooks compared, and each change traced to its commits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handbook.changes import states
from handbook.changes.change import Change
from handbook.changes.compare import compare
from handbook.changes.impact import Impact, impact
from handbook.changes.kept_work import KeptWork
from handbook.changes.pages import PageChange, compare_pages
from handbook.changes.renames import renames
from handbook.changes.reverts import Taken, outside, taken_back
from handbook.changes.shelf import Shared
from handbook.changes.states import State
from handbook.changes.trace import trace
from handbook.git import tags
from handbook.git.commit import Commit
from handbook.git.repository import Repository
from handbook.git.tree import several
from handbook.model.handbook import Handbook
from handbook.model.record import Record
from handbook.settings import Settings
from handbook.sources import PAGE_ENDINGS, SETTINGS, shown
from handbook.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A change with the commits that made it, oldest first, and the summary of a record that is new."""

    change: Change
    commits: tuple[Commit, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A record that could not be read at a revision, so that nothing is said about it."""

    path: str
    title: str
    revision: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A stretch of history, by meaning. `before` is None where it begins with the first commit.

    `earlier` is the handbook at its beginning.
    `pages` are the Markdown pages that differ, by path, and `prose` says what became of each. `last` is the
    commit at the end of the stretch, and `handbook` the one at its end. `tool` are the commits that touched
    nothing of the handbook, `taken` what commits take back by what their messages say. `is_released` is
    whether a version has all of it.
    """

    before: str | None
    after: str
    last: Commit | None
    commits: tuple[Commit, ...]
    changes: tuple[Traced, ...]
    impact: Impact
    handbook: Handbook
    unreadable: tuple[Unreadable, ...]
    pages: tuple[str, ...]
    prose: tuple[PageChange, ...] = ()
    tool: tuple[Commit, ...] = ()
    taken: Mapping[str, Taken] = field(default_factory=dict)
    is_released: bool = True
    earlier: Handbook | None = None

    def as_release(self, name: str, page: str | None) -> History:
        """Return it with the name of the release that its end is to be, and without the page that collects the notes."""
        pages = tuple(one for one in self.pages if one != page)
        prose = tuple(one for one in self.prose if one.path != page)
        return replace(self, after=name, pages=pages, prose=prose, is_released=True)


def history(
    repository: Repository,
    before: str | None,
    after: str,
    now: Settings | None = None,
    shared: Shared | None = None,
) -> History:
    """Return what changed from one revision to another; without `before`, from nothing.

    `now` are the settings on disk, which hold for revisions that have no handbook by the default ones. `shared` is what
    several calls read only once.

    Raises:
        UserError: a revision is unknown, or the clone is too shallow for the range.
    """
    end, start = repository.resolve(after), before and repository.resolve(before)
    if start is not None:
        repository.expect(start, end)
    tags.expect(repository.top, end)
    shared = shared or Shared()
    new = states.at(repository, label(repository, after), end, shared, now)
    old = (
        states.at(repository, label(repository, before), start, shared, new.settings)
        if start and before
        else None
    )
    differing = frozenset(new.sources) if start is None else repository.differing(start, end)
    found = _history(repository, old, new, (start, end), differing)
    commits = found.commits
    known = frozenset() if start is None else repository.alike(start, end)
    folders = {*new.settings.folders, *(old.settings.folders if old else ())}
    return replace(
        found,
        taken=taken_back(commits, repository.has(start, outside(commits)) if start is not None else ()),
        tool=tuple(_tool(commits, folders, known)),
        is_released=repository.is_released(end),
    )


def proposed(repository: Repository, before: str, workspace: Workspace) -> History:
    """Return how the handbook as it is on disk differs from a revision that it comes from.

    What is not committed yet belongs to it, and has no commit that says why.

    Raises:
        UserError: the revision is unknown, or the clone is too shallow.
    """
    start, end = repository.resolve(before), repository.resolve("HEAD")
    shared = Shared()
    new = states.on_disk(workspace, shared, len(end))
    old = states.at(repository, label(repository, before), start, shared, workspace.settings)
    repository.expect(start, end)
    was, now = ({shown(path): state.content(path) for path in state.sources} for state in (old, new))
    differing = frozenset(path for path in was.keys() | now.keys() if was.get(path) != now.get(path))
    return _history(repository, old, new, (start, end), differing)


def _history(
    repository: Repository,
    old: State | None,
    new: State,
    ends: tuple[str | None, str],
    differing: frozenset[str],
) -> History:
    """Return what lies between two states; `old` is None where everything is new."""
    start = old or states.NOTHING
    pages = sorted(path for path in differing if _is_page(path, start) or _is_page(path, new))
    before, after = start.handbook, new.handbook
    among = states.names(start, new, differing)
    renamed = renames(before, after, among)
    found = compare(before, after, among, renamed)
    work = KeptWork(repository, (start, new))
    reached = impact(before, after, found, renamed, among, work) if old else Impact()
    work.keep()
    commits = landed(repository.commits(*ends), ends[1])
    return History(
        before=old.revision if old else None,
        after=new.revision,
        last=commits[-1] if commits else None,
        commits=tuple(commits),
        changes=tuple(_traced(repository, found, commits, start, new)),
        impact=reached,
        handbook=after,
        earlier=before if old else None,
        unreadable=tuple(_unreadable(start, new, differing)),
        pages=tuple(pages),
        prose=compare_pages(several(start.sources, pages), several(new.sources, pages), commits),
    )


def _is_page(path: str, state: State) -> bool:
    return path.endswith(PAGE_ENDINGS) and path in state.sources


def label(repository: Repository, revision: str) -> str:
    """Return what a revision is called in notes that are read later, when HEAD is somewhere else."""
    if "HEAD" in revision or "@" in revision:
        return next(iter(repository.tags_at(revision)), repository.resolve(revision)[:7])
    return revision[:7] if re.fullmatch("[0-9a-f]{40,}", revision) else revision


def landed(commits: list[Commit], end: str) -> list[Commit]:
    """Return the commits, each with the pull request by which it came to the main line.

    The main line is the way of first parents back from `end`. A merge brings what it can reach and the
    main line before it cannot; its pull request is theirs.
    """
    by_sha = {commit.sha: commit for commit in commits}
    line: list[Commit] = []
    while (commit := by_sha.get(end)) is not None:
        line.append(commit)
        end = commit.parents[0] if commit.parents else ""
    number: dict[str, int | None] = {}
    for commit in reversed(line):
        queue = [commit.sha]
        while queue:
            sha = queue.pop()
            if sha in by_sha and sha not in number:
                number[sha] = commit.pull_request or by_sha[sha].pull_request
                queue.extend(by_sha[sha].parents)
    return [commit.replaced(pull_request=number.get(commit.sha, commit.pull_request)) for commit in commits]


def _tool(commits: Iterable[Commit], folders: Collection[str], known: Collection[str]) -> Iterator[Commit]:
    """Yield the commits that touch nothing of the handbook, each change once, and not what the start has already."""
    shas = {commit.sha for commit in commits}
    inside = (SETTINGS, *(f"{folder}/" for folder in folders))
    for commit in commits:
        again = shas.intersection(commit.picked_from)
        if (
            commit.sha not in known
            and not again
            and not any(path.startswith(inside) for path in commit.paths)
        ):
            yield commit


def _traced(repository: Repository, changes: Sequence[Change], commits: Sequence[Commit], old: State, new: State) -> Iterator[Traced]:  # fmt: skip
    paths = {path for change in changes for path in change.paths}
    ends = (several(old.sources, paths), several(new.sources, paths))
    for change, made in zip(
        changes, trace(changes, commits, *ends, repository.contents, new.shelf.reader), strict=True
    ):
        record = new.handbook.records.get(change.subject)
        summary = _summary(record) if record and change.was_at is None else ""
        yield Traced(change=change, commits=made, summary=summary)


def _summary(record: Record) -> str:
    """What a new record is for; one that is not to be followed yet says so."""
    return record.summary if record.status != "draft" else f"{record.summary} (a draft, not yet in force)"


def _unreadable(old: State, new: State, differing: frozenset[str]) -> Iterator[Unreadable]:
    """Yield the records that are there but could not be read, where the two revisions differ in them."""
    for state, other in ((old, new), (new, old)):
        if state.faults:
            yield Unreadable(
                path=SETTINGS, title=SETTINGS, revision=state.revision, why=state.faults[0].message
            )
        for path, name, why in state.unreadable(sorted(differing)):
            record = other.handbook.records.get(name) if name else None
            title = record.title if record else name.id if name else path
            yield Unreadable(path=path, title=title, revision=state.revision, why=why)
