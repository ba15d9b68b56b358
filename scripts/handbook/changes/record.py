"""What every kind of record shares: its life, its owner, its place and its words."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.changes import words
from handbook.changes.change import Change
from handbook.changes.fields import Form, Table, day, existence, extras, names, skip, value, wording
from handbook.changes.scope import Scope
from handbook.model.handbook import Name
from handbook.model.process import Process
from handbook.model.record import Link, MetricTarget, Record
from handbook.model.values import Target
from handbook.model.visibility import PUBLIC

#: from a state of life to the next one -> what that is called; the way back has the mirror of the action
_STEPS = {
    ("draft", "trial"): ("started", "ended"),
    ("draft", "active"): ("activated", "deactivated"),
    ("trial", "active"): ("activated", "deactivated"),
}
_LATE = {"deprecated": ("deprecated", "reinstated"), "retired": ("retired", "revived")}
_ORDER = ("draft", "trial", "active", "deprecated", "retired")


def status(scope: Scope, key: str, old: str, new: str) -> Iterator[Change]:
    """Compare where a record stands in its life."""
    forward = _ORDER.index(new) > _ORDER.index(old)
    early, late = (old, new) if forward else (new, old)
    there, back = _LATE.get(late) or _STEPS[early, late]
    action = there if forward else back
    now = "a draft" if new == "draft" else new
    yield scope.change(f"record-{action}", key=key, before=old, after=now, instead=instead(scope))


def visibility(scope: Scope, key: str, old: str | None, new: str | None) -> Iterator[Change]:
    """Compare who may read a record. What it does not say the settings do, which are no part of a record."""
    if PUBLIC in (old, new):
        yield scope.change(f"record-{'published' if new == PUBLIC else 'withdrawn'}", key=key)
    else:
        before, after = (said or "as the settings have it" for said in (old, new))
        yield scope.change("visibility-changed", key=key, before=before, after=after)


def instead(scope: Scope) -> str:
    """What is to be used instead of a record, in words that follow a semicolon; empty where nothing is named.

    A record that took over its id as an alias takes its place as well.
    """
    record = scope.record
    heir = scope.after.aliases.get(Name(record.kind, record.id))
    other = record.replaced_by or (heir.id if heir else None)
    return f"; use {scope.show(other, record.kind)} instead" if other else ""


def successor(scope: Scope, key: str, old: str | None, new: str | None) -> Iterator[Change]:
    """Compare which record of the same kind is to be used instead."""
    yield from value("successor", scope.record.kind)(scope, key, old, new)


def predecessors(scope: Scope, key: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    """Compare which records of the same kind this one takes the place of."""
    yield from names("predecessor", scope.record.kind)(scope, key, old, new)


def aliases(scope: Scope, key: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    """Compare the other names of a record; the one that a renaming leaves behind is part of the renaming."""
    known = {record.id for record in (scope.old, scope.new) if record}
    before, after = ([alias for alias in some if alias not in known] for some in (old, new))
    yield from names("alias")(scope, key, before, after)


def links(scope: Scope, key: str, old: tuple[Link, ...], new: tuple[Link, ...]) -> Iterator[Change]:
    """Compare further reading; a link is known by its title."""
    before, after = ({link.title: link.to for link in some} for some in (old, new))
    yield from names("link")(scope, key, list(before), list(after))
    for title in after:
        if title in before and before[title] != after[title]:
            yield scope.change(
                "link-changed", key=key, before=words.quoted(title), after=words.quoted(after[title])
            )


def target(measure: str | None = None) -> Form:
    """Return the form of a target; without `measure` it is that of the record itself, which is a metric."""

    def compare(scope: Scope, key: str, old: Target | None, new: Target | None) -> Iterator[Change]:
        if old and new and (old.comparison, old.value, old.unit) == (new.comparison, new.value, new.unit):
            return
        action = existence(old, new, _direction(old, new))
        said = {"before": words.value(old), "after": words.value(new)}
        of = {"measure": measure} if measure else {"measure": scope.record.title, "inside": ""}
        yield scope.change(f"target-{action}", key=key, **said, **of)

    return compare


def _direction(old: Target | None, new: Target | None) -> str:
    """Whether a target got harder to reach; only where both are read the same way can that be told."""
    if (
        not old
        or not new
        or (old.comparison, old.unit) != (new.comparison, new.unit)
        or old.comparison == "="
    ):
        return "changed"
    return "tightened" if (new.value > old.value) == old.comparison.startswith(">") else "loosened"


def measures(
    scope: Scope, key: str, old: tuple[MetricTarget, ...], new: tuple[MetricTarget, ...]
) -> Iterator[Change]:
    """Compare the metrics of a process or template, and their targets."""
    before = {scope.now(one.metric, "metric"): one.target for one in old}
    after = {scope.canonical(one.metric, "metric"): one.target for one in new}
    yield from names("measure", "metric")(scope, key, list(before), list(after))
    for metric in after:
        if metric in before and before[metric] != after[metric]:
            yield from target(scope.show(metric, "metric"))(scope, key, before[metric], after[metric])


def identity(scope: Scope, old: Record, new: Record) -> Iterator[Change]:
    """Yield that a record has another id, title or area. One who does both at once did one thing."""
    if old.id != new.id and old.title != new.title:
        yield scope.change("record-renamed", before=words.quoted(old.title), after=words.quoted(new.title))
    elif old.id != new.id:
        yield scope.change("id-renamed", before=words.quoted(old.id), after=words.quoted(new.id))
    elif old.title != new.title:
        yield scope.change("title-changed", key="title", before=old.title, after=new.title)
    if isinstance(old, Process) and isinstance(new, Process) and old.area != new.area:
        yield scope.change("record-moved", before=words.quoted(old.area), after=words.quoted(new.area))


ENVELOPE: Table = {
    "title": skip,  # told by `identity`
    "summary": wording(),
    "status": status,
    "owner": value("owner", "team"),
    "reviewed": value("review"),
    "review_every": value("review-cycle"),
    "tags": names("tag"),
    "audience": names("audience", "role"),
    "visibility": visibility,
    "aliases": aliases,
    "replaces": predecessors,
    "replaced_by": successor,
    "sunset": day("sunset"),
    "links": links,
    "notes": wording(),
    "extra": extras,
}
