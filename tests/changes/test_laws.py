"""Laws of a comparison: nothing is lost, nothing is invented, and what is undone is mirrored."""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.changes.compare import compare
from handbook.check import load
from handbook.model.handbook import Handbook
from handbook.model.kinds import KINDS
from handbook.schema.tables import Key, tables
from handbook.settings import Settings
from handbook.sources import literal
from tests.changes.books import (
    ARTIFACTS,
    BASE,
    CALENDARS,
    EXPERIMENT,
    LAUNCH,
    METRICS,
    PATH,
    RELEASE,
    ROLES,
    TEAMS,
    TEMPLATE,
    TERMS,
    TOOLS,
    Edit,
    book,
    edited,
    put,
)

#: values for keys whose examples stand in the base handbook already
OTHERS: dict[str, tuple[Any, ...]] = {
    "string": ("not-yet", "Something else"),
    "array": (["not-yet"], ["Something else"], []),
    "boolean": (True, False),
    "integer": (2,),
}

#: where a record of each kind, and each of its parts, stands in the base handbook
STAND: dict[tuple[str, str], tuple[Any, ...]] = {
    ("process", "process"): (RELEASE,),
    ("process", "step"): (RELEASE, "steps", 1),
    ("process", "option"): (RELEASE, "steps", 2, "options", 0),
    ("launch-template", "launch-template"): (TEMPLATE,),
    ("launch-template", "task"): (TEMPLATE, "tasks", 1),
    ("launch-template", "gate"): (TEMPLATE, "gates", 0),
    ("launch-template", "phase"): (TEMPLATE, "phases", 0),
    ("launch-template", "variable"): (TEMPLATE, "variables", "region"),
    ("launch", "launch"): (LAUNCH,),
    ("launch", "task"): (LAUNCH, "tasks", 1),
    ("launch", "gate"): (LAUNCH, "gates", 0),
    ("launch", "risk"): (LAUNCH, "risks", 0),
    ("launch", "decision"): (LAUNCH, "decisions", 0),
    ("experiment", "experiment"): (EXPERIMENT,),
    ("experiment", "variant"): (EXPERIMENT, "variants", 1),
    ("experiment", "primary"): (EXPERIMENT, "primary"),
    ("experiment", "guardrail"): (EXPERIMENT, "guardrails", 0),
    ("experiment", "sample"): (EXPERIMENT, "sample"),
    ("onboarding-path", "onboarding-path"): (PATH,),
    ("onboarding-path", "stage"): (PATH, "stages", 1),
    ("onboarding-path", "item"): (PATH, "stages", 1, "items", 0),
    ("role", "role"): (ROLES, "pm"),
    ("team", "team"): (TEAMS, "security"),
    ("tool", "tool"): (TOOLS, "chat"),
    ("metric", "metric"): (METRICS, "on-time"),
    ("artifact", "artifact"): (ARTIFACTS, "brief"),
    ("term", "term"): (TERMS, "launch"),
    ("calendar", "calendar"): (CALENDARS, "company"),
    ("calendar", "holiday"): (CALENDARS, "company", "holidays", 0),
}


def values(key: Key) -> Iterator[Any]:
    """Yield values that a key may have, as its schema shows them."""
    yield from key.examples
    yield from key.schema.get("enum", ())
    yield from OTHERS.get(key.schema.get("type", ""), ())


ROWS = {
    f"{kind.name}, {table.name}: {key.name}": (*STAND[kind.name, table.name], key)
    for kind in KINDS.values()
    for table in tables(kind)
    if (kind.name, table.name) in STAND
    for key in table.keys
}


BOOK = book(BASE)


def readable(handbook: Handbook) -> bool:
    return all(name in handbook.records for name in handbook.places)


#: keys of which one edit alone breaks the record, or changes nothing -> why; `test_compare` has those that matter
NOT_ALONE = {
    "calendar, calendar: holidays": "its example is the value in the base handbook; single holidays are tried",
    "onboarding-path, item: access": "an item has one action",
    "onboarding-path, item: check": "an item has one action",
    "onboarding-path, item: do": "an item has one action",
    "onboarding-path, item: meet": "an item has one action",
    "onboarding-path, stage: ends": "its example is the value in the base handbook",
    "onboarding-path, stage: starts": "its example is the value in the base handbook",
    "process, option: end": "an answer leads to a step or to an end",
    "process, step: decision": "a decision has options",
    "process, step: options": "options belong to a decision",
}
ALONE = sorted(set(ROWS) - set(NOT_ALONE))


@functools.cache
def edit_of(name: str) -> Edit:
    """Return an edit of one key that leaves every record readable and one different."""
    *where, key = ROWS[name]
    for value in values(key):
        edit = put(*where, key.name, value)
        after = book(edited(edit))
        if readable(after) and after.records != BOOK.records:
            return edit
    raise AssertionError(f"no value of {name} can be tried; say why in NOT_ALONE, or give one in OTHERS")


@pytest.mark.parametrize("name", ALONE)
def test_no_key_changes_in_silence(name: str) -> None:
    after = book(edited(edit_of(name)))
    there, back = compare(BOOK, after), compare(after, BOOK)
    assert there != ()
    assert not [change.sentence for change in (*there, *back) if "nothing" in change.sentence]
    assert sorted(change.kind for change in back) == sorted(change.row.mirror for change in there)


def test_the_keys_that_are_not_tried_are_keys() -> None:
    assert set(NOT_ALONE) <= set(ROWS)


def after_all(names: set[str]) -> Handbook:
    """Return the base handbook after the edits that are still possible once the ones before are made."""
    files = edited()
    for name in sorted(names):
        with contextlib.suppress(LookupError, AttributeError, TypeError):
            edit_of(name)(files)
    return book(files)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(ALONE), max_size=6), st.sets(st.sampled_from(ALONE), max_size=6))
def test_undoing_any_edits_gives_the_mirrors_of_their_changes(some: set[str], others: set[str]) -> None:
    before, after = after_all(some), after_all(others)
    there, back = compare(before, after), compare(after, before)
    assert sorted(change.kind for change in back) == sorted(change.row.mirror for change in there)
    assert compare(before, before) == ()


def shuffled(value: Any, draw: Any) -> Any:
    """Return a value with the keys of its mappings in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], draw) for key in draw(st.permutations(list(value)))}
    return [shuffled(item, draw) for item in value] if isinstance(value, list) else value


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_other_keys_first_and_other_layout_change_nothing(data: Any) -> None:
    files = {
        path: json.dumps(shuffled(content, data.draw), indent=data.draw(st.integers(0, 4)))
        for path, content in BASE.items()
    }
    assert compare(BOOK, load(literal(files), Settings()).handbook) == ()


def test_another_ending_of_a_file_changes_nothing() -> None:
    files = {path.replace("management.yaml", "management.yml"): content for path, content in BASE.items()}
    assert compare(BOOK, book(files)) == ()
