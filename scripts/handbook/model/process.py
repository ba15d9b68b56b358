"""Processes: repeatable ways of working, as steps and decisions."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.record import MetricTarget, Record
from handbook.model.values import Duration, Effort

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class Trigger(Entity):
    """What starts a process: an event, a request, a rhythm or another process."""

    at: Place
    event: str | None = None
    request: str | None = None
    every: str | None = None
    from_: str | None = None


class Volume(Entity):
    """How often a process runs: `count` times `per` week, month, quarter or year."""

    at: Place
    per: str
    count: float


class Option(Entity):
    """One answer of a decision: it leads `to` a step or to an `end`; `share` is 0..1."""

    at: Place
    when: str
    to: str | None = None
    end: str | None = None
    share: float | None = None


class Step(Entity):
    """A piece of work for one role, or, with `decision`, a question with options.

    `needs` is None where nothing was said: the step then follows the one above it.
    """

    at: Place
    id: str
    responsible: str
    title: str | None = None
    accountable: str | None = None
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    needs: tuple[str, ...] | None = None
    effort: Effort | None = None
    duration: Duration | None = None
    tool: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    automation: str = "manual"
    checklist: tuple[str, ...] = ()
    instructions: str | None = None
    decision: str | None = None
    options: tuple[Option, ...] = ()
    requires: tuple[str, ...] = ()
    to: str | None = None
    max: int | None = None
    process: str | None = None
    extra: Mapping[str, object] = EMPTY

    @property
    def name(self) -> str:
        """What readers call the step: its title, or its question."""
        return self.title or self.decision or self.id


class Process(Record):
    """A repeatable way of working: what starts it, who does what in which order, what comes out."""

    kind: ClassVar[str] = "process"

    purpose: str
    trigger: Trigger
    outcome: str
    accountable: str
    steps: tuple[Step, ...]
    use_when: str | None = None
    skip_when: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    sla: Duration | None = None
    volume: Volume | None = None
    metrics: tuple[MetricTarget, ...] = ()

    @property
    def area(self) -> str:
        """The stage of the product lifecycle: the folder that the process is in."""
        return self.at.path.rsplit("/", 2)[-2]
