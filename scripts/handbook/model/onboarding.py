"""Onboarding paths: what somebody new in a role reads, does, sets up and whom they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handbook.finding import Place
from handbook.frozen import EMPTY, Entity
from handbook.model.record import MetricTarget, Record
from handbook.model.values import Effort, Offset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, TypeVar

    T = TypeVar("T")

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
    terms: tuple[str, ...] = ()
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
    """The way of a new hire into a role, stage by stage. One without a role is there for others to extend."""

    kind: ClassVar[str] = "onboarding-path"

    stages: tuple[Stage, ...]
    role: str | None = None
    extends: str | None = None
    daily_budget: Effort | None = None
    metrics: tuple[MetricTarget, ...] = ()
    acknowledge: tuple[str, ...] = ()

    def owns(self, part: Stage | Item) -> bool:
        """Whether a part is written in this path, and not in one that it extends."""
        return part.at.path == self.at.path


Find = Callable[[str], OnboardingPath | None]


def chain(path: OnboardingPath, find: Find) -> list[OnboardingPath]:
    """Return a path, the one that it extends, the one that this extends, and so on, as far as they are there."""
    found = [path]
    while (id := found[-1].extends) and (base := find(id)) and base.id not in [one.id for one in found]:
        found.append(base)
    return found


def whole(path: OnboardingPath, find: Find) -> OnboardingPath:
    """Return a path together with all those that it extends, as the hire goes it. What is missing is left out."""
    *extending, made = chain(path, find)
    for one in reversed(extending):
        made = _joined(made, one)
    return made


def _joined(base: OnboardingPath, path: OnboardingPath) -> OnboardingPath:
    """A path after its base: stages of one id become one, and what is listed in both is there once."""
    own = {stage.id: stage for stage in path.stages}
    known = {stage.id for stage in base.stages}
    stages = (
        *(_stage(stage, own[stage.id]) if stage.id in own else stage for stage in base.stages),
        *(stage for stage in path.stages if stage.id not in known),
    )
    links = {link.to: link for link in (*base.links, *path.links)}
    metrics = {target.metric: target for target in (*base.metrics, *path.metrics)}
    return path.replaced(
        stages=tuple(sorted(stages, key=lambda stage: stage.starts.days)),
        daily_budget=path.daily_budget or base.daily_budget,
        links=tuple(links.values()),
        metrics=tuple(metrics.values()),
        acknowledge=_once((*base.acknowledge, *path.acknowledge)),
    )


def _stage(base: Stage, stage: Stage) -> Stage:
    """A stage after that of its base, whose checks look back at all of it and so come last."""
    checks = tuple(item for item in base.items if item.check)
    others = (item for item in base.items if not item.check)
    return stage.replaced(
        outcomes=_once((*base.outcomes, *stage.outcomes)), items=(*others, *stage.items, *checks)
    )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
