"""Laws of the check, on records of this repository with random mistakes in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handbook.check import check
from handbook.finding import Place
from handbook.model.kinds import KINDS
from handbook.schema import files
from handbook.schema.shape import shape
from handbook.settings import Settings
from handbook.sources import Disk
from handbook.text import yaml

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 10, 5)
SETTINGS = Settings()
SOURCES = dict(Disk(str(ROOT), [SETTINGS.processes]).items())
RECORDS = {path: yaml.read(path, source).data for path, source in SOURCES.items()}
VALIDATORS = {
    kind.name: Draft202012Validator(
        files.bundled(kind.schema), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for kind in KINDS.values()
}

#: what may stand in the place of any value
STRANGE: list[Any] = [
    None, True, 0, -1, 1.5, 10**17, "", "x", "X y", "x" * 300, "2026-02-30", "3d", "3d\n", "-5d", ">= 9%", [], ["x"], ["x", "x"],
    {}, {"x": 1}, {"id": "x"}, [None], [[]], "draft", "active",
]  # fmt: skip


def parts(value: Any) -> list[Any]:
    """Every mapping and list inside a value, itself included."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict | list) and value else []
    return own + [found for item in below for found in parts(item)]


def delete(part: Any, key: Any, chance: random.Random) -> None:
    """Take a value away."""
    del part[key]


def rename(part: Any, key: Any, chance: random.Random) -> None:
    """Give a value another key; of a list, repeat an entry."""
    if isinstance(part, dict):
        part[chance.choice([f"{key}s", f"x-{key}", str(key)[:-1], "title", "id", "to"])] = part.pop(key)
    else:
        part.append(deepcopy(part[key]))


def retype(part: Any, key: Any, chance: random.Random) -> None:
    """Put something else in a value's place."""
    part[key] = deepcopy(chance.choice(STRANGE))


MUTATIONS: list[Callable[[Any, Any, random.Random], None]] = [delete, rename, retype]


def mutated(path: str, chance: random.Random) -> Any:
    data = deepcopy(RECORDS[path])
    for _ in range(chance.randint(1, 3)):
        found = parts(data)
        if found:
            part = chance.choice(found)
            key = chance.choice(list(part) if isinstance(part, dict) else range(len(part)))
            chance.choice(MUTATIONS)(part, key, chance)
    return data


paths, seeds = st.sampled_from(sorted(RECORDS)), st.integers(0, 2**32)
#: a check of the whole handbook is dear, so each breaks many records at once instead of one
few, many = settings(max_examples=3, deadline=None), settings(max_examples=80, deadline=None)
_BROKEN = 15


def broken(chance: random.Random) -> dict[str, bytes]:
    """Return the text of some records with mistakes in them, written in one of two ways."""
    flow = chance.choice([None, False])
    return {
        path: pyyaml.safe_dump(mutated(path, chance), allow_unicode=True, default_flow_style=flow).encode()
        for path in chance.sample(sorted(RECORDS), _BROKEN)
    }


def ends_in_a_line_break(value: Any) -> bool:
    """Whether some text inside ends in a line break, which Python's `$` does not mind and JSON Schema's does."""
    items = [item for part in parts(value) for item in (part.values() if isinstance(part, dict) else part)]
    return any(isinstance(item, str) and item.endswith("\n") for item in items)


@given(paths, seeds)
@many
def test_something_is_said_of_a_record_exactly_if_jsonschema_rejects_it(path: str, seed: int) -> None:
    data = mutated(path, random.Random(seed))
    kind = SETTINGS.kind_of(path)
    assert kind is not None
    found = list(shape(kind.schema, data, Place(path)))
    rejected = not VALIDATORS[kind.name].is_valid(data)
    assert bool(found) == rejected or (found and ends_in_a_line_break(data))


@given(seeds)
@few
def test_every_finding_of_a_broken_record_has_a_line_words_and_a_remedy(seed: int) -> None:
    source = {**SOURCES, **broken(random.Random(seed))}
    for finding in check(source, SETTINGS, TODAY):
        lines = source[finding.path].decode().splitlines()
        assert 1 <= finding.span.line <= max(len(lines), 1)
        assert 1 <= finding.span.column <= len(lines[finding.span.line - 1] if lines else "") + 1
        assert finding.message
        assert finding.help or finding.rule == "malformed-value"


@given(seeds)
@few
def test_findings_do_not_depend_on_the_order_of_the_files_or_on_the_run(seed: int) -> None:
    chance = random.Random(seed)
    source = {
        **SOURCES,
        **broken(chance),
        "processes/strategy/twin.yaml": SOURCES["processes/release/go-no-go.yaml"],
    }
    shuffled = list(source)
    chance.shuffle(shuffled)
    found = check(source, SETTINGS, TODAY)
    assert check(source, SETTINGS, TODAY) == found
    assert check({name: source[name] for name in shuffled}, SETTINGS, TODAY) == found


@given(seeds)
@few
def test_a_line_more_at_the_top_moves_every_finding_one_down_and_keeps_its_fingerprint(seed: int) -> None:
    texts = broken(random.Random(seed))

    def found(changed: dict[str, bytes]) -> list[tuple[str, str, int]]:
        findings = check({**SOURCES, **changed}, SETTINGS, TODAY)
        return [
            (each.path, each.fingerprint, each.span.line)
            for each in findings
            if each.path in texts and each.rule != "not-a-record"
        ]

    moved = found({path: b"# a line more\n" + text for path, text in texts.items()})
    assert moved == [(path, fingerprint, line + 1) for path, fingerprint, line in found(texts)]
