"""What changed in the tool itself, where it lives beside its handbook: told from the messages of its commits. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handbook.changes.conventional import Said, read, subject
from handbook.changes.history import History
from handbook.changes.links import sources
from handbook.changes.reverts import Taken, origin
from handbook.changes.told import Entry, Section
from handbook.git.commit import Commit
from handbook.text.words import sentence

_ORDER = ("Breaking", "New", "Faster", "Mended", "Reverted", "Reapplied")
_SILENT = "none"  #: what `Release-Note:` says where a change needs no note


def is_silent(commit: Commit) -> bool:
    """Whether a commit asks that nobody is told of it."""
    return any(text.strip().rstrip(".").lower() == _SILENT for text in commit.trailer("Release-Note"))


def tool(history: History, repository: str) -> Section:
    """Return what the commits that touch nothing of the handbook say they did; what was taken back is left out."""
    entries = [
        Entry(title=one.word, kind=one.scope, lines=(one.text,), sources=sources(one.commits, repository))
        for one in done(history)
    ]
    return Section(title="The tool itself", entries=tuple(entries), brief=True)


class Done(NamedTuple):
    """One thing that changed in the tool: what happened, where, in a sentence, and the commits that say so."""

    word: str
    scope: str
    text: str
    commits: tuple[Commit, ...]


def done(history: History) -> list[Done]:
    """Return what the commits that touch nothing of the handbook say they did, each thing once, in the order of its weight."""
    groups: dict[tuple[str, str, str], list[Commit]] = {}
    for commit, word, said in _told(history):
        text = sentence(said.text.rstrip(". ")) + "."
        if said.breaking:
            text = f"{text} {sentence(said.breaking.rstrip('. '))}."
        groups.setdefault((word, said.scope or "tool", text), []).append(commit)
    ordered = sorted(groups.items(), key=lambda group: _ORDER.index(group[0][0]))
    return [Done(*what, tuple(commits)) for what, commits in ordered]


def _told(history: History) -> Iterator[tuple[Commit, str, Said]]:
    undone = _undone(history)
    for commit in history.tool:
        if commit.is_plain_merge or commit.sha in undone or is_silent(commit):
            continue
        if commit.sha in history.taken:
            yield from _reverted(commit, history)
            continue
        for said in read(commit):
            yield commit, "Breaking" if said.breaks else said.word, said


def _undone(history: History) -> set[str]:
    """The commits that others of the range took back, and were not taken back in turn; reverts among them."""
    force: dict[str, bool] = {}
    for sha in history.taken:
        target, back = history.taken[sha].target, True
        while target is not None:
            back = not back
            force[target.sha] = back
            taken = history.taken.get(target.sha)
            target = taken.target if taken else None
    return {sha for sha, back in force.items() if not back}


def _reverted(commit: Commit, history: History) -> Iterator[tuple[Commit, str, Said]]:
    """Tell that something of before the range was taken back; what is of the range is told by itself, or not at all."""
    root, back = origin(commit.sha, history.taken)
    if (
        isinstance(root, Taken)
        and history.taken[commit.sha].target is None
        and (said := subject(root.subject))
    ):
        yield commit, "Reapplied" if back else "Reverted", said
