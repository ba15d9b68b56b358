"""Parts of records that have ids: which came, went, moved or got another id, and what changed in each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from handbook.changes import words
from handbook.changes.alike import Matched, match, meaning, moved
from handbook.changes.change import Change
from handbook.changes.fields import Form, Table, walk
from handbook.changes.scope import Scope
from handbook.model.handbook import Name

Title = Callable[[Scope, Any], str]


def titled(scope: Scope, part: Any) -> str:
    """Return what readers call a part that has a title."""
    return str(part.title)


def form(stem: str, table: Table, title: Title = titled, *, ordered: bool = False) -> Form:
    """Compare two lists of parts; with `ordered` their order means something."""
    return lambda scope, key, old, new: compare_parts(scope, stem, table, old, new, title, ordered)


def pair(scope: Scope, old: Sequence[Any], new: Sequence[Any], title: Title) -> Matched[Any]:
    """Pair parts by id; what is left by what readers call it, then by everything but its id."""
    nameless = frozenset(("id",))
    return match(
        old,
        new,
        lambda part: part.id,
        lambda part: title(scope, part).casefold(),
        lambda part: repr(meaning(part, nameless)),
    )


def knowing(scope: Scope, kind: str, old: Sequence[Any], new: Sequence[Any], title: Title) -> Scope:
    """Return the scope with what the parts of one kind are called, and which id each has now."""
    found = pair(scope, old, new, title)
    renamed = {**scope.renamed, **{Name(kind, one.id): Name(kind, other.id) for one, other in found.pairs}}
    titles = {**scope.titles, **{Name(kind, part.id): title(scope, part) for part in (*found.removed, *new)}}
    return dataclasses.replace(scope, renamed=renamed, titles=titles)


def compare_parts(
    scope: Scope, stem: str, table: Table, old: Sequence[Any], new: Sequence[Any], title: Title, ordered: bool
) -> Iterator[Change]:
    """Yield the changes between two lists of parts."""
    found = pair(scope, old, new, title)
    for part in found.added:
        yield scope.inside(None, part, title(scope, part)).change(f"{stem}-added", **about(scope, part))
    for part in found.removed:
        yield scope.inside(part, None, title(scope, part)).change(f"{stem}-removed", **about(scope, part))
    went = went_elsewhere(old, found) if ordered else []
    for before, after in found.pairs:
        within = scope.inside(before, after, title(scope, after))
        if after.id in went:
            yield within.change(f"{stem}-moved")
        yield from renamed(within, before, after)
        yield from walk(within, table, before, after)


def went_elsewhere(old: Sequence[Any], found: Matched[Any]) -> list[str]:
    """Return the new ids of the fewest parts that had to move."""
    now = {id(before): after.id for before, after in found.pairs}
    return moved([now[id(part)] for part in old if id(part) in now], [after.id for _, after in found.pairs])


def renamed(within: Scope, before: Any, after: Any) -> Iterator[Change]:
    """Yield that a part has another id, where it has."""
    if before.id != after.id:
        yield within.change("id-renamed", before=words.quoted(before.id), after=words.quoted(after.id))


def about(scope: Scope, part: Any) -> dict[str, str]:
    """What the sentence about a part that came or went may say of it."""
    said = {
        name: scope.show(getattr(part, name), "role")
        for name in ("responsible", "approver")
        if hasattr(part, name)
    }
    return {**said, "due": due(scope, part)}


def due(scope: Scope, part: Any) -> str:
    """When a part is due, in words that follow a comma; empty where it says nothing."""
    if (offset := getattr(part, "due", None)) is not None:
        return f", due {words.from_anchor(offset, anchor(scope))}"
    day = getattr(part, "due_on", None)
    return f", due {words.value(day)}" if day else ""


def anchor(scope: Scope) -> str:
    """What the anchor day of a template is called."""
    return str(getattr(getattr(scope.record, "anchor", None), "name", "the anchor day"))
