"""Which files differ between a commit and what is staged, by the ids of their contents. Fast: for commit hooks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from handbook.errors import COULD_NOT_RUN, UserError
from handbook.frozen import Frozen
from handbook.git import spawn
from handbook.git.spawn import ask

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_RAW = ("--raw", "-z", "-r", "--no-renames", "--relative", "--abbrev=64", "--ignore-submodules=all")
_STAGED = ("diff-index", "--cached", *_RAW, "HEAD")


class Differs(Frozen):
    """A file with its content before and after; None where it is not there."""

    path: str
    before: str | None
    after: str | None


def head(root: str) -> str | None:
    """Return the commit that is checked out; None in a repository without one.

    Raises:
        UserError: there is no repository.
    """
    inside, commit = ask(
        root, ("rev-parse", "--git-dir"), ("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    )
    if inside is None:
        raise UserError(
            "there is no Git repository here", "leave out --staged and --since, or run `git init`"
        )
    return commit.decode().strip() if commit else None


def commit(root: str, revision: str) -> str | None:
    """Return the commit that a revision names; None where there is none, or no repository."""
    if revision.startswith("-"):
        return None
    (found,) = ask(root, ("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"))
    return found.decode().strip() if found else None


def begin(root: str) -> None:
    """Have git look for what is staged, while other things are done."""
    spawn.begin(root, _STAGED)


def staged(root: str) -> tuple[str | None, list[Differs]]:
    """Return the commit that is checked out, and what a commit would change now, in the handbook or beside it.

    Raises:
        UserError: there is no repository, or it cannot be read.
    """
    (listed,) = ask(root, _STAGED)
    if listed is None:
        if head(root) is not None:
            raise _unreadable()
        (listed,) = ask(root, ("diff-index", "--cached", *_RAW, EMPTY_TREE))
        return None, list(_rows(listed or b""))
    return _written_head(root) or head(root), list(_rows(listed))


def _written_head(root: str) -> str | None:
    """Return the commit that is checked out, as the files of a plain clone say: asking git takes twenty times as long."""
    try:
        with open(os.path.join(root, ".git", "HEAD"), encoding="utf-8") as file:
            said = file.read().strip()
        if said.startswith("ref: "):
            said = _written(os.path.join(root, ".git"), said.removeprefix("ref: "))
    except (OSError, ValueError):
        return None
    return said if len(said) in (40, 64) and not said.strip("0123456789abcdef") else None


def _written(folder: str, ref: str) -> str:
    """Return what a ref is, from its own file or from the one in which git packs those that have not changed for long."""
    try:
        with open(os.path.join(folder, ref), encoding="utf-8") as file:
            return file.read().strip()
    except FileNotFoundError:
        with open(os.path.join(folder, "packed-refs"), encoding="utf-8") as file:
            return next((line[: -len(ref) - 2] for line in file if line.endswith(f" {ref}\n")), "")


def between(root: str, before: str, after: str, paths: Iterable[str]) -> list[Differs]:
    """Return what differs between two commits.

    Raises:
        UserError: one of them is not there.
    """
    (listed,) = ask(root, ("diff-tree", *_RAW, before, after, "--", *paths))
    if listed is None:
        raise _unreadable()
    return list(_rows(listed))


def listed(root: str, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the content of each file of a commit."""
    return {each.path: each.after for each in between(root, EMPTY_TREE, commit, paths) if each.after}


def _rows(raw: bytes) -> Iterator[Differs]:
    fields = raw.split(b"\0")
    for head, path in zip(fields[::2], fields[1::2], strict=False):
        old_mode, new_mode, old, new, status = head.removeprefix(b":").split(b" ")[:5]
        if status.startswith(b"U"):
            name = path.decode(errors="backslashreplace")
            raise UserError(f"{name} has a merge conflict", "resolve it, then `git add` the file")
        yield Differs(
            path.decode(errors="backslashreplace"),
            old.decode() if _is_file(old_mode) else None,
            new.decode() if _is_file(new_mode) else None,
        )


def _is_file(mode: bytes) -> bool:
    return mode in (b"100644", b"100755", b"120000")


def _unreadable() -> UserError:
    return UserError(
        "git could not read the repository", "`git status` tells what is wrong with it", code=COULD_NOT_RUN
    )
