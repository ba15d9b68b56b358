"""What changes reach beyond the record that was edited: launches under way, onboarding paths, and who should look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.changes.change import Change
from handbook.changes.level import Level
from handbook.model.catalog import Team
from handbook.model.flow import ever_before, flow
from handbook.model.handbook import Handbook, Name
from handbook.model.launch import Launch, LaunchTemplate, TemplateTask
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process
from handbook.plan.states import AHEAD, SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A launch under way that a change concerns. `ahead` tells that it has not come to the part that changed."""

    launch: Name
    title: str
    change: Change
    ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An onboarding path that leads to what changed: who follows it has to be told."""

    path: Name
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A team that owns what changes, and the titles of its records. `handle` is its name at the Git host, or empty."""

    team: Name
    title: str
    handle: str
    records: tuple[str, ...]


def launches(after: Handbook, changes: Iterable[Change]) -> tuple[Reached, ...]:
    """Return the launches under way that have to act on a change, or are past it, by launch and change."""
    weighty = [change for change in changes if change.level >= Level.ACTION]
    return tuple(one for launch in after.all(Launch) for one in _reached(after, launch, weighty))


def _reached(after: Handbook, launch: Launch, changes: Iterable[Change]) -> Iterator[Reached]:
    template = after.find(LaunchTemplate, launch.template)
    if launch.status not in AHEAD or template is None:
        return
    for change in changes:
        ahead = _is_ahead(after, launch, template, change)
        if ahead is not None:
            name = Name("launch", launch.id)
            yield Reached(launch=name, title=launch.title, change=change, ahead=ahead)


def _is_ahead(after: Handbook, launch: Launch, template: LaunchTemplate, change: Change) -> bool | None:
    """Whether a launch has not come to what changed yet; None where the change does not concern it."""
    part = change.part.id if change.part else None
    if change.subject == Name("launch-template", template.id):
        return part is None or not _is_past(launch, template, part)
    process = after.find(Process, change.subject.id) if change.subject.kind == "process" else None
    if process is None:
        return None
    tasks = [task for task in template.tasks if _leads_to(after, task.process, process)]
    if tasks:
        return not all(_is_settled(launch, task.id) for task in tasks)
    if _leads_to(after, template.process, process):
        return part is None or not _is_step_past(after, launch, template, process, part)
    return None


def _leads_to(after: Handbook, id: str | None, process: Process) -> bool:
    return id is not None and after.resolve(Name("process", id)).id == process.id


def _is_settled(launch: Launch, id: str) -> bool:
    """Whether a task is done, or a gate decided; one that the launch does not have is neither."""
    return any(task.id == id and task.status in SETTLED for task in launch.tasks) or any(
        gate.id == id and gate.status in ("passed", "waived") for gate in launch.gates
    )


def _is_past(launch: Launch, template: LaunchTemplate, part: str) -> bool:
    """Whether a launch is past a task or gate: it is settled, or something that waits for it is."""
    waiting = [task.id for task in template.tasks if part in task.needs]
    return _is_settled(launch, part) or any(_is_settled(launch, id) for id in waiting)


def _is_step_past(
    after: Handbook, launch: Launch, template: LaunchTemplate, process: Process, part: str
) -> bool:
    """Whether a launch is past a step of the process that it follows as a whole.

    The template says nothing of steps, so what its settled tasks produce or call tells how far the launch is: it is
    past a step when a later one has been reached.
    """
    settled = [task for task in template.tasks if _is_settled(launch, task.id)]
    graph = flow(process)
    order = ever_before(graph)
    reached = [step.id for step in process.steps if any(_is_work_of(after, task, step) for task in settled)]
    return part in reached or any(order.holds(part, later) for later in reached)


def _is_work_of(after: Handbook, task: TemplateTask, step: object) -> bool:
    called = getattr(step, "process", None)
    same = (
        called is not None
        and task.process is not None
        and (after.resolve(Name("process", called)) == after.resolve(Name("process", task.process)))
    )
    return same or (task.artifact is not None and task.artifact in getattr(step, "outputs", ()))


def paths(after: Handbook, changes: Iterable[Change]) -> tuple[Met, ...]:
    """Return the onboarding paths that name a record of which the meaning changed, with its changes."""
    by_subject: dict[Name, list[Change]] = {}
    for change in changes:
        if change.level >= Level.ACTION and change.subject.kind != "onboarding-path":
            by_subject.setdefault(change.subject, []).append(change)
    found = []
    for path in after.all(OnboardingPath):
        named = {after.resolve(reference.target) for reference in after.outgoing(path)}
        if mine := [change for subject in by_subject if subject in named for change in by_subject[subject]]:
            found.append(Met(path=Name(path.kind, path.id), title=path.title, changes=tuple(mine)))
    return tuple(found)


def reviewers(before: Handbook, after: Handbook, changes: Iterable[Change]) -> tuple[Reviewer, ...]:
    """Return the teams that own a changed record, before or after, by title."""
    owned: dict[Name, dict[str, None]] = {}
    for change in changes:
        for team in _owners(before, after, change):
            owned.setdefault(team, {})[change.title] = None
    found = [_reviewer(before, after, team, owned[team]) for team in owned]
    return tuple(sorted(found, key=lambda one: one.title))


def _owners(before: Handbook, after: Handbook, change: Change) -> Iterator[Name]:
    for handbook in (after, before):
        record = handbook.records.get(change.subject)
        if record is not None and record.owner:
            yield after.resolve(Name("team", record.owner))


def _reviewer(before: Handbook, after: Handbook, name: Name, records: Mapping[str, None]) -> Reviewer:
    team = after.find(Team, name.id) or before.find(Team, name.id)
    return Reviewer(
        team=name,
        title=team.title if team else name.id,
        handle=(team and team.handle) or "",
        records=tuple(records),
    )
