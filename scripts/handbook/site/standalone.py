"""The settings that build written pages into the same site without the plugin: those of mkdocs.yml, with what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import yaml

from handbook.site import pagefind
from handbook.site.assets import scripts, styles
from handbook.site.navigation import Entry

PLUGIN = "handbook"
EXTENSION = "handbook.site.boxes"  #: what the plugin adds to the extensions of Markdown
GLOSSARY = "handbook.site.glossary"  #: the same, with the words to explain as its setting `terms`
HEADS = "handbook.site.heads"  #: a part of `EXTENSION`
INLINE = "handbook.site.inline"  #: makes Markdown quicker, and is needed by nothing
_HEAD = """\
# Written by `handbook pages`: the settings of the site as they are without the plugin `handbook`, for its written pages.
# The pencil that leads to the source of a page, the feeds in the head of its HTML, and what printed sheets say of
# themselves need the plugin. Without it a page for paper is a list of the pages in it.
"""


class NoSettings(Exception):
    """A text that is no settings of MkDocs; the message says why."""


def settings(
    source: str,
    inherit: str,
    filled: Callable[[list[Entry]], list[Entry]],
    terms: Sequence[Sequence[str]] = (),
    search: str = "material",
    *,
    is_public: bool = False,
) -> str:
    """Return settings that inherit those in `source`, which are at `inherit` as seen from them.

    `filled` puts pages in the place of the placeholders of a navigation; `terms` are the words that pages explain.
    `search` is the setting of that name: with another one than that of the theme, that one is left out.
    A public site has no link to the repository.

    Raises:
        NoSettings: `source` cannot be read.
    """
    try:
        known = _entries(source)
        nav = yaml.safe_load(yaml.serialize(known["nav"])) if "nav" in known else None
    except yaml.YAMLError as error:
        raise NoSettings(str(error).partition("\n")[0]) from None
    lines = {"INHERIT": inherit, "edit_uri": "", "edit_uri_template": ""}
    lines |= {"repo_url": "", "repo_name": ""} if is_public else {}
    parts = [_HEAD, yaml.safe_dump(lines, sort_keys=False)]
    # Not constructed: a tag such as !ENV has a meaning for MkDocs only.
    left_out = (PLUGIN, "material/search", "search") if search == pagefind.NAME else (PLUGIN,)
    others = [each for each in _items(known.get("plugins")) if _name(each) not in left_out]
    if "plugins" in known:
        parts.append(_listed("plugins", others))
    parts.append(
        _listed("extra_javascript", [*_items(known.get("extra_javascript")), *map(_text, scripts(search))])
    )
    parts.append(_listed("extra_css", [*map(_text, styles(search)), *_items(known.get("extra_css"))]))
    extensions = [*_items(known.get("markdown_extensions")), _text(EXTENSION)]
    if terms:
        given = {GLOSSARY: {"terms": [list(term) for term in terms]}}
        extensions.append(yaml.compose(yaml.safe_dump(given, allow_unicode=True)))
    parts.append(_listed("markdown_extensions", extensions))
    if isinstance(nav, list):
        parts.append(yaml.safe_dump({"nav": filled(nav)}, allow_unicode=True, sort_keys=False))
    return "".join(parts)


def files(source: str) -> list[str]:
    """Return the files below the folder of the pages that settings name: style sheets, scripts, the logo and the icon.

    Raises:
        NoSettings: `source` cannot be read.
    """
    try:
        known = _entries(source)
    except yaml.YAMLError as error:
        raise NoSettings(str(error).partition("\n")[0]) from None
    theme = known.get("theme")
    named = [each for key in ("extra_css", "extra_javascript") for each in _items(known.get(key))]
    named += (
        [value for key, value in theme.value if key.value in ("logo", "favicon")]
        if isinstance(theme, yaml.MappingNode)
        else []
    )
    inside = [
        value
        for each in named
        for value in ([one for _, one in each.value] if isinstance(each, yaml.MappingNode) else [each])
    ]
    return [each.value for each in inside if isinstance(each, yaml.ScalarNode)]


def _entries(source: str) -> dict[str, yaml.Node]:
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise NoSettings("it is not a mapping")
    return {str(key.value): value for key, value in root.value}


def _items(node: yaml.Node | None) -> list[Any]:
    """Return the entries of a list. It may be a mapping, into which settings that inherit it would be merged."""
    if isinstance(node, yaml.MappingNode):
        return [_mapping(key.value, value) for key, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _listed(key: str, entries: list[Any]) -> str:
    found = yaml.SequenceNode("tag:yaml.org,2002:seq", entries, flow_style=False)
    return str(yaml.serialize(_mapping(key, found)))


def _name(plugin: yaml.Node) -> str:
    return str(plugin.value[0][0].value if isinstance(plugin, yaml.MappingNode) else plugin.value)


def _mapping(key: str, value: yaml.Node) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", [(_text(key), value)], flow_style=False)


def _text(value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", value)
