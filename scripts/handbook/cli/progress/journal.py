"""The journal that the commands of `handbook progress` read and write: a file that the company keeps where it likes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from handbook.cli.output import put
from handbook.errors import COULD_NOT_RUN, UserError
from handbook.git.repository import Repository, open_repository
from handbook.model.handbook import Handbook, Name
from handbook.model.onboarding import OnboardingPath
from handbook.plan import journal
from handbook.plan.acknowledged import version_on
from handbook.plan.calendar import WorkingDays
from handbook.plan.diary import working_days
from handbook.plan.journal import READ, Entry
from handbook.plan.onboarding import calendar_of
from handbook.plan.public import public_holidays
from handbook.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def option(parser: argparse.ArgumentParser) -> None:
    """Declare the option that names the journal."""
    parser.add_argument("--journal", required=True, metavar="FILE", help="the table of what hires have done; keep it outside of the repository")  # fmt: skip


def read(path: str, *, missing: bool = False) -> list[Entry]:
    """Return the entries of a journal; with `missing`, none where the file is not there yet.

    Raises:
        UserError: it cannot be read, or is no journal.
    """
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return journal.read(file.read(), path)
    except FileNotFoundError:
        if missing:
            return []
        raise UserError(f"there is no journal {path}", "`handbook progress done` and `handbook progress import` begin one") from None  # fmt: skip
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8", "save it as CSV in UTF-8") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}", code=COULD_NOT_RUN) from None


def add(path: str, entries: Iterable[Entry], workspace: Workspace, handbook: Handbook) -> int:
    """Write more entries into a journal and return how many are new. What was read gets the version of its day.

    Raises:
        UserError: the journal cannot be read or written.
    """
    old = read(path, missing=True)
    new = journal.joined(old, _with_versions(list(entries), workspace, handbook))
    put(path, journal.write(new))
    return len(new) - len(old)


def days_of(handbook: Handbook, entries: Sequence[Entry]) -> Callable[[OnboardingPath], WorkingDays]:
    """Return how to find the working days of the hires of a path; each calendar is looked up once."""
    every = [one.start for one in entries]
    years = range(min(every).year - 1, max(every).year + 3) if every else range(0)
    known: dict[str | None, WorkingDays] = {}

    def of(path: OnboardingPath) -> WorkingDays:
        calendar = calendar_of(handbook, path, None)
        if calendar not in known:
            known[calendar] = (
                working_days(handbook, calendar, years, public_holidays) if calendar else WorkingDays()
            )
        return known[calendar]

    return of


def repository_of(workspace: Workspace) -> Repository | None:
    """Return the repository around a handbook; None where there is none."""
    try:
        return open_repository(os.fspath(workspace.root))
    except UserError:
        return None


def _with_versions(entries: Sequence[Entry], workspace: Workspace, handbook: Handbook) -> list[Entry]:
    if not any(one.what == READ and not one.version for one in entries):
        return list(entries)
    repository = repository_of(workspace)
    if repository is None:
        raise UserError("which version of a process was read is told by git, and this is no repository", "keep the handbook in git")  # fmt: skip
    from handbook.changes.timeline import timeline

    known = timeline(repository, "HEAD")
    made = []
    for one in entries:
        if one.what == READ and not one.version:
            name = handbook.resolve(Name("process", one.item))
            one = one.replaced(version=version_on(known.of(name), one.on))
        made.append(one)
    return made
