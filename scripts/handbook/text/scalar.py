"""How values are written in one line of YAML, so that every reader understands the same."""

from __future__ import annotations

import json
import re

from handbook.text.ambiguous import value
from handbook.text.stray import Odd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.text.yaml import Value

_BEGINS_A_WORD = re.compile(r"[^\W_]|[/(+$<.]")
_ENDS_A_KEY = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW = frozenset(",[]{}?:")  #: what ends a text inside brackets, to some readers


def written(data: Value, *, flow: bool = False, style: str = "") -> str:
    """Return a value as YAML in one line. `flow` is true inside brackets; `style` is the quotation mark to keep."""
    if isinstance(data, str):
        return quoted(data, style) if style or not is_plain(data, flow=flow) else data
    if isinstance(data, list):
        return f"[{', '.join(written(item, flow=True) for item in data)}]"
    if isinstance(data, dict):
        pairs = (f"{written(key, flow=True)}: {written(item, flow=True)}" for key, item in data.items())
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(data)


def quoted(text: str, style: str = '"') -> str:
    """Return a text in quotes: in `style`, or in those in which it needs no backslash."""
    plain = text.isprintable() and "\\" not in text
    if plain and "'" not in text and (style == "'" or '"' in text):
        return f"'{text}'"
    if plain and style == "'" and '"' in text:
        return "'" + text.replace("'", "''") + "'"
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text can stand without quotes and is still this text, to readers of YAML 1.1 as well."""
    if not _BEGINS_A_WORD.match(text) or text != text.strip() or _ENDS_A_KEY.search(text):
        return False
    if text.startswith(("...", "---")) or (flow and not _FLOW.isdisjoint(text)):
        return False
    try:
        return value(text) == text
    except Odd:
        return False
