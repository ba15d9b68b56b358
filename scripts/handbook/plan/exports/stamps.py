"""How often each task, gate and launch day of a plan changed, read off the older versions of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from handbook.frozen import Frozen
from handbook.plan.exports.context import Gone, Stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DAYS = ("start_on", "due_on", "due_time", "status")  #: what calendars have to be told about


class Version(Frozen):
    """The values of a plan's file from a moment on, in seconds since 1970 (UTC)."""

    moment: int
    data: object


class _Part(Frozen):
    """A task, a gate or the launch in one version: what SEQUENCE counts, and all that is said of it."""

    days: tuple[str, ...]
    whole: str
    title: str
    due_on: str


def stamps(launch: str, versions: Iterable[Version]) -> tuple[dict[str, Stamp], tuple[Gone, ...]]:
    """Return the stamp of each part of a launch by its key, and what is there no more. The oldest version comes first.

    A version that cannot be understood is passed over: what it changed counts at the next one.
    """
    known: dict[str, Stamp] = {}
    now: dict[str, _Part] = {}
    lost: dict[str, _Part] = {}
    for version in versions:
        if not (after := dict(_parts(launch, version.data))):
            continue
        for key, part in after.items():
            known[key] = _next(known.get(key), now.get(key), part, version.moment)
        for key in now.keys() - after.keys():
            lost[key] = now[key]
            known[key] = Stamp(known[key].sequence + 1, version.moment)
        now = after
    gone = [
        Gone(key, part.title, due, known[key])
        for key, part in sorted(lost.items())
        if key not in now and (due := _day(part.due_on))
    ]
    return {key: known[key] for key in now}, tuple(gone)


def _next(stamp: Stamp | None, before: _Part | None, part: _Part, moment: int) -> Stamp:
    if stamp is None:
        return Stamp(0, moment)
    if before is None or before.days != part.days:  # it changed, or it is back
        return Stamp(stamp.sequence + 1, moment)
    return stamp if before == part else Stamp(stamp.sequence, moment)


def _parts(launch: str, data: object) -> Iterator[tuple[str, _Part]]:
    if not isinstance(data, Mapping) or not isinstance(data.get("tasks"), list):
        return
    days = (str(data.get("anchor")), str(data.get("status")))
    said = f"{data.get('title')}\n{data.get('summary')}"
    yield launch, _Part(days, said, str(data.get("title")), str(data.get("anchor")))
    people = data.get("people")
    for kind, prefix, who in (("tasks", launch, "responsible"), ("gates", f"{launch}.gate", "approver")):
        entries = data.get(kind)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                person = people.get(entry.get(who)) if isinstance(people, Mapping) else None
                yield f"{prefix}.{entry['id']}", _part(entry, person)


def _part(entry: Mapping[Any, Any], person: object) -> _Part:
    days = tuple([str(entry.get(name)) for name in _DAYS])
    whole = "\n".join(f"{key}: {value}" for key, value in sorted(entry.items(), key=lambda one: str(one[0])))
    return _Part(days, f"{whole}\n{person}", str(entry.get("title")), str(entry.get("due_on")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
