"""The commits of a range as values, read from one run of `git log`. Asks git through `plumbing`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from handbook.git import pipe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.git.commit import Commit

#: what `parsed` reads: the fields of a message
_MESSAGES = ("log", "-z", "--encoding=UTF-8", "--format=%H%x00%P%x00%aN%x00%aE%x00%cs%x00%B")
_FILES = ("--raw", "--no-abbrev", "--diff-merges=dense-combined")
_ORDERED = ("--topo-order",)
#: what makes a difference the same on every machine
SETTLED = ("--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv", f"-O{os.devnull}")
MAIN_LINE = ("--first-parent", "--diff-merges=first-parent")  #: a merge has all that it brought


def expect(top: str, ends: Iterable[str], how: Iterable[str] = ()) -> None:
    """Have git read a range that `commits` will be asked for, while other things are done."""
    from handbook.git.plumbing import begin

    begin(top, *_command(ends, (*_ORDERED, *how)))


def commits(top: str, prefix: str, ends: Iterable[str], how: Iterable[str] = ()) -> list[Commit]:
    """Return the commits of a range, oldest first. `ends` are full ids, those that are left out with ^ before them."""
    from handbook.git import commit
    from handbook.git.plumbing import stream

    found = list(commit.parsed(stream(top, *_command(ends, (*_ORDERED, *how))), prefix))
    found.reverse()  # git can begin to print sooner where it need not
    return _named(top, found)


def streamed(top: str, prefix: str, ends: Iterable[str], *, files: bool = True) -> Iterator[Commit]:
    """Return the commits of a range as git tells them, the newest first, co-authors as messages have them.

    Without `files` it is told much sooner.
    """
    command = _command(ends) if files else (*_MESSAGES, *ends, "--")
    pieces = pipe.stream(top, *command)
    from handbook.git import commit  # git works while this is imported

    return commit.parsed(pieces, prefix)


def _command(ends: Iterable[str], how: Iterable[str] = ()) -> tuple[str, ...]:
    return (*_MESSAGES, *_FILES, *SETTLED, *how, *ends, "--")


def _named(top: str, found: list[Commit]) -> list[Commit]:
    """Return commits with co-authors as .mailmap has them; git does that for authors by itself."""
    said = list(dict.fromkeys(person for one in found for person in one.co_authors))
    if not said:
        return found
    from handbook.git.commit import text
    from handbook.git.people import Person
    from handbook.git.plumbing import checked, run

    given = "".join(f"{person.name} <{person.email}>\n" for person in said).encode()
    listed = text(checked(run(top, "check-mailmap", "--stdin", given=given)))
    lines = [line.rpartition(" <") for line in listed.split("\n")[:-1]]
    mapped = dict(zip(said, (Person(name, email.rstrip(">")) for name, _, email in lines), strict=True))
    return [
        one.replaced(co_authors=tuple(mapped[person] for person in one.co_authors)) if one.co_authors else one
        for one in found
    ]
