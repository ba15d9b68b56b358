"""Changes of onboarding paths: their stages, and the items in them wherever these stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from handbook.changes import parts, words
from handbook.changes.change import Change
from handbook.changes.fields import (
    Table,
    amount,
    called,
    choice,
    day,
    extras,
    names,
    skip,
    texts,
    value,
    walk,
    wording,
)
from handbook.changes.record import ENVELOPE, measures
from handbook.changes.scope import Scope
from handbook.model.handbook import Handbook, Name
from handbook.model.onboarding import ACTIONS, Item, OnboardingPath, chain

_ACTORS = {"hire": "who joins", "manager": "the manager", "buddy": "the buddy"}
_VERBS = {"meet": ("Meet", "role"), "access": ("Get access to", "tool")}

STAGE: Table = {
    "title": called,
    "starts": day("stage-start"),
    "ends": day("stage-end"),
    "outcomes": texts("goal"),
    "items": skip,  # told by `items`, for an item may move from stage to stage
}

ITEM: Table = {
    **dict.fromkeys(ACTIONS, skip),  # told by `_action`
    "why": wording("reason"),
    "process": value("reading", "process"),
    "terms": names("vocabulary", "term"),
    "link": value("reading"),
    "actor": choice("actor", _ACTORS.__getitem__),
    "time": amount("effort"),
    "evidence": value("proof"),
    "needs": names("dependency", "item"),
    "extra": extras,
}

PATH: Table = {
    **ENVELOPE,
    "role": value("path-role", "role"),
    "extends": value("base-path", "onboarding-path"),
    "daily_budget": amount("budget"),
    "stages": parts.form("stage", STAGE, ordered=False),
    "metrics": measures,
    "acknowledge": names("acknowledgement", "process"),
}


def title(scope: Scope, item: Item) -> str:
    """Return what an item asks for, as its reader would say it: Meet the support lead."""
    text = str(getattr(item, item.action))
    verb, kind = _VERBS.get(item.action, ("", ""))
    if not kind:
        return text
    return f"{verb} {scope.show(scope.now(text, kind), kind)}".replace("“", "").replace("”", "")


def compare_path(scope: Scope, old: OnboardingPath, new: OnboardingPath) -> Iterator[Change]:
    """Yield the changes between two states of an onboarding path. They concern who follows a path that extends it, too."""
    also = _led(scope.after, new)
    for change in _changes(scope, old, new):
        yield dataclasses.replace(change, doers=tuple(sorted({*change.doers, *also}))) if also else change


def _changes(scope: Scope, old: OnboardingPath, new: OnboardingPath) -> Iterator[Change]:
    yield from walk(scope, PATH, old, new)
    if old.stages != new.stages:
        yield from items(parts.knowing(scope, "stage", old.stages, new.stages, parts.titled), old, new)


def _led(handbook: Handbook, base: OnboardingPath) -> set[str]:
    """Return the roles into which the paths lead that extend this one."""

    def find(id: str) -> OnboardingPath | None:
        return handbook.find(OnboardingPath, id)

    return {
        handbook.resolve(Name("role", path.role)).id
        for path in handbook.all(OnboardingPath)
        if path.role and path.id != base.id and base.id in [one.id for one in chain(path, find)]
    }


def items(scope: Scope, old: OnboardingPath, new: OnboardingPath) -> Iterator[Change]:
    """Yield the changes of the items. Those of a stage that came or went belong to the stage."""
    before, after = _stages(scope, old, renamed=True), _stages(scope, new)
    mine, yours = ([item for stage in path.stages for item in stage.items] for path in (old, new))
    found = parts.pair(scope, mine, yours, title)
    scope = parts.knowing(scope, "item", mine, yours, title)
    known = set(before.values()), set(after.values())
    for item in found.added:
        if after[id(item)] in known[0]:
            yield scope.inside(None, item, title(scope, item)).change(
                "item-added", stage=scope.show(after[id(item)], "stage")
            )
    for item in found.removed:
        if before[id(item)] in known[1]:
            yield scope.inside(item, None, title(scope, item)).change(
                "item-removed", stage=scope.show(before[id(item)], "stage")
            )
    for one, other in found.pairs:
        yield from _item(scope, one, other, before[id(one)], after[id(other)])


def _stages(scope: Scope, path: OnboardingPath, *, renamed: bool = False) -> Mapping[int, str]:
    """For each item the id of its stage, in the new path's words."""
    return {
        id(item): scope.now(stage.id, "stage") if renamed else stage.id
        for stage in path.stages
        for item in stage.items
    }


def _item(scope: Scope, old: Item, new: Item, before: str, after: str) -> Iterator[Change]:
    within = scope.inside(old, new, title(scope, new))
    yield from parts.renamed(within, old, new)
    if before != after:
        yield within.change(
            "item-moved", before=scope.show(before, "stage"), after=scope.show(after, "stage")
        )
    if (was := title(scope, old)) != (now := title(scope, new)) or old.action != new.action:
        yield within.change("action-changed", before=_asked(old, was), after=_asked(new, now))
    yield from walk(within, ITEM, old, new)


def _asked(item: Item, title: Any) -> str:
    return words.quoted(
        f"{item.action.capitalize()}: {title}" if item.action in ("read", "check") else str(title)
    )
