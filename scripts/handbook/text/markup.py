"""How data becomes Markdown. Text from a record is never markup: `text` makes sure that it is shown as it is typed.

Only what Python-Markdown and its peers share is written: headings, lists, task lists, tables, definition
lists, admonitions and attribute lists.
"""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Callable, Iterable, Sequence

# Every character that starts or ends something in Markdown or one of its usual extensions. A numeric reference
# is text to all of them, where a backslash is not.
_ACTIVE = re.compile(
    r"[\\`*_\[\]<>&{}|~^#$@]"  # anywhere
    r"|(?<=[=+])[=+]|[=+](?=[=+])|^[=+]|[=+]$"  # ==marked==, ++inserted++, also where two texts meet; lists, headings
    r"|:(?=\S)"  # :emoji: and http://
    r"|(?<=www)\."  # addresses that are linked without being marked
    r"|^[-!?:]"  # lists, rules, admonitions, definitions
    r"|(?<=^\d)[.)](?!\S)|(?<=^\d\d)[.)](?!\S)|(?<=^\d\d\d)[.)](?!\S)",  # numbered lists
    re.IGNORECASE,
)
_SPACES = re.compile(" {2,}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"'()\[\]{}\\`|]+")
_PAGE = re.compile(r"((?!\.\.?/)[A-Za-z0-9_][A-Za-z0-9_./-]*\.md)(#[A-Za-z0-9_-]+)?")
_ANCHOR = re.compile(r"#[A-Za-z0-9_-]+")


@functools.lru_cache(8192)  # titles are named again and again
def text(value: str) -> str:
    """Return plain text so that nothing in it is taken for Markdown, HTML or an attribute list."""
    flat = _flat(value)
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", flat)


def code(value: str) -> str:
    """Return plain text as code. Where Markdown would not keep it as it is, the element is written out."""
    flat = _flat(value)
    if flat and not re.search(r"[`<>&{}\[\]()|\\]", flat):
        return f"`{flat}`"
    return f"<code>{text(flat)}</code>" if flat else ""


def target(address: str, page: Callable[[str], str] = str) -> str | None:
    """Return an address as a link may hold it, or None where it may not be linked.

    Allowed are web and mail addresses, anchors, and pages, whose way `page` returns.
    """
    if _WEB.fullmatch(address) or _ANCHOR.fullmatch(address):
        return address
    match = _PAGE.fullmatch(address)
    inside = match and ".." not in match[1].split("/")
    return f"{page(match[1])}{match[2] or ''}" if match and inside else None


def link(label: str, address: str | None) -> str:
    """Return a link with a plain label, or the label alone where there is nothing to link to."""
    return f"[{text(label)}]({address})" if address else text(label)


def chip(word: str, group: str, value: str) -> str:
    """Return a word as a small label; its look hangs on the class `group-value`."""
    return f"**{text(word)}**{{ .{group}-{value} }}"


def join(*blocks: str) -> str:
    """Return blocks one below the other, without the empty ones."""
    return "\n\n".join(block for block in blocks if block)


def section(title: str, *blocks: str, level: int = 2, anchor: str = "") -> str:
    """Return blocks under a heading, or nothing where there are none. `title` is plain text."""
    body = join(*blocks)
    return join(heading(text(title), level, anchor), body) if body else ""


def heading(title: str, level: int, anchor: str = "", *, hidden: bool = False) -> str:
    """Return a heading. `title` is Markdown; `hidden` keeps what stands below it out of search results."""
    named = " ".join([*([f"#{anchor}"] if anchor else []), *(["data-search-exclude"] if hidden else [])])
    return f"{'#' * level} {title}" + (f" {{ {named} }}" if named else "")


def top(title: str, summary: str, kind: str = "") -> str:
    """Return how a page begins: its title, where it has one a link to others of its kind, and its summary. All are Markdown.

    The style sheet shows the kind above the title. Searches take what stands below the title for what the page is about.
    """
    return join(heading(title, 1), f"{kind}\n{{ .kind }}" if kind else "", f"{summary}\n{{ .summary }}")


def bullets(items: Iterable[str]) -> str:
    """Return a list. Items are Markdown."""
    return "\n".join(f"- {item}" for item in items)


def tasks(items: Iterable[str]) -> str:
    """Return a list of things to tick off. Items are Markdown."""
    return "\n".join(f"- [ ] {item}" for item in items)


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Return labels with their values, without those that have none. Values are Markdown."""
    return "\n\n".join(f"{text(label)}\n:   {value}" for label, value in rows if value)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing where it has no rows. Columns without any value are left out. Cells are Markdown."""
    cells = [list(row) for row in rows]
    kept = [column for column in range(len(head)) if any(row[column] for row in cells)]
    if not cells:
        return ""
    lines = [
        [head[column] for column in kept],
        ["---"] * len(kept),
        *([row[column] for column in kept] for row in cells),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def note(kind: str, title: str, body: str) -> str:
    """Return an admonition. `kind` is its class; `title` is plain text, `body` one line of Markdown."""
    return f'!!! {kind} "{text(title).replace(chr(34), "&#34;")}"\n\n    {body}'


def plain(value: str) -> str:
    """Return text that is safe where a theme writes it into HTML, a title or an attribute as it is.

    Themes do not escape front matter, and some undo an escape. So the four characters that matter
    are replaced by ones that look alike; `&` only where something would be read as a character reference.
    """
    flat = _flat(value).translate({60: "‹", 62: "›", 34: "”"})
    return flat if html.unescape(flat) == flat else flat.replace("&", "＆")


def front_matter(
    title: str,
    description: str,
    tags: Iterable[str] = (),
    boost: float | None = None,
    hidden: bool = False,
    **more: str,
) -> str:
    """Return the head of a page, as YAML that any reader understands. `boost` moves it in search results, `hidden` out of them.

    `more` are further keys; those without a value are left out.
    """
    lines = [f"title: {_quoted(plain(title))}", f"description: {_quoted(plain(description))}"]
    lines += [f"{key}: {_quoted(plain(value))}" for key, value in more.items() if value]
    lines += ["tags:", *(f"  - {_quoted(plain(tag))}" for tag in tags)] if (tags := tuple(tags)) else []
    lines += ["search:", f"  boost: {boost}"] if boost is not None else []
    lines += ["search:", "  exclude: true"] if hidden else []
    return "\n".join(("---", *lines, "---"))


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _flat(value: str) -> str:
    """Return text in one line. Spaces that do not break stay."""
    return _SPACES.sub(" ", _CONTROL.sub(" ", value)).strip()
