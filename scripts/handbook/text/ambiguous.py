"""What a value without quotes stands for, and the ones that two readers of YAML understand differently.

Records are YAML 1.2. MkDocs, and many another program, still read YAML 1.1, to which `no` is false and `22:22` is
a number. A value of which both make the same is that value. Of any other the text is kept as it was typed.
"""

from __future__ import annotations

import functools
import re

from handbook.text.stray import Odd, shortened, strayed

TYPE_CHECKING = False
if TYPE_CHECKING:
    Plain = None | bool | int | float | str

MAX_DIGITS = 18  #: more digits than a number that survives JSON
MAX_LENGTH = 64  #: no number that anybody types by hand is longer
MAX_KNOWN = 20_000  #: texts that are remembered; a handbook has a few thousand

_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
#: words with a meaning in YAML 1.1 alone, and what it is
_OLDER_WORDS = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"), "true"),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF"), "false"),
    **dict.fromkeys(("=", "<<"), "an error"),
}
_MAYBE_NUMBER = frozenset("+-.0123456789")
_SIGNS = "0123456789+-._:"  #: what numbers consist of, letters aside
_LETTERS = frozenset(("", "e", "E", "x", "o", "b"))  #: what may come first in a number of all other signs
_INFINITE = frozenset((".inf", ".nan"))


class Known(dict[str, "Plain"]):
    """Text without quotes -> its value, found out once for each text. One that is odd is never remembered.

    Raises:
        Odd: two readers would understand the text differently, or it is a number beyond all measure.
    """

    def __missing__(self, text: str) -> Plain:
        found = value(text)
        if len(self) < MAX_KNOWN:
            self[text] = found
        return found


def value(text: str) -> Plain:
    """Return what a text without quotes stands for.

    Raises:
        Odd: two readers would understand the text differently, or it is a number beyond all measure.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text in _OLDER_WORDS:
        raise _disputed(text, _OLDER_WORDS[text], "text")
    if not text.isascii() and (odd := strayed(text)) is not None:
        raise odd
    return _number(text) if text[0] in _MAYBE_NUMBER else text


def _number(text: str) -> int | float | str:
    whole, point, part = text.partition(".")
    if (
        whole.isdecimal() and text.isascii() and (not point or part.isdecimal())
    ):  # most of them, at little cost
        if point:
            return _finite(text)
        if whole[0] != "0" or whole == "0":
            return _bounded(text, 10)
    if text.lstrip("+-").lower() in _INFINITE:
        raise _unusable(text)
    letters = text.strip(_SIGNS)
    if letters[:1] not in _LETTERS or (not letters and "-" in text[1:]):  # 16d, or a day
        return text
    newer, older = _newer(text), _older(text)
    if newer == older:
        return newer
    raise _disputed(text, _named(older), _named(newer))


def _newer(text: str) -> int | float | str:
    """What YAML 1.2 makes of a text that may be a number: the text itself where it is none."""
    whole, fraction = _newer_forms()
    if whole.fullmatch(text):
        return _bounded(text, 0) if text[1:2] in ("o", "x") else _bounded(text, 10)
    return _finite(text) if fraction.fullmatch(text) else text


def _older(text: str) -> int | float | str:
    """What YAML 1.1 makes of a text that may be a number: the text itself where it is none."""
    whole, fraction = _older_forms()
    if not whole.fullmatch(text) and not fraction.fullmatch(text):
        return text
    if len(text) > MAX_LENGTH:
        raise _unusable(text)
    digits = text.replace("_", "")
    if ":" in digits:
        return _sixties(digits)
    if fraction.fullmatch(text):
        return float(digits)
    unsigned = digits.lstrip("+-")
    base = 0 if unsigned[1:2] in ("b", "x") else 8 if unsigned[0] == "0" else 10
    return int(digits, base)


def _sixties(digits: str) -> int | float:
    """The value of a number that is written in minutes and seconds: 1:30 is 90."""
    total: int | float = 0
    for part in digits.lstrip("+-").split(":"):
        total = total * 60 + (float(part) if "." in part else int(part))
    return -total if digits[0] == "-" else total


@functools.cache
def _newer_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
        re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
    )


@functools.cache
def _older_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*(:[0-5]?[0-9])*|0x[0-9a-fA-F_]+)"),
        re.compile(r"([-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*"),
    )  # fmt: skip


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise _unusable(text)
    return number


def _bounded(text: str, base: int) -> int:
    if len(text.lstrip("+-")) > MAX_DIGITS or abs(whole := int(text, base)) >= 10**MAX_DIGITS:
        raise _unusable(text)
    return whole


def _named(number: int | float | str) -> str:
    return "text" if isinstance(number, str) else f"the number {number}".removesuffix(".0")


def _disputed(text: str, older: str, newer: str) -> Odd:
    shown = shortened(text)
    message = f'programs do not agree about "{shown}": it is {older} in YAML 1.1 and {newer} in YAML 1.2'
    return Odd("ambiguous-value", message, f'put it in double quotes: "{shown}"', text)


def _unusable(text: str) -> Odd:
    message = f'"{shortened(text)}" is a number that no program reads the same way'
    help = "write a smaller number, or put it in double quotes if it is a name"
    return Odd("unusable-number", message, help, text, safe=False)
