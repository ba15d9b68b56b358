"""How wide text is, and how it breaks into lines that stay inside a shape.

Which font draws the text is not known: the reader's device chooses. So widths are those of Helvetica and Arial with
an allowance for the fonts of Windows, macOS and Android; shapes leave room at their sides for wider ones.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

_ALLOWANCE = 1.06
#: width in em -> the characters that have it
_WIDTHS = {
    0.23: "ijl'|",
    0.28: " !,./:;I[]\\ft\u00a0",
    0.34: '()-r`"{}*',
    0.5: "ckJsvxyz^",
    0.56: "abdeghnopqu0123456789_?#$L+<=>~",
    0.67: "ABEFKPSTVXYZ&",
    0.74: "CDHNRUw",
    0.79: "GOQ",
    0.86: "mMW%@",
}
_EM = {letter: width * _ALLOWANCE for width, letters in _WIDTHS.items() for letter in letters}
_NARROW, _FULL = 0.62, 1.05  #: all other letters; those of East Asia, and pictures


def width(text: str, size: float) -> float:
    """Return how wide text is, in the unit of `size`."""
    return size * _ems(text)


@functools.lru_cache(
    maxsize=4096
)  # the words of a handbook come again and again: half of the time of a diagram
def _ems(text: str) -> float:
    return sum([_EM.get(letter) or _unusual(letter) for letter in text])


def _unusual(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return _FULL if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2190 else _NARROW


def wrapped(text: str, size: float, widths: Sequence[float]) -> list[str]:
    """Return text in as many lines as there are widths, at most. What does not fit is replaced by an ellipsis."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < len(widths):
        lines.append(_line(rest, size, widths[len(lines)]))
    if rest:
        lines[-1] = _shortened(f"{lines[-1]} {rest[0]}", size, widths[-1])
    return lines


def fits(text: str, size: float, widths: Sequence[float]) -> bool:
    """Whether text has room in lines of these widths without breaking a word."""
    rest = text.split()
    if any(width(word, size) > max(widths) for word in rest):
        return False
    for limit in widths:
        if rest and width(rest[0], size) <= limit:
            _line(rest, size, limit)
    return not rest


def _line(rest: list[str], size: float, limit: float) -> str:
    """Take the words of one line from `rest`, at least one; a word that is too long is broken."""
    line = rest.pop(0)
    if width(line, size) > limit:
        head = _head(line, size, limit)
        rest.insert(0, line[len(head) :])
        return head
    used = width(line, size)
    while rest:
        more = width(f" {rest[0]}", size)
        if used + more > limit:
            break
        line, used = f"{line} {rest.pop(0)}", used + more
    return line


def _head(word: str, size: float, limit: float) -> str:
    """Return as much of a word as fits, at least one letter. It breaks behind a hyphen or slash where there is one."""
    used, end = 0.0, 0
    for letter in word:
        used += width(letter, size)
        if used > limit and end:
            break
        end += 1
    head = word[:end]
    cut = max(head.rfind("-"), head.rfind("/")) + 1
    return head[:cut] if cut > 1 and end < len(word) else head


def _shortened(line: str, size: float, limit: float) -> str:
    while line and width(f"{line}…", size) > limit:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:-')}…"
