"""The catalogue: the small nouns that processes, launches and paths speak of."""

from __future__ import annotations

from datetime import date

from handbook.finding import Place
from handbook.frozen import Entity
from handbook.model.record import Record
from handbook.model.values import Effort, Period, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class Role(Record):
    """A hat that somebody wears: what it is for, what it decides, who stands in."""

    kind: ClassVar[str] = "role"

    team: str | None = None
    purpose: str | None = None
    decides: tuple[str, ...] = ()
    backup: str | None = None
    skills: tuple[str, ...] = ()
    capacity: Effort | None = None  #: hours a week for process work, per person
    holders: tuple[str, ...] = ()


class Team(Record):
    """A group of people that owns things."""

    kind: ClassVar[str] = "team"

    lead: str | None = None
    channel: str | None = None
    mail: str | None = None
    tracker: str | None = None
    handle: str | None = None
    calendar: str | None = None


class Tool(Record):
    """A system that people work in."""

    kind: ClassVar[str] = "tool"

    category: str
    vendor: str | None = None
    url: str | None = None
    access: str | None = None
    used_by: tuple[str, ...] = ()
    guideline: str | None = None
    training: str | None = None
    integrations: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    single_sign_on: bool | None = None
    seats: int | None = None
    seats_used: int | None = None
    cost_per_year: float | None = None
    contract_end: date | None = None
    notice: Period | None = None


class Metric(Record):
    """A number that decisions rest on; `direction` (up, down, steady) says what is better."""

    kind: ClassVar[str] = "metric"

    formula: str
    unit: str
    direction: str
    source: str | None = None
    cadence: str | None = None
    target: Target | None = None
    baseline: str | None = None
    needs: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    certified: date | None = None


class Artifact(Record):
    """Something that work produces and other work needs."""

    kind: ClassVar[str] = "artifact"

    format: str | None = None
    tool: str | None = None
    template: str | None = None
    accepted_when: tuple[str, ...] = ()
    external: bool = False
    keep_for: Period | None = None


class Term(Record):
    """A word of the glossary; its summary is its meaning."""

    kind: ClassVar[str] = "term"

    abbreviation: str | None = None
    also: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


class Holiday(Entity):
    """A day off."""

    at: Place
    on: date
    title: str


class Closure(Entity):
    """A stretch of days, both ends included, on which nobody works."""

    at: Place
    from_: date
    to: date
    title: str


class Freeze(Entity):
    """A stretch of days, both ends included, on which nothing is launched."""

    at: Place
    from_: date
    to: date
    title: str
    scope: tuple[str, ...] = ()


class Calendar(Record):
    """The days on which people work."""

    kind: ClassVar[str] = "calendar"

    extends: str | None = None
    country: str | None = None
    subdivision: str | None = None
    time_zone: str | None = None
    weekend: tuple[str, ...] = ("saturday", "sunday")
    holidays: tuple[Holiday, ...] = ()
    closures: tuple[Closure, ...] = ()
    freezes: tuple[Freeze, ...] = ()
