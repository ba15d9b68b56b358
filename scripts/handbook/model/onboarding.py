"""Onboarding paths: what somebody new in a role reads, does, sets up and whom they meet."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.record import MetricTarget, Record
from handbook.model.values import Effort, Offset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

ACTIONS = ("read", "do", "meet", "access", "check")  #: an item has exactly one of these


class Item(Entity):
    """One thing to tick off. `actor` (hire, manager or buddy) is who ticks it."""

    at: Place
    id: str
    read: str | None = None
    do: str | None = None
    meet: str | None = None
    access: str | None = None
    check: str | None = None
    why: str | None = None
    process: str | None = None
    link: str | None = None
    actor: str = "hire"
    time: Effort | None = None
    evidence: str | None = None
    needs: tuple[str, ...] = ()
    extra: Mapping[str, object] = EMPTY

    @property
    def action(self) -> str:
        """The kind of item: read, do, meet, access or check."""
        return next(action for action in ACTIONS if getattr(self, action) is not None)


class Stage(Entity):
    """A stretch of a path; `starts` and `ends` are working days from the first day at work."""

    at: Place
    id: str
    title: str
    starts: Offset
    ends: Offset
    outcomes: tuple[str, ...]
    items: tuple[Item, ...]


class OnboardingPath(Record):
    """The way of a new hire into a role, stage by stage."""

    kind: ClassVar[str] = "onboarding-path"

    role: str
    stages: tuple[Stage, ...]
    extends: str | None = None
    daily_budget: Effort | None = None
    metrics: tuple[MetricTarget, ...] = ()
    acknowledge: tuple[str, ...] = ()
