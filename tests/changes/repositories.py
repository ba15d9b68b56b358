"""Git repositories made for a test: every commit has its message, its day and its files."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Repository:
    """A repository in a folder, driven as a person would drive it."""

    def __init__(self, folder: Path, *, handbook: str = ".") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.root = folder / handbook
        self.day = 0
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, **environment: str) -> str:
        day = f"2026-10-{5 + self.day:02}T12:00:00Z"
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, **environment}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env={**os.environ, **dates}, capture_output=True, check=True
        )
        return done.stdout.decode(errors="replace").strip()

    def write(self, files: Mapping[str, Any]) -> None:
        for path, data in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(data if isinstance(data, str) else json.dumps(data, indent=1), encoding="utf-8")

    def commit(self, message: str, files: Mapping[str, Any] | None = None, *, tag: str = "") -> str:
        """Write files, commit everything and return the commit's id. Each commit is a day later."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message", message)
        self.day += 1
        if tag:
            self.git("tag", tag)
        return self.git("rev-parse", "HEAD")
