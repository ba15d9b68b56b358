"""Work in several processes: the results come in the order of the work, and nothing waits for a process that is gone."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence

import pytest

from handbook.several import can_share, processors, shared

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no processes"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),  # other tests may have left threads
]


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_chunks(workers: int) -> None:
    chunks = [range(start, start + 3) for start in range(0, 60, 3)]
    assert [one for some in shared(chunks, squares, workers) for one in some] == [n * n for n in range(60)]


def test_the_work_is_done_elsewhere() -> None:
    found = {pid for some in shared([[0]] * 4, lambda chunk: [os.getpid()], 2) for pid in some}
    assert len(found) == 2
    assert os.getpid() not in found


def test_more_than_a_pipe_holds_goes_through() -> None:
    size = 3 << 20
    assert [len(some[0]) for some in shared([[1], [2], [3]], lambda chunk: [b"x" * size], 2)] == [size] * 3


def test_a_process_that_ends_too_early_is_told() -> None:
    def work(numbers: Sequence[int]) -> list[int]:
        if 2 in numbers:
            os._exit(0)
        return squares(numbers)

    found = shared([[0], [1], [2], [3]], work, 2)
    assert [next(found), next(found)] == [[0], [1]]
    with pytest.raises(OSError, match="ended too early"):
        next(found)


def test_a_process_whose_work_fails_says_nothing_here_and_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="ended too early"):
        next(shared([[0]], lambda chunk: 1 // chunk[0], 1))
    assert capfd.readouterr() == ("", "")


def test_processes_end_when_nobody_reads_on() -> None:
    found = shared([[number] for number in range(1000)], lambda chunk: [os.getpid(), b"x" * 100_000], 2)
    pids = [next(found)[0], next(found)[0]]
    found.close()  # type: ignore[attr-defined]  # it waits for them
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "darwin", reason="libraries of macOS may hang in a copy")
def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = 1
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    assert can_share()
    assert processors() >= 1
    threads = 2
    assert not can_share()
    assert processors() == 1


def test_threads_are_counted() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert not can_share()
    finally:
        wait.set()
        thread.join()
