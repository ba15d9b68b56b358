"""What a git command prints, read while it still works. Only `handbook.git` uses this.

A command begins when it is asked for, and works while whoever reads it is still imported. So this imports next to
nothing: importing `subprocess` takes longer than git needs for the first hundred commits.
"""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections.abc import Iterable, Iterator

from handbook.errors import COULD_NOT_RUN, UserError
from handbook.git.settled import COMMAND, environment, missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

_PIECE = 1 << 18  #: bytes
_WIDE = 1 << 20  #: bytes that a pipe may hold: neither side then waits for the other often
_LITTLE = 1 << 16  #: bytes
_WHILE = 0.001  #: seconds, in which git prints less than a pipe holds
_AT_ONCE = 500  #: ids


class _Pipe:
    """A git command at work: `printed` is what it prints, `asked` is where it is asked."""

    printed: io.BufferedReader
    asked: BinaryIO
    _child: int = 0
    _process: Any = None  #: a `subprocess.Popen`, where there is no other way

    def __init__(self, where: str, *arguments: str) -> None:
        if hasattr(os, "posix_spawnp"):
            self._spawn([*COMMAND, "-C", where, *arguments])
        else:
            self._open(where, arguments)

    def _spawn(self, command: list[str]) -> None:
        (its_input, asked), (printed, its_output) = _pipe(), _pipe()
        self.asked = open(asked, "wb", _PIECE)  # noqa: SIM115 - whoever asks closes it
        self.printed = io.BufferedReader(_Patient(printed, "rb"), _PIECE)
        actions = [
            (os.POSIX_SPAWN_DUP2, its_input, 0),
            (os.POSIX_SPAWN_DUP2, its_output, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        try:
            self._child = os.posix_spawnp("git", command, environment(), file_actions=actions)
        except FileNotFoundError:
            self.asked.close()
            self.printed.close()
            raise missing() from None
        finally:
            os.close(its_input)
            os.close(its_output)

    def _open(self, where: str, arguments: Iterable[str]) -> None:
        from handbook.git.plumbing import piped

        self._process = piped(where, arguments, _PIECE)
        self.asked = self._process.stdin
        self.printed = self._process.stdout

    def wait(self) -> int:
        """Wait until it has ended, and return its exit status."""
        if self._process:
            return int(self._process.wait())
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])


class _Patient(io.FileIO):
    """The end of a pipe that looks again only after a while where little was in it.

    A system wakes a reader at each write, and often on the processor on which the writer is at work. The two would
    then take turns, with another processor idle: measured, it took half as long again.
    """

    _found = _LITTLE

    def readinto(self, buffer: Any, /) -> int | None:
        if self._found < _LITTLE:
            time.sleep(_WHILE)
        found = super().readinto(buffer)
        self._found = found or _LITTLE
        return found


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    with contextlib.suppress(ImportError, AttributeError, OSError):  # only Linux has it, and up to a limit
        from fcntl import F_SETPIPE_SZ, fcntl

        fcntl(ends[0], F_SETPIPE_SZ, _WIDE)
    return ends


def stream(where: str, *arguments: str) -> Iterator[bytes]:
    """Start a git command, and return what it prints in pieces, as they come.

    Raises:
        UserError: git is not installed, or the command failed, as the last piece shows.
    """
    pieces = _pieces(where, *arguments)
    next(pieces)  # it has begun
    return pieces


def _pieces(where: str, *arguments: str) -> Iterator[bytes]:
    pipe = _Pipe(where, *arguments)
    status: int | None = None
    try:
        pipe.asked.close()
        yield b""
        while piece := pipe.printed.read1(_PIECE):
            yield piece
    finally:
        pipe.printed.close()  # whoever still prints then ends
        status = pipe.wait()
    if status:
        raise _failure(where, *arguments)


def _failure(where: str, *arguments: str) -> UserError:
    """Return why a command failed. It has to be asked once more: while it printed nobody heard what it said."""
    from handbook.git.plumbing import failure, run

    return failure(run(where, *arguments))


def contents(top: str, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield blobs with their ids, each once, while the ids still come in.

    Raises:
        UserError: the repository lacks one of them, as a partial clone does.
    """
    import threading

    failed: list[BaseException] = []
    pipe = _Pipe(top, "cat-file", "--batch")
    asking = threading.Thread(target=_ask_for, args=(pipe.asked, ids, failed))
    asking.start()
    try:
        yield from _blobs(pipe.printed)
    finally:
        pipe.printed.close()  # who waits to be read, and whoever asks it, then ends
        asking.join()
        pipe.wait()
    if failed:
        raise failed[0]


def _blobs(printed: io.BufferedReader) -> Iterator[tuple[str, bytes]]:
    line, read = printed.readline, printed.read
    while head := line().split():
        if len(head) < 3:
            raise incomplete()
        yield head[0].decode(), read(int(head[2]))
        read(1)


def _ask_for(pipe: BinaryIO, ids: Iterable[str], failed: list[BaseException]) -> None:
    asked: set[str] = set()
    try:
        for id in ids:
            if id not in asked:
                asked.add(id)
                pipe.write(f"{id}\n".encode())
                if len(asked) % _AT_ONCE == 0:
                    pipe.flush()
        pipe.close()
    except BrokenPipeError:  # nobody reads any more
        pass
    except BaseException as error:
        failed.append(error)
    finally:
        with contextlib.suppress(OSError):
            pipe.close()


def incomplete() -> UserError:
    """Return what is said where a content is not there."""
    return UserError(
        "this clone does not have every file of its history, and nothing is fetched here",
        "it may be a partial clone: `git fetch --refetch --no-filter` completes it",
        code=COULD_NOT_RUN,
    )
