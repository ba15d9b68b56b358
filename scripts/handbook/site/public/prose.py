"""What somebody wrote in Markdown, as the public may read it: without links to what is internal, remarks and upkeep.

The text of a link names what it leads to, so it goes with the link. Text without a link is left as it is: nobody but
its author knows what it gives away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from handbook.model.page import Page, destination, make
from handbook.sources import PAGE_ENDINGS, RECORD_ENDINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.text.outline import Link

Reachable = Callable[
    [str], bool
]  #: whether the public site has a page or file, by its path below the folder of the pages

#: how files end that MkDocs makes pages of; without front matter that is read, those of the last kinds are never public
WRITTEN = (*PAGE_ENDINGS, ".markdown", ".mdown", ".mkdn", ".mkd")
INSTEAD = "an internal page"
#: keys of front matter that are for readers and themes; what else is there is for colleagues
_SHOWN = ("title", "summary", "description", "icon", "hide", "template", "search", "subtitle")

_END = re.compile(r">?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)(?:\{[^{}\n]*\})?")
#: code, in which a comment is an example, or a comment; whichever begins first counts
_REMARK = re.compile(
    r"(?P<code>^[ \t>]*(?P<marks>`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*(?P=marks)[`~]*[ \t]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))"
    r"|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.MULTILINE,
)


def page(page: Page, docs: str, reachable: Reachable) -> str:
    """Return the text of a page that is written by hand, with its front matter, as everybody may read it."""
    outline = page.outline
    text = _replaced(outline.text, [*_unlinked(page, docs, reachable), *_not_included(page, docs, reachable)])
    body = _without_remarks(text[outline.body :])
    return _front(page.front) + body


def unlinked(text: str, reachable: Reachable) -> str:
    """Return Markdown of a record, whose links start at the folder of the pages, without those to what is internal."""
    written = make("docs/record.md", text)
    return _replaced(written.outline.text, list(_unlinked(written, "docs", reachable)))


def closed(page: Page, docs: str, reachable: Reachable) -> Iterator[tuple[Link, str]]:
    """Yield the links within the handbook that lead to what the public site does not have, with the paths from the root."""
    for link in page.outline.links:
        target = link.target
        if target.startswith("/") and not target.startswith("//"):
            path = f"{docs}{target}".partition("#")[0]
        elif (found := destination(page.path, target)) is not None:
            path = found[0]
        else:
            continue
        if path != page.path and not _is_open(path, docs, reachable):
            yield link, path


def includes(page: Page, docs: str, reachable: Reachable) -> Iterator[tuple[int, int]]:
    """Yield where a page takes in the text of a file that is internal. What is no page and no record is taken in."""
    for include in page.outline.includes:
        path = include.target.partition(":")[0]
        if path.endswith((*PAGE_ENDINGS, *RECORD_ENDINGS)) and not any(
            _is_open(each, docs, reachable) for each in (path, f"{docs}/{path}")
        ):
            yield include.start, include.end


def _is_open(path: str, docs: str, reachable: Reachable) -> bool:
    if not path.startswith(f"{docs}/"):
        return False
    below = path.removeprefix(f"{docs}/")
    bare = below.rstrip("/")
    return any(map(reachable, (below, f"{bare}.md", f"{bare}/index.md".lstrip("/"))))


def _unlinked(page: Page, docs: str, reachable: Reachable) -> Iterator[tuple[int, int, str]]:
    text = page.outline.text
    for link, _ in closed(page, docs, reachable):
        if link.is_definition:
            yield from _definition(text, link)
        elif link.is_html:
            yield _tag(text, link)
        else:
            end = _END.match(text, link.end)
            start = link.opens - link.is_image
            yield start, end.end() if end else link.end, "" if link.is_image else INSTEAD


def _definition(text: str, link: Link) -> Iterator[tuple[int, int, str]]:
    """Yield the line that says where links of a name lead, and every link of that name."""
    line = text.find("\n", link.end)
    yield link.opens, line if line >= 0 else len(text), ""
    name = r"\s+".join(map(re.escape, link.text.split()))
    used = rf"!?(?:\[[^\[\]]*\] ?\[{name}\]|\[{name}\](?:\[\])?)(?![(:\[])"
    for match in re.finditer(used, text, re.IGNORECASE):
        yield match.start(), match.end(), "" if match[0].startswith("!") else INSTEAD


def _tag(text: str, link: Link) -> tuple[int, int, str]:
    start, end = text.rfind("<", 0, link.start), text.find(">", link.end) + 1 or len(text)
    if text[start : start + 2].lower() == "<a":
        closing = text.lower().find("</a>", end)
        return start, closing + len("</a>") if closing >= 0 else end, INSTEAD
    return start, end, ""


def _not_included(page: Page, docs: str, reachable: Reachable) -> Iterator[tuple[int, int, str]]:
    text = page.outline.text
    for start, end in includes(page, docs, reachable):
        if (
            text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith(("-", "8"))
        ):  # in the line of the sign
            line = text.find("\n", end)
            yield text.rfind("\n", 0, start) + 1, line if line >= 0 else len(text), ""
        else:
            yield start, end, ";"


def _replaced(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, instead in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= at:
            parts += [text[at:start], instead]
            at = end
    return "".join((*parts, text[at:]))


def _without_remarks(body: str) -> str:
    """Return a text without comments, which browsers hide and everybody can read. Those in code are examples."""
    return _REMARK.sub(lambda match: match[0] if match["code"] else "", body)


def _front(front: Mapping[str, object]) -> str:
    import yaml

    kept = {key: value for key, value in front.items() if key in _SHOWN}
    return f"---\n{yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)}---\n\n" if kept else ""
