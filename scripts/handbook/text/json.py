"""JSON to plain values and back, with the compiled part of the standard module alone.

At every import the module `json` makes patterns ready that nobody needs where its compiled part is there, and around
each call it does more than most of our values take. What is written is the same, byte by byte; a test holds the two
together.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Usual:
    """How to read: nothing out of the ordinary."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = parse_constant = float
    parse_int = int


def _unknown(value: object) -> Any:
    raise TypeError(f"there is no JSON for {type(value).__name__}")


_scan: Any
_encode: Any
try:
    from _json import encode_basestring_ascii, make_encoder, make_scanner

    _scan = make_scanner(_Usual)  # type: ignore[arg-type]  # anything with these attributes will do
    _encode = make_encoder(None, _unknown, encode_basestring_ascii, None, ": ", ", ", False, False, True)
except (ImportError, TypeError, AttributeError):  # another Python than the usual one
    from json import JSONDecoder, JSONEncoder

    _scan = JSONDecoder().raw_decode

    def _encode(value: Any, level: int) -> Any:
        return JSONEncoder(default=_unknown).iterencode(value)


def loads(text: str) -> Any:
    """Return the value of a JSON text that begins with it, without a space.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError("this is not JSON") from None
    if end < len(text) and not text[end:].isspace():
        raise ValueError("there is something behind this JSON")
    return value


def dumps(value: Any) -> str:
    """Return the JSON of a value, in one line and in ASCII."""
    return "".join(_encode(value, 0))
