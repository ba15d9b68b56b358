"""How well a handbook is kept, as counts with the records behind them: fresh, owned, complete. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handbook.changes.suspects import Suspect, suspects
from handbook.model.catalog import Role, Team
from handbook.model.handbook import Handbook, Name
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process, Step
from handbook.model.record import FOLLOWED, Record
from handbook.plan.due import due_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.changes.timeline import Timeline

_REVIEWED = ("process", "launch-template", "onboarding-path")  #: kinds that people follow step by step
_BUSY = 3  #: processes in which a role works, from which on there should be a path into it


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How many of `all` are as they should be. `anchor` is where the others are listed."""

    title: str
    good: int
    all: int
    why: str
    anchor: str

    @property
    def share(self) -> float:
        """The share (0..1) that is as it should be; of nothing, all."""
        return self.good / self.all if self.all else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of a handbook on a day. `reviewed` are the records that somebody has to read again and again.

    `suspects` are None where the history is not known; `no_tool` are steps by process.
    """

    today: date
    reviewed: tuple[Record, ...]
    overdue: tuple[tuple[date, Record], ...]
    never: tuple[Record, ...]
    suspects: tuple[Suspect, ...] | None
    no_lead: tuple[Team, ...]
    no_holder: tuple[Role, ...]
    no_path: tuple[tuple[Role, int], ...]
    no_tool: tuple[tuple[Process, tuple[Step, ...]], ...]
    no_metric: tuple[Process, ...]
    steps: int
    owners: int
    roles: int
    busy: int
    processes: int

    @property
    def doubtful(self) -> frozenset[Name]:
        """The records that rely on something which changed after their review."""
        return frozenset(Name(one.record.kind, one.record.id) for one in self.suspects or ())

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is counted, in the order in which it matters."""
        return tuple(_measures(self))


def health(handbook: Handbook, timeline: Timeline | None, today: date) -> Health:
    """Return how well a handbook is kept on a day; without its `timeline` nobody knows what is suspect."""
    reviewed = [one for one in handbook.records.values() if _is_reviewed(one)]
    reviewed.sort(key=lambda one: (one.title.casefold(), one.kind, one.id))
    due = sorted(
        ((day, one) for one in reviewed if (day := due_on(one)) and day < today), key=lambda each: each[0]
    )
    processes = sorted(
        (one for one in handbook.all(Process) if one.status in FOLLOWED), key=lambda one: one.title
    )
    named = any(one.holders for one in handbook.all(Role))  # else the names are kept elsewhere
    roles = sorted((one for one in handbook.all(Role) if _is_worn(one)), key=lambda one: one.title)
    owners = _owners(handbook)
    busy = [(role, many) for role in roles if (many := len(_duties(processes, role, handbook))) >= _BUSY]
    led = {handbook.resolve(Name("role", path.role)) for path in handbook.all(OnboardingPath) if path.role}
    steps = [(one, [step for step in one.steps if _wants_tool(step)]) for one in processes]
    without = [(one, tuple(step for step in mine if not step.tool)) for one, mine in steps]
    return Health(
        today=today,
        reviewed=tuple(reviewed),
        overdue=tuple(due),
        never=tuple(one for one in reviewed if one.reviewed is None),
        suspects=None if timeline is None else tuple(suspects(handbook, timeline)),
        no_lead=tuple(team for team in owners if not team.lead),
        no_holder=tuple(role for role in roles if named and not role.holders),
        no_path=tuple((role, many) for role, many in busy if Name("role", role.id) not in led),
        no_tool=tuple((one, mine) for one, mine in without if mine),
        no_metric=tuple(one for one in processes if not one.metrics),
        steps=sum(len(mine) for _, mine in steps),
        owners=len(owners),
        roles=len(roles) if named else 0,
        busy=len(busy),
        processes=len(processes),
    )


def _is_reviewed(record: Record) -> bool:
    rhythm = record.reviewed or record.review_every or record.kind in _REVIEWED
    return record.status in FOLLOWED and bool(rhythm)


def _is_worn(role: Role) -> bool:
    return role.status in FOLLOWED


def _owners(handbook: Handbook) -> list[Team]:
    """Return the teams that own something, by title."""
    names = {handbook.resolve(Name("team", one.owner)) for one in handbook.records.values() if one.owner}
    found = [handbook.records[name] for name in names if name in handbook.records]
    return sorted((team for team in found if isinstance(team, Team)), key=lambda team: (team.title, team.id))


def _duties(processes: list[Process], role: Role, handbook: Handbook) -> list[Process]:
    """Return the processes in which a role does a step or answers for the whole."""
    mine = (role.id, *role.aliases)
    return [
        one
        for one in processes
        if one.accountable in mine or any(step.responsible in mine for step in one.steps)
    ]


def _wants_tool(step: Step) -> bool:
    """Whether a step is work in some system: not a question, and not another process."""
    return step.decision is None and step.process is None


def _measures(found: Health) -> Iterator[Measure]:
    many = len(found.reviewed)
    yield Measure(
        title="Reviews in date", good=many - len(found.overdue) - len(found.never), all=many, anchor="reviews",
        why="What nobody has read for long is followed in good faith while the work has changed.",
    )  # fmt: skip
    if found.suspects is not None:
        dated = many - len(found.never)
        yield Measure(
            title="What they rely on is unchanged", good=dated - len(found.doubtful), all=dated, anchor="suspects",
            why="A record may be untrue without having been touched: something that it names means something else now.",
        )  # fmt: skip
    yield Measure(
        title="Owning teams with a lead", good=found.owners - len(found.no_lead), all=found.owners, anchor="owners",
        why="A team without a lead is a shared mailbox: questions and overdue reviews reach nobody.",
    )  # fmt: skip
    yield Measure(
        title="Roles that somebody holds", good=found.roles - len(found.no_holder), all=found.roles, anchor="holders",
        why="Steps of a role that nobody holds wait, and nobody notices why.",
    )  # fmt: skip
    yield Measure(
        title=f"Roles in {_BUSY} or more processes with an onboarding path", good=found.busy - len(found.no_path),
        all=found.busy, anchor="paths", why="Whoever takes such a role over learns its processes by missing them.",
    )  # fmt: skip
    lacking = sum(len(steps) for _, steps in found.no_tool)
    yield Measure(
        title="Steps that name their tool", good=found.steps - lacking, all=found.steps, anchor="steps",
        why="Who does a step for the first time has to ask where.",
    )  # fmt: skip
    yield Measure(
        title="Processes with a metric", good=found.processes - len(found.no_metric), all=found.processes,
        anchor="metrics", why="Without one, nobody can tell whether a process works or a change made it better.",
    )  # fmt: skip
