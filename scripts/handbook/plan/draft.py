"""A launch as it is first written: the plan of a template with dates, as the text of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from handbook.frozen import EMPTY, Frozen
from handbook.model.launch import LaunchTemplate, TemplateGate, TemplateTask
from handbook.model.record import MetricTarget
from handbook.plan.schedule import Schedule
from handbook.plan.selection import Selection
from handbook.text.block import block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: the keys of a launch and of its parts in the order in which they are written
ORDER = {
    "": (
        "title", "summary", "status", "owner", "tags", "audience", "visibility", "aliases", "links", "notes", "template",
        "overlays", "template_commit", "variables", "anchor", "calendar", "people", "tasks", "gates", "metrics", "risks", "decisions",
        "slips", "reports", "retrospective",
    ),
    "tasks": (
        "id", "phase", "title", "responsible", "start_on", "due_on", "due_time", "needs", "gate", "status", "done_on",
        "evidence", "why",
    ),
    "gates": ("id", "title", "due_on", "due_time", "approver", "status", "decided_on", "evidence", "why"),
    "metrics": ("metric", "baseline", "target", "actual", "measured_on"),
}  # fmt: skip


class Draft(Frozen):
    """What a new launch is made of. `people` are names by role; `commit` is that of its template."""

    title: str
    summary: str
    owner: str
    templates: tuple[LaunchTemplate, ...]
    selection: Selection
    schedule: Schedule
    variables: Mapping[str, object] = EMPTY
    calendar: str | None = None
    people: Mapping[str, str] = EMPTY
    tags: tuple[str, ...] = ()
    commit: str | None = None


def text(draft: Draft, schema: str = "") -> str:
    """Return the file of a new launch. Roles without a person stand below the people, to be filled in."""
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    before, after = _above(draft), _below(draft)
    missing = [role for role in roles(draft.selection) if role not in draft.people]
    people = "".join(block({"people": dict(draft.people)})) if draft.people else "# people:\n" * bool(missing)
    people += "".join(f"  # {role}:\n" if draft.people else f"#   {role}:\n" for role in missing)
    return head + "".join(block(before)) + people + "".join(block(after))


def roles(selection: Selection) -> tuple[str, ...]:
    """Return the roles that have something to do or to decide, in the order in which they come up."""
    found = [task.responsible for task in selection.tasks] + [gate.approver for gate in selection.gates]
    return tuple(dict.fromkeys(found))


def _above(draft: Draft) -> dict[str, Any]:
    base, *overlays = draft.templates
    said = {
        "title": draft.title,
        "summary": draft.summary,
        "status": "draft",
        "owner": draft.owner,
        "tags": list(draft.tags),
        "template": base.id,
        "overlays": [template.id for template in overlays],
        "template_commit": draft.commit,
        "variables": dict(draft.variables),
        "anchor": draft.schedule.anchor.isoformat(),
        "calendar": draft.calendar,
    }
    return {key: value for key, value in said.items() if value}


def _below(draft: Draft) -> dict[str, Any]:
    said = {
        "tasks": [task(one, draft.schedule) for one in draft.selection.tasks],
        "gates": [gate(one, draft.schedule) for one in draft.selection.gates],
        "metrics": list(metrics(draft.templates)),
    }
    return {key: value for key, value in said.items() if value}


def task(one: TemplateTask, plan: Schedule) -> dict[str, Any]:
    """Return a task of a template as a launch writes it, still to be done."""
    slot = plan.tasks[one.id]
    said = {
        "id": one.id,
        "phase": one.phase,
        "title": one.title,
        "responsible": one.responsible,
        "start_on": _day(slot.start_on) if slot.start_on != slot.due_on else None,
        "due_on": _day(slot.due_on),
        "due_time": one.due_time,
        "needs": list(one.needs),
        "gate": one.gate,
        "status": "todo",
    }
    return {key: value for key, value in said.items() if value}


def gate(one: TemplateGate, plan: Schedule) -> dict[str, Any]:
    """Return a gate of a template as a launch writes it, still to be decided."""
    said = {
        "id": one.id,
        "title": one.title,
        "due_on": _day(plan.gates[one.id]),
        "due_time": one.due_time,
        "approver": one.approver,
        "status": "open",
    }
    return {key: value for key, value in said.items() if value}


def metrics(templates: Iterable[LaunchTemplate]) -> Iterator[dict[str, str]]:
    """Yield what is measured after a launch, each metric once."""
    found: dict[str, MetricTarget] = {
        one.metric: one for plan in reversed([*templates]) for one in plan.metrics
    }
    for one in found.values():
        yield {"metric": one.metric, **({"target": one.target.text} if one.target else {})}


def _day(day: date) -> str:
    return day.isoformat()
