"""Reads the history of the repository in the current folder, and tells how much that was: `python reading.py messages`.

`messages` reads the message of each commit as the engine does: subject, people, pull request, trailers. `records` reads
also which files each commit changed, and each file as it was before and after that where its path ends in one of the
words that follow: `python reading.py records .yaml`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

from handbook.git import log, pipe

gc.set_threshold(50_000, 20, 100)  # as the command line has it


def messages() -> str:
    """Read every message."""
    return f"{sum(1 for _ in log.streamed('.', '', ['HEAD'], files=False))} commits"


def records(endings: tuple[str, ...]) -> str:
    """Read every commit with its files, and every content that a record had."""
    found = log.streamed(".", "", ["HEAD"])
    count = 0

    def ids() -> Iterator[str]:
        nonlocal count
        for one in found:
            count += 1
            for file in one.files:
                if file.path.endswith(endings):
                    yield from (id for id in (*file.before, file.after) if id)

    several = size = 0
    for _, source in pipe.contents(".", ids()):
        several += 1
        size += len(source)
    return f"{count} commits, {several} contents, {size} bytes"


print(messages() if sys.argv[1] == "messages" else records(tuple(sys.argv[2:])))
