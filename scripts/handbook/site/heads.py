"""The heads of tables, said once more for narrow screens: there each row stands for itself, and the style sheet writes
before each cell what the head of its column says. A style sheet cannot read that from the head, so it is given it here.

Tables of few columns and few words need no such help, and a matrix of many columns is compared across: it scrolls.
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
_BARE = 16  #: letters, up to which a first cell such as a day or a number says too little without its head
_LETTERS = '<span class="raci-'  #: a cell that only has a letter needs its column


def told(text: str) -> str:
    """Return HTML in which tables tell the style sheet their heads."""
    return _TABLE.sub(_told, text) if "<table>" in text else text


def _told(table: re.Match[str]) -> str:
    heads, body = _CELL.findall(table[1]), table[2]
    if not _FEW <= len(heads) <= _MANY or _LETTERS in body or "span=" in body:
        return table[0]
    if len(heads) == _FEW and len(_text(body)) < _WORDY * body.count("<tr"):
        return table[0]
    bare = all(len(_text(cell)) <= _BARE for cell in _FIRST.findall(body))
    said = "".join(f"--head-{place}:'{_string(head)}';" for place, head in enumerate(heads, 1))
    return f'<table data-heads="{"all" if bare else "others"}" style="{said}">'


def _string(head: str) -> str:
    """Return the text of a cell as it may stand between the quotes of a style sheet in an attribute."""
    text = " ".join(html.unescape(_text(head)).split())
    return re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", text)


def _text(part: str) -> str:
    return _TAG.sub("", part)
