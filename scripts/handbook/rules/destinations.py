"""Where links within the handbook lead, and what was probably meant by those that lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from handbook.finding import Place
from handbook.frozen import Frozen
from handbook.model.catalog import Artifact, Tool
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.onboarding import OnboardingPath
from handbook.model.page import ELSEWHERE, Page
from handbook.model.record import Record
from handbook.rules.around import Around
from handbook.site import anchors
from handbook.text.near import nearest

_NOT_OURS = ("__", "fn:", "fnref:", ":~:")  #: anchors that the theme, footnotes or the browser make
_FILLED_LATER = ("{{", "{%", "\n::: ")  #: marks of programs that put text into a page when the site is built


class Wrong(Frozen):
    """What is wrong with a link: the sentence, the remedy, and what may be written in its place."""

    message: str
    help: str
    instead: str = ""


def missing_page(page: Page | None, path: str, around: Around, guess: bool = True) -> Wrong | None:
    """Say what is wrong with a link to a path from the root, or None where a page or file is there.

    With `guess` it says what may be meant, which takes a look at the names of all pages.
    """
    outside = not path.startswith(f"{around.docs}/")
    if outside and page is not None and not page.path.startswith(f"{around.docs}/"):
        outside = False  # a page such as the README is read where it is, not on the site
    if around.anchors(path) is not None or (not outside and is_there(path, around)):
        return None
    if outside:
        message = f'"{path}" is not below {around.docs}/, so the site does not have it'
        return Wrong(message, "link to a page, or to the file at your Git host with its whole address")
    return missing_file(page, path, around, guess)


def is_there(path: str, around: Around) -> bool:
    """Whether there is a file at a path from the root. What lies outside of the handbook is not looked at."""
    return not path.startswith("..") and around.has_file(path)


def missing_file(page: Page | None, path: str, around: Around, guess: bool = True) -> Wrong:
    """Say that there is no file at a path, and which one may be meant."""
    near = _meant(path, around) if guess else ""
    shown = near and _way(page, near, around)
    message = f'there is no page or file "{path}"' + (f'; did you mean "{shown}"?' if shown else "")
    return Wrong(message, "write the path of a page that is there, or remove the link", shown)


def missing_anchor(page: Page | None, path: str, anchor: str, around: Around) -> Wrong | None:
    """Say that a page has no such anchor, or None where it has one or nobody can tell."""
    own = page is not None and path == page.path
    known = page.outline.anchors if page is not None and own else around.anchors(path)
    if known is None or anchor in known or anchor.startswith(_NOT_OURS):
        return None
    name = anchors.record_of(path.removeprefix(f"{around.docs}/"))
    if name is not None and anchors.may_be_on(name, anchor):
        return None
    target = page if own else around.page(path)
    if (
        _has(target, anchor, around) if target is not None else not known
    ):  # nothing is known of a record with errors
        return None
    near = nearest(anchor, known) or ""
    title = "this page" if own else f'"{path}"'
    message = f'{title} has no section "#{anchor}"' + (f'; did you mean "#{near}"?' if near else "")
    return Wrong(
        message, "take the name from the address of the section on the site", near if page is not None else ""
    )


def _has(target: Page, anchor: str, around: Around) -> bool:
    """Whether a page has an anchor after all, or may have it once it is built."""
    if any(mark in target.text for mark in _FILLED_LATER):
        return True
    if target.outline.includes and around.referee.dialect.includes:
        return True
    return around.referee.really_has(target.text, anchor)


def site_address(page: Page, target: str, around: Around) -> str:
    """Return the page that a target such as `../first-week/` means, which is how the site calls it; or nothing."""
    bare = target.partition("#")[0].partition("?")[0].rstrip("/")
    if (
        not bare
        or posixpath.splitext(bare)[1]
        or target.startswith("/")
        or target.lower().startswith(ELSEWHERE)
    ):
        return ""
    # as seen from the file, or from the page on the site, which is one folder deeper
    for start in (posixpath.dirname(page.path), page.path.removesuffix(".md")):
        path = posixpath.normpath(f"{start}/{bare}")
        for found in (f"{path}.md", f"{path}/index.md"):
            if around.anchors(found) is not None:
                return found
    return ""


def of_record(path: str, around: Around) -> Name | None:
    """Return the record in a file, where that is the only one in it."""
    id = posixpath.basename(path).rpartition(".")[0]
    if not around.has_file(path) or path.startswith(f"{around.docs}/"):
        return None
    folder = posixpath.dirname(path).partition("/")[2]
    found = [Name(kind.name, id) for kind in KINDS.values() if kind.folder == folder and not kind.catalogue]
    return next((name for name in (*found, Name("process", id)) if around.knows(name)), None)


def behind(record: Record) -> Iterator[tuple[Place, str]]:
    """Yield where a record links to, and the places at which it says so."""
    for link in record.links:
        yield link.at / "to", link.to
    if isinstance(record, Tool):
        yield from (
            (record.at / key, to) for key in ("guideline", "training") if (to := getattr(record, key))
        )
    elif isinstance(record, Artifact) and record.template:
        yield record.at / "template", record.template
    elif isinstance(record, OnboardingPath):
        for item in (item for stage in record.stages for item in stage.items if item.link):
            yield item.at / "link", item.link or ""


def _meant(path: str, around: Around) -> str:
    """Return the page that was probably meant: moved to another folder, or with a slip in its name."""
    name = anchors.record_of(path.removeprefix(f"{around.docs}/"))
    if name is not None:
        near = nearest(name.id, around.ids(name.kind))
        return f"{around.docs}/{anchors.page_of(Name(name.kind, near))}" if near else ""
    pages = around.ids("page")
    file, folder = posixpath.basename(path), posixpath.dirname(path)
    moved = [page for page in pages if posixpath.basename(page) == file and file != "index.md"]
    if len(moved) == 1:
        return moved[0]
    beside = {posixpath.basename(page): page for page in pages if posixpath.dirname(page) == folder}
    return beside.get(nearest(file, beside) or "", "")


def _way(page: Page | None, path: str, around: Around) -> str:
    """Return the way to a path as a link has to write it: from its page, or from the folder of the pages."""
    return posixpath.relpath(path, posixpath.dirname(page.path) or "." if page else around.docs)
