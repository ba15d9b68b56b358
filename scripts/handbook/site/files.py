"""Pages as files of a build of MkDocs, and in its navigation."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.site import navigation
from handbook.site.page import Here, Page


def add(
    files: Files, config: MkDocsConfig, here: Here, pages: Mapping[str, Page], *, closed: bool = False
) -> None:
    """Add pages to the files of a build. One of the same path that is written by hand wins.

    With `closed`, the navigation keeps only what there is a page for.
    """
    made = [
        _file(page, here.settings.docs, config)
        for page in pages.values()
        if files.get_file_from_path(page.path) is None
    ]
    for file in made:
        files.append(file)
    if config.nav is None:
        return
    sections = navigation.sections(here.handbook, here.settings, empty=not closed)
    paths = [file.src_uri for file in files.documentation_pages()]
    config.nav = navigation.filled(config.nav, sections, paths)
    listed = frozenset(navigation.paths(config.nav))
    for file in made:
        if file.src_uri not in listed:  # it is reached through its list
            file.inclusion = InclusionLevel.NOT_IN_NAV
    if closed:
        config.nav = navigation.within(config.nav, files.src_uris)


def _file(page: Page, docs: str, config: MkDocsConfig) -> File:
    file = File.generated(config, page.path, content=page.text)
    if page.source is not None:
        file.edit_uri = posixpath.relpath(page.source, docs)
    return file
