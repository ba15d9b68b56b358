"""What every record shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.values import Period, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


FOLLOWED = ("trial", "active", "deprecated")  #: statuses of records that people go by


class Link(Entity):
    """Further reading: `to` is an address or the path of a page below docs/."""

    at: Place
    title: str
    to: str


class MetricTarget(Entity):
    """A metric that shows whether something works, with the value to reach."""

    at: Place
    metric: str
    target: Target | None = None


class Record(Entity):
    """The envelope: who answers for a record, where it stands in its life, and what it replaces.

    `id` is the file stem or the catalogue key, `at` its place, `extra` the `x-` keys of adopters.
    """

    kind: ClassVar[str]

    id: str
    at: Place
    title: str
    summary: str
    status: str = "active"
    owner: str | None = None
    reviewed: date | None = None
    review_every: Period | None = None
    tags: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    visibility: str | None = None
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    sunset: date | None = None
    links: tuple[Link, ...] = ()
    notes: str | None = None
    extra: Mapping[str, object] = EMPTY
