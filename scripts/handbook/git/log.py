"""The commits of a range as values, read from one run of `git log`. Asks git through `plumbing`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from handbook.git import commit
from handbook.git.commit import Commit
from handbook.git.people import Person
from handbook.git.plumbing import begin, checked, run, stream

_LOG = (
    "log", "-z", "--reverse", "--topo-order", "--encoding=UTF-8", f"--format={commit.FORMAT}",
    "--raw", "--no-abbrev", "--diff-merges=dense-combined",
)  # fmt: skip
#: what makes a difference the same on every machine
SETTLED = ("--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv", f"-O{os.devnull}")
MAIN_LINE = ("--first-parent", "--diff-merges=first-parent")  #: a merge has all that it brought


def expect(top: str, ends: Iterable[str], how: Iterable[str] = ()) -> None:
    """Have git read a range that `commits` will be asked for, while other things are done."""
    begin(top, *_command(ends, how))


def commits(top: str, prefix: str, ends: Iterable[str], how: Iterable[str] = ()) -> list[Commit]:
    """Return the commits of a range, oldest first. `ends` are full ids, those that are left out with ^ before them."""
    return _named(top, streamed(top, prefix, ends, how))


def streamed(top: str, prefix: str, ends: Iterable[str], how: Iterable[str] = ()) -> Iterator[Commit]:
    """Yield the commits of a range as git tells them, co-authors as messages have them."""
    return commit.parsed(stream(top, *_command(ends, how)), prefix)


def _command(ends: Iterable[str], how: Iterable[str]) -> tuple[str, ...]:
    return (*_LOG, *SETTLED, *how, *ends, "--")


def _named(top: str, commits: Iterable[Commit]) -> list[Commit]:
    """Return commits with co-authors as .mailmap has them; git does that for authors by itself."""
    found = list(commits)
    said = list(dict.fromkeys(person for one in found for person in one.co_authors))
    if not said:
        return found
    given = "".join(f"{person.name} <{person.email}>\n" for person in said).encode()
    listed = commit.text(checked(run(top, "check-mailmap", "--stdin", given=given)))
    lines = [line.rpartition(" <") for line in listed.split("\n")[:-1]]
    mapped = dict(zip(said, (Person(name, email.rstrip(">")) for name, _, email in lines), strict=True))
    return [
        one.replaced(co_authors=tuple(mapped[person] for person in one.co_authors)) if one.co_authors else one
        for one in found
    ]
