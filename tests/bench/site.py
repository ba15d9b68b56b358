"""Measures the building of the site beside Material for MkDocs alone, and prints a table: `python tests/bench/site.py`.

Both build the same site from the same generated handbook: one with the plugin from the records, the other from the
pages that `handbook pages` wrote before, without the plugin. The exit status is 1 where a goal is missed. The page
with the figures says what was hoped for at first, and why some goals are others now.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from handbook.several import processors  # noqa: E402
from tests.bench import generate, table, whole  # noqa: E402 - the line above makes them importable
from tests.bench.figure import Figure, Result, Skipped, seconds  # noqa: E402
from tests.bench.measure import Command, Cost, Rival, in_turns, once, progress  # noqa: E402
from tests.bench.place import forget, handbook  # noqa: E402
from tests.bench.shown import shown  # noqa: E402

PAGE = ROOT / "docs/explanation/speed-of-the-site.md"
_SHARE = str(Path(__file__).with_name("share.py"))
_SMALL, _LARGE = 200, 1990  #: records that make about 1,000 and 5,000 pages

_SITE = """\
site_name: Generated handbook
theme:
  name: material
  font: false
  features: [navigation.footer, navigation.indexes, navigation.prune, navigation.tabs, navigation.top, toc.follow]
plugins: [search, handbook]
nav:
  - Home: index.md
  - Processes: processes/
  - Launches: [launches/, Templates: launch-templates/]
  - Onboarding: onboarding/
  - Roles and teams: [Roles: roles/, Teams: teams/]
  - Catalogue: [Tools: tools/, Metrics: metrics/, Artifacts: artifacts/, Glossary: terms/, Calendars: calendars/]
  - Guides: [GUIDES]
  - Rules: reference/rules/
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.tasklist: {custom_checkbox: true}
"""
_PLAIN = "INHERIT: build/pages/.mkdocs.yml\ndocs_dir: build/pages\nsite_dir: build/plain\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A generated handbook, and the pages written from it."""

    folder: Path
    pages: int

    @property
    def record(self) -> Path:
        """The record that is edited."""
        return min(self.folder.glob("processes/release/*.yaml"))

    def edit(self, times: int) -> None:
        """Change a sentence in one record."""
        file = self.record
        text = re.sub(
            r"\nsummary: (Edited \d+ times. )?",
            f"\nsummary: Edited {times} times. ",
            file.read_text(),
            count=1,
        )
        file.write_text(text)


def _place(temporary: Path, records: int) -> Place:
    progress(f"writing a handbook of {records:,} records and its pages")
    folder = temporary / f"handbook-{records}"
    generate.write(str(folder), generate.handbook(records, date.today()))
    guides = sorted(path.name for path in (folder / "docs/guides").iterdir())
    named = ", ".join(f"{name}: guides/{name}/" for name in guides)
    (folder / "mkdocs.yml").write_text(_SITE.replace("GUIDES", named))
    (folder / "plain.yml").write_text(_PLAIN)
    once(handbook("pages", "--root", str(folder), "--out", str(folder / "build/pages")), folder)
    return Place(folder, sum(1 for _ in (folder / "build/pages").rglob("*.md")))


def _build(settings: str) -> Command:
    return [sys.executable, "-m", "mkdocs", "build", "--config-file", settings]


def small(temporary: Path, runs: int) -> Iterator[Result]:
    """About 1,000 pages: nothing known, and one edit after a build."""
    place = _place(temporary, _SMALL)
    edits = iter(range(10_000))
    rivals = {
        "cold": Rival([_build("mkdocs.yml")], lambda: forget(place.folder)),
        "warm": Rival([_build("mkdocs.yml")], lambda: place.edit(next(edits))),
        "plain": Rival([_build("plain.yml")]),
    }
    took = in_turns(rivals, place.folder, runs)
    yield from _cold(place, took, cpu=1, wall=0.85)
    yield _against(f"{place.pages:,} pages, one record edited", took["warm"], took["plain"], 0.35)
    yield from _inside(place, lambda: place.edit(next(edits)))
    name = f"{place.pages:,} pages: from saving a record until a browser shows it, in `mkdocs serve`"
    yield shown(name, place.folder, place.edit, f"processes/{place.record.stem}/")


