"""Handbooks of any size that look like real ones: `python tests/bench/generate.py FOLDER RECORDS`.

The same number always makes the same files: so many records and as many pages, a catalogue that grows with
them, and what a handbook has besides. Nothing in them is wrong on their day. With `--mistakes`
there is one mistake of each rule (see `mistakes`).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from tests.bench import catalogue, launches, onboarding, pages, processes

_SETTINGS = "\n".join(
    [
        "[handbook]",
        'title = "Generated handbook"',
        "",
        "[areas]",
        *(f'{area} = "{area.capitalize()}"' for area in processes.AREAS),
        "",
    ]
)
_SITE = """\
site_name: Generated handbook
theme:
  name: material
plugins:
  - search
  - handbook
nav:
  - Home: index.md
  - Processes: processes/
  - Launches: launches/
  - Onboarding: onboarding/
  - Roles: roles/
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - tables
  - pymdownx.details
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tasklist
  - toc:
      permalink: true
"""
_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>\n'


def handbook(records: int, today: date = catalogue.TODAY) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file of a handbook of so many records and as many pages."""
    made_from = catalogue.Catalogue.of(records, today)
    yield "handbook.toml", _SETTINGS
    yield "mkdocs.yml", _SITE
    yield from ((f"docs/assets/flow-{n}.svg", _IMAGE) for n in range(pages.IMAGES))
    yield "docs/index.md", pages.home(records, made_from.at("team", 0))
    yield from catalogue.files(made_from, random.Random(f"catalogue-{records}"))
    yield from _records(made_from, records)
    names = [processes.identity(number)[0] for number in range(_kinds(records)["process"])]
    for number in range(records):
        chance = random.Random(f"page-{records}-{number}")
        yield f"docs/{pages.path(number)}", pages.page(chance, number, records, names, made_from)


def _kinds(records: int) -> dict[str, int]:
    """How many records of each kind there are: mostly processes, 2 % templates, 1 % launches, a path for each role."""
    roles = len(catalogue.Catalogue.of(records).ids["role"])
    counts = {"template": records // 50, "launch": records // 100, "path": min(roles, records // 3)}
    return {"process": records - sum(counts.values()), **counts}


def _records(made_from: catalogue.Catalogue, records: int) -> Iterator[tuple[str, str]]:
    counts = _kinds(records)
    one: dict[str, Callable[[random.Random, int], tuple[str, str]]] = {
        "process": lambda chance, number: (
            processes.path(number),
            processes.record(
                chance, number, made_from, [pages.link(chance.randrange(records)) for _ in range(2)]
            ),
        ),
        "template": lambda chance, number: (
            f"processes/launches/templates/{launches.identity(number, 'template')[0]}.yaml",
            launches.template(chance, number, made_from, pages.link(chance.randrange(records))),
        ),
        "launch": lambda chance, number: (
            f"processes/launches/plans/{launches.identity(number, 'launch')[0]}.yaml",
            launches.launch(chance, number, number % counts["template"], made_from),
        ),
        "path": lambda chance, number: (
            f"processes/onboarding/{made_from.at('role', number)}.yaml",
            onboarding.record(
                chance,
                made_from.at("role", number),
                made_from,
                processes.duties(number, counts["process"], made_from),
                pages.link(number),
            ),
        ),
    }
    for kind, count in counts.items():
        for number in range(count):
            yield one[kind](random.Random(f"{kind}-{records}-{number}"), number)


def write(folder: str, files: Iterable[tuple[str, str]]) -> int:
    """Write files into a folder and return their number."""
    count = 0
    for path, text in files:
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        count += 1
    return count


def main() -> int:
    """Write the handbook that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a handbook that looks like a real one.")
    parser.add_argument("folder", metavar="FOLDER", help="where to write it")
    parser.add_argument("records", metavar="RECORDS", type=int, help="how many records, and how many pages")
    parser.add_argument("--mistakes", action="store_true", help="plant one mistake of each rule in it")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=catalogue.TODAY,
        metavar="DATE",
        help="its day (default: %(default)s)",
    )
    arguments = parser.parse_args()
    files = handbook(arguments.records, arguments.today)
    if arguments.mistakes:
        # It imports every rule, which nothing else here needs.
        from tests.bench import mistakes

        planted = mistakes.plant(dict(files))
        files = iter(planted.files.items())
        for path, line, severity, rule in sorted(planted.expected):
            print(f"{path}:{line} {severity} {rule}")
    print(f"{arguments.folder}: {write(arguments.folder, files)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
