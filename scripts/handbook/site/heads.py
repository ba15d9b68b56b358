"""The heads of tables, said once more for narrow screens: there each row stands for itself, and the style sheet writes
before each cell what the head of its column says. A style sheet cannot read that from the head, so it is given it here.

Tables of few columns and short words need no such help, and a matrix of many columns is compared across: it scrolls.
"""

from __future__ import annotations

import html
import re

_TABLE = re.compile(
    r"<table>(?=\s*<thead>\s*<tr>\s*(?!<th scope)(.*?)</thead>(.*?)</table>)", re.DOTALL
)  #: a head that says its scope is that of a table which has rules of its own
_CELL = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_FIRST = re.compile(r"<tr>\s*<td\b[^>]*>(.*?)</td>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_FEW, _MANY = 3, 8  #: columns
_WORDY = 100  #: letters in a row of few columns, which then are too narrow for them
_LONG = re.compile(
    r"[^\s<>]{24}"
)  #: a word that takes the room of the others, such as a pattern of file names
_BARE = re.compile(
    r"(?=\D*\d).{1,20}"
)  #: a first cell such as a day or a number, which says too little without its head
_LETTERS = 'class="raci-'  #: a cell that only has a letter needs its column
_TINY = 4  #: letters of a first column that leaves its room to the others


def told(text: str) -> str:
    """Return HTML in which tables tell the style sheet their heads. Those of a page that have the same head look the same."""
    tables = list(_TABLE.finditer(text)) if "<table>" in text else []
    bodies: dict[str, list[str]] = {}
    for table in tables:
        bodies.setdefault(table[1], []).append(table[2])
    begun = {head: _begun(_CELL.findall(head), found) for head, found in bodies.items()}
    parts: list[str] = []
    end = 0
    for table in tables:
        parts += text[end : table.start()], begun[table[1]]
        end = table.end()
    return "".join((*parts, text[end:]))


def _begun(heads: list[str], bodies: list[str]) -> str:
    """Return how tables begin that have these heads."""
    if len(heads) > _MANY or any(_LETTERS in body or "span=" in body for body in bodies):
        return "<table>"
    if len(heads) <= _FEW and not any(_is_crowded(len(heads), body) for body in bodies):
        return "<table>"
    first = [_text(cell) for body in bodies for cell in _FIRST.findall(body)]
    bare = 2 * sum(map(bool, map(_BARE.fullmatch, first))) > len(first)
    said = "".join(f"--head-{place}:'{_string(head)}';" for place, head in enumerate(heads, 1))
    kind = "all" if bare else "others" if len(bodies) == 1 else "lists"
    return f'<table data-heads="{kind}" style="{said}">'


def _is_crowded(columns: int, body: str) -> bool:
    """Whether few columns are too many, because their texts are long, or a word in the first one is."""
    first = [_text(cell) for cell in _FIRST.findall(body)]
    wordy = columns == _FEW and len(_text(body)) >= _WORDY * body.count("<tr")
    return any(map(_LONG.search, first)) or (wordy and max(map(len, first), default=0) > _TINY)


def _string(head: str) -> str:
    """Return the text of a cell as it may stand between the quotes of a style sheet in an attribute."""
    text = " ".join(html.unescape(_text(head)).split())
    return re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", text)


def _text(part: str) -> str:
    return _TAG.sub("", part)
