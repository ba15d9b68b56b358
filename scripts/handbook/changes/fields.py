"""How the keys of a record are compared: one function per form of value.

Each takes the stem of its change kinds, such as `due` of `due-earlier`, and returns a `Form`. A table maps
the fields of a record to forms; a field that no table names is compared by its value, so that nothing is
lost in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from handbook.changes import words
from handbook.changes.alike import match, meaning, reworded
from handbook.changes.change import Change
from handbook.changes.kinds import CATALOGUE
from handbook.changes.scope import Scope
from handbook.model.values import Duration, Effort
from handbook.plan.states import in_words
from handbook.text.words import listed

Form = Callable[[Scope, str, Any, Any], Iterator[Change]]
Table = Mapping[str, Form]
Say = Callable[[Any], str]

_PLACES = ("at", "id")
_QUOTES = str.maketrans("", "", "`\"'“”‘’")


def walk(scope: Scope, table: Table, old: Any, new: Any, without: Sequence[str] = ()) -> Iterator[Change]:
    """Yield the changes between two states of a record or a part, field by field."""
    for name in new.fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in _PLACES and name not in without and before != after:
            yield from table.get(name, plain)(scope, name, before, after)


def kind(stem: str, action: str) -> str:
    """Return the kind of change for an action, or the general one where the catalogue does not tell them apart."""
    name = f"{stem}-{action}"
    return name if name in CATALOGUE else f"{stem}-changed"


def existence(old: Any, new: Any, otherwise: str = "changed") -> str:
    """Return whether a value was added or removed, or else the action that is given."""
    return "added" if old in (None, ()) else "removed" if new in (None, ()) else otherwise


def skip(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
    """Say nothing: another part of the comparison tells it."""
    return iter(())


def plain(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
    """Compare what no table knows."""
    before, after = meaning(old), meaning(new)
    if before == after:
        return
    simple = not isinstance(before, dict | list) and not isinstance(after, dict | list)
    said = {"before": scope.show(old), "after": scope.show(new)} if simple else {}
    from_to = f" from {said['before']} to {said['after']}" if simple else ""
    action = existence(old, new) if simple else "changed"
    yield scope.change(f"key-{action}", key=key, label=words.label(key), from_to=from_to, **said)


def value(stem: str, refers_to: str | None = None) -> Form:
    """Compare one value; with `refers_to` it is the id of a record of that kind."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        if refers_to:
            old, new = old and scope.now(old, refers_to), new and scope.canonical(new, refers_to)
        if _bare(old) == _bare(new):
            if old != new:
                yield scope.change("wording-changed", key=key, label=words.label(key))
        else:
            before, after = scope.show(old, refers_to), scope.show(new, refers_to)
            yield scope.change(
                kind(stem, existence(old, new)), key=key, before=before, after=after, label=words.label(key)
            )

    return compare


def as_said(scope: Scope, key: str, stem: str, old: Any, new: Any, **said: str) -> Iterator[Change]:
    """Compare two values as they are said; `said` is what else the sentence needs."""
    before, after = words.value(old), words.value(new)
    if before != after:
        yield scope.change(f"{stem}-{existence(old, new)}", key=key, before=before, after=after, **said)


def choice(stem: str, say: Say = in_words) -> Form:
    """Compare one value out of a few that the schema knows, which is said without quotes."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        before, after = ("" if it is None else say(it) for it in (old, new))
        yield scope.change(
            kind(stem, existence(old, new)), key=key, before=before, after=after, label=words.label(key)
        )

    return compare


def flag(stem: str) -> Form:
    """Compare whether something holds. Where nothing is said, it does not."""

    def compare(scope: Scope, key: str, old: bool, new: bool) -> Iterator[Change]:
        yield scope.change(f"{stem}-{'added' if new else 'removed'}", key=key)

    return compare


def called(scope: Scope, key: str, old: str, new: str) -> Iterator[Change]:
    """Compare titles. Their sentence puts quotation marks around what it is given, so that is the bare text."""
    if _bare(old) == _bare(new):
        yield scope.change("wording-changed", key=key, label=words.label(key))
    else:
        yield scope.change("title-changed", key=key, before=old, after=new)


def _bare(it: Any) -> Any:
    """Return a text without its quotation marks and spaces, which carry no meaning; anything else as it is."""
    return "".join(it.translate(_QUOTES).split()) if isinstance(it, str) else it


def size(it: Any) -> Any:
    """Return what makes a duration or an effort large, however it is written."""
    match it:
        case Duration():
            return (it.high_days, it.low_days)
        case Effort():
            return it.hours
    return it


def amount(
    stem: str,
    more: str = "increased",
    less: str = "decreased",
    *,
    of: Callable[[Any], Any] = size,
    say: Say = words.value,
) -> Form:
    """Compare two amounts by their size; the same size in other words is no change."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        if None not in (old, new) and of(old) == of(new):
            return
        action = existence(old, new) if None in (old, new) else more if of(new) > of(old) else less
        yield scope.change(
            kind(stem, action), key=key, before=say(old), after=say(new), label=words.label(key)
        )

    return compare


