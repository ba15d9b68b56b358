"""How much memory a program takes with all processes that it starts: what they share is counted once."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE = 0.2  #: seconds between two looks; a peak that is shorter is not seen
_PROCESSES = Path("/proc")


def can_measure() -> bool:
    """Whether this system tells how much of its memory a process shares."""
    return (_PROCESSES / "self/smaps_rollup").exists()


def peak(command: list[str], folder: Path) -> float:
    """Run a program in a folder, its output thrown away, and return the most that it took in mebibytes."""
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while running.poll() is None:
        most = max(most, sum(map(_own, _family(running.pid))))
        time.sleep(_PAUSE)
    if running.returncode:
        raise SystemExit(f"{' '.join(command[:4])} … ended with {running.returncode}")
    return most / 1024


def _family(process: int) -> Iterator[int]:
    yield process
    for tasks in (_PROCESSES / str(process) / "task").glob("*/children"):
        for child in _read(tasks).split():
            yield from _family(int(child))


def _own(process: int) -> int:
    """Return the kibibytes of a process; of what several have in common, its share."""
    lines = _read(_PROCESSES / str(process) / "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile
        return ""
