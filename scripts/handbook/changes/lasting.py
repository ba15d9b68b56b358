"""The timeline of what is checked out, gone on with from where the last run came to: no commit is compared twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from handbook.changes.level import Level
from handbook.changes.timeline import Revision, Stamps, Timeline, follow, timeline
from handbook.git import kept
from handbook.git.repository import Repository
from handbook.model.handbook import Name

_NAME = "timeline"


def lasting(repository: Repository, revision: str = "HEAD") -> Timeline:
    """Return the timeline up to a revision, and keep it for the next time.

    Raises:
        UserError: the revision is unknown, or the clone is too shallow.
    """
    end = repository.resolve(revision)
    about = {"folder": repository.prefix, "people": repository.people()}
    before = kept.load(repository, _NAME)
    try:
        known = _read(before) if all(before.get(key) == value for key, value in about.items()) else None
    except (KeyError, TypeError, ValueError):
        known = None  # somebody else wrote it
    if known and before["end"] == end:
        return known
    found = (known and _further(repository, known, before["end"], end)) or timeline(repository, end)
    kept.save(repository, _NAME, {"end": end, **about, **_written(found)})
    return found


def _further(repository: Repository, known: Timeline, start: str, end: str) -> Timeline | None:
    """Return a timeline gone on with; None where its end is not on the main line, or what it says is not enough."""
    if known.broken or not repository.has(end, [start]):
        return None
    steps = repository.main_line_commits(start, end)
    if not steps or steps[0].parents[:1] != (start,):
        return None
    return follow(repository, steps, start, known)


def _written(timeline: Timeline) -> dict[str, Any]:
    return {
        "broken": sorted(timeline.broken),
        "stamps": [
            [one.commit, one.on.isoformat(), [list(name) for name in one.records]] for one in timeline.stamps
        ],
        "records": [
            [*name, [{**asdict(one), "on": one.on.isoformat()} for one in revisions]]
            for name, revisions in timeline.records.items()
        ],
    }


def _read(kept: Mapping[str, Any]) -> Timeline:
    return Timeline(
        records={Name(kind, id): tuple(map(_revision, revisions)) for kind, id, revisions in kept["records"]},
        stamps=tuple(
            Stamps(commit=commit, on=date.fromisoformat(on), records=tuple(Name(*name) for name in records))
            for commit, on, records in kept["stamps"]
        ),
        broken=frozenset(kept["broken"]),
    )


def _revision(kept: Mapping[str, Any]) -> Revision:
    return Revision(
        version=(kept["version"][0], kept["version"][1]),
        on=date.fromisoformat(kept["on"]),
        commit=kept["commit"],
        pull_request=kept["pull_request"],
        author=kept["author"],
        level=Level(kept["level"]),
        changes=tuple(kept["changes"]),
        why=tuple(kept["why"]),
    )
