"""How tasks stand in Mattermost: a run of a playbook, as the API of Playbooks returns it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.plan.exports.facts import key_in
from handbook.plan.imports.progress import Problem, Progress, Taken
from handbook.plan.imports.values import day_of, text, values

_STATES = {"": "open", "in_progress": "doing", "closed": "done", "skipped": "skipped"}


def read(source: bytes) -> Taken:
    """Return how the items of the checklists stand that came from a launch; others are passed over."""
    data = values(source)
    if isinstance(data, Problem):
        return Taken((), (data,))
    lists = data.get("checklists") if isinstance(data, Mapping) else None
    if not isinstance(lists, list):
        return Taken((), (Problem(0, "checklists", "there are none: it has to be a run of a playbook"),))
    found: list[Progress] = []
    problems: list[Problem] = []
    for number, item in enumerate(_items(lists), 1):
        key = key_in(text(item.get("description")))
        if key is None:
            continue
        state = item.get("state", "")
        status = _STATES.get(state) if isinstance(state, str) else None
        if status is None:
            problems.append(Problem(number, "state", f'"{state}" is no state of an item'))
            continue
        done = day_of(item.get("state_modified")) if status == "done" else None
        why = "Skipped in Mattermost" if status == "skipped" else None
        found.append(Progress(key, status, done, text(item.get("assignee_id")) or None, why, number))
    return Taken(tuple(found), tuple(problems))


def _items(lists: list[object]) -> Iterator[Mapping[str, object]]:
    for one in lists:
        items = one.get("items") if isinstance(one, Mapping) else None
        yield from (item for item in (items if isinstance(items, list) else ()) if isinstance(item, Mapping))
