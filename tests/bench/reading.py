"""Reads the history of the repository in the current folder, and tells how much that was: `python reading.py messages`.

`messages` reads the message of each commit as the engine does: subject, people, pull request, trailers. `records` reads
also which files each commit changed, and each record as it was before and after that.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

from handbook.git import commit, log, plumbing
from handbook.git.repository import open_repository

gc.set_threshold(50_000, 20, 100)  # as the command line has it


def messages() -> str:
    """Read every message."""
    how = ("-z", "--reverse", "--topo-order", "--encoding=UTF-8", f"--format={commit.FORMAT}")
    return f"{sum(1 for _ in commit.parsed(plumbing.stream('.', 'log', *how, 'HEAD', '--'), ''))} commits"


def records() -> str:
    """Read every commit with its files, and every content that a record had."""
    repository = open_repository(".")
    found: list[commit.Commit] = []

    def ids() -> Iterator[str]:
        for one in log.streamed(repository.top, repository.prefix, [repository.resolve("HEAD")]):
            found.append(one)
            for file in one.files:
                if file.path.endswith(".yaml"):
                    yield from (id for id in (*file.before, file.after) if id)

    size = sum(len(source) for _, source in repository.contents(ids()))
    return f"{len(found)} commits, {size} bytes"


print({"messages": messages, "records": records}[sys.argv[1]]())
