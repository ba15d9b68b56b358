"""The settings that build written pages into the same site without the plugin: those of mkdocs.yml, with what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from handbook.site.navigation import Entry

PLUGIN = "handbook"
_HEAD = """\
# Written by `handbook pages`: the settings of the site as they are without the plugin `handbook`, for its written pages.
# The pencil that leads to the source of a page needs the plugin.
"""


class NoSettings(Exception):
    """A text that is no settings of MkDocs; the message says why."""


def settings(source: str, inherit: str, filled: Callable[[list[Entry]], list[Entry]]) -> str:
    """Return settings that inherit those in `source`, which are at `inherit` as seen from them.

    `filled` puts pages in the place of the placeholders of a navigation.

    Raises:
        NoSettings: `source` cannot be read.
    """
    try:
        known = _entries(source)
        nav = yaml.safe_load(yaml.serialize(known["nav"])) if "nav" in known else None
    except yaml.YAMLError as error:
        raise NoSettings(str(error).partition("\n")[0]) from None
    lines = {"INHERIT": inherit, "edit_uri": "", "edit_uri_template": ""}
    parts = [_HEAD, yaml.safe_dump(lines, sort_keys=False)]
    if "plugins" in known:
        # Not constructed: a tag such as !ENV has a meaning for MkDocs only.
        parts.append(yaml.serialize(_mapping("plugins", _others(known["plugins"]))))
    if isinstance(nav, list):
        parts.append(yaml.safe_dump({"nav": filled(nav)}, allow_unicode=True, sort_keys=False))
    return "".join(parts)


def _entries(source: str) -> dict[str, yaml.Node]:
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise NoSettings("it is not a mapping")
    return {str(key.value): value for key, value in root.value}


def _others(plugins: yaml.Node) -> yaml.Node:
    """Return a list of plugins without ours. It may be a mapping, into which settings that inherit it would be merged."""
    if isinstance(plugins, yaml.MappingNode):
        found: list[Any] = [_mapping(key.value, value) for key, value in plugins.value]
    else:
        found = list(plugins.value) if isinstance(plugins, yaml.SequenceNode) else []
    return yaml.SequenceNode(
        "tag:yaml.org,2002:seq", [each for each in found if _name(each) != PLUGIN], flow_style=False
    )


def _name(plugin: yaml.Node) -> str:
    return str(plugin.value[0][0].value if isinstance(plugin, yaml.MappingNode) else plugin.value)


def _mapping(key: str, value: yaml.Node) -> yaml.MappingNode:
    name = yaml.ScalarNode("tag:yaml.org,2002:str", key)
    return yaml.MappingNode("tag:yaml.org,2002:map", [(name, value)], flow_style=False)
