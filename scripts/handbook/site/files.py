"""Pages as files of a build of MkDocs, and in its navigation."""

from __future__ import annotations

import posixpath
import zlib

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.site import navigation
from handbook.site.made import Made, Shown, packed


def add(files: Files, config: MkDocsConfig, made: Made, docs: str, *, closed: bool = False) -> None:
    """Add pages to the files of a build. One of the same path that is written by hand wins.

    `docs` is the folder of what is written by hand. With `closed`, the navigation keeps only what there is a page for.
    """
    for path in made.replaced:
        if there := files.get_file_from_path(path):
            files.remove(there)
    added = [_file(page, docs, config) for page in made.pages if files.get_file_from_path(page.path) is None]
    for file in added:
        files.append(file)
    if config.nav is None:
        return
    paths = [file.src_uri for file in files.documentation_pages()]
    config.nav = navigation.filled(config.nav, made.navigation, paths)
    listed = frozenset(navigation.paths(config.nav))
    for file in added:
        if file.src_uri not in listed:  # it is reached through its list
            file.inclusion = InclusionLevel.NOT_IN_NAV
    if closed:
        config.nav = navigation.within(config.nav, files.src_uris)


class _Packed(File):
    """A file that is packed until it is read: MkDocs holds what is in it to the end."""

    _packed = b""

    @property
    def _content(self) -> str:
        return zlib.decompress(self._packed).decode()

    @_content.setter
    def _content(self, content: str | bytes | None) -> None:
        self._packed = content if isinstance(content, bytes) else packed(content or "")


def _file(page: Shown, docs: str, config: MkDocsConfig) -> File:
    kind = _Packed if isinstance(page.text, bytes) else File
    file = kind.generated(config, page.path, content=page.text)
    if page.source is not None:
        file.edit_uri = posixpath.relpath(page.source, docs)
    return file
