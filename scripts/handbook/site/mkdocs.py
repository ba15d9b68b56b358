"""The plugin for MkDocs: thin, for the pages are made elsewhere. Nothing is written into the folder of the pages."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as Rendered
from mkdocs.utils.templates import TemplateContext

from handbook import check
from handbook.baseline import BASELINE
from handbook.check.session import place
from handbook.check.store import MEMORY
from handbook.model.visibility import INTERNAL, PUBLIC
from handbook.site import files as added
from handbook.site import indexing, menu, printing, printout
from handbook.site.again import Again, stays
from handbook.site.around import Around
from handbook.site.assets import scripts, styles
from handbook.site.cache import Cache
from handbook.site.dressing import Dressing
from handbook.site.fingerprint import Unknown, fingerprint
from handbook.site.head import discoverable
from handbook.site.made import Made, apart, findings, internal, made
from handbook.site.page import Here
from handbook.site.pagefind_index import Index, prepared
from handbook.site.pages import public
from handbook.site.public import plugin
from handbook.site.rendering import Rendering
from handbook.site.standalone import EXTENSION, GLOSSARY, INLINE
from handbook.sources import SETTINGS
from handbook.workspace import Workspace, open_workspace

log = get_plugin_logger("handbook")

#: plugins that do not come back to a page when it is written, so that a build does not have to hold all of them
_DONE_WITH_PAGES = frozenset(("handbook", "material/search", "search"))


class Options(Config):  # type: ignore[no-untyped-call]
    """`visibility` says who may read the site: a public one has nothing in it that is internal."""

    visibility = Choice((INTERNAL, PUBLIC), default=INTERNAL)


class HandbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds the pages of the handbook that stands beside mkdocs.yml, and makes builds quick.

    How it does the second changes nothing in the site: `rendering` keeps pages between builds, `menu` renders the
    navigation once for each section, `indexing` reads pages for the search.
    """

    _cache: Cache | None = None
    _rendering: Rendering | None = None
    _aside: Rendering | None = None  #: where pages are laid down until they are written
    _sections: tuple[printing.Section, ...] = ()
    _dressing: Dressing
    _serving = False
    _again: Again | None = None  #: where builds follow each other in one process
    _index: Index | None = None
    _nav: Navigation

    def on_startup(self, command: str, dirty: bool) -> None:
        """Note whether the site is only shown while somebody writes: then MkDocs adds a script of its own to it."""
        self._serving = command == "serve"
        self._again = Again() if self._serving and self.config.visibility == INTERNAL else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the records and the settings, so that `mkdocs serve` builds again when one changes."""
        workspace = _workspace(config)
        watched = (workspace.settings.processes, SETTINGS, BASELINE)
        config.watch += [
            path for path in (os.path.join(workspace.root, name) for name in watched) if os.path.exists(path)
        ]
        settings = workspace.settings
        config.extra_javascript += scripts(settings.search)
        config.extra_css[:0] = styles(settings.search)
        self._index = prepared(settings.search, config, self._index, serving=self._serving)
        if self.config.visibility == PUBLIC:
            settings = plugin.closed(config, settings)
        self._dressing = Dressing(settings, config.theme.dirs, not self._serving, log.warning)
        config.markdown_extensions += EXTENSION, GLOSSARY, INLINE
        return config

    @event_priority(-100)  # after every other plugin: what it sees is what the build does
    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Settle what words weigh in searches, and find out whether pages that were written before can stay."""
        indexing.weigh(config)
        if self._again:
            shared = not _is_done_with_pages(config)
            self._again.begin(config, _workspace(config).settings, date.today(), shared=shared)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages. A page of the same path that is written by hand wins."""
        workspace = _workspace(config)
        if self._again:
            self._again.point(files, config)
        is_public = self.config.visibility == PUBLIC
        shown = self._public(files, config, workspace) if is_public else self._internal(config, workspace)
        for level, text in shown.said:
            log.log(level, text)
        added.add(files, config, shown, workspace.settings.docs, closed=is_public)
        self._sections = shown.printed
        config.mdx_configs[GLOSSARY] = {"terms": shown.terms}
        self._dressing.meet(shown.owners)
        self._remember(workspace, config)
        return files

    def _internal(self, config: MkDocsConfig, workspace: Workspace) -> Made:
        """Return what the site for everybody in the organisation shows."""
        about = workspace, date.today(), config.site_url or ""
        if self._again:
            return internal(*about, self._again.load, self._again.pages)
        return apart(lambda pack: internal(*about, pack=pack))

    def _public(self, files: Files, config: MkDocsConfig, workspace: Workspace) -> Made:
        """Take out what is internal, and return what the public site shows."""
        sources, settings = workspace.sources(), workspace.settings
        said = findings(workspace, sources, date.today())
        handbook = check.load(sources, settings).handbook
        edition = plugin.taken_out(files, config, handbook, settings, sources)
        here = Here(handbook=edition.handbook, settings=edition.settings, path="")
        pages = public(edition, Around(site=config.site_url or ""))
        return replace(made(here, pages.values(), closed=True), said=tuple(said))

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation, which shows on every page."""
        self._nav = nav
        self._dressing.arrange(nav)
        return nav

    @event_priority(-100)  # after every other plugin: a script is allowed by its very characters
    def on_post_page(self, output: str, page: Rendered, config: MkDocsConfig) -> str:
        """Name the feeds that a page links to in its head, and finish the page."""
        if stays(page):
            return output
        finished = self._dressing.page(discoverable(output), page)
        if _is_done_with_pages(config):
            page.content = page.markdown = ""
        return finished

    @event_priority(-100)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str:
        """Finish a page that no Markdown is behind."""
        return self._dressing.template(output_content, template_name)

    def _remember(self, workspace: Workspace, config: MkDocsConfig) -> None:
        self._cache = self._rendering = self._aside = None
        try:
            made_by = fingerprint(config)
        except Unknown as why:
            log.info(f"Pages are rendered anew in each build, because of {why}")
            return
        name = "site" if self.config.visibility == INTERNAL else "public-site"  # each would forget the other
        path = place(workspace.root, f"{name}.sqlite")
        recent = self._again.recent if self._again else None
        self._cache = Cache(path if path != MEMORY else None, recent)
        by_itself = _is_done_with_pages(config)
        self._rendering = Rendering(self._cache, made_by, indexing.entries(config) if by_itself else None)
        self._aside = self._rendering if by_itself and not self._again else None

    @event_priority(-100)  # after every other plugin, so that the text is the one that is rendered
    def on_page_markdown(self, markdown: str, page: Rendered, config: MkDocsConfig, files: Files) -> str:
        """Take the page from the last build where it has not changed."""
        if self._rendering:
            self._rendering.take_over(page, markdown)
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, page: Rendered, config: MkDocsConfig, files: Files) -> str:
        """Put a page aside until it is written: MkDocs would hold the HTML of all pages until then."""
        return self._aside.lay_down(page, html) if self._aside else html

    @event_priority(100)  # before the search, which reads the page
    def on_page_context(
        self, context: TemplateContext, page: Rendered, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Take a page up again."""
        if self._aside:
            self._aside.take_up(page)
        return context

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Prepare the second half of the build, in which pages become files. All pages are rendered now."""
        if self._rendering:
            self._rendering.close()
        cache = self._cache or Cache(None)
        html = self._aside.html if self._aside else lambda page: page.content or ""
        for page, filled in printout.filled(files, self._sections, html, cache):
            page.content = self._aside.lay_down(page, filled) if self._aside else filled
        menu.precompute(env)
        indexing.quicken(config, cache)
        if self._again:
            self._again.keep(env, self._nav, config.theme.get("features", ()), files)
        return env

    @event_priority(-100)  # after the search, which writes its index here
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Keep for the next build what this one made."""
        if self._index:
            self._index.add(config.site_dir)
        if self._cache:
            self._cache.close()
        if self._again:
            self._again.end()

    def on_shutdown(self) -> None:
        """End what goes on beside the builds."""
        if self._index:
            self._index.rest()

    def on_build_error(self, error: Exception) -> None:
        """Keep the HTML that was made: each page of it stands by itself. What was written may be half of a page."""
        if self._rendering:
            self._rendering.close()
        if self._cache:
            self._cache.close()
        if self._again:
            self._again.fail()


def _is_done_with_pages(config: MkDocsConfig) -> bool:
    """Whether no plugin comes back to a page when it is written."""
    return config.plugins.keys() <= _DONE_WITH_PAGES


def _workspace(config: MkDocsConfig) -> Workspace:
    return open_workspace(os.path.dirname(os.path.abspath(config.config_file_path)))
