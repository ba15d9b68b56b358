"""What is said about each record that changed: sentences, reasons, consequences and where they come from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.changes.links import sources
from handbook.changes.pages import PageChange
from handbook.changes.reverts import Taken, origin
from handbook.changes.told import Entry, Section, Told
from handbook.changes.tool import is_silent
from handbook.changes.words import quoted
from handbook.git.commit import Commit
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.text.words import listed

TRAILERS = ("Why", "Effective")  #: what a message says about a change that the files do not

_FIGURES = ("Lead time", "Work in one run, on average")  #: what readers ask for first

#: heading -> the levels of the changes below it
_SECTIONS: tuple[tuple[str, tuple[Level, ...]], ...] = (
    ("What you must do differently", (Level.BREAKING, Level.ACTION)),
    ("Worth knowing", (Level.INFO,)),
)


def by_level(
    history: History,
    rest: Sequence[Told],
    repository: str,
    *,
    consequences: bool = True,
    pages: Sequence[PageChange] = (),
) -> Iterator[Section]:
    """Yield what is to be done differently, then what is worth knowing, each record and page with a heading of its own.

    What is new is not among them: that is told by `fresh`.
    """
    told: set[Name] = set()
    for title, levels in _SECTIONS:
        here = [(traced, level) for traced, level in rest if level in levels]
        groups: dict[Name, list[Told]] = {}
        for traced, level in sorted(here, key=lambda one: -one[1]):
            groups.setdefault(traced.change.subject, []).append((traced, level))
        ordered = sorted(groups.items(), key=lambda group: _importance(*group[1][0]))
        entries = [
            replace(
                entry(history, [traced for traced, _ in found], repository, name not in told, consequences),
                weight=_weight(history, found),
            )
            for name, found in ordered
        ]
        if Level.INFO in levels:
            entries += [_page(page, repository) for page in pages if page.kind != "added"]
        yield Section(title=title, entries=tuple(entries))
        told |= groups.keys()


def _importance(first: Traced, level: Level) -> tuple[int, int, str]:
    """Records with the weightiest changes come first, then processes before launches, and so on."""
    return (-level, list(KINDS).index(first.change.subject.kind), first.change.title)


def _weight(history: History, changes: Sequence[Told]) -> int:
    """How much the changes of a record matter: by level, then by the launches that must follow and the people concerned."""
    roles = {role for traced, _ in changes for role in (*traced.change.doers, *traced.change.relying)}
    ahead = history.impact.launches_at(changes[0][0].change.subject, ahead=True)
    return 1000 * max(level for _, level in changes) + min(10 * len(ahead) + len(roles) + len(changes), 999)


def entry(
    history: History, changes: Sequence[Traced], repository: str, first: bool, consequences: bool
) -> Entry:
    """Return what is said about one record. Its reasons and consequences are told where it comes `first`."""
    commits = _with_originals(history, commits_of(changes))
    reasons = [(name, text) for name in TRAILERS for text in said_in(commits, name)]
    reasons += _taken_back(history, commits)
    lines = [f"{traced.change.short}." for traced in changes]
    return Entry(
        title=changes[0].change.title,
        kind=kind_of(changes[0]),
        lines=(*lines, *(_notes_of(commits) if first else ())),
        reasons=tuple(reasons if first else ()),
        consequences=tuple(
            _consequences(history, changes[0].change.subject) if first and consequences else ()
        ),
        sources=sources(commits, repository),
        record=changes[0].change.subject,
    )


def _with_originals(history: History, commits: list[Commit]) -> list[Commit]:
    """Add the commits that others applied again: theirs is the reason, and the work."""
    roots = [origin(commit.sha, history.taken) for commit in commits]
    originals = [root for root, back in roots if isinstance(root, Commit) and back]
    return list({commit.sha: commit for commit in (*originals, *commits)}.values())


def _taken_back(history: History, commits: Iterable[Commit]) -> Iterator[tuple[str, str]]:
    """Yield what commits take back, or apply again, that was there before the range."""
    for commit in commits:
        root, back = origin(commit.sha, history.taken)
        if isinstance(root, Taken) and history.taken[commit.sha].target is None:
            sha = root.sha[:7]
            said = (
                (f"{quoted(root.subject)} ({sha})" if sha else quoted(root.subject)) if root.subject else sha
            )
            yield ("Reapplied" if back else "Reverted", said or "an earlier change")


def _notes_of(commits: Iterable[Commit]) -> list[str]:
    """What commits want to have said in the notes, beside what changed."""
    return said_in([commit for commit in commits if not is_silent(commit)], "Release-Note")


def _page(page: PageChange, repository: str) -> Entry:
    commits = list(page.commits)
    reasons = tuple((name, text) for name in TRAILERS for text in said_in(commits, name))
    return Entry(
        title=page.title,
        kind="new page" if page.kind == "added" else "page",
        lines=(*page.lines, *_notes_of(commits)),
        reasons=reasons,
        sources=sources(commits, repository),
        weight=len(page.lines),
        page=page.path,
    )


def _consequences(history: History, subject: Name) -> Iterator[str]:
    for effect in history.impact.effects_on(subject):
        if effect.after.name in _FIGURES:
            yield f"{effect.after.name}: {effect.after.said} instead of {effect.before.said} ({effect.difference})."
    if ahead := history.impact.launches_at(subject, ahead=True):
        yield f"Launches under way that must follow: {listed(ahead)}."
    if past := history.impact.launches_at(subject, ahead=False):
        yield f"Launches under way that are past this, and need not go back: {listed(past)}."


def commits_of(changes: Iterable[Traced]) -> list[Commit]:
    """Return the commits of some changes, each once."""
    return list({commit.sha: commit for traced in changes for commit in traced.commits}.values())


def said_in(commits: Iterable[Commit], name: str) -> list[str]:
    """Return what the messages of some commits say in a trailer, each text once."""
    return list(dict.fromkeys(text for commit in commits for text in commit.trailer(name)))


def is_new(traced: Traced) -> bool:
    """Whether a change is that its record came."""
    return traced.change.kind == f"{traced.change.subject.kind}-added"


def kind_of(traced: Traced) -> str:
    """Return the kind of a record in words: launch template."""
    return KINDS[traced.change.subject.kind].title.lower()


def fresh(records: Iterable[Traced], pages: Iterable[PageChange], repository: str) -> Section:
    """Return the list of the records that are new, and of those among some pages."""
    entries = [_new(one, repository) for one in records]
    entries += [_page(page, repository) for page in pages if page.kind == "added"]
    return Section(title="New", entries=tuple(entries), brief=True)


def _new(traced: Traced, repository: str) -> Entry:
    return Entry(
        title=traced.change.title,
        kind=kind_of(traced),
        lines=(traced.summary, *_notes_of(traced.commits)),
        sources=sources(traced.commits, repository),
        record=traced.change.subject,
    )
