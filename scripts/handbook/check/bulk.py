"""Examining files: one after the other where they are few, in several processes where they are many."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence

from handbook.check.facts import examine, glossary
from handbook.check.plain import Packed, packed
from handbook.check.sync import content
from handbook.settings import Settings
from handbook.sources import Latest, Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

Examined = tuple[str, str, Packed]  #: path, content and what the file says
Work = Callable[[Sequence[str]], list[Examined]]

_MANY = 30  #: files from which on the quicker validator has paid for its import
_VERY_MANY = 1000  #: files from which on a second process has paid for itself
_CHUNK = 32  #: files that a process examines before it hands over what they say
_MOST_WORKERS = 8
_AHEAD = 1 << 20  #: bytes that a process may hand over before they are taken


def examined(paths: Sequence[str], sources: Sources, settings: Settings) -> Iterator[Examined]:
    """Yield what each file says, in the order of the paths."""
    words = functools.cache(lambda: glossary(sources, settings))
    latest = Latest(sources)

    def pack(path: str) -> Examined:
        return path, content(path, latest), packed(examine(path, latest, settings, words))

    workers = min(_processors(), _MOST_WORKERS)
    if len(paths) < _VERY_MANY or workers < 2:
        if len(paths) > _MANY:
            _expect_many()
        yield from map(pack, paths)
        return

    def work(chunk: Sequence[str]) -> list[Examined]:
        _expect_many()  # here, for the process that judges has no use for it, and would need more memory than this one
        return [pack(path) for path in chunk]

    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    words()  # read once, before there are several processes
    yield from _shared(chunks, work, workers)


def _expect_many() -> None:
    """Import what is slow to import, and then quicker than what does the same for one file."""
    import hashlib as hashlib  # it is enough that it is there: `content` takes what it finds

    from handbook.schema import shape

    shape.expect_many()


def _processors() -> int:
    """Return how many processes can work at the same time here; one where they cannot be made from this one."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shared(chunks: Sequence[Sequence[str]], work: Work, workers: int) -> Iterator[Examined]:
    """Yield the results of chunks in their order; of every `workers` chunks each process does one.

    Raises:
        OSError: a process ended before its work was done.
    """
    import marshal  # quicker than JSON, and safe here: what is read was written by a process of our own

    started = [_started(chunks[number::workers], work) for number in range(workers)]
    try:
        for number in range(len(chunks)):
            _, stream = started[number % workers]
            size = int.from_bytes(stream.read(8), "big")
            if size == 0:
                raise OSError("a process that reads files ended too early")
            yield from marshal.loads(stream.read(size))
    finally:
        for child, stream in started:
            stream.close()
            os.waitpid(child, 0)


def _widen(pipe: int) -> None:
    """Let a process be some chunks ahead, where the system can: what one hands over has to wait for its turn."""
    import contextlib
    import fcntl

    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _AHEAD)


def _started(chunks: Sequence[Sequence[str]], work: Work) -> tuple[int, BinaryIO]:
    """Start a process that does some chunks, and return it with the stream of its results."""
    import marshal

    ours, its = os.pipe()
    _widen(its)
    child = os.fork()
    if child:
        os.close(its)
        return child, os.fdopen(ours, "rb")
    status = 1
    try:  # nothing of the parent must run on in here, whatever happens
        os.close(ours)
        with os.fdopen(its, "wb") as stream:
            for chunk in chunks:
                result = marshal.dumps(work(chunk))
                stream.write(len(result).to_bytes(8, "big") + result)
                stream.flush()
        status = 0
    finally:
        os._exit(status)
