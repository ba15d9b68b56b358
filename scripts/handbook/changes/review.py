"""What somebody has to look at who reviews a record: what it changed itself since the last time, and what it relies on. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handbook.changes.suspects import Suspect, suspects, suspects_of
from handbook.changes.timeline import Revision, Timeline
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.plan.due import due_on
from handbook.text import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A record to be reviewed: `due_on` is the last day for it, `suspects` say what else may have made it untrue."""

    record: Record
    due_on: date | None
    suspects: tuple[Suspect, ...]


def due(handbook: Handbook, timeline: Timeline, today: date) -> tuple[Due, ...]:
    """Return the records whose review is due by a day, or which are suspect, the most urgent first."""
    found: dict[Name, list[Suspect]] = {}
    for suspect in suspects(handbook, timeline):
        found.setdefault(Name(suspect.record.kind, suspect.record.id), []).append(suspect)
    listed = [
        Due(record=record, due_on=due_on(record), suspects=tuple(found.get(name, ())))
        for name, record in handbook.records.items()
        if record.status != "retired"
    ]
    urgent = [one for one in listed if one.suspects or (one.due_on is not None and one.due_on <= today)]
    return tuple(sorted(urgent, key=lambda one: (one.due_on or date.max, one.record.kind, one.record.id)))


def called(handbook: Handbook, record: Record) -> str:
    """Return how a command names a record: by its id, with the kind before it where several kinds have that id."""
    several = sum(name.id == record.id for name in handbook.records) > 1
    return f"{record.kind}:{record.id}" if several else record.id


def overview(handbook: Handbook, found: tuple[Due, ...], today: date) -> str:
    """Return the list of what has to be reviewed, in words."""
    if not found:
        return "Nothing has to be reviewed: every review is in time, and what records rely on has not changed since.\n"
    lines = [f"{words.count(len(found), 'record')} to review:", ""]
    for one in found:
        kind = KINDS[one.record.kind].title.lower()
        lines.append(f"{one.record.title} ({kind}, {one.record.owner or 'no owner'}): {_why(one, today)}")
        lines.append(f"  handbook review {called(handbook, one.record)}")
    return "\n".join(lines) + "\n"


def _why(one: Due, today: date) -> str:
    reasons = []
    if one.due_on is not None and one.due_on <= today:
        reasons.append(f"due since {words.day(one.due_on)}" if one.due_on < today else "due today")
    if one.suspects:
        titles = words.listed(suspect.target.title for suspect in one.suspects)
        reasons.append(f"{titles} changed since the last review")
    return "; ".join(reasons)


def sheet(record: Record, timeline: Timeline, handbook: Handbook) -> str:
    """Return all that a reviewer of one record has to look at, in words."""
    return "\n".join(_sheet(record, timeline, handbook)) + "\n"


def _sheet(record: Record, timeline: Timeline, handbook: Handbook) -> Iterator[str]:
    revisions = timeline.of(Name(record.kind, record.id))
    version = f", version {revisions[-1].number}" if revisions else ""
    yield f"{record.title} ({KINDS[record.kind].title.lower()}{version}), in {record.at.path}"
    yield _last(record)
    own = [one for one in revisions[1:] if record.reviewed is None or one.on > record.reviewed]
    yield from _told("It changed since then:", own)
    relied = list(suspects_of(record, handbook, timeline))
    for one in relied:
        kind = KINDS[one.target.kind].title.lower()
        yield from _told(
            f"It relies on {one.target.title} ({kind}), which changed since then:", one.revisions
        )
    if not own and not relied:
        yield "Neither it nor what it relies on has changed its meaning since then."


def _last(record: Record) -> str:
    if record.reviewed is None:
        return "It was never reviewed."
    rhythm = f", and is to be reviewed {words.every(record.review_every)}" if record.review_every else ""
    return f"It was last reviewed on {words.day(record.reviewed)}{rhythm}."


def _told(heading: str, revisions: list[Revision] | tuple[Revision, ...]) -> Iterator[str]:
    if not revisions:
        return
    yield from ("", heading)
    for one in revisions:
        source = f"#{one.pull_request}" if one.pull_request else one.commit[:7]
        yield f"  {one.number} on {words.day(one.on)} ({source})"
        yield from (f"    - {line}" for line in one.changes)
        yield from (f"    Why: {line}" for line in one.why)
