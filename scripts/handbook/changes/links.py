"""Where a change comes from: its pull requests and commits, as links. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.changes.told import Link
from handbook.git import forge
from handbook.git.commit import Commit

_MOST = 8  #: commits and pull requests named in one place; a thousand of them say nothing more


def sources(commits: Sequence[Commit], repository: str) -> tuple[Link, ...]:
    """Return where changes come from: pull requests, then commits. A long list ends with how many more there are."""
    repository = forge.linkable(repository)
    numbers = dict.fromkeys(commit.pull_request for commit in commits if commit.pull_request is not None)
    found = [
        Link(f"#{number}", forge.pull_request(repository, number) if repository else "") for number in numbers
    ]
    found += [
        Link(commit.short, forge.commit(repository, commit.sha) if repository else "") for commit in commits
    ]
    more = [Link(f"{len(found) - _MOST} more")] if len(found) > _MOST else []
    return (*found[:_MOST], *more)
