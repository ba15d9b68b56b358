"""What changed between two handbooks. Pure: two values in, changes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from handbook.changes.catalog import CATALOG
from handbook.changes.change import Change
from handbook.changes.echoes import without_echoes
from handbook.changes.experiments import compare_experiment
from handbook.changes.fields import Table, walk
from handbook.changes.launches import compare_launch
from handbook.changes.onboarding import compare_path
from handbook.changes.process import compare_process
from handbook.changes.record import ENVELOPE, identity, instead
from handbook.changes.renames import renames
from handbook.changes.scope import Scope
from handbook.changes.templates import compare_template
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record


def _by(table: Table) -> Callable[[Scope, Any, Any], Iterator[Change]]:
    complete = {**ENVELOPE, **table}
    return lambda scope, old, new: walk(scope, complete, old, new)


_KINDS = list(KINDS)
_COMPARE: Mapping[str, Callable[[Scope, Any, Any], Iterator[Change]]] = {
    "process": compare_process,
    "launch-template": compare_template,
    "launch": compare_launch,
    "experiment": compare_experiment,
    "onboarding-path": compare_path,
    **{kind: _by(table) for kind, table in CATALOG.items()},
}


def compare(
    before: Handbook,
    after: Handbook,
    among: Collection[Name] | None = None,
    renamed: Mapping[Name, Name] | None = None,
) -> tuple[Change, ...]:
    """Return what changed from one handbook to another: record by record, what matters most first.

    With `among` only these records are looked at, of whatever handbook they are; all others are known to be the same.
    `renamed` are what `renames` returns, where somebody has asked it already.

    A record that is there but could not be read on one side is passed over: what is not known is not
    announced. Whoever calls says so.
    """
    if renamed is None:
        renamed = renames(before, after, among)
    was = {new: old for old, new in renamed.items()}
    found: list[Change] = []
    for name, new in _items(after, among):
        old = before.records.get(was.get(name, name))
        if old is not None:
            found += _record(Scope(before=before, after=after, renamed=renamed, old=old, new=new))
        elif not _unknown(before, name):
            found.append(
                Scope(before=before, after=after, renamed=renamed, old=None, new=new).change(
                    f"{name.kind}-added"
                )
            )
    for name, old in _items(before, among):
        if name not in after.records and name not in renamed and not _unknown(after, name):
            scope = Scope(before=before, after=after, renamed=renamed, old=old, new=None)
            found.append(scope.change(f"{name.kind}-removed", instead=instead(scope)))
    return tuple(sorted(found, key=_order))


def _items(handbook: Handbook, among: Collection[Name] | None) -> Iterable[tuple[Name, Record]]:
    if among is None:
        return handbook.records.items()
    return [(name, handbook.records[name]) for name in among if name in handbook.records]


def _unknown(handbook: Handbook, name: Name) -> bool:
    """Whether a record may be there, but cannot be read."""
    return name in handbook.places or name.kind in handbook.unread


def _record(scope: Scope) -> list[Change]:
    old, new = scope.old, scope.new
    assert old is not None
    assert new is not None
    if old == new:
        return []
    return without_echoes([*identity(scope, old, new), *_COMPARE[new.kind](scope, old, new)])


def _order(change: Change) -> tuple[int, str, int]:
    """The order of a report: by record, what matters most first, and otherwise as a reader meets it."""
    return (_KINDS.index(change.subject.kind), change.subject.id, -change.level)
