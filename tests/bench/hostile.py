"""Files that are made to hurt: how long it takes until one is refused with a clear error."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from handbook.errors import FINDINGS
from tests.bench import generate
from tests.bench.figure import Figure, Result, Skipped, seconds
from tests.bench.measure import Rival, in_turns
from tests.bench.place import Place, check, forget
from tests.bench.rows import Found

_PROCESS = """\
title: Example
summary: An example.
status: active
owner: product
purpose: To show it.
trigger: {event: Something happens}
outcome: Something
accountable: lead
steps: [{id: a, title: Begin, responsible: lead}]
"""
_CATALOGUE = {
    "handbook.toml": "",
    "processes/catalog/roles.yaml": "lead: {title: Lead, summary: A role.}\n",
    "processes/catalog/teams.yaml": "product: {title: Product, summary: A team.}\n",
}
_PATH = "processes/release/hostile.yaml"
_MEBIBYTE = 1024 * 1024
_BOMB = "x-a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"x-{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

#: what is done -> the file
FILES = {
    "nesting of 1,000,000 levels": "x-deep: " + "[" * 1_000_000,
    "alias bomb of 9 levels": _PROCESS + _BOMB,
    "line of 1 MiB": "title: " + "a" * (_MEBIBYTE - len(_PROCESS)) + _PROCESS.removeprefix("title: Example"),
    "number of 5,000 digits": f"{_PROCESS}volume: {{per: quarter, count: {'9' * 5000}}}\n",
}


def rows(place: Place, runs: int) -> Found:
    """Each hostile file in a handbook of its own."""
    for number, (name, text) in enumerate(FILES.items()):
        folder = place.temporary / f"hostile-{number}"
        generate.write(str(folder), {**_CATALOGUE, _PATH: text}.items())
        yield _row(f"hostile file: {name}", folder, runs)


def _row(name: str, folder: Path, runs: int) -> Result:
    rules = _found(folder)
    if not rules:
        return Skipped(name, "no clear error: the check ends without a finding in the file")
    rival = Rival([check()], lambda: forget(folder), status=FINDINGS)
    took = in_turns({name: rival}, folder, 2 * runs)[name]
    return Figure(
        name=name, value=took.wall, unit="s", goal=0.5, ours=f"{seconds(took.wall)}: {', '.join(rules)}"
    )


def _found(folder: Path) -> list[str]:
    """The rules that the file breaks, or nothing where the check does not end as it should."""
    done = subprocess.run(check("--format", "json"), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != FINDINGS:
        return []
    findings = json.loads(done.stdout)["findings"]
    return sorted({finding["rule"] for finding in findings if finding["path"] == _PATH})
