"""Asking Python-Markdown itself about one page, before a finding about a link or an anchor is reported.

`outline` is fast and nearly always right; this is slow and right. So a clean handbook never comes here.
"""

from __future__ import annotations

import functools
from html.parser import HTMLParser

from handbook.frozen import Frozen
from handbook.text import outline
from handbook.text.dialect import Dialect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LARGEST = 150_000  #: characters of a page that is still read in a second
#: Of these a page of that size has far fewer, and Python-Markdown takes minutes for very many.
_MOST = {
    "\n#": 500, "\n-\n": 200, "\n--": 400, "\n==": 200, "\n- ": 3_000, "\n    ": 6_000,
    "```": 1_000, "~~~": 1_000, "[": 5_000, "<": 5_000, "*": 10_000, "_": 20_000,
}  # fmt: skip
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
_UNPAIRED = 200  #: brackets that are opened and never closed


class Rendered(Frozen):
    """What readers get of a page: its anchors, and where its links and images lead."""

    anchors: frozenset[str]
    targets: frozenset[str]


class Referee:
    """Python-Markdown with the extensions of a site. Where it is not installed, `outline` has the last word."""

    def __init__(self, dialect: Dialect | None = None) -> None:
        self.dialect = dialect or Dialect()
        self._rendered = functools.lru_cache(maxsize=32)(self._render)

    def really_links(self, text: str, target: str) -> bool:
        """Whether a page has a link or image that leads to `target`, which is as it is typed on the page."""
        page = self._rendered(text)
        return page is None or bool({target, outline.address(target)} & page.targets)

    def really_has(self, text: str, anchor: str) -> bool:
        """Whether a page has an anchor."""
        return anchor in self.anchors(text)

    def anchors(self, text: str) -> frozenset[str]:
        """Return the anchors of a page."""
        page = self._rendered(text)
        return outline.read(text).anchors if page is None else page.anchors

    def _render(self, text: str) -> Rendered | None:
        page = outline.read(text)
        if not _is_tame(text) or (reader := self._reader) is None:
            return None
        try:
            rendered = reader.reset().convert(page.text[page.body :])
        except Exception:  # an extension that stumbles over this page, or a page that is nested too deeply
            return None
        found = _Collector()
        found.feed(rendered)
        return Rendered(frozenset(found.anchors), frozenset(found.targets))

    @functools.cached_property
    def _reader(self) -> Any:
        try:
            import markdown  # type: ignore[import-untyped]
        except ImportError:
            return None
        reader = markdown.Markdown()
        for name in self.dialect.extensions:
            try:
                reader.registerExtensions([name], {name: _settings(self.dialect.settings.get(name, {}))})
            except Exception:  # it is not installed, or has other settings in the version that is
                continue
        return reader


def _is_tame(text: str) -> bool:
    """Whether a page is like those that people write; one that is made to keep a reader busy is not."""
    if len(text) > _LARGEST or any(text.count(mark) > most for mark, most in _MOST.items()):
        return False
    return not any(text.count(opened) - text.count(closed) > _UNPAIRED for opened, closed in _PAIRS)


def _settings(given: Any) -> dict[str, Any]:
    """Return settings with the function for anchors that they name."""
    settings = dict(given)
    if "slugify" in settings:
        function = _slugify(settings.pop("slugify"))
        settings |= {"slugify": function} if function else {}
    return settings


def _slugify(named: object) -> Any:
    if not isinstance(named, tuple):
        return None
    try:
        from pymdownx import slugs  # type: ignore[import-untyped]
    except ImportError:
        return None
    name, given = named
    found = getattr(slugs, name)
    return found(**given) if name == "slugify" else found


class _Collector(HTMLParser):
    """Collects anchors and targets of a rendered page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.anchors: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            elif name in ("href", "src"):
                self.targets.add(value)
