"""Which rules look at what. Remembered in the index, so that a check of one file imports the rules on it and no others."""

from __future__ import annotations

import functools

from handbook.rules import registry
from handbook.rules.registry import Rule
from handbook.text import json

MENTION, WHOLE = "mention", "whole"
_known: dict[str, list[list[str]]] = {}


def alone(kind: str) -> tuple[Rule, ...]:
    """Return the rules that look at one record or page of a kind, and at nothing else."""
    return _of(f"{kind} alone")


def worded(kind: str) -> tuple[Rule, ...]:
    """Return the rules that look at one record or page of a kind, and at the glossary."""
    return _of(f"{kind} worded")


def around(kind: str) -> tuple[Rule, ...]:
    """Return the rules that look at a record of a kind, with all its fields, and at what is around it; or at a mention."""
    return _of(f"{kind} around")


def head(kind: str) -> tuple[Rule, ...]:
    """Return the rules for which the envelope of a record will do."""
    return _of(f"{kind} head")


def whole() -> tuple[Rule, ...]:
    """Return the rules that look at everything."""
    return _of(WHOLE)


def recall(text: str | None) -> str:
    """Take over what `text` says, which an earlier call returned; without it, find out. Returns it for the next time."""
    _known.clear()
    _of.cache_clear()
    _known.update(json.loads(text) if text else _found())
    return text or json.dumps(_known)


@functools.cache
def _of(duty: str) -> tuple[Rule, ...]:
    if not _known:
        _known.update(_found())
    return tuple([_rule(module, name) for module, name in _known.get(duty, ())])


def _rule(module: str, name: str) -> Rule:
    __import__(module)  # importing `importlib` takes longer than this
    return registry.known(name)


def _found() -> dict[str, list[list[str]]]:
    from handbook.model.build import entity_of
    from handbook.model.kinds import KINDS
    from handbook.model.page import Page
    from handbook.model.record import Record
    from handbook.rules.around import Mention

    types = {kind.name: entity_of(kind.module, kind.entity) for kind in KINDS.values()} | {
        "page": Page,
        MENTION: Mention,
    }
    found: dict[str, list[list[str]]] = {}

    def note(duty: str, rule: Rule) -> None:
        found.setdefault(duty, []).append([rule.module, rule.name])

    for rule in registry.rules().values():
        if rule.run is None:
            continue
        if rule.scope == "whole":
            note(WHOLE, rule)
        for kind, entity in types.items():
            if rule.scope == "record" and issubclass(entity, rule.on):
                note(f"{kind} alone", rule)
            elif rule.scope == "glossary" and issubclass(entity, rule.on):
                note(f"{kind} worded", rule)
            elif rule.scope == "around" and entity in rule.on:
                note(f"{kind} around", rule)
            elif rule.scope == "around" and Record in rule.on and issubclass(entity, Record):
                note(f"{kind} head", rule)
    return found
