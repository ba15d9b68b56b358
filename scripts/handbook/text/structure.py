"""Changes that a text cannot take in one place, made by ruamel.yaml: new keys, new lists, an entry that was the last.

ruamel writes a whole file anew, and in one real file of five it changes lines that nobody asked it to. So what it
writes is compared line by line, and refused where anything else has moved.
"""

from __future__ import annotations

import io

from handbook.finding import Edit, Span
from handbook.text.libyaml import BOM
from handbook.text.scalar import is_plain
from handbook.text.spans import Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from handbook.finding import Change

#: ways to indent that people use: mappings, lists, and the dash inside its list
_INDENTS = ((2, 4, 2), (2, 2, 0), (4, 6, 4), (4, 4, 2), (4, 4, 0), (2, 3, 1))


def rebuilt(source: bytes, change: Change) -> Iterator[Edit]:
    """Yield the edit that makes a change; nothing where no change of its own lines alone is known."""
    text = source.removeprefix(BOM).decode().replace("\r\n", "\n")
    ends = "\r\n" if b"\r\n" in source else "\n"
    for indent in _INDENTS:
        if _dumped(text, indent, None) == text and (new := _dumped(text, indent, change)):
            old_lines, new_lines = text.splitlines(keepends=True), new.splitlines(keepends=True)
            first, last, put = _difference(old_lines, new_lines)
            if _belongs(first, last, Tree(source), change):
                yield Edit(Span(first + 1, 1, last + 1, 1), "".join(put).replace("\n", ends))
            return


def _dumped(text: str, indent: tuple[int, int, int], change: Change | None) -> str | None:
    """A text as ruamel writes it, with or without the change."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 2**20
    yaml.indent(*indent)
    out = io.StringIO()
    try:
        data = yaml.load(text)
        if change is not None:
            _change(data, change)
        yaml.dump(data, out)
    except Exception:  # what it raises on files that it does not understand has no common base
        return None
    return out.getvalue()


def _change(data: Any, change: Change) -> None:
    *steps, last = change.at.pointer
    for step in steps:
        data = data[step]
    if change.value is None:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(with_quotes(change.value))
    else:
        data[last] = with_quotes(change.value)


def with_quotes(value: Any) -> Any:
    """Return a value for ruamel in which each text that readers of YAML 1.1 would take for something else is quoted."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        return {key: with_quotes(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_quotes(item) for item in value]
    if not isinstance(value, str) or "\n" in value or is_plain(value, flow=False):
        return value
    return DoubleQuotedScalarString(value)


def _difference(old: list[str], new: list[str]) -> tuple[int, int, list[str]]:
    """The first and last of the old lines that differ, the end exclusive, and what stands there now."""
    most = min(len(old), len(new))
    same = next((n for n in range(most) if old[n] != new[n]), most)
    below = next((n for n in range(most - same) if old[-1 - n] != new[-1 - n]), most - same)
    return same, len(old) - below, new[same : len(new) - below]


def _belongs(first: int, last: int, tree: Tree, change: Change) -> bool:
    """Whether lines are those of the value that changes; of one that is new, none, or those of the brackets around it."""
    if first == last:
        return True
    if tree.root is None:
        return False
    way = tree.way(change.at.pointer)
    key, node = way[-1]
    if len(way) <= len(change.at.pointer) and not node.flow_style and node.value:
        return False
    return bool((key or node).start_mark.line <= first and last <= node.end_mark.line + 1)
