"""The main line of a history: what each merge or commit on it changed, by the ids of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.git import commit
from handbook.git.commit import Commit
from handbook.git.repository import Repository

_NOTHING = b"0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """A commit of the main line. `contents` are the files that it changed, with their new blob; None where one went."""

    commit: Commit
    contents: dict[str, str | None]


def landings(repository: Repository, after: str | None, end: str) -> list[Landing]:
    """Return the commits of the first-parent line from `after`, which is left out, to `end`, oldest first.

    A merge counts as one commit, with all that it brought.

    Raises:
        UserError: a revision is unknown, or the clone is too shallow.
    """
    log, found = repository.main_line_log(after, end)
    changed = dict(_entries(log, repository.prefix))
    return [Landing(commit=one, contents=changed[one.sha]) for one in found]


def _entries(log: bytes, prefix: str) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield for each commit of a raw log the files that it changed, as `commit.parsed` walks it."""
    fields = log.split(b"\0")
    width = commit.FORMAT.count("%x00") + 1
    position = 0
    while position + width - 1 < len(fields):
        sha, position = fields[position].decode(), position + width
        contents: dict[str, str | None] = {}
        while position < len(fields) and fields[position].startswith((b":", b"\n:")):
            _, _, _, new, _ = fields[position].split(b" ")
            path = commit.path(fields[position + 1])
            if path.startswith(prefix):
                contents[path.removeprefix(prefix)] = new.decode() if new.strip(_NOTHING) else None
            position += 2
        while position < len(fields) and not fields[position]:
            position += 1
        yield sha, contents
