"""Work in several processes: copies of this one, that hand over what they find in the order of the work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

Chunk = Sequence[Any]
Work = Callable[
    [Chunk], list[Any]
]  #: returns what `marshal` knows, so numbers, texts, bytes, and collections of them

_MOST = 8  #: processes
_AHEAD = 1 << 20  #: bytes that a process may hand over before they are taken


def can_share() -> bool:
    """Whether this process can be copied: that needs a system that can, and threads would not be copied with it.

    On macOS libraries of the system may hang in a copy, for which reason Python itself does not rely on copies there:
    see "Contexts and start methods" of `multiprocessing`.
    """
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return False
    threading = sys.modules.get("threading")
    return not (threading and threading.active_count() > 1)


def processors() -> int:
    """Return how many processes can work at the same time here; one where this one cannot be copied."""
    if not can_share():
        return 1
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(found, _MOST)


def shared(chunks: Sequence[Chunk], work: Work, workers: int) -> Iterator[list[Any]]:
    """Yield the result of each chunk, in their order; of every `workers` chunks each process does one.

    Raises:
        OSError: a process ended before its work was done.
    """
    import marshal  # quicker than JSON, and safe here: what is read was written by a process of our own

    started: list[tuple[int, BinaryIO]] = []
    try:
        for number in range(workers):
            started.append(_started(chunks[number::workers], work, started))
        for number in range(len(chunks)):
            _, stream = started[number % workers]
            size = int.from_bytes(stream.read(8), "big")
            result = stream.read(size)
            if not result or len(result) < size:
                raise OSError("a process that shares the work ended too early")
            yield marshal.loads(result)
    finally:
        for _, stream in started:
            stream.close()  # who still writes into it ends
        for child, _ in started:
            os.waitpid(child, 0)


def _started(
    chunks: Sequence[Chunk], work: Work, others: Sequence[tuple[int, BinaryIO]]
) -> tuple[int, BinaryIO]:
    """Start a process that does some chunks, and return it with the stream of its results.

    `others` were started before it: it must not hold their streams open.
    """
    import marshal

    ours, its = os.pipe()
    _widen(its)
    child = os.fork()
    if child:
        os.close(its)
        return child, os.fdopen(ours, "rb")
    status = 1
    try:  # nothing of the parent must run on in here, whatever happens
        for held in (ours, *(stream.fileno() for _, stream in others)):
            os.close(held)
        with os.fdopen(its, "wb") as stream:
            for chunk in chunks:
                result = marshal.dumps(work(chunk))
                stream.write(len(result).to_bytes(8, "big") + result)
                stream.flush()
        status = 0
    finally:
        os._exit(status)


def _widen(pipe: int) -> None:
    """Let a process be some chunks ahead, where the system can: what one hands over has to wait for its turn."""
    import contextlib
    import fcntl

    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _AHEAD)
