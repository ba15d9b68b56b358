"""Changes in the file of a launch: states, dates and new entries. Everything else in it stays as people wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from handbook.errors import UserError
from handbook.finding import Change, Place
from handbook.frozen import Frozen
from handbook.model.launch import Launch, LaunchGate, LaunchTask
from handbook.plan.draft import ORDER
from handbook.text.patch import patched

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DAYS = {"task": "done_on", "gate": "decided_on"}  #: the key with the day on which a part was settled
_FINAL = ("done", "passed", "failed", "waived")


class Settled(Frozen):
    """How far a task or gate is: its `part` is "task" or "gate", `on` the day on which it was done or decided."""

    part: str
    id: str
    status: str
    on: date | None = None
    evidence: str | None = None
    why: str | None = None


def settle(source: bytes, launch: Launch, settled: Iterable[Settled]) -> bytes:
    """Return the file of a launch in which these tasks and gates have their new state.

    `source` is the file that `launch` was read from. A state that says nothing new changes nothing.

    Raises:
        UserError: one of them is not in the launch, or the file cannot be changed safely.
    """
    return write(source, launch, settling(launch, settled))


def settling(launch: Launch, settled: Iterable[Settled]) -> list[Change]:
    """Return the changes that give tasks and gates their new state.

    Raises:
        UserError: one of them is not in the launch.
    """
    return [change for one in settled for change in _settling(_part(launch, one), one)]


def write(source: bytes, launch: Launch, changes: Iterable[Change]) -> bytes:
    """Return the file of a launch with changes made. Spaces around a text go: nobody sees them.

    Raises:
        UserError: it is written in a way in which they cannot be made without touching anything else.
    """
    made = patched(source, (change.replaced(value=_trimmed(change.value)) for change in changes), ORDER)
    if made is None:
        raise UserError(
            f"{launch.at.path} is written in a way in which this cannot be put in safely",
            "write tasks and lists a line for each key, as `handbook launch new` does, and try again",
        )
    return made


def appended(launch: Launch, key: str, entry: Mapping[str, Any]) -> Change:
    """Return the change that adds an entry at the end of one of a launch's lists, such as its decisions."""
    return Change(
        launch.at / key / len(getattr(launch, key)), {name: value for name, value in entry.items() if value}
    )


def _trimmed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _trimmed(one) for key, one in value.items()}
    return value.strip() if isinstance(value, str) else value


def _part(launch: Launch, one: Settled) -> LaunchTask | LaunchGate:
    parts: Iterable[LaunchTask | LaunchGate] = launch.gates if one.part == "gate" else launch.tasks
    found = next((part for part in parts if part.id == one.id), None)
    if found is None:
        raise UserError(
            f'the launch "{launch.id}" has no {one.part} "{one.id}"', f"they are listed in {launch.at.path}"
        )
    return found


def _settling(part: LaunchTask | LaunchGate, one: Settled) -> Iterator[Change]:
    at: Place = part.at
    yield Change(at / "status", one.status)
    day = _DAYS[one.part]
    if one.status in _FINAL:
        if one.on is not None:
            yield Change(at / day, one.on.isoformat())
    elif getattr(part, day) is not None:
        yield Change(at / day, None)
    if one.evidence:
        yield Change(at / "evidence", one.evidence)
    if one.why:
        yield Change(at / "why", one.why)
    elif part.why is not None and one.status != part.status:
        yield Change(at / "why", None)
