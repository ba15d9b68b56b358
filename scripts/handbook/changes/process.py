"""Changes of a process: its promise, and its steps with their order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from handbook.changes import parts, words
from handbook.changes.alike import match, meaning
from handbook.changes.change import Change
from handbook.changes.fields import Table, amount, existence, extras, names, skip, texts, value, walk, wording
from handbook.changes.record import ENVELOPE, measures
from handbook.changes.scope import Scope
from handbook.model.flow import Flow, always_before, flow
from handbook.model.process import Option, Process, Step, Trigger, Volume
from handbook.text import words as said

_TIMES_A_YEAR = {"day": 260, "week": 52, "month": 12, "quarter": 4, "year": 1}
_AUTOMATION = ("manual", "assisted", "full")


def trigger(scope: Scope, key: str, old: Trigger, new: Trigger) -> Iterator[Change]:
    """Compare what starts a process."""
    if meaning(old) != meaning(new):
        was, now = _trigger(scope, old), _trigger(scope, new)
        before, after = [it for it in was if it not in now], [it for it in now if it not in was]
        if not (before and after):  # something came or went: all of it is said
            before, after = was, now
        yield scope.change("trigger-changed", key=key, before=said.listed(before), after=said.listed(after))


def _trigger(scope: Scope, it: Trigger) -> list[str]:
    found = [words.quoted(text) for text in (it.event, it.request) if text]
    found += [said.rhythm(it.every)] if it.every else []
    found += [scope.show(scope.now(it.from_, "process"), "process")] if it.from_ else []
    return found


def volume(it: Volume | None) -> str:
    """Return how often a process runs, in words."""
    return f"{said.number(it.count)} times a {it.per}" if it else "nothing"


def _a_year(it: Volume) -> float:
    return it.count * _TIMES_A_YEAR.get(it.per, 1)


def options(scope: Scope, key: str, old: tuple[Option, ...], new: tuple[Option, ...]) -> Iterator[Change]:
    """Compare the answers of a decision; an answer is known by its words."""
    if not (old and new):
        return  # it became a decision, or is none any more, which is told once
    found = match(old, new, lambda option: option.when.casefold(), lambda option: (option.to, option.end))
    for action, some in (("added", found.added), ("removed", found.removed)):
        for option in some:
            yield scope.change(f"option-{action}", key=key, option=words.quoted(option.when))
    for before, after in found.pairs:
        answer = words.quoted(after.when)
        if (leads := _leads(scope, before, old=True)) != (now := _leads(scope, after)):
            yield scope.change("option-changed", key=key, option=answer, before=leads, after=now)
        if before.when != after.when:
            yield scope.change("wording-changed", key=key, label="answer " + answer)
        if before.share != after.share:
            yield scope.change(
                f"share-{existence(before.share, after.share)}",
                key=key,
                option=answer,
                before=_share(before),
                after=_share(after),
            )


def _leads(scope: Scope, option: Option, *, old: bool = False) -> str:
    if option.to is None:
        return f"the end {words.quoted(option.end)}" if option.end else "nothing"
    return scope.show(scope.now(option.to, "step") if old else option.to, "step")


def _share(option: Option) -> str:
    return f"{said.number(option.share * 100)} %" if option.share is not None else "nothing"


def rounds(scope: Scope, key: str, old: int | None, new: int | None) -> Iterator[Change]:
    """Compare how often a way back may be taken."""
    before, after = (str(count) if count is not None else "any number of" for count in (old, new))
    yield scope.change("rounds-changed", key=key, before=before, after=after)


WORK: Table = {
    "responsible": value("responsible", "role"),
    "accountable": value("accountable", "role"),
    "consulted": names("consulted", "role"),
    "informed": names("informed", "role"),
    "effort": amount("effort"),
    "duration": amount("duration"),
    "tool": value("work-tool", "tool"),
    "process": value("sub-process", "process"),
    "checklist": texts("checklist"),
    "instructions": wording(),
    "extra": extras,
}

STEP: Table = {
    **WORK,
    "title": skip,  # told by `_named`
    "decision": skip,
    "needs": skip,  # told by `_order`
    "inputs": names("input", "artifact"),
    "outputs": names("output", "artifact"),
    "requires": names("evidence", "artifact"),
    "automation": amount("automation", of=_AUTOMATION.index, say=str),
    "options": options,
    "to": value("route", "step"),
    "max": rounds,
}

PROCESS: Table = {
    **ENVELOPE,
    "purpose": wording(),
    "use_when": wording("situation to use it in"),
    "skip_when": wording("situation to skip it in"),
    "trigger": trigger,
    "outcome": value("outcome"),
    "accountable": value("accountable", "role"),
    "inputs": names("input", "artifact"),
    "outputs": names("output", "artifact"),
    "sla": amount("sla"),
    "volume": amount("volume", of=_a_year, say=volume),
    "metrics": measures,
    "steps": skip,  # told by `steps`
}


def compare_process(scope: Scope, old: Process, new: Process) -> Iterator[Change]:
    """Yield the changes between two states of a process."""
    yield from walk(scope, PROCESS, old, new)
    if old.steps != new.steps:
        yield from steps(scope, old, new)


def _name(scope: Scope, step: Step) -> str:
    return step.name


def steps(scope: Scope, old: Process, new: Process) -> Iterator[Change]:
    """Yield the changes of the steps."""
    found = parts.pair(scope, old.steps, new.steps, _name)
    scope = parts.knowing(scope, "step", old.steps, new.steps, _name)
    before, after = flow(old), flow(new)
    for step in found.added:
        said = {**parts.about(scope, step), "where": _where(after, step)}
        yield scope.inside(None, step, step.name).change("step-added", **said)
    for step in found.removed:
        yield scope.inside(step, None, step.name).change("step-removed", where=_where(before, step))
    ways = _Ways.between(before, after, {one.id: other.id for one, other in found.pairs})
    went = parts.went_elsewhere(old.steps, found)
    for one, other in found.pairs:
        within = scope.inside(one, other, other.name)
        yield from parts.renamed(within, one, other)
        yield from _named(within, one, other)
        yield from _order(within, one, other, ways, other.id in went)
        yield from walk(within, STEP, one, other)


def _where(flow: Flow, step: Step) -> str:
    """Before or after which step another one is, in words; empty where it stands alone."""
    for edges, side, end in (
        (flow.after(step.id, forward=True), "before", "target"),
        (flow.before(step.id, forward=True), "after", "source"),
    ):
        if edges:
            return f" {side} {words.quoted(flow.steps[getattr(edges[0], end)].name)}"
    return ""


def _named(scope: Scope, old: Step, new: Step) -> Iterator[Change]:
    if bool(old.decision) != bool(new.decision):
        yield scope.change(f"decision-point-{existence(old.decision, new.decision)}")
    elif old.decision != new.decision:
        yield scope.change(
            "question-changed", key="decision", before=str(old.decision), after=str(new.decision)
        )
    if old.title and new.title and old.title != new.title:
        yield scope.change("title-changed", key="title", before=old.title, after=new.title)


@dataclasses.dataclass(frozen=True, slots=True)
class _Ways:
    """Which steps each step waits for, before and after, told in steps that are there both times, by new ids.

    So a step put between two others is one change: the second one waits for the first as before.
    """

    ids: Mapping[str, str]
    before: Mapping[str, frozenset[str]]
    after: Mapping[str, frozenset[str]]

    @classmethod
    def between(cls, before: Flow, after: Flow, ids: Mapping[str, str]) -> _Ways:
        same = {id: id for id in ids.values()}
        return cls(ids, _waits(before, ids), _waits(after, same))


def _waits(flow: Flow, ids: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """For each step in `ids`: the nearest steps in `ids` that have to be done before it.

    One that always comes before another of them is not named: waiting for the later one is enough.
    """
    order = always_before(flow)
    direct: dict[str, list[str]] = {id: [] for id in flow.steps}
    for edge in flow.edges:
        if not edge.back:
            direct[edge.target].append(edge.source)
    waits = {id: _nearest(direct, id, ids) for id in ids if id in direct}
    return {
        ids[id]: frozenset(ids[one] for one in some.difference(order.not_last(some)))
        for id, some in waits.items()
    }


def _nearest(direct: Mapping[str, list[str]], id: str, wanted: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    seen: set[str] = set()
    queue = list(direct[id])
    while queue:
        one = queue.pop()
        if one in wanted:
            found.add(one)
        elif one not in seen:
            seen.add(one)
            queue.extend(direct[one])
    return found


def _order(scope: Scope, old: Step, new: Step, ways: _Ways, went: bool) -> Iterator[Change]:
    """Yield what a step waits for now. One without `needs` says so by its place, so there it is a move."""
    before, after = ways.before.get(new.id, frozenset()), ways.after.get(new.id, frozenset())
    if before == after:
        return
    if old.needs is None and new.needs is None:
        if went:
            yield scope.change("step-moved", before=_behind(scope, before), after=_behind(scope, after))
        return
    for action, some in (("added", after - before), ("removed", before - after)):
        if some:
            yield scope.change(
                f"dependency-{action}",
                key="needs",
                items=said.listed(scope.show(id, "step") for id in sorted(some)),
            )


def _behind(scope: Scope, ids: frozenset[str]) -> str:
    return f"after {said.listed(scope.show(id, 'step') for id in sorted(ids))}" if ids else "first"
