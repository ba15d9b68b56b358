"""How tasks stand at GitHub: issues as JSON, from the REST API or from `gh issue list --json`, or as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handbook.plan.exports.facts import key_in
from handbook.plan.imports.progress import Problem, Progress, Taken
from handbook.plan.imports.table import day, rows
from handbook.plan.imports.values import text, values

_NEEDED = ("Body", "State")
_MARK = re.compile(r"<!-- handbook: ([a-z0-9.-]+) -->")
_NAMES = {
    "stateReason": "state_reason",
    "closedAt": "closed_at",
    "State Reason": "state_reason",
    "Closed At": "closed_at",
}


def read(source: bytes) -> Taken:
    """Return how the issues stand that came from a launch; others are passed over."""
    if source.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"[", b"{"):
        return _table(source)
    data = values(source)
    if isinstance(data, Problem):
        return Taken((), (data,))
    entries = data.get("items") if isinstance(data, Mapping) else data
    if not isinstance(entries, list):
        return Taken((), (Problem(0, "", "it holds no list of issues"),))
    return _taken(_entries(entries))


def _entries(entries: list[object]) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, Mapping) and "pull_request" not in entry:
            yield number, {_NAMES.get(str(key), str(key)): value for key, value in entry.items()}


def _table(source: bytes) -> Taken:
    table = rows(source, _NEEDED)
    columns = ("body", "state", "state_reason", "closed_at", "assignees", "labels")
    entries: list[tuple[int, Mapping[str, object]]] = [
        (row.number, {name: row.get(name) or row.get(name.replace("_", " ")) for name in columns})
        for row in table.rows
    ]
    made = _taken(iter(entries))
    return Taken(made.progress, (*table.problems, *made.problems))


def _taken(entries: Iterator[tuple[int, Mapping[str, object]]]) -> Taken:
    found: list[Progress] = []
    problems: list[Problem] = []
    for number, entry in entries:
        body = text(entry.get("body"))
        match = _MARK.match(body)
        key = match[1] if match else key_in(body)
        if key is None:
            continue
        state = text(entry.get("state")).casefold()
        closed = text(entry.get("closed_at"))
        if state not in ("open", "closed"):
            problems.append(Problem(number, "state", f'"{state}" is neither open nor closed'))
        elif closed and day(closed) is None:
            problems.append(
                Problem(number, "closed_at", f'"{closed}" is no day that can be read in one way only')
            )
        else:
            found.append(_progress(number, key, entry, state == "closed"))
    return Taken(tuple(found), tuple(problems))


def _progress(number: int, key: str, entry: Mapping[str, object], closed: bool) -> Progress:
    reason = text(entry.get("state_reason")).casefold().replace(" ", "_")
    person = _first(entry.get("assignees"))
    if not closed:
        return Progress(key, "open", None, person, None, number)
    if reason in ("not_planned", "duplicate"):
        why = f"Closed at GitHub as {reason.replace('_', ' ')}"
        return Progress(key, "skipped", None, person, why, number)
    return Progress(key, "done", day(text(entry.get("closed_at"))), person, None, number)


def _first(people: object) -> str | None:
    one = people[0] if isinstance(people, list) and people else people
    login = one.get("login") if isinstance(one, Mapping) else one
    return login if isinstance(login, str) and login else None
