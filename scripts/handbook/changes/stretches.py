"""What the site tells of the history: each release and what came since, or where nothing is ever released, each week.

Every stretch is compared once, and kept: what lies behind does not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from handbook.changes import stretch
from handbook.changes.audience import audience
from handbook.changes.history import history
from handbook.changes.notes import notes
from handbook.changes.shelf import Shared
from handbook.changes.stretch import Stretch
from handbook.git import kept
from handbook.git.commit import Commit
from handbook.git.repository import Repository
from handbook.model.catalog import Role
from handbook.settings import Settings
from handbook.text.words import day

MOST = 12  #: stretches that a site tells: who wants to know more has `handbook notes`
_NAME = "stretches"


class _Ends(NamedTuple):
    """Where a stretch begins and ends, as full ids or tags; without `before` it is the beginning of the history."""

    name: str
    title: str
    before: str | None
    after: str
    released: bool


def stretches(repository: Repository, settings: Settings, most: int = MOST) -> tuple[Stretch, ...]:
    """Return the newest stretches of the history of what is checked out, the newest first.

    Raises:
        UserError: there is no commit, or the clone is too shallow.
    """
    head = repository.resolve("HEAD")
    address = repository.address(settings.repository)
    about = {"folder": repository.prefix, "people": repository.people(), "address": address}
    before = kept.load(repository, _NAME)
    before = before if all(before.get(key) == value for key, value in about.items()) else {}
    tags = [head, most, *sorted(repository.tag_names())]
    known = _known(before)
    if before.get("tags") == tags and all(key in known for key in before.get("order", ())):
        return tuple(known[key] for key in before["order"])
    found: dict[str, Stretch] = {}
    shared = Shared()
    for ends in _ends(repository, most):
        first = None if ends.before is None else repository.resolve(ends.before)
        key = f"{first or ''}..{repository.resolve(ends.after)} {ends.name}"
        found[key] = known.get(key) or _stretch(repository, settings, address, ends, shared)
    data = {key: stretch.written(one) for key, one in found.items()}
    kept.save(repository, _NAME, {"tags": tags, **about, "order": list(found), "stretches": data})
    return tuple(found.values())


def releases(
    repository: Repository, oldest: str | None, end: str, most: int
) -> Iterator[tuple[str | None, str]]:
    """Yield the releases of a history, the newest first, each as the one before it and its tag; not all of a long one."""
    tag = next(iter(repository.tags_at(end)), None) or repository.last_tag(end)
    for _ in range(most):
        if tag is None or tag == oldest:
            return
        before = repository.last_tag(tag)
        yield before, tag
        tag = before


def _known(before: Mapping[str, Any]) -> dict[str, Stretch]:
    """Return the stretches that were kept; none where somebody else wrote the file."""
    try:
        return {key: stretch.read(one) for key, one in before.get("stretches", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}


def _ends(repository: Repository, most: int) -> Iterator[_Ends]:
    last = repository.last_tag("HEAD")
    here = repository.tags_at("HEAD")
    if last is None and not here:
        yield from _weeks(repository.main_line_commits(None, "HEAD"), most)
        return
    if not here:
        yield _Ends("unreleased", f"Since {last}", last, "HEAD", False)
    for before, tag in releases(repository, None, "HEAD", most - (not here)):
        yield _Ends(tag, tag, before, tag, True)


def _weeks(line: Sequence[Commit], most: int) -> Iterator[_Ends]:
    """Yield the weeks in which something was committed, the newest first. A day before the one above it counts as that."""
    ends: dict[date, str] = {}
    newest = date.min
    for commit in line:
        newest = max(newest, commit.committed_on)
        ends[newest - timedelta(newest.weekday())] = commit.sha
    mondays = list(ends)
    for monday, earlier in list(zip(mondays, [None, *mondays], strict=False))[::-1][:most]:
        before = ends[earlier] if earlier else None
        yield _Ends(f"week-{monday}", f"Week of {day(monday)}", before, ends[monday], True)


def _stretch(
    repository: Repository, settings: Settings, address: str, ends: _Ends, shared: Shared
) -> Stretch:
    found = history(repository, ends.before, ends.after, settings, shared)
    all_of_it = notes(found, settings.title, address, few=True)
    readers = {}
    for role in found.handbook.all(Role) if ends.before is not None else ():
        mine = notes(found, settings.title, address, audience(f"role:{role.id}", found.handbook))
        if mine.told:
            readers[role.id] = stretch.told(mine)
    return Stretch(
        name=ends.name,
        title=ends.title,
        day=found.last.committed_on if found.last else date.min,
        summary=all_of_it.summary,
        sections=all_of_it.sections,
        readers=readers,
        released=ends.released,
        first=ends.before is None,
    )
