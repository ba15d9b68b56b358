"""The commit that last changed a file."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.git.plumbing import run
from handbook.git.repository import Repository


def latest(repository: Repository, paths: Iterable[str]) -> str | None:
    """Return the full id of the last commit in the history of HEAD that changed one of some files of the handbook.

    None where there is none, or where one of the files now differs from it.
    """
    within = [f"{repository.prefix}{path}" for path in paths]
    if run(repository.top, "diff", "--quiet", "--no-ext-diff", "HEAD", "--", *within).returncode:
        return None
    found = run(repository.top, "log", "-1", "--format=%H", "HEAD", "--", *within)
    return found.stdout.decode().strip() or None
