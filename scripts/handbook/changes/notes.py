"""Release notes: what changed in a stretch of history, for people who follow the handbook, in the order in which they read it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handbook.changes.audience import Audience
from handbook.changes.entries import by_level, is_new, new_entry
from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.changes.told import Entry, Notes, Section, Told
from handbook.model.kinds import KINDS
from handbook.text.words import count, day, listed, sentence


def notes(history: History, title: str, repository: str, readers: Audience | None = None) -> Notes:
    """Return the notes of the handbook `title`, for everybody or for some readers.

    `repository` is its address at the Git host, or empty: then nothing is linked.
    """
    if history.before is None:
        every = [(traced, Level.INFO) for traced in history.changes]
        found = [_contents(history), unreadable(history)]
        return _notes(f"{title} at {history.after}", history, every, _first(history), found)
    weighed = [(traced, level) for traced in history.changes if (level := _level(traced, readers))]
    new = [traced for traced, _ in weighed if is_new(traced)]
    rest = [(traced, level) for traced, level in weighed if not is_new(traced)]
    said = (
        f"What changed {f'for {readers.title} ' if readers else ''}from {history.before} to {history.after}"
    )
    sections = [
        *by_level(history, rest, repository),
        Section(title="New", entries=tuple(new_entry(one, repository) for one in new), brief=True),
        *([wording(history)] if readers is None else []),
        unreadable(history),
    ]
    return _notes(said, history, weighed, _summary(history, rest, new, readers), sections, readers)


def _notes(
    title: str,
    history: History,
    told: Iterable[Told],
    summary: str,
    sections: Iterable[Section],
    readers: Audience | None = None,
) -> Notes:
    end = f" ({day(history.last.committed_on)})" if history.last else ""
    return Notes(
        title=title + end,
        summary=summary,
        sections=tuple(section for section in sections if not section.is_empty),
        history=history,
        told=tuple(told),
        readers=readers,
    )


def _level(traced: Traced, readers: Audience | None) -> Level | None:
    """How much a change matters; None, or nothing, where it need not be told."""
    return traced.change.level if readers is None else readers.level(traced.change)


def _summary(history: History, rest: Sequence[Told], new: Sequence[Traced], readers: Audience | None) -> str:
    if not history.commits:
        return "Nothing changed: there is no commit in this range."
    numbers = {commit.pull_request for commit in history.commits} - {None}
    within = f" in {count(len(numbers), 'pull request')}" if numbers else ""
    work = f"{count(len(history.commits), 'commit')}{within}"
    if not rest and not new:
        return f"{_quiet(history, readers)}, in {work}. Nobody has to do anything differently."
    counts = [
        (sum(level >= Level.ACTION for _, level in rest), "to act on"),
        (sum(level == Level.INFO for _, level in rest), "worth knowing"),
    ]
    told = [f"{count(number, 'change')} {what}" for number, what in counts if number]
    told += [f"{count(len(new), 'new record')}"] if new else []
    return f"{sentence(listed(told))}, from {work}."


def _quiet(history: History, readers: Audience | None) -> str:
    if readers is not None:
        return f"Nothing changed for {readers.title}"
    return "Only wording changed" if any(history.changes) or any(history.pages) else "No record changed"


def _first(history: History) -> str:
    if not history.changes:
        return "There is no record yet."
    return f"{count(len(history.changes), 'record')} from {count(len(history.commits), 'commit')}."


def _contents(history: History) -> Section:
    """Everything is new, so a compact list by kind says more than a hundred sentences."""
    entries = []
    for kind in KINDS.values():
        titles = sorted(one.change.title for one in history.changes if one.change.subject.kind == kind.name)
        if titles:
            entries.append(Entry(title=kind.plural, kind=str(len(titles)), lines=(", ".join(titles),)))
    return Section(entries=tuple(entries), brief=True)


def wording(history: History) -> Section:
    """Return what was only reworded, in one sentence."""
    titles = dict.fromkeys(one.change.title for one in history.changes if one.change.level == Level.EDITORIAL)
    told = [*titles, *([count(len(history.pages), "page")] if history.pages else [])]
    text = f"Reworded or tidied up, with the same meaning: {listed(told)}." if told else ""
    return Section(title="Wording", text=text)


def unreadable(history: History) -> Section:
    """Return what could not be compared, because it was broken at one of the two ends."""
    entries = [
        Entry(title=one.title, kind=f"at {one.revision}", lines=(one.why,)) for one in history.unreadable
    ]
    return Section(title="Could not be compared", entries=tuple(entries), brief=True)
