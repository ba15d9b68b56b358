"""A section as one page: the HTML of its pages put one below the other, with anchors and links that stay right.

It works on the HTML that Markdown made of each page, and changes nothing but tags.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from handbook.site.cache import Cache, key_of
from handbook.site.fingerprint import source
from handbook.site.printing import Section

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as Rendered

_TAG = re.compile(r"""<(/?)(h[1-6]|[a-zA-Z][a-zA-Z0-9-]*(?=\s))((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)>""")
_ATTRIBUTE = re.compile(
    r'(\s(?:(href|src)|id|for|aria-(?:labelledby|describedby|controls)))="([^"]*)"', re.IGNORECASE
)
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_LEVELS = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 7)}


def filled(
    files: Files, sections: Iterable[Section], html: Callable[[Rendered], str], cache: Cache
) -> Iterator[tuple[Rendered, str]]:
    """Yield the page for each section with the rendered pages of it. One that somebody wrote in its place stays.

    `html` returns what a page was rendered to; `cache` has what was made of the same pages before.
    """
    made_by = source(__name__)
    for section in sections:
        file = files.get_file_from_path(section.path)
        if file is None or file.page is None or file.generated_by != "handbook":
            continue
        parts = (files.get_file_from_path(path) for path, _ in section.pages)
        found = {part.url: html(part.page) for part in parts if part and part.page}
        above = html(file.page)
        key = key_of(made_by, file.url, above, *(text for page in found.items() for text in page))
        kept = cache.get(key)
        if not isinstance(kept, str):
            kept = joined(file.url, above, found)
            cache.put(key, kept)
        yield file.page, kept


def joined(url: str, above: str, pages: Mapping[str, str]) -> str:
    """Return the HTML of a page at `url`: what stands `above`, then some pages, each by its own address, with its headings one level down."""
    names = {own: _name(own) for own in pages}
    parts = [_changed(above, "", _links(url, url, names))]
    for own, html in pages.items():
        body = _changed(html, names[own], _links(own, url, names))
        # Not the section itself has the anchor: scripts of themes look for the next anchor around a piece of code.
        parts.append(f'<section class="printed"><span id="{names[own]}"></span>\n{body}\n</section>')
    return "\n".join(parts)


def _name(url: str) -> str:
    return posixpath.splitext(posixpath.basename(url.rstrip("/")))[0]


def _links(own: str, url: str, names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what becomes of a link of the page at `own` once it stands in the page at `url`."""
    folder = own if own.endswith("/") else posixpath.dirname(own)
    start = url if url.endswith("/") else posixpath.dirname(url)

    def link(target: str) -> str:
        path, sign, anchor = target.partition("#")
        if _ADDRESS.match(target) or path.startswith("/"):
            return target
        there = own if not path else posixpath.normpath(posixpath.join(folder, path))
        if path.endswith("/") or path in (".", ".."):
            there = f"{there}/"
        if there in names:
            return f"#{names[there]}--{anchor}" if anchor else f"#{names[there]}"
        if there == url:
            return f"#{anchor}"
        way = posixpath.relpath(there, start or ".")
        return f"{way}{'/' if there.endswith('/') else ''}{sign}{anchor}"

    return link


def _changed(html: str, name: str, link: Callable[[str], str]) -> str:
    """Return HTML with its anchors below `name`, its links led by `link`, and its headings one level down where it has a name."""

    def attribute(match: re.Match[str]) -> str:
        if match[2]:
            return f'{match[1]}="{link(match[3])}"'
        return (
            f'{match[1]}="{" ".join(f"{name}--{each}" for each in match[3].split())}"' if name else match[0]
        )

    def tag(match: re.Match[str]) -> str:
        closing, element, attributes = match.groups()
        element = _LEVELS.get(element, element) if name else element
        return f"<{closing}{element}{_ATTRIBUTE.sub(attribute, attributes) if attributes else ''}>"

    return _TAG.sub(tag, html)
