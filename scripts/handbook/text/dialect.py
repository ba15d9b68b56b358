"""Which extensions of Markdown a site is built with: read from its mkdocs.yml, whose tags may name code.

Nothing is imported or run because the file says so: of Python names only those of the list below are looked up.
"""

from __future__ import annotations

from collections.abc import Mapping

from handbook.frozen import EMPTY, Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: what MkDocs itself always turns on
ALWAYS = ("toc", "tables", "fenced_code")
#: what is taken where no file says otherwise: what the pages of this handbook are written in
DEFAULT = (
    "admonition", "attr_list", "def_list", "md_in_html", "footnotes", "pymdownx.details", "pymdownx.superfences",
    "pymdownx.tasklist",
)  # fmt: skip
_SHORT = frozenset((
    "abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs", "legacy_em",
    "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
))  # fmt: skip
#: they read files, run a highlighter or fetch pages, and none of them makes links or anchors
_LEFT_OUT = frozenset(("b64", "emoji", "highlight", "inlinehilite", "pathconverter", "snippets"))
_SLUGS = frozenset((
    "slugify", "uslugify", "uslugify_cased", "uslugify_encoded", "uslugify_cased_encoded", "gfm", "gfm_encoded",
))  # fmt: skip
#: settings of extensions that decide about links and anchors; the others stay as they are by default
_SETTINGS = frozenset(
    {"slugify", "separator", "baselevel", "base_url", "end_url", "build_url", "repo_url_shorthand"}
)
_LONGEST = 100_000  #: entries of a navigation


class Dialect(Frozen):
    """The names of extensions, and their settings. Of `slugify` the setting is the name of a function and its arguments."""

    extensions: tuple[str, ...] = (*ALWAYS, *DEFAULT)
    settings: Mapping[str, Mapping[str, Any]] = EMPTY
    includes: bool = False  #: whether `--8<--` puts other files into a page
    navigation: tuple[str, ...] | None = None  #: the paths in it, or None where every page is

    def shows(self, path: str) -> bool:
        """Whether the navigation has a page, by its path below the folder of the pages; a folder in it has all its pages."""
        listed = self.navigation
        return listed is None or path in listed or f"{path.rpartition('/')[0]}/" in listed


def read(config: bytes | None) -> Dialect:
    """Return the dialect of a site by its mkdocs.yml; without one, or one that cannot be read, the usual one."""
    import yaml

    try:
        data = yaml.load(config, Loader=_loader()) if config else None  # it makes plain values only
    except (yaml.YAMLError, RecursionError, ValueError, UnicodeDecodeError):
        data = None
    listed = data.get("markdown_extensions") if isinstance(data, dict) else None
    if not isinstance(data, dict):
        return Dialect()
    named = dict(_entries(listed))
    allowed = [name for name in named if _is_allowed(name)]
    settings = {
        name: {key: value for key, value in given.items() if key in _SETTINGS}
        for name, given in named.items()
        if isinstance(given, Mapping)
    }
    extensions = tuple(dict.fromkeys((*ALWAYS, *allowed)))
    nav = data.get("nav")
    navigation = None if nav is None else tuple(_paths(nav))
    return Dialect(extensions, settings, "pymdownx.snippets" in named, navigation)


def _entries(listed: object) -> list[tuple[str, object]]:
    """Return names with settings; the list may hold names and mappings, or be one mapping."""
    if isinstance(listed, Mapping):
        listed = [listed]
    found: list[tuple[str, object]] = []
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, str):
            found.append((entry, None))
        elif isinstance(entry, Mapping):
            found += [(name, given) for name, given in entry.items() if isinstance(name, str)]
    return [(name.removeprefix("markdown.extensions."), given) for name, given in found]


def _paths(nav: object) -> list[str]:
    """Return every path in a navigation: titles with paths or with further entries. Aliases may make it endless."""
    found, waiting = [], [nav]
    for _ in range(_LONGEST):
        if not waiting:
            break
        entry = waiting.pop()
        if isinstance(entry, str):
            found.append(entry)
        elif isinstance(entry, Mapping | list):
            waiting += entry.values() if isinstance(entry, Mapping) else entry
    return found


def _is_allowed(name: str) -> bool:
    package, _, rest = name.rpartition(".")
    if not package:
        return name in _SHORT
    return package == "pymdownx" and rest.isidentifier() and rest not in _LEFT_OUT


def _loader() -> type[Any]:
    """Return a loader to which every tag is harmless: a function of the list is its name, anything else nothing."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    def tagged(loader: Any, suffix: str, node: Any) -> object:
        name = suffix.rpartition("pymdownx.slugs.")[2]
        if "pymdownx.slugs." not in suffix or name not in _SLUGS:
            return None
        given = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
        kwds = given.get("kwds")
        return name, {
            key: kwds[key] for key in ("case", "percent_encode") if isinstance(kwds, dict) and key in kwds
        }

    Loader.add_multi_constructor("!", tagged)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/", tagged)
    return Loader
