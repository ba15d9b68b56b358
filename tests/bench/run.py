"""Measures the check beside its peers, prints a table and writes build/bench.json: `python tests/bench/run.py`.

Each figure stands for medians of runs that took turns on the same machine, so that what else the machine does
weighs on all of them. The exit status is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench import hostile, rows, table  # noqa: E402 - the line above makes them importable
from tests.bench.figure import Figure, Part, Result  # noqa: E402
from tests.bench.place import Place, keep_bytecode  # noqa: E402

#: the rows by the name for --only, in the order in which they run: a repository comes last, it changes what tools see
ROWS = {
    "start-up": rows.start_up,
    "hostile": hostile.rows,
    "cold-cpu": rows.cold_cpu,
    "cold-wall": rows.cold_wall,
    "memory": rows.memory,
    "warm": rows.warm,
    "staged": rows.staged,
}
PAGE = ROOT / "docs/explanation/speed.md"


def main() -> int:
    """Measure what the command line asks for, and report."""
    options = _parser().parse_args()
    if options.write and options.only:
        raise SystemExit("--write needs every row; leave --only out")
    results, parts = _measured(
        options.only or list(ROWS), 1000 if options.quick else options.records, options.runs
    )
    print(table.text(results, parts))
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    (build / "bench.json").write_text(table.encoded(results, parts))
    if options.write:
        table.write(PAGE, results, parts)
    return 0 if all(each.holds for each in results if isinstance(each, Figure)) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure the check beside other tools.")
    parser.add_argument(
        "--records",
        type=int,
        default=10_000,
        metavar="N",
        help="records, and as many pages (default: %(default)s)",
    )
    parser.add_argument(
        "--quick", action="store_true", help="measure with 1,000 records: a minute instead of many"
    )
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="turns that each tool has (default: %(default)s)"
    )
    parser.add_argument(
        "--only", action="append", choices=ROWS, metavar="ROW", help=f"measure only {', '.join(ROWS)}"
    )
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)} too"
    )
    return parser


def _measured(names: list[str], records: int, runs: int) -> tuple[list[Result], list[Part]]:
    results: list[Result] = []
    parts: dict[str, Part] = {}
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as temporary:
        place = Place(Path(temporary), records)
        keep_bytecode(place.temporary / "bytecode")
        for name, row in ROWS.items():
            for found in row(place, runs) if name in names else ():
                if isinstance(found, Part):
                    parts.setdefault(found.peer.name, found)
                else:
                    results.append(found)
    return results, list(parts.values())


if __name__ == "__main__":
    sys.exit(main())
