"""Experiments: a belief, what is tried on whom, which number decides, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.record import Record
from handbook.model.values import Quantity, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class Variant(Entity):
    """What one group of people sees; `share` is 0..1, and None where all groups are of one size."""

    at: Place
    id: str
    title: str
    control: bool = False
    share: float | None = None
    description: str | None = None
    extra: Mapping[str, object] = EMPTY


class Primary(Entity):
    """The metric that decides. `detects` is the smallest difference that is worth finding."""

    at: Place
    metric: str
    baseline: Quantity | None = None
    detects: Quantity | None = None


class Guardrail(Entity):
    """A metric that must not get worse than its limit, by default the metric's own target."""

    at: Place
    metric: str
    limit: Target | None = None
    actual: str | None = None


class Sample(Entity):
    """How many have to take part, in all groups together, and how many can in a week."""

    at: Place
    unit: str | None = None
    per_week: int | None = None
    size: int | None = None
    computed: str | None = None


class Verdict(Entity):
    """What was decided: `verdict` is ship, iterate or stop, `early` why before the planned end."""

    at: Place
    on: date
    verdict: str
    by: str
    effect: str | None = None
    why: str | None = None
    early: str | None = None


class Experiment(Record):
    """A test of one belief on real users. `state` is planned, running, decided or stopped."""

    kind: ClassVar[str] = "experiment"

    state: str
    hypothesis: str
    surface: str
    variants: tuple[Variant, ...]
    primary: Primary
    follows: str | None = None
    launch: str | None = None
    segment: str | None = None
    exposure: float | None = None
    apart_from: tuple[str, ...] = ()
    guardrails: tuple[Guardrail, ...] = ()
    sample: Sample | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    analysis: str | None = None
    decision: Verdict | None = None
    learnings: tuple[str, ...] = ()

    @property
    def ahead(self) -> bool:
        """Whether its answer is still to come."""
        return self.state in ("planned", "running")

    @property
    def days(self) -> int | None:
        """How many days it runs, both ends included; None where one end is open or they are in the wrong order."""
        if self.starts_on is None or self.ends_on is None or self.ends_on < self.starts_on:
            return None
        return (self.ends_on - self.starts_on).days + 1
