"""Checking again whenever a file changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

from handbook.errors import CLEAN, UserError

_PAUSE = 0.5  #: seconds between two looks


def watch(root: str, check: Callable[[], int]) -> int:
    """Run a check now and after each change, until somebody presses Ctrl+C."""
    seen: dict[str, int] | None = None
    try:
        while True:
            now = dict(_files(root))
            if now != seen:
                seen = now
                _clear()
                try:
                    check()
                except UserError as error:
                    sys.stderr.write(f"handbook: {error.message}\n")
                sys.stderr.write("Waiting for a change; Ctrl+C ends it\n")
            time.sleep(_PAUSE)
    except KeyboardInterrupt:
        return CLEAN


def _clear() -> None:
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")


def _files(folder: str) -> Iterator[tuple[str, int]]:
    """Yield what a check may look at, with the time of its last change."""
    for entry in os.scandir(folder):
        if entry.name.startswith(".") or entry.name in ("site", "build", "node_modules"):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif entry.name.endswith((".md", ".yaml", ".yml", ".toml")):
            yield entry.path, entry.stat(follow_symlinks=False).st_mtime_ns
