"""Names for the boxes of task lists, ways for drawings, and heads for tables: an extension of Python-Markdown.

A box beside its text has no name; with one, screen readers say what is to be done, also where nothing can be ticked.
A drawing of neighbours cannot know the addresses of other pages, so it leads to the list below it; here, where the
addresses are known, it gets those of the links in that list.
"""

from __future__ import annotations

import re

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

from handbook.site import heads

_BOX = re.compile(
    r'(<li class="task-list-item">\s*(?:<p>)?(?:<label class="task-list-control">)?<input type="checkbox")'
    r"(?! aria-)(.*?)(?=</li>|</p>|<ul|<ol|<div)",
    re.DOTALL,
)
_WAY = re.compile(r'<a href="([^"]*)" id="(next-[^"]*)"')
_SHORT = re.compile(r'<a href="#(next-[^"]*)"')
_TITLE = re.compile(r'<strong id="([^"]+)"')
_TAG = re.compile(r"<[^>]*>")


def named(html: str) -> str:
    """Return HTML in which each box has a name: the strong words beside it that have an anchor, or all of its line."""
    return _BOX.sub(lambda box: f"{box[1]} {_name(box[2])}{box[2]}", html)


def _name(rest: str) -> str:
    title = _TITLE.search(rest)
    if title:
        return f'aria-labelledby="{title[1]}"'
    said = " ".join(_TAG.sub(" ", rest.partition(">")[2]).split())
    return f'aria-label="{said.replace(chr(34), "&quot;")}"'


def led(html: str) -> str:
    """Return HTML in which drawings of neighbours lead where the links lead that their own links point at."""
    if 'class="diagram neighbours"' not in html:
        return html
    ways = {link[2]: link[1] for link in _WAY.finditer(html)}
    return _SHORT.sub(lambda short: f'<a href="{ways.get(short[1], "#" + short[1])}"', html)


class _Named(Postprocessor):  # type: ignore[misc]
    def run(self, text: str) -> str:
        """Run when the HTML of the boxes stands in the text."""
        return heads.told(led(named(text)))


class Boxes(Extension):  # type: ignore[misc]
    """Registers the names."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Python-Markdown's
        """Come after the postprocessor that puts raw HTML back, which has 30."""
        md.postprocessors.register(_Named(md), "handbook-boxes", 5)


def makeExtension(**settings: object) -> Boxes:  # noqa: N802  # the name is Python-Markdown's
    """Return the extension; it has no settings."""
    return Boxes()
