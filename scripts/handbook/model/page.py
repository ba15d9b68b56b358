"""Pages: prose in Markdown, with what its front matter says about it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from handbook.finding import Place, Span
from handbook.frozen import EMPTY, Entity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    from handbook.text.outline import Link, Outline

ELSEWHERE = (
    "http:",
    "https:",
    "mailto:",
    "tel:",
    "//",
    "data:",
    "ftp:",
    "javascript:",
)  #: how addresses begin that are not paths


class Page(Entity):
    """A page. `path` is from the root of the handbook, `front` its front matter as plain values."""

    kind: ClassVar[str] = "page"

    path: str
    at: Place
    text: str
    front: Mapping[str, object] = EMPTY

    @cached_property
    def outline(self) -> Outline:
        """Headings, links and anchors."""
        from handbook.text import outline  # a check of a record reads no page

        return outline.read(self.text)

    @cached_property
    def lower(self) -> str:
        """What readers read, in lower case, to see at once what the page does not say. Offsets are those of its prose."""
        prose = self.outline.prose
        lower = prose.lower()
        if len(lower) == len(prose):
            return lower
        return "".join(
            [sign.lower() if len(sign.lower()) == 1 else sign for sign in prose]
        )  # a capital I with a dot

    def place(self, start: int, end: int) -> Place:
        """Return a stretch of the outline's text as a place."""
        return Place(self.path, span=self.outline.span(start, end))

    @property
    def top(self) -> Place:
        """The first line of the text, for what concerns the page as a whole."""
        line = self.outline.position(self.outline.body)[0]
        return Place(self.path, span=Span(line, 1, line, 1))

    @cached_property
    def ways(self) -> tuple[tuple[Link, str, str], ...]:
        """Each link within the handbook, with the path from the root, and the anchor, that it leads to."""
        return tuple(self._ways())

    def _ways(self) -> Iterator[tuple[Link, str, str]]:
        for link in self.outline.links:
            if (found := destination(self.path, link.target)) is not None:
                yield link, *found


def make(path: str, text: str, front: Mapping[str, object] = EMPTY) -> Page:
    """Return the page of a file."""
    return Page.taking({"path": path, "at": Place(path), "text": text, "front": front})


def destination(here: str, target: str) -> tuple[str, str] | None:
    """Return the path from the root and the anchor that a link on the page `here` leads to.

    None for what is outside of the handbook or hangs on where its site is: addresses, and paths from a server's root.
    """
    if target.startswith("/") or target.lower().startswith(ELSEWHERE) or "{{" in target:
        return None
    way, _, anchor = (_meant(target) if "&" in target or "\\" in target else target).partition("#")
    if "?" in way:
        way = way.partition("?")[0]
    if "%" in target:
        way, anchor = _unquoted(way), _unquoted(anchor)
    return (_joined(here.rpartition("/")[0], way) if way else here), anchor


def _meant(target: str) -> str:
    from handbook.text import outline

    return outline.address(target)


def _unquoted(text: str) -> str:
    """Return a part of an address with its %20 and the like as characters."""
    return re.sub(
        r"(?:%[0-9A-Fa-f]{2})+",
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode(errors="replace"),
        text,
    )


def _joined(folder: str, way: str) -> str:
    """Return the path of a file as seen from a folder. A slash at the end stays: it says that a folder is meant."""
    while way.startswith("../") and folder:
        folder, way = folder.rpartition("/")[0], way[3:]
    if "./" not in way and "//" not in way and not way.endswith("."):
        return f"{folder}/{way}" if folder else way
    return posixpath.normpath(posixpath.join(folder, way)) + ("/" if way.endswith("/") else "")
