"""A dated plan as others want to see it: every task and gate with its dates, its people and how it is done.

Boards, exports and pages all read this one form, so that a calendar and a ticket never tell two stories. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from handbook.frozen import EMPTY, Entity, Frozen
from handbook.model.catalog import Calendar, Role
from handbook.model.handbook import Handbook
from handbook.model.kinds import KINDS
from handbook.model.launch import Launch, LaunchGate, LaunchTask, LaunchTemplate, TemplateGate, TemplateTask
from handbook.plan.states import SETTLED


class Item(Frozen):
    """A task or a gate of a plan.

    `key` is `PLAN.TASK` or `PLAN.gate.GATE`, and stays whatever else changes. `part` is "task" or "gate"; the status of a gate is open,
    passed, failed or waived. `due_time` is as in the record, such as "16:00" or "AoE". `needs` are keys.
    `details` is Markdown of the template: what to do, what is ticked off, what a gate asks for.
    """

    key: str
    part: str
    title: str
    phase: str  #: its title; empty where there is none
    role: str  #: the id of the role that does it, or decides
    role_title: str
    person: str | None
    due_on: date
    status: str
    start_on: date | None = None
    due_time: str | None = None
    done_on: date | None = None
    needs: tuple[str, ...] = ()
    gate: str | None = None  #: the key of the gate that looks at it
    details: str = ""
    hours: float | None = None  #: the effort that the template expects
    evidence: str | None = None
    why: str | None = None
    informed: tuple[str, ...] = ()  #: ids of roles that are told, or asked
    tool: str | None = None
    artifact: str | None = None

    @property
    def id(self) -> str:
        """The id within the plan."""
        return self.key.rpartition(".")[2]

    @property
    def settled(self) -> bool:
        """Whether nobody has to do anything about it any more."""
        return self.status in SETTLED or self.status in ("passed", "waived")


class Sheet(Entity):
    """A plan with all that is shown of it. `items` are in the order of their due days, gates after their tasks.

    `noun` is what it is, in lower case; `day` is the day that it leads to, or begins with, and `day_name` what that is called. `page` is the path of
    its page below the site, `time_zone` that of its calendar.
    """

    id: str
    title: str
    summary: str
    status: str
    noun: str
    day: date
    day_name: str
    items: tuple[Item, ...]
    phases: tuple[str, ...]
    page: str
    time_zone: str | None = None
    roles: Mapping[str, str] = EMPTY  #: titles by id
    detailed: bool = False  #: whether a checklist says how each item is done: its reader is new to it

    @property
    def tasks(self) -> tuple[Item, ...]:
        return tuple([item for item in self.items if item.part == "task"])

    @property
    def gates(self) -> tuple[Item, ...]:
        return tuple([item for item in self.items if item.part == "gate"])

    def item(self, key: str) -> Item | None:
        """Return the task or gate of a key."""
        return next((item for item in self.items if item.key == key), None)


class LaunchSheet(Sheet):
    """A launch with all that is shown of it; without its template where that is not in the handbook."""

    launch: Launch
    template: LaunchTemplate | None = None


def sheet(handbook: Handbook, launch: Launch) -> LaunchSheet:
    """Return a launch as others want to see it."""
    plans = [
        plan for id in (launch.template, *launch.overlays) if (plan := handbook.find(LaunchTemplate, id))
    ]
    phases = {phase.id: phase.title for plan in plans for phase in plan.phases}
    roles = {role.id: role.title for role in handbook.all(Role)}
    calendar = handbook.find(Calendar, launch.calendar)
    drafts = {task.id: task for plan in reversed(plans) for task in plan.tasks}
    gates = {gate.id: gate for plan in reversed(plans) for gate in plan.gates}
    items = [
        *(_task(launch, task, drafts.get(task.id), phases, roles) for task in launch.tasks),
        *(_gate(launch, gate, gates.get(gate.id), roles) for gate in launch.gates),
    ]
    return LaunchSheet(
        id=launch.id,
        title=launch.title,
        summary=launch.summary,
        status=launch.status,
        noun="launch",
        day=launch.anchor,
        day_name="Launch day",
        launch=launch,
        template=plans[0] if plans else None,
        items=tuple(sorted(items, key=lambda item: item.due_on)),
        phases=tuple(phases.values()),
        page=f"{KINDS[launch.kind].pages}/{launch.id}/",
        time_zone=calendar.time_zone if calendar else None,
        roles=roles,
    )


def _task(
    launch: Launch,
    task: LaunchTask,
    draft: TemplateTask | None,
    phases: Mapping[str, str],
    roles: Mapping[str, str],
) -> Item:
    return Item(
        key=f"{launch.id}.{task.id}",
        part="task",
        title=task.title,
        phase=phases.get(task.phase or "", task.phase or ""),
        role=task.responsible,
        role_title=roles.get(task.responsible, task.responsible),
        person=launch.people.get(task.responsible),
        due_on=task.due_on,
        status=task.status,
        start_on=task.start_on,
        due_time=task.due_time,
        done_on=task.done_on,
        needs=tuple([f"{launch.id}.{need}" for need in task.needs]),
        gate=f"{launch.id}.gate.{task.gate}" if task.gate else None,
        details="\n".join(_task_details(draft)) if draft else "",
        hours=draft.effort.hours if draft and draft.effort else None,
        evidence=task.evidence,
        why=task.why,
        informed=(*draft.consulted, *draft.informed) if draft else (),
        tool=draft.tool if draft else None,
        artifact=draft.artifact if draft else None,
    )


def _task_details(draft: TemplateTask) -> Iterator[str]:
    if draft.instructions:
        yield draft.instructions.rstrip("\n")
    if draft.checklist:
        yield from ("",) if draft.instructions else ()
        yield from (f"- [ ] {point}" for point in draft.checklist)


def _gate(launch: Launch, gate: LaunchGate, draft: TemplateGate | None, roles: Mapping[str, str]) -> Item:
    return Item(
        key=f"{launch.id}.gate.{gate.id}",
        part="gate",
        title=gate.title,
        phase="",
        role=gate.approver,
        role_title=roles.get(gate.approver, gate.approver),
        person=launch.people.get(gate.approver),
        due_on=gate.due_on,
        status=gate.status,
        due_time=gate.due_time,
        done_on=gate.decided_on,
        needs=tuple([f"{launch.id}.{task.id}" for task in launch.tasks if task.gate == gate.id]),
        details="\n".join(_gate_details(draft)) if draft else "",
        evidence=gate.evidence,
        why=gate.why,
    )


def _gate_details(draft: TemplateGate) -> Iterator[str]:
    yield from (f"- [ ] {criterion}" for criterion in draft.criteria)
    if draft.waiver:
        yield ""
        yield f"Waiver: {draft.waiver}"
