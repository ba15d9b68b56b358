"""The navigation of the theme, rendered once for all pages of a section instead of once for each page.

Between two pages of one section the navigation differs in their own entries only: the open page is marked, and
holds its table of contents. So a section is rendered with none of its pages open, and each page puts its own entry
in. The templates are those of the theme, with whatever a site overrides in them. A page where that cannot be
done, such as the first one of a section, is rendered as the theme does it, and so is a section where the two ways
do not give the same: this changes how long a build takes, and nothing else but white space.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_NAVIGATION = "partials/nav.html"
_ENTRY = (
    """{% import "partials/nav-item.html" as item with context %}{{ item.render(entry, "", 1, around) }}"""
)
_NO_PAGE = "no-page-has-this-name"
_KEPT = 32  #: sections, so that the memory of a build does not grow with their number
_BREAKS = re.compile(r"\s*\n\s*")

Variables = Mapping[str, Any]  #: what a template can use


class _Shared(NamedTuple):
    """The navigation of a section with no page open, and where the entries of its pages are in it."""

    html: str
    siblings: tuple[Any, ...]
    entries: Mapping[int, tuple[int, int]]  #: identity of a page -> begin and end
    proven: bool = False  #: a page had it and got what the theme would have given it


class Menu:
    """The navigation of one build."""

    def __init__(self, whole: Template, entry: Template) -> None:
        self._whole = whole
        self._entry = entry
        self._shared: dict[object, _Shared | None] = {}
        self._above: frozenset[str] | None = None

    def html(self, variables: Variables) -> str:
        """Return the navigation as the page in `variables` shows it."""
        page, nav = variables.get("page"), variables["nav"]
        if page is None or self._holds_others(page, nav):
            return self._plain(variables)
        key = (id(page.parent), posixpath.dirname(page.url.rstrip("/")), page.url.endswith("/"))
        if key not in self._shared:
            if len(self._shared) >= _KEPT:
                del self._shared[next(iter(self._shared))]
            self._shared[key] = self._share(page, variables)
        return self._joined(key, page, variables)

    def _joined(self, key: object, page: Page, variables: Variables) -> str:
        """Return the navigation of a section with the entry of a page, if the theme gives its first page the same."""
        shared = self._shared[key]
        if shared is None:
            return self._plain(variables)
        begin, end = shared.entries.get(id(page), (0, 0))
        if not end and any(each is page for each in shared.siblings):
            return self._plain(variables)
        own = self._one(variables, page) if end else ""
        joined = shared.html[:begin] + own + shared.html[end:]
        if not shared.proven:
            right = self._plain(variables)
            self._shared[key] = shared._replace(proven=True) if right == joined else None
            return right
        return joined

    def _holds_others(self, page: Page, nav: Navigation) -> bool:
        """Whether pages lie below the address of a page: its links to them are not those of its neighbours."""
        if self._above is None:
            self._above = frozenset(_above(nav.items))
        return page.url in self._above

    def _share(self, page: Page, variables: Variables) -> _Shared:
        siblings = tuple(page.parent.children if page.parent else variables["nav"].items)
        page.active = False
        if page.parent:
            page.parent.active = True
        try:
            nobody = {**variables, "page": _nobody(page)}
            html = self._plain(nobody)
            leaves = [each for each in siblings if each.is_page]
            places = {id(each): _place(self._one(nobody, each), html) for each in leaves}
        finally:
            page.active = True
        return _Shared(html, siblings, {each: place for each, place in places.items() if place})

    def _plain(self, variables: Variables) -> str:
        return compact(self._whole.render(variables))

    def _one(self, variables: Variables, entry: Page) -> str:
        return compact(self._entry.render({**variables, "entry": entry, "around": entry.parent}))


def precompute(env: Environment) -> None:
    """Let the theme of a build take its navigation from a `Menu`. A theme without Material's templates stays as it is."""
    from jinja2 import ChoiceLoader, DictLoader, TemplateNotFound, pass_context
    from jinja2.runtime import Context

    try:
        menu = Menu(env.get_template(_NAVIGATION), env.from_string(_ENTRY))
        env.get_template("partials/nav-item.html")
    except TemplateNotFound:
        return
    assert env.loader is not None
    env.auto_reload = False  # a build has an environment of its own, in which templates do not change
    env.loader = ChoiceLoader([DictLoader({_NAVIGATION: "{{ handbook_menu() }}"}), env.loader])

    @pass_context
    def handbook_menu(context: Context) -> str:
        return menu.html(context.get_all())

    env.globals["handbook_menu"] = handbook_menu


def compact(html: str) -> str:
    """Return HTML with each run of white space that breaks a line as one line break: half of a navigation is indentation."""
    return _BREAKS.sub("\n", html.strip())


def _place(entry: str, html: str) -> tuple[int, int] | None:
    """Return where an entry is, if it is there once."""
    begin = html.find(entry)
    if not entry or begin < 0 or html.find(entry, begin + 1) >= 0:
        return None
    return begin, begin + len(entry)


def _nobody(page: Page) -> Page:
    """Return a page beside another one that is not in the navigation: links are written as seen from there."""
    from mkdocs.structure.toc import get_toc

    other = copy.copy(page)
    other.file = copy.copy(page.file)
    ending = "/" if page.url.endswith("/") else ".html"
    other.title, other.meta, other.toc = _NO_PAGE, {}, get_toc([])
    other.file.url = posixpath.join(posixpath.dirname(page.url.rstrip("/")), f"{_NO_PAGE}{ending}")
    return other


def _above(items: list[Any]) -> Iterator[str]:
    """Yield the folders above all addresses in the navigation."""
    for item in items:
        if item.children:
            yield from _above(item.children)
        url = getattr(item, "url", None) or ""
        folder = posixpath.dirname(url.rstrip("/"))
        while folder:
            yield f"{folder}/"
            folder = posixpath.dirname(folder)
