"""What a build of `mkdocs serve` leaves for the next one in the same process: what was read, made and written.

MkDocs empties the folder of the site and writes every page at each build. Here a page that would come out the same
stays as it was written: where its HTML, its title, the navigation, the settings and the templates are what they were.
Where something else may have a hand in pages, such as another plugin, or a template that looks at other pages,
every page is written anew. A build that fails leaves nothing, so the next one is like the first.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import re
import time
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, ChoiceLoader, DictLoader, Environment
from jinja2.bccache import Bucket
from mkdocs.structure.files import InclusionLevel

from handbook import check
from handbook.site.asked import Memory
from handbook.site.cache import key_of
from handbook.site.pages import one_by_one
from handbook.site.shown import Shown

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from handbook.check.loading import Known, Loaded
    from handbook.model.handbook import Handbook
    from handbook.settings import Settings
    from handbook.site.around import Around
    from handbook.site.page import Page as MadePage
    from handbook.sources import Sources

_SAME = "handbook-same.html"  #: the template of a page that is not written again
#: words of templates that look at other pages than the one they show
_WIDE = re.compile(r"\b(?:ancestors|children|files|nav|next_page|pages|parent|plugins|previous_page)\b")
_SETTLING = 2_000_000_000  #: nanoseconds in which a file may change again and look the same
_MOST = 20_000  #: files that were read, with those that have changed since


class Again:
    """What is known from the builds before."""

    def __init__(self) -> None:
        self.recent: dict[str, Any] = {}  #: what the last build had from the cache or put there
        self._memory = Memory()
        self._templates = Templates()
        self._known: Known = {}
        self._about = self._coming = ""
        self._site = ""
        self._written: dict[str, str] = {}
        self._writing: dict[str, str] = {}

    def load(self, sources: Sources, settings: Settings) -> Loaded:
        """Return the handbook, of which only files are read that have changed."""
        if len(self._known) > _MOST:
            self._known.clear()
        return check.load(sources, settings, self._known)

    def pages(self, handbook: Handbook, settings: Settings, around: Around) -> Iterator[MadePage]:
        """Yield the pages of a handbook, of which only those are made that may have changed."""
        self._memory.begin(settings, around, handbook)
        return one_by_one(handbook, settings, around, self._memory.make)

    def begin(self, config: MkDocsConfig, settings: Settings, today: date, *, shared: bool) -> None:
        """Save the site from being emptied if it can be used again. `shared` is whether other plugins work on pages."""
        self._coming = "" if shared else _about(config, settings, today)
        if not self._coming or self._coming != self._about:
            self._written = {}
        self._about = ""  # until this build has ended
        self._site = config.site_dir
        if self._written:
            gc.disable()  # this build is short, and looking through all pages again and again is a good part of it
            config.site_dir = os.path.join(self._site, ".handbook-nowhere")

    def point(self, files: Files, config: MkDocsConfig) -> None:
        """Let files lead into the site again, after MkDocs has emptied what it took for it."""
        if config.site_dir != self._site:
            config.site_dir = self._site
            for file in files:
                file.dest_dir = self._site

    def keep(self, env: Environment, nav: Navigation, features: Container[str], files: Files) -> None:
        """Let what would be written as it is there already stay, and remove what no page is behind any more."""
        env.bytecode_cache = self._templates
        if not self._coming:
            return
        assert env.loader is not None
        env.loader = ChoiceLoader([DictLoader({_SAME: "the same"}), env.loader])
        self._writing = {}
        shown = Shown(nav, features)
        for file in files:
            if file.inclusion is InclusionLevel.EXCLUDED:
                continue
            place = file.abs_dest_path
            self._writing[place] = key = _page(file.page, shown) if file.page else _file(file)
            if key and self._written.get(place) == key and os.path.isfile(place):
                _stay(file)
        for place in self._written.keys() - self._writing.keys():
            _remove(place)

    def end(self) -> None:
        """Remember what is written."""
        self._about, self._written = self._coming, self._writing
        gc.enable()

    def fail(self) -> None:
        """Remember nothing of a build that has not ended well: nobody knows what it has written."""
        self._about, self._written = "", {}
        gc.enable()


class Templates(BytecodeCache):
    """Templates that were compiled, for as long as their texts are the same."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


def stays(page: Page) -> bool:
    """Whether a page is not written again."""
    return page.meta.get("template") == _SAME


def _stay(file: File) -> None:
    if file.page is None:
        file.copy_file = _nothing  # type: ignore[method-assign]
    elif os.path.isabs(os.devnull):  # not on Windows
        file.page.meta["template"] = _SAME
        file.abs_dest_path = os.devnull


def _nothing(dirty: bool = False) -> None:
    pass


def _remove(place: str) -> None:
    with contextlib.suppress(OSError):
        os.remove(place)
        os.removedirs(os.path.dirname(place))


def _page(page: Page, shown: Shown) -> str:
    """Return what decides how a page comes out, beside what all pages have in common."""
    file = page.file
    about = (
        shown.on(page), file.inclusion.name, page.title, page.meta, [*_headings(page.toc)],
        page.url, page.edit_url, page.canonical_url, page.is_homepage,
    )  # fmt: skip
    return key_of(json.dumps(about, default=str), page.content or "")


def _headings(entries: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for entry in entries:
        yield entry.title, entry.id, entry.level
        yield from _headings(entry.children)


def _file(file: File) -> str:
    """Return what is in a file that is no page, or how it looks on disk; nothing where it may change unseen."""
    if file.abs_src_path is None:
        return key_of(file.content_string)
    seen = os.stat(file.abs_src_path)
    settled = time.time_ns() - seen.st_mtime_ns > _SETTLING
    return f"{file.abs_src_path} {seen.st_mtime_ns} {seen.st_size} {seen.st_ino}" if settled else ""


def _about(config: MkDocsConfig, settings: Settings, today: date) -> str:
    """Return what all pages depend on: the day, the settings and the templates. Nothing where that is not all of it."""
    theme = config.theme
    if theme.name != "material" or (
        theme.custom_dir and any(map(_WIDE.search, _overrides(theme.custom_dir)))
    ):
        return ""
    try:
        looks = [look for folder in theme.dirs for look in _looks(folder, folder == theme.custom_dir)]
    except OSError:  # somebody is at work there
        return ""
    plugins = {name: dict(plugin.config) for name, plugin in config.plugins.items()}
    others = {name: value for name, value in config.items() if name not in ("theme", "plugins")}
    own = {name: theme[name] for name in theme}, sorted(theme.static_templates)
    said = json.dumps((today, settings, own, plugins, others), default=repr)
    return key_of(said, *looks)


def _overrides(folder: str) -> Iterator[str]:
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".html"):
                with open(os.path.join(where, name), encoding="utf-8", errors="replace") as file:
                    yield file.read()


def _looks(folder: str, everything: bool) -> Iterator[str]:
    """Yield how the files in a folder of templates look. Those of a theme change with its version only."""
    for where, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if everything or name not in (".icons", "assets"))
        for name in sorted(names):
            seen = os.stat(os.path.join(where, name))
            yield f"{where} {name} {seen.st_mtime_ns} {seen.st_size} {seen.st_ino}"
