"""A running launch brought up to its template of today: a merge of three states. Pure.

The base is the template as it was when the launch was made, one side is the template of today, the other the launch
as people have kept it. Where only the template changed, the launch follows; where people changed something, their
word stays, and what the template would say is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handbook.finding import Change
from handbook.frozen import Frozen
from handbook.model.launch import Launch, LaunchGate, LaunchTask
from handbook.plan.origin import State
from handbook.plan.record import appended

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Part = LaunchTask | LaunchGate

#: what a template says of a task or gate, by the key in the launch, and in words
_SAID = {
    "title": "its title",
    "phase": "its phase",
    "responsible": "who does it",
    "approver": "who decides",
    "start_on": "its latest start",
    "due_on": "its day",
    "due_time": "its time of day",
    "needs": "what it waits for",
    "gate": "its gate",
}
_LISTS = {"task": "tasks", "gate": "gates", "metric": "metrics"}


class Step(Frozen):
    """One thing that an upgrade does, or leaves alone: `action` is add, drop, change, keep or leave.

    `change` holds what is to be written for it: nothing for keep and leave, which only tell.
    """

    action: str
    word: str  #: task, gate or metric
    id: str
    title: str
    about: str
    changes: tuple[Change, ...] = ()


def upgrade(launch: Launch, base: State | None, now: State, today: date) -> list[Step]:
    """Return what brings a launch up to its template, in the order add, change, drop, keep, leave.

    Without a `base` nobody knows what people changed themselves: then only what is missing is added, and
    differences are told. What is done, skipped or decided is never touched, and a task whose day had come before
    `today` is not added any more.
    """
    steps = [step for word in ("task", "gate") for step in _of_parts(launch, word, base, now, today)]
    steps += _of_metrics(launch, base, now)
    order = ("add", "change", "drop", "keep", "leave")
    numbered = sorted(steps, key=lambda step: order.index(step.action))
    return _placed(launch, numbered)


def _of_parts(launch: Launch, word: str, base: State | None, now: State, today: date) -> Iterator[Step]:
    mine = {part.id: part for part in getattr(launch, _LISTS[word])}
    was = base.parts(word) if base else {}
    new = now.parts(word)
    for id, wanted in new.items():
        if id in mine:
            yield from _changed(word, mine[id], was.get(id), wanted, known=base is not None)
        elif id in was:
            yield Step(
                "leave", word, id, wanted["title"], "is not in this launch any more: somebody took it out"
            )
        elif wanted["due_on"] < today.isoformat():
            about = f"is new, and its day, {wanted['due_on']}, has passed"
            yield Step("leave", word, id, wanted["title"], about)
        else:
            change = appended(launch, _LISTS[word], wanted)
            yield Step("add", word, id, wanted["title"], f"is new, due on {wanted['due_on']}", (change,))
    for id, part in mine.items():
        if id not in new and id in was:
            yield _dropped(word, part, was[id])


def _of_metrics(launch: Launch, base: State | None, now: State) -> Iterator[Step]:
    mine = {one.metric for one in launch.metrics}
    known = set(base.metrics) if base else set()
    for id, wanted in now.metrics.items():
        if id not in mine and id not in known:
            yield Step("add", "metric", id, id, "is measured now", (appended(launch, "metrics", wanted),))


def _changed(
    word: str, part: Part, was: Mapping[str, Any] | None, new: Mapping[str, Any], *, known: bool
) -> Iterator[Step]:
    if not _is_open(part):
        return
    took: list[Change] = []
    said: list[str] = []
    for key, words in _SAID.items():
        if not hasattr(part, key):
            continue
        mine, old, wanted = _value(part, key), (was or {}).get(key), new.get(key)
        if mine == wanted or (known and old == wanted):
            continue
        if known and mine == old and was is not None:
            took.append(Change(part.at / key, wanted))
            said.append(f"{words}: {_shown(wanted)} instead of {_shown(mine)}")
        else:
            about = f"keeps {words}, {_shown(mine)}; the template says {_shown(wanted)}"
            yield Step("keep", word, part.id, part.title, about)
    if took:
        yield Step("change", word, part.id, part.title, "; ".join(said), tuple(took))


def _dropped(word: str, part: Part, was: Mapping[str, Any]) -> Step:
    touched = [key for key in _SAID if hasattr(part, key) and _value(part, key) != was.get(key)]
    if part.status not in ("todo", "open"):
        return Step("keep", word, part.id, part.title, f"is no longer in the template, and is {part.status}")
    if touched:
        about = f"is no longer in the template, and somebody changed {_SAID[touched[0]]}"
        return Step("keep", word, part.id, part.title, about)
    return Step("drop", word, part.id, part.title, "is no longer in the template", (Change(part.at),))


def _placed(launch: Launch, steps: Sequence[Step]) -> list[Step]:
    """Give what is added its place: one after the other, at the end of the lists."""
    ends = {key: len(getattr(launch, key)) for key in _LISTS.values()}
    placed = []
    for step in steps:
        if step.action == "add":
            key = _LISTS[step.word]
            place = launch.at / key / ends[key]
            step = step.replaced(changes=(step.changes[0].replaced(at=place),))
            ends[key] += 1
        placed.append(step)
    return placed


def _is_open(part: Part) -> bool:
    return part.status in ("todo", "doing", "blocked", "open")


def _value(part: Part, key: str) -> Any:
    """The value of a key as a launch writes it."""
    value = getattr(part, key)
    if isinstance(value, tuple):
        return list(value) or None
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
