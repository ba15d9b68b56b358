"""The plugin for MkDocs: thin, for the pages are made elsewhere. Nothing is written into the folder of the pages."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from datetime import date
from sqlite3 import DatabaseError
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as Rendered

from handbook import baseline, check
from handbook.baseline import BASELINE
from handbook.check.session import Session, open_session, place
from handbook.check.store import MEMORY
from handbook.finding import Finding, Severity
from handbook.model.handbook import Handbook
from handbook.model.visibility import INTERNAL, PUBLIC
from handbook.site import indexing, menu, navigation, printing, printout, term
from handbook.site.around import Around
from handbook.site.assets import scripts, styles
from handbook.site.cache import Cache
from handbook.site.dressing import Dressing, weigh
from handbook.site.fingerprint import Unknown, fingerprint
from handbook.site.head import discoverable
from handbook.site.known import around, left_out
from handbook.site.page import Here, Page
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
    _dressing: Dressing
    _serving = False
    _index: Index | None = None

    def on_startup(self, command: str, dirty: bool) -> None:
        """Note whether the site is only shown while somebody writes: then MkDocs adds a script of its own to it."""
        self._serving = command == "serve"

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

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages. A page of the same path that is written by hand wins."""
        workspace = _workspace(config)
        sources = workspace.sources()
        for finding in _findings(workspace, sources):
            _report(finding)
        handbook = check.load(sources, workspace.settings).handbook
        make = _public if self.config.visibility == PUBLIC else _internal
        here = make(files, config, workspace, handbook)
        self._sections = tuple(printing.sections(here))
        config.mdx_configs[GLOSSARY] = {"terms": term.marks(here.handbook)}
        self._dressing.meet(here.handbook)
        self._remember(workspace, config)
        return files

    @event_priority(-100)  # after every other plugin: a script is allowed by its very characters
    def on_post_page(self, output: str, page: Rendered, config: MkDocsConfig) -> str:
        """Name the feeds that a page links to in its head, and finish the page."""
        finished = self._dressing.page(discoverable(output), page)
        if config.plugins.keys() <= _DONE_WITH_PAGES:
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
        name = (
            "site" if self.config.visibility == INTERNAL else "public-site"
        )  # else each would forget the other
        path = place(workspace.root, f"{name}.sqlite")
        self._cache = Cache(path if path != MEMORY else None)
        self._rendering = Rendering(self._cache, made_by)

    @event_priority(-100)  # after every other plugin, so that the text is the one that is rendered
    def on_page_markdown(self, markdown: str, page: Rendered, config: MkDocsConfig, files: Files) -> str:
        """Take the page from the last build where it has not changed."""
        if self._rendering:
            self._rendering.take_over(page, markdown)
        if page.file.generated_by == "handbook" and config.plugins.keys() <= _DONE_WITH_PAGES:
            page.file.content_string = ""  # `markdown` is a copy of it
        return markdown

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Prepare the second half of the build, in which pages become files. All pages are rendered now."""
        printout.fill(files, self._sections)
        menu.precompute(env)
        indexing.quicken(config, self._cache or Cache(None))
        return env

    @event_priority(-100)  # after the search, which writes its index here
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Weigh the words in the index of the search, and keep for the next build what this one made."""
        weigh(config.site_dir)
        if self._index:
            self._index.add(config.site_dir)
        if self._cache:
            self._cache.close()

    def on_build_error(self, error: Exception) -> None:
        """Keep what is done: each part of it stands by itself."""
        if self._cache:
            self._cache.close()


def _internal(files: Files, config: MkDocsConfig, workspace: Workspace, handbook: Handbook) -> Here:
    """Add the pages of the site for everybody in the organisation, and return what they are made from."""
    known = around(workspace, handbook, date.today(), config.site_url or "")
    for said in filter(None, (known.why, left_out(handbook))):
        log.info(said)
    for path in known.marked:  # written by hand, with places that are filled
        if there := files.get_file_from_path(path):
            files.remove(there)
    made = _added(files, config, workspace, pages(handbook, workspace.settings, known))
    _navigate(files, made, navigation.sections(handbook, workspace.settings), config)
    return Here(handbook=handbook, settings=workspace.settings, path="", around=known)


def _public(files: Files, config: MkDocsConfig, workspace: Workspace, handbook: Handbook) -> Here:
    """Take out what is internal, add the pages of the public site, and return what they are made from."""
    edition = plugin.taken_out(files, config, handbook, workspace.settings, workspace.sources())
    made = _added(files, config, workspace, public(edition, Around(site=config.site_url or "")))
    sections = navigation.sections(edition.handbook, edition.settings, empty=False)
    _navigate(files, made, sections, config)
    if config.nav is not None:
        config.nav = navigation.within(config.nav, files.src_uris)
    return Here(handbook=edition.handbook, settings=edition.settings, path="")


def _added(files: Files, config: MkDocsConfig, workspace: Workspace, pages: Mapping[str, Page]) -> list[File]:
    """Add pages, and return the files that they became. One of the same path that is written by hand wins."""
    made = [
        _file(page, workspace, config)
        for page in pages.values()
        if files.get_file_from_path(page.path) is None
    ]
    for file in made:
        files.append(file)
    return made


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


def _file(page: Page, workspace: Workspace, config: MkDocsConfig) -> File:
    file = File.generated(config, page.path, content=page.text)
    if page.source is not None:
        file.edit_uri = posixpath.relpath(page.source, workspace.settings.docs)
    return file


def _navigate(files: Files, made: list[File], sections: dict[str, list[Any]], config: MkDocsConfig) -> None:
    """Fill the placeholders of the navigation. A page of ours that is not in it is reached through its list."""
    if config.nav is None:
        return
    config.nav = navigation.filled(
        config.nav, sections, [file.src_uri for file in files.documentation_pages()]
    )
    listed = frozenset(navigation.paths(config.nav))
    for file in made:
        if file.src_uri not in listed:
            file.inclusion = InclusionLevel.NOT_IN_NAV
