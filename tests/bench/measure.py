"""What programs cost: wall clock, CPU and memory, of runs that take turns on the same machine."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

Command = list[str]
Commands = list[Command]

_ONCE = str(Path(__file__).with_name("once.py"))
_MEBIBYTE = 1024 if sys.platform != "darwin" else 1024 * 1024  #: in what the system counts memory in


@dataclass(frozen=True, slots=True)
class Cost:
    """What some programs, run one after the other, took: seconds of wall clock and of CPU, and mebibytes at the peak."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Rival:
    """What takes part in a comparison: programs, how they end, and what is done before each run of them, unmeasured."""

    commands: Commands
    before: Callable[[], None] = lambda: None
    status: int = 0


def once(command: Command, folder: Path, status: int = 0) -> Cost:
    """Run one program in a folder, its output thrown away, and return what it took.

    Raises:
        SystemExit: it ends with another exit status than the one that is meant, so it did something else.
    """
    with tempfile.NamedTemporaryFile() as errors:
        runner = [sys.executable, "-I", "-S", _ONCE, errors.name, str(folder)]
        done = subprocess.run([*runner, *command], capture_output=True, text=True, check=True)
        wall, cpu, peak, ended = done.stdout.split()
        if int(ended) != status:
            said = Path(errors.name).read_text(errors="replace")[-500:].strip()
            raise SystemExit(f"{' '.join(command[:4])} … ended with {ended}, not with {status}: {said}")
    return Cost(float(wall), float(cpu), float(peak) / _MEBIBYTE)


def together(rival: Rival, folder: Path) -> Cost:
    """Run the programs of a rival one after the other and return what they took in all, and the peak of the largest."""
    rival.before()
    costs = [once(command, folder, rival.status) for command in rival.commands]
    return Cost(sum(c.wall for c in costs), sum(c.cpu for c in costs), max(c.peak for c in costs))


def in_turns(rivals: Mapping[str, Rival], folder: Path, runs: int) -> dict[str, Cost]:
    """Run each rival once, then each again, and return the median of each: what else the machine does weighs on all."""
    costs: dict[str, list[Cost]] = {name: [] for name in rivals}
    for run in range(runs):
        for name, rival in rivals.items():
            progress(f"{name}: run {run + 1} of {runs}")
            costs[name].append(together(rival, folder))
    progress("")
    return {name: _median(several) for name, several in costs.items()}


def _median(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(part) for part in zip(*map(astuple, costs), strict=True)))


def progress(text: str) -> None:
    """Say on a terminal what is going on, in place of what was said before."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
