"""What follows from a change without being written anywhere: how much longer a process takes, how much more work it is.

Everything is computed on the whole handbook, before and after, and only what differs is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.changes.work import Work, total
from handbook.model.flow import critical_path, flow
from handbook.model.handbook import Handbook, Name
from handbook.model.launch import LaunchTemplate
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.text import words

_LITTLE = 1e-9  #: hours, less than which only the order of adding makes


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure of a record: from `low` to `high` of a unit such as "working day". Most are one number."""

    name: str
    unit: str
    low: float
    high: float

    @property
    def said(self) -> str:
        """The figure in words: 3 to 5 working days."""
        low, high = _rounded(self.low), _rounded(self.high)
        much = words.count(high, self.unit)
        return much if low == high else f"{words.number(low)} to {much}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A figure that differs between the two handbooks, of a record or, for its work, of a role."""

    subject: Name
    title: str
    before: Measure
    after: Measure

    @property
    def difference(self) -> str:
        """How much more or less it is: +2 working days, −1 to +3 hours."""
        ends = sorted(
            {
                _rounded(_rounded(now) - _rounded(then))
                for then, now in ((self.before.low, self.after.low), (self.before.high, self.after.high))
            }
        )
        signed = " to ".join(_signed(end) for end in ends)
        noun = words.count(max(map(abs, ends)), self.after.unit).partition(" ")[2]
        return f"{signed} {noun}"


def effects(
    before: Handbook,
    after: Handbook,
    renamed: Mapping[Name, Name],
    among: Collection[Name] | None = None,
    work: Work | None = None,
) -> tuple[Effect, ...]:
    """Return the figures that differ: of processes and templates in both handbooks, then of the work of roles.

    With `among` all other records are known to be alike. `work` is where the work of processes is known, if anywhere.
    """
    work = work or Work()
    was = {new: old for old, new in renamed.items()}
    found: list[Effect] = []
    for kind in ("process", "launch-template"):
        for new in after.of_kind(kind) if among is None else _of_kind(kind, after, among):
            name = Name(kind, new.id)
            old = before.records.get(was.get(name, name))
            if old is not None and _origin(old) != _origin(new):
                found += _differing(name, new.title, _measures(old, work), _measures(new, work))
    moved = _is_work_moved(before, after, among, work)
    return (*found, *(_loads(before, after, renamed, work) if moved else ()))


def _of_kind(kind: str, handbook: Handbook, among: Iterable[Name]) -> list[Record]:
    names = sorted(name for name in among if name.kind == kind)
    return [handbook.records[name] for name in names if name in handbook.records]


def _origin(record: Record) -> object:
    """What figures of a record are computed from."""
    if isinstance(record, Process):
        return record.steps
    assert isinstance(record, LaunchTemplate)
    return (record.tasks, record.gates)


def _is_work_moved(before: Handbook, after: Handbook, among: Collection[Name] | None, work: Work) -> bool:
    """Whether a role may have more or less work: only then has every process to be looked at."""
    if among is None:
        return True
    sides = [{name: handbook.records.get(name) for name in among} for handbook in (before, after)]
    if any(_called(sides[0][name]) != _called(sides[1][name]) for name in among if name.kind == "role"):
        return True
    then, now = (
        total(handbook, map(work.in_a_week, _processes(handbook, among))) for handbook in (before, after)
    )
    return any(abs(then.get(role, 0.0) - now.get(role, 0.0)) > _LITTLE for role in then.keys() | now.keys())


def _processes(handbook: Handbook, among: Iterable[Name]) -> list[Process]:
    return [record for record in _of_kind("process", handbook, among) if isinstance(record, Process)]


def _called(role: Record | None) -> object:
    return role and (role.id, role.aliases)


def _differing(
    name: Name, title: str, before: Mapping[str, Measure], after: Mapping[str, Measure]
) -> Iterator[Effect]:
    """Yield the figures that are said in other words now. One that is known on one side only has no difference."""
    for key, now in after.items():
        then = before.get(key)
        if then is not None and then.said != now.said:
            yield Effect(subject=name, title=title, before=then, after=now)


def _measures(record: Record, work: Work) -> dict[str, Measure]:
    if isinstance(record, Process):
        return {one.name: one for one in _of_process(record, work)}
    assert isinstance(record, LaunchTemplate)
    return {one.name: one for one in _of_template(record)}


def _of_process(process: Process, work: Work) -> Iterator[Measure]:
    graph = flow(process)
    path = critical_path(graph)
    handovers = sum(
        graph.steps[way.source].responsible != graph.steps[way.target].responsible
        for way in graph.edges
        if not way.back
    )
    if any(step.duration for step in process.steps):
        yield Measure(name="Lead time", unit="working day", low=path.low_days, high=path.high_days)
    if any(step.effort for step in process.steps):
        yield _one("Work in one run, on average", "hour", sum(work.in_a_run(process).values()))
    yield _one("Steps", "step", len(process.steps))
    yield _one("Decisions", "decision", sum(step.decision is not None for step in process.steps))
    yield _one("Required evidence", "piece", sum(len(step.requires) for step in process.steps))
    yield _one("Handovers between roles", "handover", handovers)


def _of_template(template: LaunchTemplate) -> Iterator[Measure]:
    yield _one("Lead time", "working day", lead_days(template))
    if any(task.effort for task in template.tasks):
        yield _one("Work", "hour", sum(task.effort.hours for task in template.tasks if task.effort))
    yield _one("Tasks", "task", len(template.tasks))
    yield _one("Gates", "gate", len(template.gates))


def lead_days(template: LaunchTemplate) -> float:
    """Return how many working days before the anchor day the first task of a template begins.

    A task that takes n days and is due on day d begins on day d − n + 1, because both ends count.
    """
    starts = [
        -task.due.days + (max(task.duration.high_days - 1, 0) if task.duration else 0)
        for task in template.tasks
    ]
    return max((*starts, 0))


def _loads(before: Handbook, after: Handbook, renamed: Mapping[Name, Name], work: Work) -> Iterator[Effect]:
    then: dict[str, float] = {}
    for role, spent in total(before, work.of_all(before)).items():
        name = Name("role", role)
        now_called = after.resolve(renamed.get(name, name)).id
        then[now_called] = then.get(now_called, 0.0) + spent
    now = total(after, work.of_all(after))
    for role in sorted(then.keys() | now.keys()):
        record = after.records.get(Name("role", role)) or before.records.get(Name("role", role))
        yield from _differing(
            Name("role", role),
            record.title if record else role,
            {"": _one("Work in a week", "hour", then.get(role, 0.0))},
            {"": _one("Work in a week", "hour", now.get(role, 0.0))},
        )


def _one(name: str, unit: str, value: float) -> Measure:
    return Measure(name=name, unit=unit, low=value, high=value)


def _rounded(value: float) -> float:
    """A figure as it is said, so that a difference is that of the figures beside it."""
    return round(value, 1) + 0.0  # never −0


def _signed(value: float) -> str:
    sign = "−" if value < 0 else "+" if value > 0 else "±"
    return f"{sign}{words.number(abs(value))}"
