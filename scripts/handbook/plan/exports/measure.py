"""How much room text takes on a slide, so that nothing is ever written beyond its box.

The widths are those of Helvetica, which Arial and Liberation Sans share. A sign that is not in the table counts as its
base letter, or as one that is as wide as it is high, which is never too little in a line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

LINE = 1.2  #: the height of a line, in font sizes
_RESERVE = 1.03  #: programs round widths differently
_UNKNOWN = 1000  #: thousandths of the font size
# thousandths of the font size, for the signs from space to tilde (Adobe's metrics of Helvetica and Helvetica Bold)
_PLAIN = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
#: sign -> one that is as wide, or a little wider
_KNOWN = {"\u00a0": " ", "–": "o", "‘": "-", "’": "-", "“": "s", "”": "s", "·": "-", "•": "J"}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is in one line, in the unit of `size`."""
    table = _BOLD if bold else _PLAIN
    return sum(_sign(sign, table) for sign in text) * size * _RESERVE / 1000


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Return the lines that a text takes in a box that is `room` wide. A word that is wider is broken."""
    return [line for part in text.split("\n") for line in _lines(part, size, room, bold)]


def fitted(text: str, size: float, room: float, most: int, *, bold: bool = False) -> str:
    """Return as much of a text as fits into so many lines; where something is left out, it ends in an ellipsis."""
    lines = wrapped(text, size, room, bold=bold)
    if len(lines) <= most:
        return text
    last = lines[most - 1]
    while last and width(f"{last} …", size, bold=bold) > room:
        last = last[:-1]
    return "\n".join([*lines[: most - 1], f"{last.rstrip()} …".lstrip()])


def height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """Return how high a text is in a box that is `room` wide."""
    return len(wrapped(text, size, room, bold=bold)) * size * LINE


def _lines(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, size, room, bold)
        yield from full
    yield line


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for sign in word:
        if piece and width(piece + sign, size, bold=bold) > room:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def _sign(sign: str, table: tuple[int, ...]) -> int:
    known = _KNOWN.get(sign, sign)
    if not known.isascii():
        known = unicodedata.normalize("NFD", known)[0]
    place = ord(known) - 32
    if 0 <= place < len(table):
        return table[place]
    return 0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else _UNKNOWN
