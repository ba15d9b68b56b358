"""Builds a site twice in one process, as `mkdocs serve` does: `python share.py FOLDER OUT`.

It writes three numbers into OUT, in seconds of CPU: what making our pages took of the first build, the first build,
and a second one after an edit of a record.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from handbook.site.mkdocs import HandbookPlugin

_ADDRESS = "http://127.0.0.1:8000/"


def cpu() -> float:
    """Seconds of CPU of this process and of those that it has waited for."""
    return sum(os.times()[:4])


class Watch:
    """Adds up what calls of a method take."""

    def __init__(self, method: Any) -> None:
        self.method = method
        self.took = 0.0

    def __call__(self, *arguments: Any, **named: Any) -> Files:
        begun = cpu()
        try:
            found: Files = self.method(*arguments, **named)
            return found
        finally:
            self.took += cpu() - begun


def _built(folder: Path, *, first: bool = False) -> float:
    begun = cpu()
    config = load_config(str(folder / "mkdocs.yml"))
    if first:
        config.plugins.on_startup(command="serve", dirty=False)
    config.site_url = _ADDRESS
    build(config, serve_url=_ADDRESS)
    return cpu() - begun


def main() -> None:
    """Build and write what it took."""
    logging.getLogger("mkdocs").setLevel(logging.INFO)  # as the command does: what is not heard is not kept
    folder, out = map(Path, sys.argv[1:])
    watch = Watch(HandbookPlugin.on_files)
    HandbookPlugin.on_files = lambda *arguments, **named: watch(*arguments, **named)  # type: ignore[method-assign]
    cold = _built(folder, first=True)
    made = watch.took
    record = min(folder.glob("processes/release/*.yaml"))
    record.write_text(record.read_text().replace("\nsummary: ", "\nsummary: Now edited. ", 1))
    out.write_text(f"{made} {cold} {_built(folder)}\n")


main()
