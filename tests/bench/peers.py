"""How other tools get onto this machine: from the registries, in the versions of a table, into a cache of the user.

Nothing is installed into the repository or its environment. What cannot be installed says why.
"""

from __future__ import annotations

import getpass
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Commands, progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another tool: what it is installed from, what of our work it does, and how it is called on a handbook."""

    name: str
    packages: tuple[str, ...]
    covers: str
    call: Callable[[Path, Path], Commands]  #: its home and the handbook -> what to run in the handbook
    npm: bool = False

    @property
    def home(self) -> Path:
        """The folder that it is installed in; another version has another one."""
        name = "+".join(self.packages).replace("==", "-").replace("/", "-")
        return Path(tempfile.gettempdir(), f"handbook-bench-{getpass.getuser()}", name)

    def install(self) -> str:
        """Install it where it is not yet, and return why that cannot be done; empty where it can."""
        done = self.home / "installed"
        if done.exists():
            return ""
        progress(f"installing {self.name}")
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True, mode=0o700)
        why = _failure(_npm(self) if self.npm else _pip(self))
        if not why:
            done.touch()
        progress("")
        return why

    def commands(self, folder: Path) -> Commands:
        """Return what checks the handbook in a folder."""
        return self.call(self.home, folder)


def program(home: Path, name: str) -> str:
    """Return the path of an installed program."""
    places = (home / "bin", home / "node_modules/.bin")
    return str(next((place / name for place in places if (place / name).exists()), home / name))


def _pip(peer: Peer) -> Commands:
    python = peer.home / "bin/python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    return [
        [sys.executable, "-m", "venv", "--without-pip", str(peer.home)],
        [*pip, "install", *peer.packages],
    ]


def _npm(peer: Peer) -> Commands:
    npm = shutil.which("npm") or "npm"
    quiet = ["--loglevel=error", "--no-audit", "--no-fund"]
    return [[npm, "install", *quiet, "--prefix", str(peer.home), *peer.packages]]


def _failure(commands: Commands) -> str:
    """Run commands until one fails, and return its last words."""
    for command in commands:
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError as error:
            return f"{command[0]}: {(error.strerror or str(error)).lower()}"
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip() and "complete log" not in line]
            return said[-1] if said else f"{command[0]} failed"
    return ""
