"""What decides how Markdown becomes HTML in a build: settings, extensions and versions, as one text.

Only extensions that are known to depend on nothing else are taken: another one may read files, ask a server or run
code, and a page that it had a hand in must not be kept. An extension of our own that is a function of its text and
its settings goes into `_PURE`.
"""

from __future__ import annotations

import functools
import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from handbook.site.standalone import EXTENSION, GLOSSARY, HEADS, INLINE

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

#: extensions, with and without `markdown.extensions.` before it
_MARKDOWN = frozenset(
    (
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
    )
)
#: not b64, which reads images; snippets are looked for in each page
_PYMDOWN = frozenset(
    (
        "arithmatex",
        "betterem",
        "blocks.admonition",
        "blocks.caption",
        "blocks.definition",
        "blocks.details",
        "blocks.html",
        "blocks.tab",
        "caret",
        "critic",
        "details",
        "emoji",
        "escapeall",
        "extra",
        "highlight",
        "inlinehilite",
        "keys",
        "magiclink",
        "mark",
        "progressbar",
        "quotes",
        "saneheaders",
        "smartsymbols",
        "snippets",
        "striphtml",
        "superfences",
        "tabbed",
        "tasklist",
        "tilde",
    )
)
_PURE = frozenset(
    (EXTENSION, GLOSSARY, INLINE)
)  #: ours, by their full names: what they are now counts, not which version they are
_READING = frozenset(("auto_append", "custom_icons"))  #: settings that bring in files
_CALLED = ("markdown.", "material.", "pymdownx.")  #: where functions in settings may come from
_PACKAGES = ("mkdocs", "properdocs", "Markdown", "pymdown-extensions", "Pygments", "mkdocs-material")


class Unknown(Exception):
    """Something that pages depend on in a way that is not known."""


def fingerprint(config: MkDocsConfig) -> str:
    """Return everything in a configuration that the HTML of pages depends on.

    Raises:
        Unknown: pages cannot be kept.
    """
    for name in config.markdown_extensions:
        if not _is_known(str(name)):  # some plugins put in objects
            raise Unknown(f"the Markdown extension {name}")
    settings = {
        "extensions": config.markdown_extensions,
        "settings": _plain(config.mdx_configs),
        "addresses": config.use_directory_urls,
        "validation": repr(dict(config.validation.links)),
        "ours": [source(name) for name in sorted({*_PURE, HEADS})],
        "versions": [platform.python_version(), *map(_version, _PACKAGES)],
    }
    return json.dumps(settings, sort_keys=True)


def _is_known(name: str) -> bool:
    family, _, rest = name.partition(".")
    plain = name.removeprefix("markdown.extensions.")
    return plain in _MARKDOWN or (family == "pymdownx" and rest in _PYMDOWN) or name in _PURE


def _plain(value: Any) -> Any:
    """Return a setting as JSON has it; functions by their names."""
    if isinstance(value, Mapping):
        for key in _READING & value.keys():
            if value[key]:
                raise Unknown(f'the setting "{key}"')
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, functools.partial):
        return [_plain(value.func), _plain(value.args), _plain(value.keywords)]
    name = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', '')}"
    if not callable(value) or not name.startswith(_CALLED):
        raise Unknown(f"{value!r} in the settings of Markdown")
    return name


def source(name: str) -> str:
    """Return the text of a module, for in a checkout it changes under one version."""
    found = find_spec(name)
    return str(getattr(found.loader, "get_source", lambda name: "")(name)) if found else ""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
