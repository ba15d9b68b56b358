"""Pages that differ between two states of a handbook: what became of each, and which commits did it. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.changes.prose import compare_sections, lines
from handbook.changes.sections import heading, plain, sections, words
from handbook.changes.trace import Edge, around, leading, touching
from handbook.changes.words import quoted
from handbook.check.sync import content_id
from handbook.git.commit import Commit
from handbook.text import markdown

_NEAR = 0.6  #: share of words that a page has in common with one that it was before it moved
_MOST_MOVES = (
    400  #: pages that came, or went, beyond which only those of the same text or name are taken for moved
)
_NO_MATTER = 40  #: digits of an id where there is none to compare it with
_LONGEST = 200  #: characters of a summary


_Made = Callable[[Collection[str]], list[Commit]]  # the commits that touched one of some paths, oldest first
_End = tuple[str | None, bytes]  # where a page is at one end of the range, if it is there, and its content


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """What became of a page: added, removed, moved, changed, or only reworded. `was` is where it was, `path` where it is.

    `lines` are what is worth knowing about it, as plain text.
    """

    kind: str
    path: str
    was: str | None
    title: str
    lines: tuple[str, ...]
    commits: tuple[Commit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    path: str
    source: bytes

    @property
    def text(self) -> str:
        return self.source.decode(errors="replace")

    @property
    def words(self) -> frozenset[str]:
        return frozenset(words(self.text))


def compare_pages(before: Mapping[str, bytes], after: Mapping[str, bytes], commits: Sequence[Commit]) -> tuple[PageChange, ...]:  # fmt: skip
    """Return what became of the pages that differ. `before` and `after` are their contents, by path."""
    pairs = {path: path for path in before if path in after}
    pairs |= _moved(
        [_Page(path, source) for path, source in sorted(before.items()) if path not in after],
        [_Page(path, source) for path, source in sorted(after.items()) if path not in before],
    )
    came = {new: old for old, new in pairs.items()}
    touched = touching(commits)

    def made(some: Collection[str]) -> list[Commit]:
        return [commits[number] for number in sorted({one for path in some for one in touched.get(path, ())})]

    paths = [*after, *(path for path in before if path not in pairs)]
    return tuple(
        _change(
            path,
            came.get(path, path if path in before and path not in pairs else None),
            before,
            after,
            made,
        )
        for path in sorted(paths)
    )


def _change(path: str, was: str | None, before: Mapping[str, bytes], after: Mapping[str, bytes], made: _Made) -> PageChange:  # fmt: skip
    old = before[was].decode(errors="replace") if was is not None else None
    new = after[path].decode(errors="replace") if path in after else None
    kind, said = _said(path, was, old, new)
    makers = tuple(_makers(_end(was, before), _end(path, after), made))
    title = title_of(path, new if new is not None else old or "")
    return PageChange(kind=kind, path=path, was=was, title=title, lines=said, commits=makers)


def _end(path: str | None, pages: Mapping[str, bytes]) -> _End:
    return (path, pages[path]) if path is not None and path in pages else (None, b"")


def _said(path: str, was: str | None, old: str | None, new: str | None) -> tuple[str, tuple[str, ...]]:
    if old is None:
        return "added", (summary_of(new or "") or "There is no text yet.",)
    if new is None:
        return "removed", (f"The page {quoted(path)} is gone.",)
    said = list(lines(compare_sections(old, new)))
    before, after = title_of(was or path, old), title_of(path, new)
    if was != path:
        said.insert(0, f"The page is at {quoted(path)} now; it was at {quoted(was or '')}.")
    elif words(before) != words(after):
        said.insert(0, f"It was called {quoted(before)} before.")
    return ("moved" if was != path else "changed" if said else "reworded"), tuple(said)


def title_of(path: str, text: str) -> str:
    """Return what a page is called: by its front matter, its first heading, or its file."""
    given = _front(text).get("title")
    name = path.rpartition("/")[2].removesuffix(".md")
    return (given if isinstance(given, str) else "") or heading(text) or name


def summary_of(text: str) -> str:
    """Return what a page is about: by its front matter, or its first sentence."""
    given = _front(text).get("summary") or _front(text).get("description")
    said = (
        given
        if isinstance(given, str)
        else next((one for section in sections(text) for one in section.sentences), "")
    )
    flat = " ".join(plain(said).split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"


def _front(text: str) -> Mapping[str, object]:
    data = (
        markdown.read("", text.encode(errors="replace")).data
        if text.startswith(("---", "\ufeff---"))
        else None
    )
    return data if isinstance(data, dict) else {}


def _moved(gone: Sequence[_Page], came: Sequence[_Page]) -> dict[str, str]:
    """Pair pages that went with pages that came: the same content, the same name and like text, much the same text."""
    found: dict[str, str] = {}
    for old, new in _candidates(gone, came):
        if old not in found and new not in found.values():
            found[old] = new
    return found


def _candidates(gone: Sequence[_Page], came: Sequence[_Page]) -> Iterator[tuple[str, str]]:
    contents: dict[bytes, list[_Page]] = {}
    for new in came:
        contents.setdefault(new.source, []).append(new)
    same = [(old, new) for old in gone for new in contents.get(old.source, ()) if old.source.strip()]
    yield from _pairs(sorted(same, key=lambda pair: _name(pair[0]) != _name(pair[1])))
    if len(gone) > _MOST_MOVES or len(came) > _MOST_MOVES:
        return
    mine, yours = {one.path: one.words for one in gone}, {one.path: one.words for one in came}
    scored = [
        (len(both) / max(len(mine[old.path] | yours[new.path]), 1) + (_name(old) == _name(new)) / 4, old, new)
        for old in gone
        for new in came
        if (both := mine[old.path] & yours[new.path])
    ]
    near = sorted(
        (one for one in scored if one[0] >= _NEAR), key=lambda one: (-one[0], one[1].path, one[2].path)
    )
    yield from _pairs((old, new) for _, old, new in near)


def _pairs(found: Iterable[tuple[_Page, _Page]]) -> Iterator[tuple[str, str]]:
    return ((old.path, new.path) for old, new in found)


def _name(page: _Page) -> str:
    """What a page is called in a folder; an index is called as its folder."""
    folder, name = posixpath.split(page.path.lower())
    return posixpath.basename(folder) + ".md" if name in ("index.md", "readme.md") else name


def _makers(start: _End, end: _End, made: _Made) -> list[Commit]:
    """The commits that made a page what it is; one that was undone in between is none of them."""
    edges: list[Edge] = []
    paths = {path for path, _ in (start, end) if path is not None}
    for commit in made(paths):
        before, after = around([file for file in commit.files if file.path in paths])
        edges += [Edge(commit, one, after) for one in before if after not in before]
    ids = (content[1] for edge in edges if (content := edge.after or edge.before))
    digits = len(next(ids, "")) or _NO_MATTER
    ends = [path and (path, content_id(source, digits)) for path, source in (start, end)]
    found = leading(edges, *ends) or [edge.commit for edge in edges]
    return list({commit.sha: commit for commit in found}.values())
