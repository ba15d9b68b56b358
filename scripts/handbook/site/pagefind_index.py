"""The index of Pagefind: made from the pages of a built site, and put beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING

from handbook.site.pagefind import LEFT_OUT, NAME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

FOLDER = "pagefind"  #: where it is, below the site
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
    return before or Index(once=serving)


class Index:
    """The index of one site. While somebody writes, it is made once: then it knows the pages as they were at the beginning."""

    def __init__(self, *, once: bool) -> None:
        self._kept: dict[str, bytes] | None = {} if once else None

    def add(self, site: str) -> None:
        """Put the index into a site.

        Raises:
            PluginError: Pagefind could not make it.
        """
        out = os.path.join(site, FOLDER)
        if not self._kept:
            shutil.rmtree(out, ignore_errors=True)
            _make(site, out)
        if self._kept is not None:
            self._keep(out)

    def _keep(self, out: str) -> None:
        """Remember the index, or write what is remembered."""
        assert self._kept is not None
        for folder, _, names in os.walk(out) if not self._kept else ():
            for name in names:
                with open(path := os.path.join(folder, name), "rb") as file:
                    self._kept[os.path.relpath(path, out)] = file.read()
        for path, content in self._kept.items():
            os.makedirs(os.path.dirname(os.path.join(out, path)), exist_ok=True)
            with open(os.path.join(out, path), "wb") as file:
                file.write(content)


def _make(site: str, out: str) -> None:
    done = subprocess.run(
        [_program(), "--site", site, "--output-path", out, "--exclude-selectors", ", ".join(LEFT_OUT), "--silent"],
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise _error(f"Pagefind could not index the site: {said}")
    for name in _UNUSED:
        if os.path.exists(path := os.path.join(out, name)):
            os.remove(path)


def _program() -> str:
    if find_spec("pagefind"):
        from pagefind.service import get_executable

        if program := get_executable():
            return str(program)
    raise _error(f"{_MISSING}: {_REMEDY}")


def _error(said: str) -> Exception:
    """Return what MkDocs tells without a traceback."""
    from mkdocs.exceptions import PluginError

    return PluginError(said)
