"""Where the bench works: a temporary folder with a generated handbook, which becomes a repository when that is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from tests.bench import generate
from tests.bench.measure import Command, progress

PASS = [sys.executable, "-c", "pass"]
_PROGRAM = str(Path(sysconfig.get_path("scripts"), "handbook"))


def handbook(*arguments: str) -> Command:
    """Return a command of the engine, as it is installed beside this Python."""
    return [_PROGRAM, *arguments]


def check(*arguments: str) -> Command:
    """Return the command that checks a handbook as people and hooks call it, so it asks what day it is."""
    return handbook("check", *arguments)


@dataclass(frozen=True)
class Place:
    """A folder for one run of the bench, and how large its handbook is."""

    temporary: Path
    records: int

    @cached_property
    def folder(self) -> Path:
        """The generated handbook."""
        folder = self.temporary / "handbook"
        progress(f"writing a handbook of {self.records:,} records")
        generate.write(str(folder), generate.handbook(self.records, date.today()))
        return folder

    @cached_property
    def repository(self) -> Path:
        """The generated handbook as a git repository with one commit."""
        progress("committing the handbook")
        (self.folder / ".gitignore").write_text("/.cache/\n")
        for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Begin"]):
            self.git(*command)
        return self.folder

    @property
    def size(self) -> str:
        """How large the handbook is, in words."""
        return f"{2 * self.records:,} files"

    def git(self, *arguments: str) -> None:
        """Run git in the handbook, without the settings of whoever runs the bench."""
        names = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for who in ("AUTHOR", "COMMITTER"):
            names |= {f"GIT_{who}_NAME": "Bench", f"GIT_{who}_EMAIL": "bench@example.com"}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        subprocess.run(["git", *arguments], cwd=self.folder, env=clean | names, check=True)


def forget(folder: Path) -> None:
    """Take away what the engine remembers of a handbook between runs, so that the next one is cold."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def keep_bytecode(folder: Path) -> None:
    """Let every Python started from here keep compiled modules, as an installed program does, though not in this checkout.

    Where a machine forbids to write them, each run of the check would compile the whole engine.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
