"""Which sign-offs do not hold any more: a process was confirmed, and has changed since for the role of the reader. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from handbook.changes.audience import Audience
from handbook.changes.change import Change
from handbook.changes.compare import compare
from handbook.changes.level import Level
from handbook.changes.timeline import Revision
from handbook.frozen import Frozen
from handbook.model.catalog import Role
from handbook.model.handbook import Handbook, Name
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process
from handbook.plan.journal import READ, Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    At = Callable[[str], Handbook]  #: from the id of a commit to the handbook as it was then


class Reopened(Frozen):
    """A sign-off that does not hold any more: what changed since for the reader's role."""

    entry: Entry
    role: str
    process: str
    version: str  #: of today
    changes: tuple[Change, ...]


def version_on(revisions: Sequence[Revision], day: date) -> str:
    """Return the version of a record on a day; empty where it was not there yet."""
    return next((one.number for one in reversed(revisions) if one.on <= day), "")


def reopened(
    entries: Iterable[Entry], handbook: Handbook, revisions_of: Callable[[Name], Sequence[Revision]], at: At
) -> Iterator[Reopened]:
    """Yield the sign-offs that are open again. Only the last one of a reader for a process counts.

    A change counts when it concerns the role of the reader and is more than wording.
    """
    for entry in _last(entries):
        path, name = handbook.find(OnboardingPath, entry.path), Name(Process.kind, entry.item)
        process = handbook.find(Process, entry.item)
        revisions = revisions_of(name)
        read = next((one for one in revisions if one.number == entry.version), None)
        if path is None or path.role is None or process is None or read is None or read is revisions[-1]:
            continue
        role = handbook.find(Role, path.role)
        reader = Audience(
            name=Name(Role.kind, path.role),
            title=role.title if role else path.role,
            roles=frozenset((path.role,)),
        )
        found = compare(at(read.commit), handbook, [name])
        concerned = tuple([one for one in found if (reader.level(one) or Level.EDITORIAL) > Level.EDITORIAL])
        if concerned:
            yield Reopened(entry, path.role, process.title, revisions[-1].number, concerned)


def _last(entries: Iterable[Entry]) -> Iterator[Entry]:
    found: dict[tuple[str, str, str], Entry] = {}
    for one in sorted(entries, key=lambda one: one.on):
        if one.what == READ:
            found[one.who, one.path, one.item] = one
    yield from found.values()
