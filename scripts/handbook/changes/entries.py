"""What is said about each record that changed: sentences, reasons, consequences and where they come from. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.changes.told import Entry, Link, Section, Told
from handbook.git import forge
from handbook.git.commit import Commit
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.text.words import listed

TRAILERS = ("Why", "Effective")  #: what a message says about a change that the files do not

_MOST_LINKS = 8  #: commits and pull requests named for one record; a thousand of them say nothing more
_FIGURES = ("Lead time", "Work in one run, on average")  #: what readers ask for first

#: heading -> the levels of the changes below it
_SECTIONS: tuple[tuple[str, tuple[Level, ...]], ...] = (
    ("What you must do differently", (Level.BREAKING, Level.ACTION)),
    ("Worth knowing", (Level.INFO,)),
)


def by_level(
    history: History, rest: Sequence[Told], repository: str, *, consequences: bool = True
) -> Iterator[Section]:
    """Yield what is to be done differently, then what is worth knowing, each record with a heading of its own."""
    told: set[Name] = set()
    for title, levels in _SECTIONS:
        here = [(traced, level) for traced, level in rest if level in levels]
        groups: dict[Name, list[Told]] = {}
        for traced, level in sorted(here, key=lambda one: -one[1]):
            groups.setdefault(traced.change.subject, []).append((traced, level))
        ordered = sorted(groups.items(), key=lambda group: _importance(*group[1][0]))
        entries = [
            entry(history, [traced for traced, _ in found], repository, name not in told, consequences)
            for name, found in ordered
        ]
        yield Section(title=title, entries=tuple(entries))
        told |= groups.keys()


def _importance(first: Traced, level: Level) -> tuple[int, int, str]:
    """Records with the weightiest changes come first, then processes before launches, and so on."""
    return (-level, list(KINDS).index(first.change.subject.kind), first.change.title)


def entry(
    history: History, changes: Sequence[Traced], repository: str, first: bool, consequences: bool
) -> Entry:
    """Return what is said about one record. Its reasons and consequences are told where it comes `first`."""
    commits = commits_of(changes)
    reasons = [(name, text) for name in TRAILERS for text in said_in(commits, name)]
    return Entry(
        title=changes[0].change.title,
        kind=kind_of(changes[0]),
        lines=tuple(f"{traced.change.short}." for traced in changes),
        reasons=tuple(reasons if first else ()),
        consequences=tuple(
            _consequences(history, changes[0].change.subject) if first and consequences else ()
        ),
        sources=sources(commits, repository),
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


def sources(commits: Sequence[Commit], repository: str) -> tuple[Link, ...]:
    """Return where changes come from: pull requests, then commits. A long list ends with how many more there are."""
    numbers = dict.fromkeys(commit.pull_request for commit in commits if commit.pull_request is not None)
    found = [
        Link(f"#{number}", forge.pull_request(repository, number) if repository else "") for number in numbers
    ]
    found += [
        Link(commit.short, forge.commit(repository, commit.sha) if repository else "") for commit in commits
    ]
    more = [Link(f"{len(found) - _MOST_LINKS} more")] if len(found) > _MOST_LINKS else []
    return (*found[:_MOST_LINKS], *more)


def is_new(traced: Traced) -> bool:
    """Whether a change is that its record came."""
    return traced.change.kind == f"{traced.change.subject.kind}-added"


def kind_of(traced: Traced) -> str:
    """Return the kind of a record in words: launch template."""
    return KINDS[traced.change.subject.kind].title.lower()


def new_entry(traced: Traced, repository: str) -> Entry:
    """Return what is said about a record that is new."""
    return Entry(
        title=traced.change.title,
        kind=kind_of(traced),
        lines=(traced.summary,),
        sources=sources(traced.commits, repository),
    )
