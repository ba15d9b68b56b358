"""The anchor of a heading, as Python-Markdown's table of contents makes it from the heading's source.

The rules of other generators differ in details (capitals, accents); those of Python-Markdown are MkDocs' own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_ACTIVE = r"[`_\[<&\\{]"  #: without one of these, nothing but letters and spaces reaches the anchor
_ATTRIBUTES = r"[ ]+\{:?[ ]*([^}\n ][^\n]*)\}[ ]*$"
_OWN_ID = r"""(?:^|\s)(?:#|id=)["']?([^\s"'}]+)"""
_PUNCTUATION = {
    code: None for code in range(128) if not (chr(code).isalnum() or chr(code).isspace() or chr(code) in "_-")
}
_DASHES = {ord("-"): " "}
_LONGEST = 1_000  #: characters of a heading
_COUNTED = r"(.*)_([0-9]+)"


def attributes(title: str) -> tuple[str, str | None]:
    """Return a heading's source without its attribute list, and the anchor which that list gives it."""
    title = title.strip().rstrip("#").strip()
    match = re.search(_ATTRIBUTES, f" {title}") if title.endswith("}") else None
    if not match:
        return title, None
    own = re.findall(_OWN_ID, match[1])
    return title[: match.start()].rstrip("# \t"), own[-1] if own else None


def slug(title: str) -> str:
    """Return the anchor of a heading from its source, without attribute list. It may be empty."""
    if title.isascii() and title.replace(" ", "").isalnum() and "  " not in title:  # as most headings are
        return title.lower().replace(" ", "-")
    return slugified(plain(title) if len(title) < _LONGEST and re.search(_ACTIVE, title) else title)


def slugified(text: str) -> str:
    """Return plain text as an anchor: ASCII letters, digits, `_` and `-`."""
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = text.translate(_PUNCTUATION).strip()
    joined = "-".join(text.translate(_DASHES).split()).lower()
    if text[:1] == "-" or text[-1:] == "-":
        return ("-" if text[:1] == "-" else "") + joined + ("-" if text[-1:] == "-" and joined else "")
    return joined


def unique(anchors: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return anchors in their order, each new: what is there already, or is empty, gets `_1`, `_2` and so on."""
    used, result = set(taken), []
    counted: dict[str, int] = {}
    for anchor in anchors:
        if anchor in used or not anchor:
            anchor = _numbered(anchor, used, counted)
        used.add(anchor)
        result.append(anchor)
    return result


def _numbered(anchor: str, used: set[str], counted: dict[str, int]) -> str:
    """Return the next free number of an anchor. `counted` remembers up to which number all are taken."""
    match = re.fullmatch(_COUNTED, anchor)
    base, number = (match[1], int(match[2])) if match and len(match[2]) < 9 else (anchor, 0)
    known = counted.get(base, 0)
    in_row = number <= known + 1
    number = max(number, known) + 1 if in_row else number + 1
    while f"{base}_{number}" in used:
        number += 1
    if in_row:
        counted[base] = number
    return f"{base}_{number}"


def plain(title: str) -> str:
    """Return the text that readers see of a line of Markdown: no marks of emphasis, links, code or HTML."""
    import html

    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\x02{len(kept) - 1}\x03"

    for pattern, replacement in _stages(keep):
        title = re.sub(pattern, replacement, title)
    title = html.unescape(title)
    return " ".join(re.sub("\x02([0-9]+)\x03", lambda match: kept[int(match[1])], title).split())


def _stages(keep: Callable[[str], str]) -> tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]:
    """What is taken away, in this order. Text that is code or escaped is kept out of the way of what follows."""
    return (
        (r"(?<!\\)(`+)(.+?)(?<!`)\1(?!`)", lambda match: keep(match[2].strip())),
        (r"\\([\\`*_{}\[\]()>#+\-.!])", lambda match: keep(match[1])),
        (r"!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])", ""),  # an image has no text
        (r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])", r"\1"),
        (r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*|[^<>\s!]+@[^<>\s]+)>", lambda match: keep(match[1])),
        (r"<!--.*?-->|</?[A-Za-z][^<>]*>", ""),
        (r"(?<!\w)(_{1,3})(?!_)(?=\S)(.+?)(?<=\S)(?<!_)\1(?!\w)", r"\2"),
        (r"(?<!\w)(_{1,3})(?!_)(?=\S)(.+?)(?<=\S)(?<!_)\1(?!\w)", r"\2"),  # one inside another
    )
