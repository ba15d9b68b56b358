"""What is kept between runs in git's own folder, which no proposal can put anything into. It is data, never code.

It is thrown away whenever the engine that made it is another one, and done without where it cannot be written.
"""

from __future__ import annotations

import contextlib
import json
import os

from handbook import __version__
from handbook.git.repository import Repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FOLDER = "handbook"


def load(repository: Repository, name: str) -> dict[str, Any]:
    """Return what was kept under a name; nothing where there is none, or it cannot be used."""
    try:
        with open(_path(repository, name), encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and found.get("made_by") == _engine() else {}


def save(repository: Repository, name: str, data: dict[str, Any]) -> None:
    """Keep something under a name."""
    from handbook import files

    path = _path(repository, name)
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        files.write(path, json.dumps({"made_by": _engine(), **data}), within=repository.folder)


def _path(repository: Repository, name: str) -> str:
    return os.path.join(repository.folder, _FOLDER, f"{name}.json")


def _engine() -> str:
    """Return what the engine is: its version, and in a checkout when its files last changed, for they do under one version."""
    from handbook.schema.files import folder

    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if folder().startswith(here):
        return __version__
    places = (folder(), *(place for place, _, _ in os.walk(here) if not place.endswith("__pycache__")))
    newest = max(
        entry.stat().st_mtime_ns for place in places for entry in os.scandir(place) if entry.is_file()
    )
    return f"{__version__} {newest}"
