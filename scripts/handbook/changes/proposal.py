"""What a proposal means, for those who have to agree with it: what changes, for whom, what follows, who should look. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handbook.changes.change import Change
from handbook.changes.entries import by_level, fresh, is_new, kind_of
from handbook.changes.history import History, Traced
from handbook.changes.level import Level
from handbook.changes.notes import counted, incomplete, unreadable, wording
from handbook.changes.pages import PageChange
from handbook.changes.reach import Reached
from handbook.changes.told import Entry, Notes, Section
from handbook.model.handbook import Name
from handbook.text.words import count, listed

_MOST_READERS = 12  #: roles that are listed; a proposal that concerns more of them concerns everybody
_DESCRIBED = {"why": "Why", "effective": "From when"}  #: trailer of the description -> heading
_MOST_CHANGES = 3  #: of which a launch is told in full


def proposal(
    history: History, repository: str, said: Sequence[tuple[str, str]] = (), *, few: bool = False
) -> Notes:
    """Return what a proposal means. `said` are the trailers of its description, which count like those of a commit.

    With `few` not all is named that is only named.
    """
    weighed = [(traced, traced.change.level) for traced in history.changes if traced.change.level]
    rest = [(traced, level) for traced, level in weighed if not is_new(traced)]
    pages = [page for page in history.prose if page.lines]
    new = [traced for traced, _ in weighed if is_new(traced)]
    reasons = [text for name, text in said if name.lower() == "why"]
    sections = [
        *_described(said),
        *by_level(history, rest, repository, consequences=False, pages=pages),
        fresh(new, pages, repository),
        Section(title="What follows from it", table=tuple(_figures(history))),
        Section(title="Launches under way", entries=tuple(_launches(history)), brief=True),
        Section(
            title="Whom it concerns", table=tuple(_readers(history, [traced.change for traced, _ in rest]))
        ),
        Section(title="Onboarding paths that lead to it", text=_paths(history)),
        Section(title="Who should look at it", entries=tuple(_reviewers(history)), brief=True),
        Section(title="Before it is merged", text=_unexplained(history, reasons)),
        wording(history, few),
        unreadable(history),
    ]
    return Notes(
        title="What this proposal means",
        summary=_summary(history, [level for _, level in rest], len(new), pages),
        sections=tuple(section for section in sections if not section.is_empty),
        history=history,
        told=tuple(weighed),
    )


def without_reason(history: History, said: Iterable[str] = ()) -> list[Traced]:
    """Return the breaking changes for which neither a commit of theirs nor the description says why."""
    if any(said):
        return []
    return [
        traced
        for traced in history.changes
        if traced.change.level is Level.BREAKING
        and not any(commit.trailer("Why") for commit in traced.commits)
    ]


def _described(said: Iterable[tuple[str, str]]) -> Iterator[Section]:
    """Yield what the description says of the whole proposal."""
    for name, title in _DESCRIBED.items():
        texts = dict.fromkeys(text for key, text in said if key.lower() == name)
        yield Section(title=title, text=" ".join(texts))


def _summary(history: History, levels: Sequence[Level], new: int, pages: Sequence[PageChange]) -> str:
    """What somebody takes away who reads nothing else."""
    told = counted(levels, new, pages)
    return " ".join((*(_outline(history, told) if told else _quiet(history)), *incomplete(history)))


def _quiet(history: History) -> Iterator[str]:
    if not (history.changes or history.pages):
        yield "Nothing changes."
    elif history.unreadable:
        yield "Only words change."
    else:
        yield "Only words change: nobody has to do anything differently."


def _outline(history: History, told: str) -> Iterator[str]:
    yield f"{told}."
    for effect in history.impact.effects:
        if effect.after.name == "Lead time":
            yield f"{effect.title}: lead time {effect.difference}."
    if ahead := dict.fromkeys(one.title for one in history.impact.launches if one.ahead):
        yield f"{count(len(ahead), 'launch')} under way must follow: {listed(ahead)}."


def _figures(history: History) -> Iterator[tuple[str, ...]]:
    yield ("Figure", "Before", "After", "Difference")
    for effect in history.impact.effects:
        figure = f"{effect.title}: {effect.after.name[:1].lower()}{effect.after.name[1:]}"
        yield (figure, effect.before.said, effect.after.said, effect.difference)


def _launches(history: History) -> Iterator[Entry]:
    by_launch: dict[tuple[Name, str], list[Reached]] = {}
    for one in history.impact.launches:
        by_launch.setdefault((one.launch, one.title), []).append(one)
    for (_, title), found in by_launch.items():
        ahead = [one.change for one in found if one.ahead]
        past = [one.change for one in found if not one.ahead]
        lines = [f"it has not come to this yet: {_some(ahead)}"] if ahead else []
        lines += [f"it is past this, and need not go back: {_some(past)}"] if past else []
        yield Entry(title=title, kind="must follow" if ahead else "not affected", lines=tuple(lines))


def _some(changes: list[Change]) -> str:
    told = [change.sentence for change in changes[:_MOST_CHANGES]]
    told += [f"{len(changes) - _MOST_CHANGES} more"] if len(changes) > _MOST_CHANGES else []
    return f"{'; '.join(told)}."


def _readers(history: History, changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    """Yield the roles that have to act, those with the weightiest changes first."""
    levels: dict[str, list[Level]] = {}
    for change in changes:
        for roles, level in ((change.doers, change.row.doers), (change.relying, change.row.relying)):
            for role in roles if level >= Level.ACTION else ():
                levels.setdefault(role, []).append(level)
    order = sorted(levels, key=lambda role: (-max(levels[role]), -len(levels[role]), role))
    yield ("Role", "Has to act on")
    for role in order[:_MOST_READERS]:
        record = history.handbook.records.get(Name("role", role))
        yield (record.title if record else role, count(len(levels[role]), "change"))
    if left := order[_MOST_READERS:]:
        yield (count(len(left), "more role"), "")


def _paths(history: History) -> str:
    titles = [met.title for met in history.impact.paths]
    return f"Who follows one of them has to hear of it: {listed(titles)}." if titles else ""


def _reviewers(history: History) -> Iterator[Entry]:
    for one in history.impact.reviewers:
        yield Entry(title=one.title, kind=one.handle or "team", lines=(f"owns {listed(one.records)}.",))


def _unexplained(history: History, said: Iterable[str]) -> str:
    missing = without_reason(history, said)
    if not missing:
        return ""
    titles = dict.fromkeys(f"{one.change.title} ({kind_of(one)})" for one in missing)
    return (
        f"Say why, in a line that begins with “Why:” in the description or in a commit: {listed(titles)} "
        "changes what people have to do, and nobody is told for what reason."
    )
