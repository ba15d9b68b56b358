"""Opening a check on disk: the index that lasts, and the settings, which are remembered as long as nobody changes them."""

from __future__ import annotations

import os

from handbook import __version__
from handbook.check.index import Index
from handbook.check.run import Run
from handbook.check.store import MEMORY
from handbook.check.sync import content_id
from handbook.finding import Fault
from handbook.frozen import Frozen
from handbook.settings import Settings, from_plain, to_plain
from handbook.sources import SETTINGS, Sources
from handbook.text import json
from handbook.workspace import settings_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Result = TypeVar("Result")

_FOLDER = os.path.join(".cache", "handbook")
#: packages that decide what is found; in a checkout they change under one version
_FINDING = ("", "check", "model", "plan", "rules", "schema", "text")
#: settings that decide how findings are shown, and not what is found
_SHOWING = frozenset(("title", "repository", "levels", "path_levels", "fail_on"))


class Session(Frozen):
    """A check that is about to begin. `faults` are what is wrong with the settings; what is right about them holds."""

    index: Index
    settings: Settings
    faults: tuple[Fault, ...]

    def run(self, sources: Sources) -> Run:
        """Return the check of some sources."""
        return Run(self.index, sources, self.settings)


def in_session(root: str, work: Callable[[Session], Result], *, remember: bool = True) -> Result:
    """Return what some work finds in a session. Where the index turns out to be damaged, the work begins anew without one.

    Raises:
        UserError: the settings cannot be read.
    """
    from sqlite3 import DatabaseError

    session = _opened(root, remember=remember)
    try:
        with session.index:
            return work(session)
    except DatabaseError:  # in a place that was read late
        session.index.remove()
        return work(_opened(root, remember=False))


def _opened(root: str, *, remember: bool = True) -> Session:
    """Return a session on the handbook in a folder. Without `remember` nothing lasts beyond the run.

    Raises:
        UserError: the settings cannot be read.
    """
    index = Index(place(root) if remember else MEMORY, _engine())
    settings, faults = _settings(index, settings_source(root))
    index.is_about(
        json.dumps({key: value for key, value in to_plain(settings).items() if key not in _SHOWING})
    )
    return Session(index, settings, faults)


def place(root: str, name: str = "index.sqlite") -> str:
    """Return where something that a handbook's runs remember is: in a folder that git leaves out by itself."""
    folder = os.path.join(root, _FOLDER)
    index = os.path.join(folder, name)
    if any(
        os.path.islink(path)
        for path in (
            os.path.dirname(folder),
            folder,
            index,
            *(f"{index}-{each}" for each in ("journal", "wal", "shm")),
        )
    ):
        return MEMORY  # whoever put a link there does not want an index, but to have another file overwritten
    try:
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if not os.path.exists(ignore):
            with open(ignore, "w", encoding="ascii") as file:
                file.write("*\n")
    except OSError:
        return MEMORY
    return index


def _settings(index: Index, source: bytes | None) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings. Reading TOML takes longer than a check that finds nothing, so they are remembered."""
    if source is None:
        return Settings(), ()
    known = json.loads(index.get("settings") or "{}")
    if known.get("content") == content_id(source):
        return from_plain(known["settings"]), ()
    from handbook.check import read_settings

    settings, faults = read_settings({SETTINGS: source})
    kept = None if faults else json.dumps({"content": content_id(source), "settings": to_plain(settings)})
    index.put("settings", kept)
    return settings, faults


def _engine() -> str:
    """Return what the engine is: its version, and in a checkout the state of its files."""
    from handbook.schema.files import folder

    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if folder().startswith(here):
        return __version__  # installed: its files never change under one version
    places = (*(os.path.join(here, part) for part in _FINDING), folder())
    newest = max((each.stat().st_mtime_ns for path in places for each in os.scandir(path)), default=0)
    return f"{__version__} {newest}"
