"""Release notes: what changed in a stretch of history, for people who follow the handbook, in the order in which they read it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handbook.changes.audience import Audience
from handbook.changes.change import Change
from handbook.changes.digest import named
from handbook.changes.entries import by_level, fresh, is_new
from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.changes.pages import PageChange
from handbook.changes.told import Entry, Notes, Section, Told
from handbook.changes.tool import is_silent, tool
from handbook.git.commit import Commit
from handbook.git.people import names
from handbook.model.kinds import KINDS
from handbook.text.words import count, day, listed, sentence


def notes(
    history: History, title: str, repository: str, readers: Audience | None = None, *, few: bool = False
) -> Notes:
    """Return the notes of the handbook `title`, for everybody or for some readers.

    `repository` is its address at the Git host, or empty: then nothing is linked. With `few` not all is named that is
    only named.
    """
    if history.before is None:
        return _beginning(history, title, repository, readers, few)
    shown = [traced for traced in history.changes if not _is_hidden(traced.commits)]
    pages = [page for page in history.prose if not readers and page.lines and not _is_hidden(page.commits)]
    weighed = [(traced, level) for traced in shown if (level := _level(traced, readers))]
    new = [traced for traced, _ in weighed if is_new(traced)]
    rest = [(traced, level) for traced, level in weighed if not is_new(traced)]
    sections = [
        *by_level(history, rest, repository, pages=pages),
        fresh(new, pages, repository),
        *([wording(history, few), _left_out(history)] if readers is None else []),
        unreadable(history),
        *([tool(history, repository), _thanks(history)] if readers is None else []),
    ]
    summary = _summary(history, rest, new, pages, readers)
    return _notes(_title(history, readers), history, weighed, summary, sections, readers)


def _title(history: History, readers: Audience | None) -> str:
    whom = f"for {readers.title} " if readers else ""
    end = history.after if history.is_released else f"{history.after}, not released yet"
    return f"What changed {whom}from {history.before} to {end}"


def _beginning(history: History, title: str, repository: str, readers: Audience | None, few: bool) -> Notes:
    """Everything is new, so a compact list by kind says more than a hundred sentences."""
    every = [(traced, Level.INFO) for traced in history.changes if _level(traced, readers) is not None]
    pages = history.prose if readers is None else ()
    sections = [
        _contents([traced.change for traced, _ in every], pages, few),
        unreadable(history),
        *([tool(history, repository), _thanks(history)] if readers is None else []),
    ]
    said = f"{title} {f'for {readers.title} ' if readers else ''}at {history.after}"
    return _notes(said, history, every, _first(history, len(every), readers), sections, readers)


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


def _is_hidden(commits: Sequence[Commit]) -> bool:
    """Whether every commit that made a change asks that nobody is told of it."""
    return bool(commits) and all(map(is_silent, commits))


def _summary(history: History, rest: Sequence[Told], new: Sequence[Traced], pages: Sequence[PageChange], readers: Audience | None) -> str:  # fmt: skip
    if not history.commits:
        return "Nothing changed: there is no commit in this range."
    work = _work(history)
    if not rest and not new and not pages:
        return " ".join(_quiet(history, readers, work))
    told = counted([level for _, level in rest], len(new), pages)
    return " ".join((f"{sentence(told)}, from {work}.", *incomplete(history)))


def counted(levels: Sequence[Level], new: int, pages: Sequence[PageChange]) -> str:
    """Return how much there is to tell of records and pages: 2 changes to act on and 1 new page."""
    fresh = sum(page.kind == "added" for page in pages)
    counts = [
        (sum(level >= Level.ACTION for level in levels), "change", " to act on"),
        (sum(level == Level.INFO for level in levels), "change", " worth knowing"),
        (len(pages) - fresh, "changed page", ""),
        (new, "new record", ""),
        (fresh, "new page", ""),
    ]
    return listed(f"{count(number, noun)}{end}" for number, noun, end in counts if number)


def _work(history: History) -> str:
    """How much was done. A merge that only brings what others did is no work of its own."""
    commits = [commit for commit in history.commits if not commit.is_plain_merge]
    numbers = {commit.pull_request for commit in history.commits} - {None}
    within = f" in {count(len(numbers), 'pull request')}" if numbers else ""
    return f"{count(len(commits), 'commit')}{within}"


def _quiet(history: History, readers: Audience | None, work: str) -> Iterator[str]:
    """Yield sentences that say that nothing has to be told, and no more than is known."""
    if readers is not None:
        yield f"Nothing changed for {readers.title}, in {work}."
    else:
        reworded = history.changes or history.pages
        yield f"{'Only wording' if reworded else 'No record'} changed, in {work}."
        if not history.unreadable:
            yield "Nobody has to do anything differently."
    yield from incomplete(history)


def incomplete(history: History) -> Iterator[str]:
    """Yield the sentence that belongs to each summary of what is not known in full."""
    if history.unreadable:
        yield "Not everything could be compared."


def _first(history: History, records: int, readers: Audience | None) -> str:
    work = _work(history)
    if readers is not None:
        many = count(records, "record") if records else "No record"
        return f"{many} {'concern' if records > 1 else 'concerns'} {readers.title}, from {work}."
    told = [
        count(number, what) for number, what in ((records, "record"), (len(history.prose), "page")) if number
    ]
    return f"{listed(told)} from {work}." if told else "There is no record yet."


def _contents(records: Iterable[Change], pages: Iterable[PageChange], few: bool) -> Section:
    titles: dict[str, list[str]] = {}
    for change in records:
        titles.setdefault(KINDS[change.subject.kind].plural, []).append(change.title)
    by_kind = {kind.plural: titles.get(kind.plural, []) for kind in KINDS.values()}
    by_kind["Pages"] = [page.title for page in pages]
    entries = (
        Entry(title=plural, kind=str(len(found)), lines=(", ".join(named(sorted(found), few)),))
        for plural, found in by_kind.items()
        if found
    )
    return Section(entries=tuple(entries), brief=True)


def wording(history: History, few: bool = False) -> Section:
    """Return what was only reworded, in one sentence; with `few` of many records only some."""
    titles = dict.fromkeys(one.change.title for one in history.changes if one.change.level == Level.EDITORIAL)
    pages = sum(not page.lines for page in history.prose)
    told = [*named(list(titles), few, "more records"), *([count(pages, "page")] if pages else [])]
    text = f"Reworded or tidied up, with the same meaning: {listed(told)}." if told else ""
    return Section(title="Wording", text=text)


def _left_out(history: History) -> Section:
    """Return how many changes are not told because their commits ask for that."""
    hidden = sum(_is_hidden(one.commits) and bool(one.change.level) for one in history.changes)
    hidden += sum(_is_hidden(page.commits) and bool(page.lines) for page in history.prose)
    hidden += sum(map(is_silent, history.tool))
    are = "is" if hidden == 1 else "are"
    text = f"{count(hidden, 'change')} {are} left out: who made {'it' if hidden == 1 else 'them'} asked for no note."
    return Section(text=text if hidden else "")


def _thanks(history: History) -> Section:
    """Return who made the changes, by name only."""
    people = made_by(history)
    return Section(text=f"Thanks to {listed(people)}." if people else "")


def made_by(history: History) -> list[str]:
    """Return the names of the people who made the changes, machines left out."""
    return names(one for commit in history.commits if not commit.is_plain_merge for one in commit.people)


def unreadable(history: History) -> Section:
    """Return what could not be compared, because it was broken at one of the two ends."""
    entries = [
        Entry(title=one.title, kind=f"at {one.revision}", lines=(one.why,)) for one in history.unreadable
    ]
    return Section(title="Could not be compared", entries=tuple(entries), brief=True)
