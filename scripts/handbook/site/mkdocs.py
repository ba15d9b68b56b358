"""The plugin for MkDocs: thin, for the pages are made elsewhere. Nothing is written into the folder of the pages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from sqlite3 import DatabaseError

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as Rendered
from mkdocs.utils.templates import TemplateContext

from handbook import baseline, check
from handbook.baseline import BASELINE
from handbook.check.session import Session, open_session, place
from handbook.check.store import MEMORY
from handbook.finding import Finding, Severity
from handbook.model.handbook import Handbook
from handbook.model.visibility import INTERNAL, PUBLIC
from handbook.site import files as added
from handbook.site import indexing, menu, printing, printout, term
from handbook.site.again import Again, stays
from handbook.site.around import Around
from handbook.site.assets import scripts, styles
from handbook.site.cache import Cache
from handbook.site.dressing import Dressing, weigh
from handbook.site.fingerprint import Unknown, fingerprint
from handbook.site.head import discoverable
from handbook.site.known import around, left_out
from handbook.site.page import Here
from handbook.site.pagefind_index import Index, prepared
from handbook.site.pages import pages, public
from handbook.site.public import plugin
from handbook.site.rendering import Rendering
from handbook.site.standalone import EXTENSION, GLOSSARY
from handbook.sources import SETTINGS, Sources, beside
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
    _sections: tuple[printing.Section, ...] = ()
    _printed: frozenset[str] = frozenset()
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
        config.markdown_extensions += EXTENSION, GLOSSARY
        return config

    @event_priority(-100)  # after every other plugin: what it sees is what the build does
    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Find out whether pages that were written before can stay."""
        if self._again:
            shared = not _is_done_with_pages(config)
            self._again.begin(config, _workspace(config).settings, date.today(), shared=shared)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages. A page of the same path that is written by hand wins."""
        workspace = _workspace(config)
        if self._again:
            self._again.point(files, config)
        sources = workspace.sources()
        for finding in _findings(workspace, sources):
            _report(finding)
        handbook = (self._again or check).load(sources, workspace.settings).handbook
        make = self._public if self.config.visibility == PUBLIC else self._internal
        here = make(files, config, workspace, handbook)
        self._sections = tuple(printing.sections(here))
        self._printed = frozenset(path for each in self._sections for path in each.paths)
        config.mdx_configs[GLOSSARY] = {"terms": term.marks(here.handbook)}
        self._dressing.meet(here.handbook)
        self._remember(workspace, config)
        return files

    def _internal(self, files: Files, config: MkDocsConfig, workspace: Workspace, handbook: Handbook) -> Here:
        """Add the pages of the site for everybody in the organisation, and return what they are made from."""
        known = around(workspace, handbook, date.today(), config.site_url or "")
        for said in filter(None, (known.why, left_out(handbook))):
            log.info(said)
        for path in known.marked:  # written by hand, with places that are filled
            if there := files.get_file_from_path(path):
                files.remove(there)
        here = Here(handbook=handbook, settings=workspace.settings, path="", around=known)
        make = self._again.pages if self._again else pages
        added.add(files, config, here, make(handbook, workspace.settings, known))
        return here

    def _public(self, files: Files, config: MkDocsConfig, workspace: Workspace, handbook: Handbook) -> Here:
        """Take out what is internal, add the pages of the public site, and return what they are made from."""
        edition = plugin.taken_out(files, config, handbook, workspace.settings, workspace.sources())
        here = Here(handbook=edition.handbook, settings=edition.settings, path="")
        added.add(files, config, here, public(edition, Around(site=config.site_url or "")), closed=True)
        return here

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation, which shows on every page."""
        self._nav = nav
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
        self._cache = self._rendering = None
        try:
            made_by = fingerprint(config)
        except Unknown as why:
            log.info(f"Pages are rendered anew in each build, because of {why}")
            return
        name = "site" if self.config.visibility == INTERNAL else "public-site"  # each would forget the other
        path = place(workspace.root, f"{name}.sqlite")
        recent = self._again.recent if self._again else None
        self._cache = Cache(path if path != MEMORY else None, recent)
        self._rendering = Rendering(self._cache, made_by)

    @event_priority(-100)  # after every other plugin, so that the text is the one that is rendered
    def on_page_markdown(self, markdown: str, page: Rendered, config: MkDocsConfig, files: Files) -> str:
        """Take the page from the last build where it has not changed."""
        if self._rendering:
            self._rendering.take_over(page, markdown)
        if page.file.generated_by == "handbook" and _is_done_with_pages(config):
            page.file.content_string = ""  # `markdown` is a copy of it
        return markdown

    @event_priority(-100)
    def on_page_content(self, html: str, page: Rendered, config: MkDocsConfig, files: Files) -> str:
        """Put a page aside until it is written: MkDocs would hold the HTML of all pages until then."""
        printed = page.file.src_uri in self._printed  # another page shows it too
        if self._rendering and not self._again and not printed and _is_done_with_pages(config):
            return self._rendering.lay_down(page, html)
        return html

    @event_priority(100)  # before the search, which reads the page
    def on_page_context(
        self, context: TemplateContext, page: Rendered, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Take a page up again."""
        if self._rendering and not self._again:
            self._rendering.take_up(page)
        return context

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Prepare the second half of the build, in which pages become files. All pages are rendered now."""
        printout.fill(files, self._sections)
        menu.precompute(env)
        indexing.quicken(config, self._cache or Cache(None))
        if self._again:
            self._again.keep(env, self._nav, config.theme.get("features", ()), files)
        return env

    @event_priority(-100)  # after the search, which writes its index here
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Weigh the words in the index of the search, and keep for the next build what this one made."""
        weigh(config.site_dir)
        if self._index:
            self._index.add(config.site_dir)
        if self._cache:
            self._cache.close()
        if self._again:
            self._again.end()

    def on_build_error(self, error: Exception) -> None:
        """Keep the HTML that was made: each page of it stands by itself. What was written may be half of a page."""
        if self._cache:
            self._cache.close()
        if self._again:
            self._again.fail()


def _is_done_with_pages(config: MkDocsConfig) -> bool:
    """Whether no plugin comes back to a page when it is written."""
    return config.plugins.keys() <= _DONE_WITH_PAGES


def _workspace(config: MkDocsConfig) -> Workspace:
    return open_workspace(os.path.dirname(os.path.abspath(config.config_file_path)))


def _findings(workspace: Workspace, sources: Sources) -> Iterable[Finding]:
    """Return what `handbook check` would report here today: what the baseline allows stops no build either."""
    kept = beside(sources, BASELINE)
    allowed = baseline.read(kept)[0] if kept is not None else None

    def found(session: Session) -> Iterable[Finding]:
        run = session.run(sources)
        run.everything()
        return run.triaged(date.today(), baseline=allowed).findings

    session = open_session(workspace.root)
    try:
        with session.index:
            return found(session)
    except DatabaseError:  # damaged in a place that was read late
        session.index.remove()
        return found(open_session(workspace.root, remember=False))


def _report(finding: Finding) -> None:
    """Log a finding. An error counts as a warning of MkDocs, which fails a strict build; infos are for `handbook check`."""
    say = {Severity.ERROR: log.warning, Severity.WARNING: log.info}.get(finding.severity, log.debug)
    say(f"{finding.path}:{finding.span.line}:{finding.span.column} {finding.rule}: {finding.message}")