def day(stem: str, say: Say = words.value) -> Form:
    """Compare two days, or two numbers of days."""
    return amount(stem, "later", "earlier", of=lambda it: getattr(it, "days", it), say=say)


def names(stem: str, refers_to: str | None = None) -> Form:
    """Compare two lists in which order means nothing, such as the ids of roles."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        before = [scope.now(id, refers_to) if refers_to else id for id in old or ()]
        after = [scope.canonical(id, refers_to) if refers_to else id for id in new or ()]
        too = " too" if set(before) & set(after) else ""
        for action, one, other in (("added", after, before), ("removed", before, after)):
            if found := [scope.show(id, refers_to) for id in dict.fromkeys(one) if id not in other]:
                yield scope.change(f"{stem}-{action}", key=key, items=listed(found), too=too)

    return compare


def texts(stem: str) -> Form:
    """Compare two lists of sentences. One that has half of its words in common with one before is the same, reworded."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        removed = [text for text in dict.fromkeys(old) if text not in new]
        added = [text for text in dict.fromkeys(new) if text not in old]
        for before, after in reworded(removed, added) if f"{stem}-changed" in CATALOGUE else ():
            removed.remove(before)
            added.remove(after)
            yield scope.change(
                f"{stem}-changed", key=key, before=words.quoted(before), after=words.quoted(after)
            )
        for action, found in (("added", added), ("removed", removed)):
            if found:
                yield scope.change(f"{stem}-{action}", key=key, items=listed(map(words.quoted, found)))
        if sorted(old) == sorted(new):
            yield scope.change("order-changed", key=key, label=words.label(key))

    return compare


def wording(label: str = "") -> Form:
    """Compare prose, of which a new wording is not a new meaning."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        if (old or "").split() != (new or "").split():
            name = {"added": "text-added", "removed": "text-removed"}.get(
                existence(old, new), "wording-changed"
            )
            said = label or words.label(key)
            yield scope.change(name, key=key, label=said, a_label=words.with_article(said))

    return compare


def entries(stem: str, say: Say) -> Form:
    """Compare two lists of entries without ids; `say` puts one into words."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        found = match(old, new, lambda entry: repr(meaning(entry)))
        for action, some in (("added", found.added), ("removed", found.removed)):
            if some:
                yield scope.change(f"{stem}-{action}", key=key, items=listed(map(say, some)))

    return compare


def mapping(stem: str, say: Callable[[Scope, str, Any], str], refers_to: str | None = None) -> Form:
    """Compare two mappings; with `refers_to` their keys are ids of records of that kind."""

    def compare(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
        before = {scope.now(id, refers_to) if refers_to else id: item for id, item in old.items()}
        after = {scope.canonical(id, refers_to) if refers_to else id: item for id, item in new.items()}
        found = {
            "added": [id for id in after if id not in before],
            "changed": [id for id in after if id in before and after[id] != before[id]],
            "removed": [id for id in before if id not in after],
        }
        for action, ids in found.items():
            if ids:
                said = listed(say(scope, id, (before if action == "removed" else after)[id]) for id in ids)
                yield scope.change(f"{stem}-{action}", key=key, items=said)

    return compare


def extras(scope: Scope, key: str, old: Any, new: Any) -> Iterator[Change]:
    """Compare the keys that a company added for itself."""
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            before, after = scope.show(old.get(name)), scope.show(new.get(name))
            said = {"before": before, "after": after, "from_to": f" from {before} to {after}", "label": name}
            yield scope.change(f"key-{existence(old.get(name), new.get(name))}", key=name, **said)
