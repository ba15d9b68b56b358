"""Changes of launch templates: the anchor day, what a launch fills in, tasks and gates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.changes import words
from handbook.changes.alike import meaning
from handbook.changes.change import Change
from handbook.changes.fields import Table, called, choice, existence, names, texts, value, walk, wording
from handbook.changes.parts import anchor as anchor_name
from handbook.changes.parts import form, knowing, titled
from handbook.changes.process import WORK
from handbook.changes.record import ENVELOPE, measures
from handbook.changes.scope import Scope
from handbook.model.launch import Anchor, LaunchTemplate, Variable
from handbook.model.values import Offset
from handbook.text.words import clock, listed


def anchor(scope: Scope, key: str, old: Anchor, new: Anchor) -> Iterator[Change]:
    """Compare the day that the plan counts from."""
    if old.name != new.name:
        yield scope.change(
            "anchor-changed", key=key, before=words.quoted(old.name), after=words.quoted(new.name)
        )
    before, after = _how(old), _how(new)
    if before != after:
        action = existence(before or None, after or None)
        yield scope.change(f"anchor-rule-{action}", key=key, before=before, after=after)


def _how(anchor: Anchor) -> str:
    """How the anchor day is chosen, in words; empty where nothing is said of it."""
    said = [words.quoted(anchor.rule)] if anchor.rule else []
    if anchor.on_or_before is not None:
        said.append(f"on or before day {anchor.on_or_before} of the month")
    if anchor.on_or_after is not None:
        said.append(f"on or after day {anchor.on_or_after} of the month")
    if anchor.weekdays:
        said.append(f"on a {listed(map(str.capitalize, anchor.weekdays), 'or')}")
    return ", ".join(said)


def due(scope: Scope, key: str, old: Offset, new: Offset) -> Iterator[Change]:
    """Compare how far from the anchor day something is due."""
    name = anchor_name(scope)
    before, after = words.from_anchor(old, name), words.from_anchor(new, name)
    same_side = old.days * new.days > 0
    dates = f"{abs(new.days)} instead of {before}" if same_side else f"{after} instead of {before}"
    yield scope.change(
        f"due-{'later' if new.days > old.days else 'earlier'}",
        key=key,
        before=before,
        after=after,
        dates=dates,
    )


def variables(scope: Scope, key: str, old: dict[str, Variable], new: dict[str, Variable]) -> Iterator[Change]:
    """Compare what a launch has to fill in."""
    for id in dict.fromkeys((*old, *new)):
        before, after = old.get(id), new.get(id)
        if meaning(before) == meaning(after):
            continue
        within = scope.inside(before, after, _variable(id, after or before), id)
        action = existence(before, after)
        described = (
            before
            and after
            and {**meaning(before), "description": ""} == {**meaning(after), "description": ""}
        )
        if described:
            yield within.change("wording-changed", label="description")
        else:
            yield within.change(
                f"variable-{action}", from_to="" if action != "changed" else _accepts(before, after)
            )


def _variable(id: str, variable: Variable | None) -> str:
    return (variable and variable.description) or id.replace("_", " ")


def _accepts(before: Variable | None, after: Variable | None) -> str:
    one, other = (
        words.value(it.choices) if it and it.choices else it.type if it else "" for it in (before, after)
    )
    return f" from {one} to {other}" if one != other else ""


def artifact(scope: Scope, key: str, old: str | None, new: str | None) -> Iterator[Change]:
    """Compare what a task produces, in the words of a step, which may produce several things."""
    before, after = ((one,) if one else () for one in (old, new))
    yield from names("output", "artifact")(scope, key, before, after)


TASK: Table = {
    **WORK,
    "title": called,
    "phase": value("phase", "phase"),
    "due": due,
    "due_time": choice("due-time", clock),
    "needs": names("dependency", "task"),
    "gate": value("checked-at", "gate"),
    "artifact": artifact,
    "when": value("condition"),
}

GATE: Table = {
    "title": called,
    "due": due,
    "due_time": choice("due-time", clock),
    "approver": value("approver", "role"),
    "criteria": texts("criterion"),
    "evidence": names("evidence", "artifact"),
    "waiver": value("waiver"),
}

TEMPLATE: Table = {
    **ENVELOPE,
    "tier": value("tier"),
    "process": value("sub-process", "process"),
    "anchor": anchor,
    "variables": variables,
    "phases": form("phase", {"title": called, "summary": wording()}, ordered=True),
    "tasks": form("task", TASK),
    "gates": form("gate", GATE),
    "metrics": measures,
    "overlays": names("overlay", "launch-template"),
}


def compare_template(scope: Scope, old: LaunchTemplate, new: LaunchTemplate) -> Iterator[Change]:
    """Yield the changes between two states of a launch template."""
    yield from walk(
        knowing_plan(knowing(scope, "phase", old.phases, new.phases, titled), old, new), TEMPLATE, old, new
    )


def knowing_plan(scope: Scope, old: Any, new: Any) -> Scope:
    """Return the scope with what the tasks and gates of a template or launch are called."""
    scope = knowing(scope, "task", old.tasks, new.tasks, titled)
    return knowing(scope, "gate", old.gates, new.gates, titled)
