"""What is imported when, and what that costs: a hook's start-up is felt at every commit."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from tests.check.clones import Clone

#: what `--version` can do without
HEAVY = {"argparse", "yaml", "jsonschema", "jsonschema_rs", "git", "mkdocs", "jinja2", "dataclasses"}
#: what a check can do without while nothing is wrong
HEAVIER = {"git", "mkdocs", "jinja2", "jsonschema", "referencing", "ruamel"}

#: what a commit hook can do without: each of these takes as long as starting Python, or half of it
HOOK_HEAVY = {"argparse", "dataclasses", "inspect", "jsonschema_rs", "subprocess", "tomllib", "typing"}


def imported(root: Path, *arguments: str) -> tuple[set[str], int]:
    """Run the command line in a fresh interpreter; return the modules it imported at their top, and its status."""
    program = (
        "import sys\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "from handbook.__main__ import main\n"
        "status = main()\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    return set(done.stderr.split()), done.returncode


def test_the_version_imports_nothing_heavy(root: Path) -> None:
    modules, status = imported(root, "--version")
    assert (modules & HEAVY, status) == (set(), 0)
    assert "handbook" in modules


def test_a_check_of_this_repository_imports_only_what_it_needs(root: Path) -> None:
    modules, status = imported(root, "check", "--today", "2026-12-31", "--no-cache")
    assert (modules & HEAVIER, status) == (set(), 0)
    assert {"yaml", "jsonschema_rs"} <= modules


def test_a_check_of_a_change_imports_only_what_one_file_needs(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    assert clone.check() == []
    clone.change("processes/release/check.yaml", "summary: Check it.", "summary: Check all of it.")
    clone.git("add", "--all")
    modules, status = imported(tmp_path, "check", "--staged")
    assert (modules & (HEAVIER | HOOK_HEAVY), status) == (set(), 0)
    assert "sqlite3" in modules


def test_a_check_after_which_nothing_changed_reads_no_file(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    assert clone.check() == []
    clone.age()
    assert clone.check() == []
    modules, status = imported(tmp_path, "check")
    assert (modules & (HEAVIER | HOOK_HEAVY | {"yaml"}), status) == (set(), 0)


def test_a_check_that_finds_something_imports_what_explains_it(tmp_path: Path) -> None:
    (tmp_path / "processes/catalog").mkdir(parents=True)
    (tmp_path / "processes/catalog/roles.yaml").write_text("lead: {}\n")
    modules, status = imported(tmp_path, "check", "--today", "2026-11-24")
    assert (modules & HEAVIER, status) == ({"jsonschema", "referencing"}, 1)


def script() -> str:
    path = os.path.join(sysconfig.get_path("scripts"), "handbook")
    if not os.path.exists(path):
        pytest.skip("the console script is not installed beside this Python")
    return path


def spent(command: list[str], cwd: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def test_the_version_costs_at_most_twice_an_empty_program(root: Path) -> None:
    """The least of interleaved runs: other work on the machine can only add to one. Up to four rounds decide."""
    ours, empty = [script(), "--version"], [sys.executable, "-c", "pass"]
    mine, bare = [], []
    for _ in range(4):
        for _ in range(15):
            mine.append(spent(ours, root))
            bare.append(spent(empty, root))
        if min(mine) <= 2 * min(bare):
            break
    assert min(mine) <= 2 * min(bare)
