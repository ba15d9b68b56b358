"""A log is read while git writes it, and contents while they are asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from handbook.errors import UserError
from handbook.git import log, pipe
from handbook.git.commit import parsed
from tests.changes.repositories import Repository

_FIELDS = ("a" * 40, "", "Kim", "kim@example.com", "2026-10-05", "Begin\n")


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "work")
    repository.commit("Begin (#1)", {"docs/a.md": "one\n", "docs/b.md": "two\n"})
    repository.commit("Go on\n\nWhy: the audit asked for it", {"docs/a.md": "three\n"})
    return repository


@pytest.mark.parametrize("spawns", [True, False], ids=["POSIX", "elsewhere"])
def test_a_history_and_its_contents_are_read_as_they_come(
    made: Repository, monkeypatch: pytest.MonkeyPatch, spawns: bool
) -> None:
    if not spawns:
        monkeypatch.delattr(os, "posix_spawnp")
    top = str(made.folder)
    found = list(log.streamed(top, "", ["HEAD"]))
    assert [(one.subject, one.pull_request, one.paths) for one in found] == [
        ("Go on", None, ("docs/a.md",)),
        ("Begin (#1)", 1, ("docs/a.md", "docs/b.md")),
    ]
    ids = [file.after for one in found for file in one.files if file.after]
    assert [source for _, source in pipe.contents(top, [*ids, *ids])] == [b"three\n", b"one\n", b"two\n"]


def test_messages_alone_come_without_files(made: Repository) -> None:
    found = list(log.streamed(str(made.folder), "", ["HEAD"], files=False))
    assert [(one.subject, one.files, one.trailer("why")) for one in found] == [
        ("Go on", (), ("the audit asked for it",)),
        ("Begin (#1)", (), ()),
    ]


def test_a_command_that_fails_says_why(made: Repository) -> None:
    with pytest.raises(UserError, match="git could not read the repository: fatal: bad revision"):
        list(log.streamed(str(made.folder), "", ["nowhere"]))


def test_who_stops_reading_leaves_no_process_behind(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    spawn = os.posix_spawnp

    def noted(*arguments: Any, **more: Any) -> int:
        begun.append(spawn(*arguments, **more))
        return begun[-1]

    monkeypatch.setattr(os, "posix_spawnp", noted)
    pieces = pipe.stream(str(made.folder), "log", "--patch")
    next(pieces)
    del pieces
    (child,) = begun
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


@pytest.mark.parametrize("size", [1, 7, 1000], ids=["byte by byte", "in pieces", "at once"])
def test_bytes_that_are_no_text_stay_apart_from_those_that_are(size: int) -> None:
    entry = f":100644 100644 {'1' * 40} {'2' * 40} M".encode()
    fields = [
        *(field.encode() for field in _FIELDS[:5]),
        "Das Café".encode("latin-1"),
        entry,
        b"docs/caf\xe9.md",
    ]
    whole = b"\0".join((*fields, b"", *(field.encode() for field in _FIELDS))) + b"\0"
    old, new = parsed((whole[at : at + size] for at in range(0, len(whole), size)), "docs/")
    assert (old.subject, old.paths) == ("Das Café", ("caf\udce9.md",))
    assert (new.subject, new.paths) == ("Begin", ())
