"""What changes reach beyond the record that was edited: launches under way, onboarding paths, and who should look."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.changes.change import Change
from handbook.changes.level import Level
from handbook.model.catalog import Team
from handbook.model.flow import ever_before, flow
from handbook.model.handbook import Handbook, Name
from handbook.model.launch import Launch, LaunchTask, LaunchTemplate, TemplateTask
from handbook.model.onboarding import OnboardingPath, chain
from handbook.model.process import Process, Step
from handbook.plan.states import AHEAD, SETTLED

_Callers = Callable[[str | None], frozenset[str]]  #: from a process to those that it leads to


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


def launches(before: Handbook, after: Handbook, changes: Iterable[Change]) -> tuple[Reached, ...]:
    """Return the launches under way that have to act on a change, or are past it, by launch and change."""
    weighty = [change for change in changes if change.level >= Level.ACTION]
    under_way = after.all(Launch) if weighty else ()
    called = _callers(after)
    found = (_reached(before, after, launch, weighty, called) for launch in under_way)
    return tuple(one for of_launch in found for one in of_launch)


def _reached(
    before: Handbook, after: Handbook, launch: Launch, changes: Iterable[Change], called: _Callers
) -> Iterator[Reached]:
    template = after.find(LaunchTemplate, launch.template)
    if launch.status not in AHEAD or template is None:
        return
    for change in changes:
        ahead = _is_ahead(before, after, launch, template, change, called)
        if ahead is not None:
            name = Name("launch", launch.id)
            yield Reached(launch=name, title=launch.title, change=change, ahead=ahead)


def _is_ahead(
    before: Handbook,
    after: Handbook,
    launch: Launch,
    template: LaunchTemplate,
    change: Change,
    called: _Callers,
) -> bool | None:
    """Whether a launch has not come to what changed yet; None where the change does not concern it."""
    part = change.part.id if change.part else None
    if change.subject == Name("launch-template", template.id):
        return part is None or not _is_past(launch, template, part)
    process = after.find(Process, change.subject.id) if change.subject.kind == "process" else None
    if process is None:
        return None
    tasks = [task for task in template.tasks if process.id in called(task.process)]
    if tasks:
        return not all(_is_settled(launch, task.id) for task in tasks)
    if _leads_to(after, template.process, process):
        if part is not None and all(step.id != part for step in process.steps):
            process = before.find(Process, process.id) or process  # only there is the step that was removed
        return part is None or not _is_step_past(after, launch, template, process, part)
    whole = after.find(Process, template.process)
    steps = [step.id for step in whole.steps if process.id in called(step.process)] if whole else []
    if whole and steps:
        return not all(_is_step_past(after, launch, template, whole, step) for step in steps)
    return None


def _callers(after: Handbook) -> _Callers:
    """Return what tells for a process the ids of all to which it leads through its steps, its own among them."""

    @functools.cache
    def leads_to(id: str | None) -> frozenset[str]:
        queue, seen = [id], set[str]()
        for each in queue:
            found = after.find(Process, each)
            if found is not None and found.id not in seen:
                seen.add(found.id)
                queue += [step.process for step in found.steps]
        return frozenset(seen)

    return leads_to


def _leads_to(after: Handbook, id: str | None, process: Process) -> bool:
    return id is not None and after.resolve(Name("process", id)).id == process.id


def _is_settled(launch: Launch, id: str) -> bool:
    """Whether a task is done or skipped, or a gate decided; one that the launch does not have is neither."""
    return any(task.id == id and task.status in SETTLED for task in launch.tasks) or _is_reached(launch, id)


def _is_reached(launch: Launch, id: str) -> bool:
    """Whether a launch has come to a task or gate, and through it. A task that was skipped tells nothing."""
    return any(task.id == id and task.status == "done" for task in launch.tasks) or any(
        gate.id == id and gate.status in ("passed", "waived") for gate in launch.gates
    )


def _is_past(launch: Launch, template: LaunchTemplate, part: str) -> bool:
    """Whether a launch is past a task or gate: it is settled, or something that comes after it is reached."""
    later = _later(launch, template, part)
    return _is_settled(launch, part) or any(_is_reached(launch, id) for id in later)


def _later(launch: Launch, template: LaunchTemplate, part: str) -> set[str]:
    """Return what waits for a part, in the template or in the launch: a task for its needs, a gate for its tasks."""
    tasks: tuple[TemplateTask | LaunchTask, ...] = (*template.tasks, *launch.tasks)
    found: set[str] = set()
    queue = [part]
    while queue:
        id = queue.pop()
        waiting = {task.id for task in tasks if id in task.needs}
        waiting |= {task.gate for task in tasks if task.id == id and task.gate}
        queue.extend(waiting - found)
        found |= waiting
    return found


def _is_step_past(
    after: Handbook, launch: Launch, template: LaunchTemplate, process: Process, part: str
) -> bool:
    """Whether a launch is past a step of the process that it follows as a whole.

    The template says nothing of steps, so what its done tasks produce or call tells how far the launch is: it is
    past a step when that one or a later one has been reached.
    """
    done = [task for task in template.tasks if _is_reached(launch, task.id)]
    reached = [step.id for step in process.steps if any(_is_work_of(after, task, step) for task in done)]
    order = ever_before(flow(process))
    return part in reached or any(order.holds(part, later) for later in reached)


def _is_work_of(after: Handbook, task: TemplateTask, step: Step) -> bool:
    """Whether a task does the work of a step: both follow the same process, or the task makes what the step does."""
    if task.process is not None and step.process is not None:
        called, named = (after.resolve(Name("process", id)) for id in (task.process, step.process))
        if called == named:
            return True
    if task.artifact is None:
        return False
    made = after.resolve(Name("artifact", task.artifact))
    return any(after.resolve(Name("artifact", output)) == made for output in step.outputs)


def paths(after: Handbook, changes: Iterable[Change]) -> tuple[Met, ...]:
    """Return the onboarding paths that name a record of which the meaning changed, or extend one that does, with its changes."""
    by_subject: dict[Name, list[Change]] = {}
    for change in changes:
        if change.level >= Level.ACTION and change.subject.kind != "onboarding-path":
            by_subject.setdefault(change.subject, []).append(change)
    found = []
    for path in after.all(OnboardingPath) if by_subject else ():
        way = chain(path, lambda id: after.find(OnboardingPath, id))
        named = {after.resolve(one.target) for part in way for one in after.outgoing(part)}
        if mine := [change for subject in by_subject if subject in named for change in by_subject[subject]]:
            found.append(Met(path=Name(path.kind, path.id), title=path.title, changes=tuple(mine)))
    return tuple(found)


def reviewers(
    before: Handbook, after: Handbook, changes: Iterable[Change], renamed: Mapping[Name, Name]
) -> tuple[Reviewer, ...]:
    """Return the teams that own a changed record, before or after, by title."""
    was = {new: old for old, new in renamed.items()}
    owned: dict[Name, dict[str, None]] = {}
    for change in changes:
        names = (change.subject, was.get(change.subject, change.subject))
        for team in _owners(before, after, *names):
            owned.setdefault(team, {})[change.title] = None
    found = [_reviewer(before, after, team, owned[team]) for team in owned]
    return tuple(sorted(found, key=lambda one: one.title))


def _owners(before: Handbook, after: Handbook, now: Name, then: Name) -> Iterator[Name]:
    for record in (after.records.get(now), before.records.get(then)):
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
