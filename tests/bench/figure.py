"""What the bench finds: figures beside their goals, or the reason why there is none."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.measure import Cost
from tests.bench.peers import Peer


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured value and the goal that it has to reach, or not to pass.

    `ours` and `beside` say in words what was measured, `unit` is "x" for a ratio, "MiB" or "s".
    """

    name: str
    value: float
    unit: str
    goal: float
    at_least: bool = False
    ours: str
    beside: str = ""

    @property
    def holds(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """What the table shows: name, measured, goal, ours and what it was measured beside."""
        sign = "at least" if self.at_least else "at most"
        measured = f"{number(self.value)} {self.unit}" + ("" if self.holds else ", missed")
        return (self.name, measured, f"{sign} {self.goal:g} {self.unit}", self.ours, self.beside)

    def json(self) -> dict[str, Any]:
        return {**asdict(self), "value": round(self.value, 4), "holds": self.holds}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A figure that cannot be measured here, with the reason."""

    name: str
    why: str

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        return (self.name, "not measured", "", self.why, "")

    def json(self) -> dict[str, Any]:
        return asdict(self)


Result = Figure | Skipped


@dataclass(frozen=True, slots=True)
class Part:
    """What one tool took of the work that several did together, or why it took no part."""

    peer: Peer
    cost: Cost | None
    why: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What the table of the tools shows: tool, CPU, wall clock and memory, and what it covers."""
        version = self.peer.packages[0].replace("==", "@").rpartition("@")[2]
        if not self.cost:
            return (f"{self.peer.name} {version}", "not installed", "", self.why)
        took = f"{seconds(self.cost.cpu)} CPU, {seconds(self.cost.wall)} wall"
        return (f"{self.peer.name} {version}", took, f"{self.cost.peak:.0f} MiB", self.peer.covers)

    def json(self) -> dict[str, Any]:
        cost = asdict(self.cost) if self.cost else None
        return {"name": self.peer.name, "packages": self.peer.packages, "cost": cost, "why": self.why}


def number(value: float) -> str:
    """Return a number with as many digits as it is worth."""
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def seconds(value: float) -> str:
    """Return a time as people read it."""
    return f"{number(value)} s" if value >= 1 else f"{number(value * 1000)} ms"
