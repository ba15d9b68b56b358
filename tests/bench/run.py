"""Measures the engine beside its peers, prints a table and writes build/bench.json.

A figure is a ratio, ours to the peer's: the medians of runs that took turns on the same machine, so that
what else it does weighs on both. `covers` says what each of the two did, for no peer does all of it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.model.kinds import KINDS
from handbook.schema import files
from handbook.settings import Settings
from handbook.sources import Disk

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.generate import write  # noqa: E402 - the line above makes it importable

PROGRAMS = Path(sysconfig.get_path("scripts"))
HANDBOOK = [str(PROGRAMS / "handbook")]
RECORDS = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """What some programs, run one after the other, took: seconds of wall clock and of CPU, and mebibytes at their peak."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured ratio with the goal that it has to stay at or below, and what was compared."""

    name: str
    ratio: float
    goal: float
    ours: str
    peer: str
    covers: str

    @property
    def holds(self) -> bool:
        return self.ratio <= self.goal


Commands = list[list[str]]


def measured(commands: Commands, cwd: Path) -> Cost:
    """Run programs one after the other and return what they took together."""
    wall = cpu = peak = 0.0
    for command in commands:
        begun = time.perf_counter()
        child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert child.stderr is not None
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stderr.close()
        if child.returncode:
            raise SystemExit(
                f"{' '.join(command[:4])} … failed with {child.returncode}: {errors.decode()[:500]}"
            )
        wall += time.perf_counter() - begun
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))
    return Cost(wall, cpu, peak)


def compared(ours: Commands, peer: Commands, cwd: Path, runs: int, what: str) -> tuple[Cost, Cost]:
    """Return the medians of runs that took turns."""
    both: tuple[list[Cost], list[Cost]] = ([], [])
    for run in range(runs):
        _progress(f"{what}: run {run + 1} of {runs}")
        for commands, costs in zip((ours, peer), both, strict=True):
            costs.append(measured(commands, cwd))
    return _median(both[0]), _median(both[1])


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        *(statistics.median(getattr(cost, part) for cost in costs) for part in ("wall", "cpu", "peak"))
    )


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def start_up() -> Iterable[Figure]:
    """The start of the command against that of an empty program."""
    ours, peer = compared([[*HANDBOOK, "--version"]], [[sys.executable, "-c", "pass"]], ROOT, 25, "start-up")
    yield Figure("start-up of --version, wall", ours.wall / peer.wall, 2.0, _ms(ours.wall), f"python -c pass {_ms(peer.wall)}",
                 "both start Python; ours prints a line")  # fmt: skip


def flat(name: str) -> files.Schema:
    """Return a schema whose references all lead to its own `$defs`, the form that the peer is quickest with.

    With the bundled form of the standard it takes twenty times as long, which says nothing about either tool.
    """
    schema = _inlined(files.load(name), "")
    shared = {
        f"common-{key}": _inlined(part, "common-") for key, part in files.load(files.COMMON)["$defs"].items()
    }
    return {
        **{key: part for key, part in schema.items() if key != "$id"},
        "$defs": {**schema.get("$defs", {}), **shared},
    }


def _inlined(part: Any, own: str) -> Any:
    if isinstance(part, list):
        return [_inlined(item, own) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: _inlined(item, own) for key, item in part.items()}
    if isinstance(made.get("$ref"), str):
        home, _, pointer = made["$ref"].partition("#/$defs/")
        made["$ref"] = f"#/$defs/{'common-' if home else own}{pointer}"
    return made


def schema_checks(folder: Path, schemas: Path) -> Commands:
    """check-jsonschema on every record of a handbook: one run for each kind, for it takes one schema at a time."""
    settings = Settings()
    by_kind: dict[str, list[str]] = {}
    for path in Disk(str(folder), [settings.processes]):
        kind = settings.kind_of(path)
        if kind:
            by_kind.setdefault(kind.name, []).append(path)
    return [
        [
            str(PROGRAMS / "check-jsonschema"),
            "--quiet",
            "--schemafile",
            str(schemas / KINDS[kind].schema),
            *paths,
        ]
        for kind, paths in sorted(by_kind.items())
    ]


