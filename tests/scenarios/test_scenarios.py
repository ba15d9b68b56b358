"""What a person sees: files, commands and their output, written down in Markdown and run as they stand.

A scenario starts in a copy of `tests/scenarios/small`, a handbook of a few records. A fence with a
title writes that file; a fence `console` holds commands with `$` and what they print; a line `[1]`
after the output is an exit status that is not 0. `pytest --update` rewrites the output.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook import cli

HERE = Path(__file__).parent
FENCE = re.compile(r"```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)```", re.DOTALL)
SCENARIOS = sorted(HERE.glob("*.md"))


def run(line: str) -> str:
    """Run one command line and return what it prints, with its exit status where that is not 0."""
    program, *arguments = shlex.split(line)
    if program == "rm":
        Path(arguments[0]).unlink()
        return ""
    if program == "cat":
        return Path(arguments[0]).read_text()
    assert program == "handbook", f"a scenario cannot run {program}"
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            status = cli.run(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
    return output.getvalue() + (f"[{status}]\n" if status else "")


def played(scenario: str) -> Iterator[str]:
    """Yield the scenario's text again, with the output that its commands print now."""
    end = 0
    for fence in FENCE.finditer(scenario):
        kind, path, body = fence.groups()
        yield scenario[end : fence.start()]
        end = fence.end()
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(body)
        if kind != "console":
            yield fence[0]
            continue
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        yield "```console\n" + "".join(f"{line}\n{run(line[2:])}" for line in commands) + "```"
    yield scenario[end:]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_prints_what_it_says(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    folder = tmp_path / "handbook"
    shutil.copytree(HERE / "small", folder)
    monkeypatch.chdir(folder)
    expected = path.read_text()
    actual = "".join(played(expected)).replace(str(tmp_path), "…")
    if request.config.getoption("--update"):
        path.write_text(actual)
    assert actual == path.read_text()
    assert os.listdir(tmp_path) == ["handbook"]