def _inside(place: Place, edit: Callable[[], None]) -> Iterator[Result]:
    """Yield what our pages take of a build, and how long the second build of `mkdocs serve` takes."""
    forget(place.folder)
    out = place.folder / "build/share.txt"
    edit()
    once([sys.executable, _SHARE, str(place.folder), str(out)], place.folder)
    made, cold, again = map(float, out.read_text().split())
    yield Figure(
        name=f"{place.pages:,} pages: reading records, checking them and making pages, of a build with nothing known",
        value=100 * made / cold, unit="%", goal=13, ours=f"{seconds(made)} of {seconds(cold)} CPU",
    )  # fmt: skip
    yield Figure(
        name=f"{place.pages:,} pages: building again in `mkdocs serve` after an edit of one record",
        value=again, unit="s", goal=1.5, ours=f"{seconds(again)} CPU",
    )  # fmt: skip


def large(temporary: Path, runs: int) -> Iterator[Result]:
    """About 5,000 pages, nothing known. One run: a build takes minutes."""
    place = _place(temporary, _LARGE)
    rivals = {
        "cold": Rival([_build("mkdocs.yml")], lambda: forget(place.folder)),
        "plain": Rival([_build("plain.yml")]),
    }
    took = in_turns(rivals, place.folder, max(1, runs // 3))
    yield from _cold(place, took, cpu=1, wall=0.6)
    yield _memory(place)
    shutil.rmtree(place.folder)


def _cold(place: Place, took: Mapping[str, Cost], *, cpu: float, wall: float) -> Iterator[Result]:
    """Yield what a build with nothing known takes of the processors, and of the time of who waits for it."""
    ours, plain = took["cold"], took["plain"]
    yield _against(f"{place.pages:,} pages, nothing known", ours, plain, cpu)
    yield Figure(
        name=f"{place.pages:,} pages, nothing known, by the clock, on {processors()} processors",
        value=ours.wall / plain.wall, unit="x", goal=wall, ours=f"{seconds(ours.wall)} wall",
        beside=f"mkdocs-material: {seconds(plain.wall)} wall",
    )  # fmt: skip


def _memory(place: Place) -> Result:
    """Return the memory of all processes of a build together, with nothing known."""
    name = f"{place.pages:,} pages, nothing known, memory of all processes together"
    if not whole.can_measure():
        return Skipped(name, "this system does not tell how much memory processes share")
    forget(place.folder)
    ours, plain = (whole.peak(_build(settings), place.folder) for settings in ("mkdocs.yml", "plain.yml"))
    return Figure(
        name=name, value=ours, unit="MiB", goal=420, ours=f"{ours:.0f} MiB", beside=f"mkdocs-material: {plain:.0f} MiB"
    )  # fmt: skip


def _against(name: str, ours: Cost, plain: Cost, goal: float) -> Figure:
    return Figure(
        name=name, value=ours.cpu / plain.cpu, unit="x", goal=goal, ours=_said(ours), beside=f"mkdocs-material: {_said(plain)}"
    )  # fmt: skip


def _said(cost: Cost) -> str:
    return f"{seconds(cost.cpu)} CPU, {seconds(cost.wall)} wall, {cost.peak:.0f} MiB"


ROWS: dict[str, Callable[[Path, int], Iterator[Result]]] = {"small": small, "large": large}


def main() -> int:
    """Measure what the command line asks for, and report."""
    parser = argparse.ArgumentParser(description="Measure the building of the site.")
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="turns that each has (default: %(default)s)"
    )
    parser.add_argument("--only", choices=ROWS, metavar="ROW", help=f"measure only {', '.join(ROWS)}")
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)} too"
    )
    options = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as temporary:
        for name, row in ROWS.items():
            if options.only in (None, name):
                results += row(Path(temporary), options.runs)
    print(table.text(results, []))
    if options.write:
        table.write(PAGE, results, [], "The handbook")
    return 0 if all(each.holds for each in results if isinstance(each, Figure)) else 1


if __name__ == "__main__":
    sys.exit(main())
