"""Signs: lines, columns of a terminal, and what can stand for a sign that would do harm."""

from __future__ import annotations

import re

# Patterns are text here, and compiled when they are first used: a clean check uses none.
#: what a page cannot hold, or takes for the end of a line; half a character among them
_NO_TEXT = "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
_REORDERING = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control and format characters, half a character, line separators


def lines(source: bytes) -> list[str]:
    """Return the lines of a file as editors count them: they end with a line feed, a carriage return, or both.

    `str.splitlines` also breaks at form feeds and at the line separators of Unicode, and every later line would be
    one too far down.
    """
    text = source.decode(errors="replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def printable(text: str) -> str:
    """Replace what would move the cursor, break the line or hide text by a space, one for each sign."""
    if text.isascii() and text.isprintable():
        return text
    import unicodedata  # most lines do without, and a clean check prints nothing else

    return "".join(" " if unicodedata.category(sign) in _HIDDEN else sign for sign in text)


def in_order(text: str) -> str:
    """Return text in one line and in the order in which it is typed. Signs that join letters or emoji stay, unlike in `printable`."""
    return re.sub(" {2,}", " ", re.sub(_NO_TEXT, " ", re.sub(_REORDERING, "", text))).strip()


def valid(text: str) -> str:
    """Replace half a character, which file names can hold and no encoding can, by the sign for what cannot be shown."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide signs take two, those that combine with others none."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.category(sign) in ("Mn", "Me") for sign in text)


def octets(text: str) -> int:
    """How many bytes a text takes in UTF-8."""
    return len(text.encode(errors="surrogatepass"))
