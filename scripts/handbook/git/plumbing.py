"""Running git so that its answer is the same on every machine. Only `handbook.git` uses this.

Nothing that a person has configured can change it: `handbook.git.settled` says how.
"""

from __future__ import annotations

import atexit
import subprocess
import tempfile
from collections.abc import Iterable, Iterator

from handbook.errors import COULD_NOT_RUN, UserError
from handbook.git import commit, pipe
from handbook.git.settled import COMMAND, environment, missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any


Done = subprocess.CompletedProcess[bytes]
_Begun = tuple["subprocess.Popen[bytes]", "IO[bytes]", "IO[bytes]"]

_begun: dict[tuple[str, ...], _Begun] = {}


def begin(where: str, *arguments: str) -> None:
    """Start a git command that `run` will be asked for: it works while something else is done."""
    if (where, *arguments) in _begun:
        return
    if not _begun:
        atexit.unregister(_forget)
        atexit.register(_forget)
    # Files, because a pipe would be full at some time, and the command wait. `_ended` closes them.
    printed, said = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
    process = started(where, arguments, stdin=subprocess.DEVNULL, stdout=printed, stderr=said)
    _begun[where, *arguments] = (process, printed, said)


def _forget() -> None:
    """End what was begun and never asked for, as after an error."""
    while _begun:
        process, *outputs = _begun.popitem()[1]
        process.kill()
        process.wait()
        for file in outputs:
            file.close()


def run(where: str, *arguments: str, index: str | None = None, given: bytes | None = None) -> Done:
    """Run a git command in a folder. `index` is the index that it reads, `given` its input.

    Raises:
        UserError: git is not installed.
    """
    if given is None and index is None and (begun := _begun.pop((where, *arguments), None)):
        return _ended(*begun)
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with started(where, arguments, index, **pipes) as process:
        printed, said = process.communicate(given)
    return subprocess.CompletedProcess(arguments, process.returncode, printed, said)


def stream(where: str, *arguments: str) -> Iterator[bytes]:
    """Return what a git command prints while it still works; what was begun before comes at once.

    Raises:
        UserError: it failed.
    """
    if (where, *arguments) in _begun:
        return iter((checked(run(where, *arguments)),))
    return pipe.stream(where, *arguments)


def _ended(process: subprocess.Popen[bytes], *outputs: IO[bytes]) -> Done:
    process.wait()
    texts = []
    for file in outputs:
        with file:
            file.seek(0)
            texts.append(file.read())
    return subprocess.CompletedProcess(process.args, process.returncode, *texts)


def started(
    where: str, arguments: Iterable[str], index: str | None = None, **pipes: Any
) -> subprocess.Popen[bytes]:
    """Start a git command. `index` is the index that it reads, `pipes` are what `Popen` knows.

    Raises:
        UserError: git is not installed.
    """
    try:
        return subprocess.Popen([*COMMAND, "-C", where, *arguments], env=environment(index), **pipes)
    except FileNotFoundError:
        raise missing() from None


def piped(where: str, arguments: Iterable[str], buffer: int) -> subprocess.Popen[bytes]:
    """Start a git command with pipes for what it is asked and what it prints."""
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    return started(where, arguments, stdin=pipe, stdout=pipe, stderr=none, bufsize=buffer)


def checked(done: Done) -> bytes:
    """Return what a command printed.

    Raises:
        UserError: it failed; the message is its last line.
    """
    if done.returncode:
        raise failure(done)
    return done.stdout


def failure(done: Done) -> UserError:
    """Return that a command failed, with the last line of what it said."""
    said = commit.text(done.stderr).strip().rpartition("\n")[2]
    return UserError(
        f"git could not read the repository: {said}",
        "`git fsck` tells what is wrong with it",
        code=COULD_NOT_RUN,
    )


def rows(listed: bytes) -> Iterator[tuple[list[bytes], bytes]]:
    """Yield the fields and the path of each entry of a listing."""
    for entry in listed.split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            yield head.split(b" "), path


def blobs(top: str, ids: list[str]) -> Iterator[bytes]:
    """Yield the bytes of blobs, in the order of their ids.

    Raises:
        UserError: the repository lacks one of them, as a partial clone does.
    """
    done = run(top, "cat-file", "--batch", given="".join(f"{id}\n" for id in ids).encode())
    if done.returncode:
        raise pipe.incomplete()
    position = 0
    for _ in ids:
        end = done.stdout.index(b"\n", position)
        head = done.stdout[position:end].split(b" ")
        if len(head) < 3:
            raise pipe.incomplete()
        yield done.stdout[end + 1 : end + 1 + int(head[2])]
        position = end + 2 + int(head[2])
