"""How often a day changed: counted in versions of a plan, and in a real history."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from handbook.plan.exports.context import Gone, Stamp
from handbook.plan.exports.stamps import Version, stamps

BASE: dict[str, Any] = {
    "title": "Links",
    "anchor": "2027-02-02",
    "status": "active",
    "people": {"lead": "A"},
    "tasks": [
        {"id": "a", "title": "A", "responsible": "lead", "due_on": "2027-01-08", "status": "todo"},
        {"id": "b", "title": "B", "responsible": "lead", "due_on": "2027-01-09", "status": "todo"},
    ],
    "gates": [{"id": "a", "title": "G", "approver": "lead", "due_on": "2027-01-10", "status": "open"}],
}


def after(*steps: dict[str, Any]) -> list[Version]:
    """Versions of a plan, a second apart; a step names what changes, by `tasks.0.due_on` and such."""
    made, data = [Version(1, copy.deepcopy(BASE))], copy.deepcopy(BASE)
    for moment, step in enumerate(steps, 2):
        for way, value in step.items():
            *above, last = way.split(".")
            place: Any = data
            for part in above:
                place = place[int(part)] if isinstance(place, list) else place[part]
            if isinstance(place, list):
                place[int(last) : int(last) + 1] = [value] if value is not None else []
            else:
                place[last] = value
        made.append(Version(moment, copy.deepcopy(data)))
    return made


NOTHING = {"links": Stamp(0, 1), "links.a": Stamp(0, 1), "links.b": Stamp(0, 1), "links.gate.a": Stamp(0, 1)}
CASES = {
    "nothing": ([], {}),
    "the same again": ([{}], {}),
    "another day": ([{"tasks.0.due_on": "2027-01-12"}], {"links.a": Stamp(1, 2)}),
    "another state": ([{"tasks.0.status": "done"}, {"tasks.0.status": "todo"}], {"links.a": Stamp(2, 3)}),
    "another time": ([{"tasks.1.due_time": "16:00"}], {"links.b": Stamp(1, 2)}),
    "another title": ([{"tasks.0.title": "Z"}], {"links.a": Stamp(0, 2)}),
    "another person": (
        [{"people.lead": "B"}],
        {"links.a": Stamp(0, 2), "links.b": Stamp(0, 2), "links.gate.a": Stamp(0, 2)},
    ),
    "a gate decided": ([{"gates.0.status": "passed"}], {"links.gate.a": Stamp(1, 2)}),
    "the launch moved": ([{"anchor": "2027-02-09"}], {"links": Stamp(1, 2)}),
    "the launch renamed": ([{"title": "Shared links"}], {"links": Stamp(0, 2)}),
}


@pytest.mark.parametrize(("steps", "changed"), CASES.values(), ids=list(CASES))
def test_days_and_states_are_counted_and_other_changes_only_dated(
    steps: list[dict[str, Any]], changed: dict[str, Stamp]
) -> None:
    assert stamps("links", after(*steps)) == ({**NOTHING, **changed}, ())


def test_what_is_taken_away_is_remembered_and_what_comes_back_goes_on_counting() -> None:
    b = copy.deepcopy(BASE["tasks"][1])
    found, gone = stamps("links", after({"tasks.1": None}))
    assert "links.b" not in found
    assert gone == (Gone("links.b", "B", date(2027, 1, 9), Stamp(1, 2)),)
    found, gone = stamps("links", after({"tasks.1": None}, {"tasks.1": b}))
    assert (found["links.b"], gone) == (Stamp(2, 3), ())


BROKEN: list[object] = [None, [], "text", {}, {"tasks": "none"}, {"tasks": None}]


@pytest.mark.parametrize("data", BROKEN)
def test_a_version_that_cannot_be_understood_is_passed_over(data: object) -> None:
    first, last = after({"tasks.0.due_on": "2027-01-12"})
    found, gone = stamps("links", [first, Version(2, data), last.replaced(moment=3)])
    assert (found["links.a"], found["links.b"], gone) == (Stamp(1, 3), Stamp(0, 1), ())


def test_entries_that_are_none_are_passed_over() -> None:
    data = {
        **BASE,
        "tasks": [*BASE["tasks"], "x", {"title": "no id"}, {"id": 7}],
        "gates": None,
        "people": [],
    }
    assert set(stamps("links", [Version(1, data)])[0]) == {"links", "links.a", "links.b"}
