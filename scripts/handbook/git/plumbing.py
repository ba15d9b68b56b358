"""Running git so that its answer is the same on every machine. Only `handbook.git` uses this.

What a person has configured cannot change a result: variables such as GIT_DIR, which hooks inherit, are
taken away, and every setting that changes what plumbing prints is given. Nothing here reaches a network.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator

from handbook.errors import COULD_NOT_RUN, UserError
from handbook.git import commit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

_GIT = (
    "git", "--no-pager", "--literal-pathspecs",
    "-c", "color.ui=false", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false",
    "-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "mailmap.file=",
    "-c", "mailmap.blob=HEAD:.mailmap",
)  # fmt: skip
_SETTLED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,  # parents that somebody wrote down on this machine
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks, blob by blob
}
_KEPT = (
    "GIT_EXEC_PATH",
    "GIT_CEILING_",
    "GIT_DISCOVERY_",
    "GIT_CONFIG_",
    "GIT_COMMITTER_",
)  # where git looks, which folders it may trust, and whose tags it sets


Done = subprocess.CompletedProcess[bytes]
_Begun = tuple["subprocess.Popen[bytes]", "IO[bytes]", "IO[bytes]"]

_PIECE = 1 << 18  #: bytes
_AT_ONCE = 500  #: ids
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
    process = _started(where, arguments, stdin=subprocess.DEVNULL, stdout=printed, stderr=said)
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
    with _started(where, arguments, index, **pipes) as process:
        printed, said = process.communicate(given)
    return subprocess.CompletedProcess(arguments, process.returncode, printed, said)


def stream(where: str, *arguments: str) -> Iterator[bytes]:
    """Yield what a git command prints while it still works; what was begun before comes at once.

    Raises:
        UserError: it failed.
    """
    if (where, *arguments) in _begun:
        yield checked(run(where, *arguments))
        return
    with tempfile.TemporaryFile() as said:
        pipe, none = subprocess.PIPE, subprocess.DEVNULL
        with _started(where, arguments, stdin=none, stdout=pipe, stderr=said) as process:
            printed: IO[bytes] = process.stdout  # type: ignore[assignment]  # it is a pipe
            yield from iter(lambda: printed.read(_PIECE), b"")
        said.seek(0)
        checked(subprocess.CompletedProcess(arguments, process.returncode, b"", said.read()))


def _ended(process: subprocess.Popen[bytes], *outputs: IO[bytes]) -> Done:
    process.wait()
    texts = []
    for file in outputs:
        with file:
            file.seek(0)
            texts.append(file.read())
    return subprocess.CompletedProcess(process.args, process.returncode, *texts)


def _started(
    where: str, arguments: Iterable[str], index: str | None = None, **pipes: Any
) -> subprocess.Popen[bytes]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    environment |= _SETTLED | ({"GIT_INDEX_FILE": index} if index else {})
    try:
        return subprocess.Popen([*_GIT, "-C", where, *arguments], env=environment, **pipes)
    except FileNotFoundError:
        raise UserError(
            "git is not installed, or not on the path",
            "install git, from https://git-scm.com",
            code=COULD_NOT_RUN,
        ) from None


def checked(done: Done) -> bytes:
    """Return what a command printed.

    Raises:
        UserError: it failed; the message is its last line.
    """
    if done.returncode:
        said = commit.text(done.stderr).strip().rpartition("\n")[2]
        raise UserError(
            f"git could not read the repository: {said}",
            "`git fsck` tells what is wrong with it",
            code=COULD_NOT_RUN,
        )
    return done.stdout


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
        raise _incomplete()
    position = 0
    for _ in ids:
        end = done.stdout.index(b"\n", position)
        head = done.stdout[position:end].split(b" ")
        if len(head) < 3:
            raise _incomplete()
        yield done.stdout[end + 1 : end + 1 + int(head[2])]
        position = end + 2 + int(head[2])


def contents(top: str, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield blobs with their ids, each once, while the ids still come in.

    Raises:
        UserError: the repository lacks one of them, as a partial clone does.
    """
    failed: list[BaseException] = []
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    with _started(
        top, ("cat-file", "--batch"), stdin=pipe, stdout=pipe, stderr=none, bufsize=_PIECE
    ) as process:
        printed: IO[bytes] = process.stdout  # type: ignore[assignment]  # it is a pipe
        asking = threading.Thread(target=_ask_for, args=(process.stdin, ids, failed))
        asking.start()
        try:
            while head := printed.readline().split():
                if len(head) < 3:
                    raise _incomplete()
                yield head[0].decode(), printed.read(int(head[2]))
                printed.read(1)
        finally:
            printed.close()  # who waits to be read, and whoever asks it, then ends
            asking.join()
    if failed:
        raise failed[0]


def _ask_for(pipe: IO[bytes], ids: Iterable[str], failed: list[BaseException]) -> None:
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


def _incomplete() -> UserError:
    return UserError(
        "this clone does not have every file of its history, and nothing is fetched here",
        "it may be a partial clone: `git fetch --refetch --no-filter` completes it",
        code=COULD_NOT_RUN,
    )
