"""What the history shows to be wrong, as findings before anybody asked whether they count. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.changes.history import History
from handbook.changes.proposal import without_reason
from handbook.changes.review import called
from handbook.changes.suspects import suspects
from handbook.changes.timeline import MANY, Stamps, Timeline
from handbook.finding import Place
from handbook.model.handbook import Handbook, Name
from handbook.sources import Sources
from handbook.text import words
from handbook.text.yaml import locate
from handbook.triage import Raw

_NAMED = 3


def of_history(handbook: Handbook, timeline: Timeline, sources: Sources) -> Iterator[Raw]:
    """Yield what is suspect at the end of a history, and what was stamped in it."""
    by_record: dict[Name, list[str]] = {}
    for suspect in suspects(handbook, timeline):
        last = suspect.revisions[-1]
        said = f'"{suspect.target.id}" changed on {last.on} ({last.changes[0].rstrip(".")})'
        by_record.setdefault(Name(suspect.record.kind, suspect.record.id), []).append(said)
    for name, said_of in by_record.items():
        record = handbook.records[name]
        more = f", and {len(said_of) - _NAMED} more" if len(said_of) > _NAMED else ""
        message = f"since the last review, {'; '.join(said_of[:_NAMED])}{more}"
        help = f"`handbook review {called(handbook, record)}` shows it; where the record is still true, add --done"
        yield _raw("suspect-record", record.at / "reviewed", message, help, sources)
    yield from of_stamps(handbook, timeline.stamps, sources)


def of_stamps(handbook: Handbook, stamps: Iterable[Stamps], sources: Sources) -> Iterator[Raw]:
    """Yield the commits that only moved the review dates of many records, at the first of these that is still there."""
    for one in stamps:
        there = [handbook.records[name] for name in one.records if name in handbook.records]
        if len(one.records) >= MANY and there:
            first = min(there, key=lambda record: record.at.path)
            message = f"commit {one.commit[:7]} of {one.on} moved the review dates of {words.count(len(one.records), 'record')}, and changed nothing else"
            help = "review them one at a time: `handbook review` lists what is due"
            yield _raw("stamped-reviews", first.at / "reviewed", message, help, sources)


def of_change(history: History, said: Iterable[str], sources: Sources) -> Iterator[Raw]:
    """Yield the breaking changes of a proposal for which nothing says why."""
    for traced in without_reason(history, said):
        change = traced.change
        at = change.at or Place(change.paths[0])
        message = f"{change.sentence[:1].lower()}{change.sentence[1:]}, and nothing says why"
        help = "add a line that begins with `Why:` to the message of the commit"
        yield _raw("unexplained-change", at, message, help, sources)


def _raw(rule: str, at: Place, message: str, help: str, sources: Sources) -> Raw:
    span = locate(sources[at.path], [at])[at]
    return Raw(path=at.path, span=span, rule=rule, message=message, help=help)
