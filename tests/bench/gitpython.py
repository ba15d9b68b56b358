"""Reads a history with GitPython, as a first version of anything would: `python gitpython.py messages 500`.

`records 500 .yaml .md` reads also each file with such an ending, as it was before and after each commit.
"""

from __future__ import annotations

import sys

import git


def messages(count: int) -> int:
    """Read the messages of the last commits."""
    return sum(len(str(commit.message)) for commit in git.Repo(".").iter_commits(max_count=count))


def records(count: int, endings: tuple[str, ...]) -> int:
    """Read which files the last commits changed, and each record before and after that."""
    size = 0
    for commit in git.Repo(".").iter_commits(max_count=count):
        for change in commit.diff(commit.parents[0] if commit.parents else git.NULL_TREE):
            for blob in (change.a_blob, change.b_blob):
                if blob is not None and str(blob.path).endswith(endings):
                    size += len(blob.data_stream.read())
    return size


count = int(sys.argv[2])
print(messages(count) if sys.argv[1] == "messages" else records(count, tuple(sys.argv[3:])))
