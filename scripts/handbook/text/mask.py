"""Blanking out what is no Markdown: front matter, code in fences or indented, comments, blocks of HTML."""

from __future__ import annotations

import re

from handbook.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FENCE = r"\n([ \t>]*)(`{3,}|~{3,})[^`\n]*(?=\n)"
_HTML = r"\n {0,3}<(!--|[A-Za-z][A-Za-z0-9-]*)([^>]*)"
_INDENTED = r"\n[ \t]*\n(?=(?: {4}|\t)[ \t]*\S)((?:(?: {4}|\t)[^\n]*\n|[ \t]*\n)+)"
_CONTAINER = r"\n {0,3}(?:[-*+] |[0-9]+\. |!!!|\?\?\?|===|:[ \t]|\[\^|///)"

_FAR = 5_000  #: characters that are looked back for the list that a paragraph may belong to
_BLANK = "\0"  #: stands for a character that is masked; no pattern looks for it

#: the elements whose content Python-Markdown leaves alone
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "canvas", "center", "details", "dialog", "dd", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "iframe", "legend", "li", "link", "main", "math", "menu", "meta", "nav",
    "noscript", "object", "ol", "p", "pre", "progress", "script", "section", "style", "summary", "table",
    "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "video",
))  # fmt: skip
_EMPTY = frozenset({"hr", "link", "meta"})
_VERBATIM = frozenset({"pre", "script", "style", "textarea"})


class Masked(Frozen):
    """The text of a page, one line break before it, with characters blanked out.

    `raw` are the stretches of the page's own text that are HTML; `unclosed` is where code begins and never ends.
    """

    text: str
    raw: Sequence[tuple[int, int]]
    unclosed: Sequence[int]


def masked(text: str, body: int) -> Masked:
    """Return a page without what is no Markdown. `body` is where the text begins, after the front matter."""
    rest = ("\n" if not body else _BLANK * body + "\n") + text[body:] + "\n"
    raw: list[tuple[int, int]] = []
    unclosed: list[int] = []
    if "```" in rest or "~~~" in rest:
        rest = _without_fences(rest, unclosed)
    if "\n<" in rest or "\n " in rest:
        rest = _without_html(rest, raw)
    if "\n    " in rest or "\n\t" in rest:
        rest = _without_indented(rest)
    return Masked(rest, raw, unclosed)


def blanked(text: str, gaps: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks in place of some stretches, of the same length."""
    parts: list[str] = []
    kept = 0
    for start, end in sorted(gaps):
        end = min(end, len(text))
        if start >= kept:
            parts += text[kept:start], _blank(end - start)
            kept = end
    return "".join([*parts, text[kept:]])


def without_comments(text: str) -> str:
    """Return a text without HTML comments. One that is never closed takes the rest with it."""
    return re.sub(r"<!--[\s\S]*?(?:-->|\Z)", "", text)


def _blank(length: int) -> str:
    """Return a stretch that ends a paragraph, where there is room for it."""
    return _BLANK * length if length < 4 else "\n\n" + _BLANK * (length - 4) + "\n\n"


def _without_fences(text: str, unclosed: list[int]) -> str:
    gaps, at = [], 0
    fence = re.compile(_FENCE)
    while match := fence.search(text, at):
        end = _fence_end(text, match)
        if end < 0:
            unclosed.append(match.start(2) - 1)
            at = match.end()
        else:
            gaps.append((match.start() + 1, end))
            at = end
    return blanked(text, gaps)


def _fence_end(text: str, fence: re.Match[str]) -> int:
    """Return where the line ends that closes a fence: with the same marks at the same column, and nothing else."""
    closing, at = f"\n{fence[1]}{fence[2]}", fence.end()
    while (at := text.find(closing, at)) >= 0:
        end = text.find("\n", at + 1)
        if not text[at + len(closing) : end].strip():
            return end
        at = end
    return -1


def _without_html(text: str, raw: list[tuple[int, int]]) -> str:
    gaps, at = [], 0
    tag = re.compile(_HTML)
    while match := tag.search(text, at):
        name = match[1].lower()
        at = end = match.end()
        if name == "!--":
            end = text.find("-->", match.start())
            end = end + 3 if end >= 0 else -1
        elif name not in _BLOCKS or re.search(r"\smarkdown\b", match[2]):
            continue
        elif name not in _EMPTY:
            end = _element_end(text, name, match.end())
        start, end = match.start() + 1, len(text) - 1 if end < 0 else end
        gaps.append((start, end))
        if name not in _VERBATIM and name != "!--":
            raw.append((start - 1, end - 1))
        at = end
    return blanked(text, gaps)


def _element_end(text: str, name: str, at: int) -> int:
    """Return where an HTML element ends that may hold others of its name, or -1."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(text, at):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return -1


def _without_indented(text: str) -> str:
    """Blank out indented code: lines that are indented after an empty one, and belong to no list or note."""
    gaps = []
    for match in re.finditer(_INDENTED, text):
        first = max(match.start() - _FAR, 0)
        before = text.rfind("\n\n", first, match.start() + 1)
        if not re.compile(_CONTAINER).search(text, max(before, first), match.start() + 1):
            gaps.append((match.start(1), match.end(1) - 1))
    return blanked(text, gaps)
