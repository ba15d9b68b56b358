"""Which values of a record name another one."""

from __future__ import annotations

from typing import Any

import pytest

from handbook.schema.references import references

STEP = {"id": "a", "title": "A", "responsible": "lead", "needs": ["b"], "inputs": ["brief"]}

ROWS: dict[str, tuple[str, Any, list[tuple[tuple[str | int, ...], bool, str, str]]]] = {
    "value": ("process", {"owner": "ops"}, [(("owner",), False, "team", "ops")]),
    "text is no reference": ("process", {"title": "ops", "tags": ["ops"]}, []),
    "entries of a list": (
        "process",
        {"audience": ["a", "b"]},
        [(("audience", 0), False, "role", "a"), (("audience", 1), False, "role", "b")],
    ),
    "entries of entries": (
        "process",
        {"steps": [STEP]},
        [
            (("steps", 0, "responsible"), False, "role", "lead"),
            (("steps", 0, "inputs", 0), False, "artifact", "brief"),
        ],
    ),
    "below a mapping": (
        "process",
        {"trigger": {"from": "x"}},
        [(("trigger", "from"), False, "process", "x")],
    ),
    "in a shared definition": (
        "process",
        {"metrics": [{"metric": "m"}]},
        [(("metrics", 0, "metric"), False, "metric", "m")],
    ),
    "keys": ("launch", {"people": {"lead": "Amara O."}}, [(("people", "lead"), True, "role", "lead")]),
    "in a catalogue": ("role", {"team": "ops"}, [(("team",), False, "team", "ops")]),
    "a record of its own kind": ("tool", {"replaced_by": "x"}, [(("replaced_by",), False, "tool", "x")]),
    "an item of a path": (
        "onboarding-path",
        {"stages": [{"items": [{"id": "i", "meet": "lead", "needs": ["j"]}]}]},
        [(("stages", 0, "items", 0, "meet"), False, "role", "lead")],
    ),
    "values of the wrong type are passed over": (
        "process",
        {"owner": ["ops"], "audience": "x", "steps": {"a": 1}, "trigger": None, "metrics": [1, None]},
        [],
    ),
    "a record that is no mapping": ("process", ["owner"], []),
    "keys of one's own are passed over": ("process", {"x-owner": "ops"}, []),
}


@pytest.mark.parametrize(("kind", "data", "found"), ROWS.values(), ids=list(ROWS))
def test_a_reference_has_its_place_kind_and_id(kind: str, data: Any, found: list[Any]) -> None:
    assert sorted(references(kind, data)) == sorted(found)
