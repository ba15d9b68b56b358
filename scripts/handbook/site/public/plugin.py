"""The public site of MkDocs: what is internal is taken out of a build before anything is made of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from handbook.model.handbook import Handbook
from handbook.settings import Settings
from handbook.site.public.edition import Edition, edition
from handbook.sources import Sources

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

BY_HAND = "handbook, from a page by hand"  #: what made the pages that somebody has written


def closed(config: MkDocsConfig, settings: Settings) -> Settings:
    """Take the ways back to the source out of a configuration: the repository and the pencil; return settings without them."""
    config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
    return settings.replaced(repository="", feedback="")


def taken_out(
    files: Files, config: MkDocsConfig, handbook: Handbook, settings: Settings, sources: Sources
) -> Edition:
    """Take every internal file out of a build, and put public pages in as everybody may read them."""
    from mkdocs.structure.files import File

    found = {file.src_uri: file for file in files if _is_ours(file, config)}
    asked = [*map(str, (*config.extra_css, *config.extra_javascript))]
    asked += [str(config.theme[key]) for key in ("logo", "favicon") if config.theme.get(key)]
    made = edition(handbook, settings, sources, found, asked, lambda path: _text(found[path]))
    for path, file in found.items():
        if path not in made.files:
            files.remove(file)
        if path in made.written:
            shown = File.generated(config, path, content=made.written[path], inclusion=file.inclusion)
            shown.generated_by = BY_HAND
            files.append(shown)
    return made


def _is_ours(file: File, config: MkDocsConfig) -> bool:
    """Whether a file is from the folder of the pages, and not from the theme or another plugin."""
    return bool(file.src_dir) and os.path.realpath(str(file.src_dir)) == os.path.realpath(config.docs_dir)


def _text(file: File) -> str:
    return file.content_bytes.decode(errors="replace")
