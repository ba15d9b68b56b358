"""Changes of launches: the day, the people, how far the tasks are, what was decided and learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from handbook.changes import words
from handbook.changes.alike import match, meaning
from handbook.changes.change import Change
from handbook.changes.fields import (
    Table,
    as_said,
    called,
    choice,
    day,
    entries,
    existence,
    extras,
    mapping,
    names,
    value,
    walk,
)
from handbook.changes.parts import form
from handbook.changes.record import ENVELOPE, target
from handbook.changes.scope import Scope
from handbook.changes.templates import knowing_plan
from handbook.model.launch import Decision, Launch, Report, Result, Risk, Slip
from handbook.text.words import clock


def due_on(scope: Scope, key: str, old: date, new: date) -> Iterator[Change]:
    """Compare the day on which something is due."""
    before, after = words.value(old), words.value(new)
    dates = f"on {after} instead of {before}"
    yield scope.change(
        f"due-{'later' if new > old else 'earlier'}", key=key, before=before, after=after, dates=dates
    )


def results(scope: Scope, key: str, old: tuple[Result, ...], new: tuple[Result, ...]) -> Iterator[Change]:
    """Compare what a launch measures."""
    before = {scope.now(one.metric, "metric"): one for one in old}
    after = {scope.canonical(one.metric, "metric"): one for one in new}
    yield from names("measure", "metric")(scope, key, list(before), list(after))
    for metric in after:
        if metric in before:
            yield from _result(scope, before[metric], after[metric], scope.show(metric, "metric"))


def _result(scope: Scope, old: Result, new: Result, measure: str) -> Iterator[Change]:
    yield from target(measure)(scope, "metrics", old.target, new.target) if old.target != new.target else ()
    for name in ("baseline", "actual", "measured_on"):
        said = {"label": words.label(name), "measure": measure}
        yield from as_said(scope, "", "result", getattr(old, name), getattr(new, name), **said)


RISK: Table = {
    **dict.fromkeys(("likelihood", "impact", "status"), choice("risk")),
    "response": value("risk"),
    "owner": value("risk", "role"),
}


def risks(scope: Scope, key: str, old: tuple[Risk, ...], new: tuple[Risk, ...]) -> Iterator[Change]:
    """Compare the risks of a launch; a risk is known by its title."""
    found = match(old, new, lambda risk: risk.title.casefold())
    for before, after in [(None, one) for one in found.added] + [(one, None) for one in found.removed]:
        one = after or before
        yield scope.inside(before, after, one.title if one else "").change(f"risk-{existence(before, after)}")
    for one, other in found.pairs:
        yield from walk(scope.inside(one, other, other.title), RISK, one, other)


def _person(scope: Scope, role: str, person: Any) -> str:
    return f"{words.quoted(person)} as {scope.show(role, 'role')}"


def _setting(scope: Scope, name: str, given: Any) -> str:
    return f"{name.replace('_', ' ')} = {words.value(given)}"


def _decision(it: Decision) -> str:
    return f"{words.quoted(it.decision)} on {words.value(it.on)}"


def decisions(
    scope: Scope, key: str, old: tuple[Decision, ...], new: tuple[Decision, ...]
) -> Iterator[Change]:
    """Compare the decision log. Who decided is still the same role when that has another id now."""
    before = tuple(one.replaced(by=scope.now(one.by, "role")) for one in old)
    after = tuple(one.replaced(by=scope.canonical(one.by, "role")) for one in new)
    yield from entries("decision", _decision)(scope, key, before, after)


def _slip(it: Slip) -> str:
    return f"from {words.value(it.from_)} to {words.value(it.to)}: {words.quoted(it.reason)}"


def _report(it: Report) -> str:
    return f"{it.health} on {words.value(it.on)}"


def retrospective(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
    """Compare what was learned."""
    if meaning(old) != meaning(new):
        yield scope.change(f"retrospective-{existence(old, new)}", key=key)


_STATE: Table = {
    "title": called,
    "responsible": value("responsible", "role"),
    "approver": value("approver", "role"),
    "due_on": due_on,
    "due_time": choice("due-time", clock),
    "start_on": day("work-start", lambda it: f"on {words.value(it)}"),
    "phase": value("phase", "phase"),
    "needs": names("dependency", "task"),
    "gate": value("checked-at", "gate"),
    "done_on": value("progress"),
    "decided_on": value("progress"),
    "evidence": value("progress"),
    "why": value("progress"),
    "extra": extras,
}

LAUNCH: Table = {
    **ENVELOPE,
    "status": choice("launch-status"),
    "template": value("plan", "launch-template"),
    "overlays": names("plan-overlay", "launch-template"),
    "template_commit": value("plan-commit"),
    "variables": mapping("setting", _setting),
    "anchor": day("launch-day"),
    "calendar": value("base-calendar", "calendar"),
    "people": mapping("holder", _person, "role"),
    "tasks": form("task", {**_STATE, "status": choice("task-status")}),
    "gates": form("gate", {**_STATE, "status": choice("gate-status")}),
    "metrics": results,
    "risks": risks,
    "decisions": decisions,
    "slips": entries("slip", _slip),
    "reports": entries("report", _report),
    "retrospective": retrospective,
}


def compare_launch(scope: Scope, old: Launch, new: Launch) -> Iterator[Change]:
    """Yield the changes between two states of a launch."""
    yield from walk(knowing_plan(scope, old, new), LAUNCH, old, new)
