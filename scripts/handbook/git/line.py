"""The contents that files had, one after the other, along the main line of the history."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handbook.errors import COULD_NOT_RUN, UserError
from handbook.git import commit
from handbook.git.log import MAIN_LINE, SETTLED
from handbook.git.plumbing import checked, run
from handbook.git.repository import Repository

_LOG = ("log", "-z", "--reverse", "--format=%ct", "--raw", "--no-abbrev", *SETTLED, *MAIN_LINE)
_FILES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file held from a commit on: the id of its bytes, or None where it was gone; the moment is in seconds (UTC)."""

    moment: int
    id: str | None


def contents(repository: Repository, paths: Iterable[str]) -> dict[str, list[Content]]:
    """Return the contents of files of the handbook, oldest first. Only commits that touch them are looked at.

    Raises:
        UserError: there is no commit, or the clone is shallow, so that nobody can tell how often something changed.
    """
    end = repository.resolve("HEAD")
    if repository.shallow:
        raise UserError(
            "this is a shallow clone, and calendars need to know how often each day was changed",
            "fetch the rest with `git fetch --unshallow`; in a workflow, check out with `fetch-depth: 0`",
            code=COULD_NOT_RUN,
        )
    wanted = {f"{repository.prefix}{path}": path for path in paths}
    found: dict[str, list[Content]] = {path: [] for path in wanted.values()}
    if not wanted:
        return found
    fields = iter(checked(run(repository.top, *_LOG, end, "--", *wanted)).split(b"\0"))
    moment = 0
    for field in fields:
        text = field.strip(b"\n")
        if re.fullmatch(rb"[0-9]+", text):
            moment = int(text)
        elif text.startswith(b":"):
            _, mode, _, id, _ = text.decode().split(" ")
            path = commit.path(next(fields))
            found[wanted[path]].append(Content(moment, id if mode in _FILES else None))
    return found
