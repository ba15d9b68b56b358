"""Launch templates, and the launches that are made from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.record import MetricTarget, Record
from handbook.model.values import Duration, Effort, Offset, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class Anchor(Entity):
    """The day that every offset of a template counts from, and how it is chosen.

    `rule` says it to people; the other fields say it to the planner, which then finds the day in a month.
    """

    at: Place
    name: str
    rule: str | None = None
    on_or_before: int | None = None  #: day of the month
    on_or_after: int | None = None  #: day of the month
    weekdays: tuple[str, ...] = ()


class Variable(Entity):
    """What a launch fills in: `type` is text, number, date, boolean, choice or list."""

    at: Place
    type: str
    description: str | None = None
    choices: tuple[str, ...] = ()
    default: object = None


class Phase(Entity):
    """A stretch of a template with a purpose of its own."""

    at: Place
    id: str
    title: str
    summary: str | None = None


class TemplateTask(Entity):
    """A piece of work, due so many working days from the anchor."""

    at: Place
    id: str
    phase: str
    title: str
    responsible: str
    due: Offset
    due_time: str | None = None
    accountable: str | None = None
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    duration: Duration | None = None
    effort: Effort | None = None
    needs: tuple[str, ...] = ()
    gate: str | None = None
    artifact: str | None = None
    tool: str | None = None
    process: str | None = None
    when: str | None = None
    checklist: tuple[str, ...] = ()
    instructions: str | None = None
    extra: Mapping[str, object] = EMPTY


class TemplateGate(Entity):
    """A decision on evidence, by one role, so many working days from the anchor."""

    at: Place
    id: str
    title: str
    due: Offset
    approver: str
    criteria: tuple[str, ...]
    due_time: str | None = None
    evidence: tuple[str, ...] = ()
    waiver: str | None = None


class LaunchTemplate(Record):
    """The plan that launches of one tier start from."""

    kind: ClassVar[str] = "launch-template"

    tier: int
    anchor: Anchor
    phases: tuple[Phase, ...]
    tasks: tuple[TemplateTask, ...]
    process: str | None = None
    variables: Mapping[str, Variable] = EMPTY
    gates: tuple[TemplateGate, ...] = ()
    metrics: tuple[MetricTarget, ...] = ()
    overlays: tuple[str, ...] = ()


class LaunchTask(Entity):
    """A task of a launch. `status` is todo, doing, done, blocked or skipped."""

    at: Place
    id: str
    title: str
    responsible: str
    due_on: date
    status: str
    phase: str | None = None
    start_on: date | None = None
    due_time: str | None = None
    needs: tuple[str, ...] = ()
    gate: str | None = None
    done_on: date | None = None
    evidence: str | None = None
    why: str | None = None
    extra: Mapping[str, object] = EMPTY


class LaunchGate(Entity):
    """A gate of a launch. `status` is open, passed, failed or waived."""

    at: Place
    id: str
    title: str
    due_on: date
    approver: str
    status: str
    due_time: str | None = None
    decided_on: date | None = None
    evidence: str | None = None
    why: str | None = None


class Result(Entity):
    """A metric of a launch: its target, and what came of it."""

    at: Place
    metric: str
    baseline: str | None = None
    target: Target | None = None
    actual: str | None = None
    measured_on: date | None = None


class Risk(Entity):
    """Something that may keep a launch from its goal; likelihood and impact are low, medium or high."""

    at: Place
    title: str
    likelihood: str
    impact: str
    owner: str
    response: str
    status: str = "open"


class Decision(Entity):
    """Something that was decided, by which role and why."""

    at: Place
    on: date
    decision: str
    by: str
    why: str | None = None


class Slip(Entity):
    """A move of the launch day."""

    at: Place
    on: date
    from_: date
    to: date
    reason: str


class Report(Entity):
    """A short report on where a launch stands; `health` is green, amber or red, `text` is Markdown."""

    at: Place
    on: date
    health: str
    text: str


class Retrospective(Entity):
    """What was learned from a launch."""

    at: Place
    on: date
    went_well: tuple[str, ...] = ()
    went_badly: tuple[str, ...] = ()
    learnings: tuple[str, ...] = ()


class Launch(Record):
    """One launch: its day, its people, and every task with its date and state."""

    kind: ClassVar[str] = "launch"

    template: str
    anchor: date
    tasks: tuple[LaunchTask, ...]
    overlays: tuple[str, ...] = ()
    template_commit: str | None = None
    variables: Mapping[str, object] = EMPTY
    calendar: str | None = None
    people: Mapping[str, str] = EMPTY
    gates: tuple[LaunchGate, ...] = ()
    metrics: tuple[Result, ...] = ()
    risks: tuple[Risk, ...] = ()
    decisions: tuple[Decision, ...] = ()
    slips: tuple[Slip, ...] = ()
    reports: tuple[Report, ...] = ()
    retrospective: Retrospective | None = None