def peers(folder: Path, schemas: Path) -> tuple[Commands, str]:
    """The linters that are installed here, and their names: check-jsonschema, and yamllint where it is."""
    commands, names = schema_checks(folder, schemas), ["check-jsonschema"]
    if yamllint := shutil.which("yamllint", path=f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"):
        commands.append([yamllint, "-d", "relaxed", "--no-warnings", "processes"])
        names.append("yamllint")
    return commands, " + ".join(names)


OURS = "ours: syntax, schema, references, flow, all other rules, front matter of pages"


def repository(schemas: Path) -> Iterable[Figure]:
    """The check of this repository."""
    commands, names = peers(ROOT, schemas)
    ours, peer = compared([[*HANDBOOK, "check"]], commands, ROOT, 5, "check of this repository")
    covers = f"{OURS}; peer: schema only, {len(commands)} runs because a run takes one schema"
    yield Figure(
        "check of this repository, CPU",
        ours.cpu / peer.cpu,
        0.5,
        _ms(ours.cpu),
        f"{names} {_ms(peer.cpu)}",
        covers,
    )


def generated(schemas: Path, folder: Path) -> Iterable[Figure]:
    """The cold check of a generated handbook, and its memory: the peer keeps one record, ours the whole handbook."""
    count = write(str(folder), RECORDS)
    commands, names = peers(folder, schemas)
    ours, peer = compared([[*HANDBOOK, "check"]], commands, folder, 3, f"check of {RECORDS:,} records")
    about = f"{RECORDS:,} records"
    covers = f"{OURS} ({count:,} files); peer: schema only, pages not read"
    yield Figure(
        f"cold check of {about}, CPU",
        ours.cpu / peer.cpu,
        0.25,
        _ms(ours.cpu),
        f"{names} {_ms(peer.cpu)}",
        covers,
    )
    yield Figure(
        f"cold check of {about}, wall",
        ours.wall / peer.wall,
        0.25,
        _ms(ours.wall),
        f"{names} {_ms(peer.wall)}",
        covers,
    )
    yield Figure(
        f"cold check of {about}, peak memory",
        ours.peak / peer.peak,
        2.0,
        f"{ours.peak:.0f} MiB",
        f"{names} {peer.peak:.0f} MiB",
        covers,
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


def main() -> int:
    """Measure everything, print the table and write the file. The status is 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as temporary:
        schemas, folder = Path(temporary, "schemas"), Path(temporary, "handbook")
        schemas.mkdir()
        for kind in KINDS.values():
            (schemas / kind.schema).write_text(json.dumps(flat(kind.schema)))
        parts: list[Callable[[], Iterable[Figure]]] = [
            start_up,
            lambda: repository(schemas),
            lambda: generated(schemas, folder),
        ]
        figures = [figure for part in parts for figure in part()]
    _progress("")
    print(_table(figures))
    rows = [
        {"name": each.name, "ratio": round(each.ratio, 3), "goal": each.goal, "holds": each.holds}
        for each in figures
    ]
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build/bench.json").write_text(json.dumps(rows, indent=2) + "\n")
    return 0 if all(figure.holds for figure in figures) else 1


def _table(figures: list[Figure]) -> str:
    head = ("what", "ratio", "goal", "ours", "peer")
    rows = [
        (each.name, f"{each.ratio:.2f}{'' if each.holds else ' !'}", f"{each.goal:g}", each.ours, each.peer)
        for each in figures
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
    return "\n".join(
        [
            lines[0],
            "  ".join("-" * width for width in widths),
            *lines[1:],
            "",
            *sorted({each.covers for each in figures}),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
