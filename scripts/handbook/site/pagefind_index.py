"""The index of Pagefind: made from the pages of a built site, and put beside them."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from handbook.site.pagefind import LEFT_OUT, NAME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

FOLDER = "pagefind"  #: where it is, below the site
_COMING = f".{FOLDER}"  #: where one is made beside the work, below the site
_ENTRY = "pagefind-entry.json"  #: the file that names the others
#: what Pagefind brings beside the index: boxes to type in and other helps, of which we have our own
_UNUSED = (
    "pagefind-component-ui.css",
    "pagefind-component-ui.js",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
)
_MISSING = "the site is to be searched with Pagefind, which is not installed"
_REMEDY = (
    'install it with pip install "process-handbook[search]", or write search = "material" in handbook.toml'
)


def prepared(search: str, config: MkDocsConfig, before: Index | None, *, serving: bool) -> Index | None:
    """Return the index of a site that is searched with Pagefind, and let the search of the theme rest. `before` is that of the last build.

    Raises:
        PluginError: there is no Pagefind.
    """
    if search != NAME:
        return None
    _program()
    if (plugin := config.plugins.get("material/search")) is not None:
        plugin.config["enabled"] = False
    return before or Index(serving=serving)


class Index:
    """The index of one site.

    While somebody writes, builds follow each other, and none of them waits for the search. The first index is made at
    once, and each later one after its build, with what the processor has left. Until it is there the one before is used.
    A build that comes meanwhile ends it and begins another: there is never more than one.
    """

    def __init__(self, *, serving: bool) -> None:
        self._serving = serving
        self._kept: Mapping[str, bytes] = {}
        self._running: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def add(self, site: str) -> None:
        """Put the index into a site.

        Raises:
            PluginError: Pagefind could not make it.
        """
        if self._kept:
            self._renew(site)
            return
        out = os.path.join(site, FOLDER)
        if (said := _end(_begin(site, out))) is not None:
            raise _error(said)
        _remove(os.path.join(out, name) for name in _UNUSED)
        self._kept = _read(out) if self._serving else {}

    def rest(self) -> None:
        """End the work on an index that nobody waits for."""
        with self._lock:
            run, self._running = self._running, None
        if run:
            run.kill()
            run.wait()

    def _renew(self, site: str) -> None:
        self.rest()
        with self._lock:
            if not os.path.exists(os.path.join(site, FOLDER, _ENTRY)):  # the site was emptied
                _write(os.path.join(site, FOLDER), self._kept)
            self._running = run = _begin(site, os.path.join(site, _COMING))
        _give_way(run)
        threading.Thread(target=self._exchange, args=(run, site), daemon=True).start()

    def _exchange(self, run: subprocess.Popen[str], site: str) -> None:
        """Put an index in the place of the one before, once it is there, unless another build has begun one since."""
        said = _end(run)
        with self._lock:
            if self._running is not run:
                return
            self._running = None
            if said is not None:
                _warn(f"{said}; it finds what was there before")
                return
            _remove(os.path.join(site, _COMING, name) for name in _UNUSED)
            coming, out = _read(os.path.join(site, _COMING)), os.path.join(site, FOLDER)
            _write(
                out, {path: content for path, content in coming.items() if self._kept.get(path) != content}
            )
            _remove(os.path.join(out, path) for path in self._kept.keys() - coming.keys())
            self._kept = coming
        shutil.rmtree(os.path.join(site, _COMING), ignore_errors=True)


def _begin(site: str, out: str) -> subprocess.Popen[str]:
    shutil.rmtree(out, ignore_errors=True)
    command = [
        _program(),
        "--site",
        site,
        "--output-path",
        out,
        "--exclude-selectors",
        ", ".join(LEFT_OUT),
        "--silent",
    ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace"
    )  # fmt: skip


def _end(run: subprocess.Popen[str]) -> str | None:
    """Wait until an index is made; return what went wrong."""
    said = run.communicate()[0].strip()
    return f"Pagefind could not index the site: {said}" if run.returncode else None


def _give_way(run: subprocess.Popen[str]) -> None:
    """Let everything else go first, on systems that can be told so."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, run.pid, 19)


def _read(folder: str) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for below, _, names in os.walk(folder):
        for path in (os.path.join(below, name) for name in names):
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def _write(folder: str, files: Mapping[str, bytes]) -> None:
    """Write the files of an index. The one that names the others comes last, and each appears as a whole."""
    for path in sorted(files, key=_ENTRY.__eq__):
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(f"{place}~", "wb") as file:
            file.write(files[path])
        os.replace(f"{place}~", place)


def _remove(paths: Iterable[str]) -> None:
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)


def _program() -> str:
    if find_spec("pagefind"):
        from pagefind.service import get_executable

        if program := get_executable():
            return str(program)
    raise _error(f"{_MISSING}: {_REMEDY}")


def _warn(said: str) -> None:
    from mkdocs.plugins import get_plugin_logger

    get_plugin_logger("handbook").warning(said)


def _error(said: str) -> Exception:
    """Return what MkDocs tells without a traceback."""
    from mkdocs.exceptions import PluginError

    return PluginError(said)
