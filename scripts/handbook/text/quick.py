"""The quick way to read YAML: libyaml's composer hands over values in place of the nodes that they would be taken from.

It says nothing where anything is out of the ordinary: a tag, a key that is given twice or is no text, a value of which
two readers make different things. Then `yaml` reads the file once more, with a tree that knows every place. A tree takes
as long to build as the rest of the reading.
"""

from __future__ import annotations

from handbook.text import libyaml
from handbook.text.ambiguous import Known
from handbook.text.libyaml import MAX_DEPTH, YAMLError
from handbook.text.stray import Odd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KNOWN = Known()


class Unusual(Exception):
    """Raised where a file has to be read with more care."""


class _Part:
    """A list, or the entries of a mapping, as far as the composer has come. It also wants to note an end here."""

    __slots__ = ("end_mark", "value")

    def __init__(self, tag: str, value: list[Any], *_: object) -> None:
        if tag:
            raise Unusual
        self.value = value


class _List(_Part):
    __slots__ = ()


class _Mapping(_Part):
    __slots__ = ()


def _scalar(tag: str, text: str, start: object, end: object, style: str) -> Any:
    if tag or (style and style not in "|>" and text.strip() != text):
        raise Unusual
    return text if style else KNOWN[text]


def values(source: bytes) -> Any:
    """Return the values of a YAML text without a byte order mark.

    Raises:
        Unusual: nothing can be said without a closer look, not even whether it is YAML.
    """
    if libyaml.guarded(source):
        raise Unusual
    try:
        return _plain(libyaml.composed(source, _scalar, _List, _Mapping), 1)
    except (
        YAMLError,
        Odd,
        AttributeError,
    ):  # of a second document libyaml wants to tell where the first one began
        raise Unusual from None


def _plain(part: Any, depth: int) -> Any:
    """Return what a part stands for. `depth` is its level, should it be a list or a mapping."""
    if not isinstance(part, _Part):
        return part
    if depth > MAX_DEPTH:
        raise Unusual
    depth += 1
    if part.__class__ is _List:
        return [item if item.__class__ is str else _plain(item, depth) for item in part.value]
    data = dict(part.value)
    if len(data) < len(part.value):
        raise Unusual
    for key, item in data.items():
        if key.__class__ is not str:
            raise Unusual
        if item.__class__ is not str:
            data[key] = _plain(item, depth)
    return data
