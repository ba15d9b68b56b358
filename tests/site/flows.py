"""Processes that nobody wrote, for laws of diagrams: sound ones, and wild ones that the check would reject."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from handbook import check
from handbook.model.handbook import Handbook
from handbook.model.process import Process
from handbook.sources import literal

ROLES = ("analyst", "lawyer", "head-of-product", "designer")
LONG = "Confirm that the legal, privacy and security conditions of all regions are met"
_TITLES = st.sampled_from(
    ["Go", "Write the brief", LONG, "Donaudampfschifffahrtsgesellschaft prüfen", "承認する"]
)
_DURATIONS = st.sampled_from([None, "4h", "2d..6d", "1w"])
_BLOCKS = st.sampled_from(["task", "parallel", "loop", "end", "same", "skip", "restart", "call"])
_CATALOGUE = {
    "processes/catalog/roles.yaml": {
        role: {"title": role.replace("-", " ").capitalize(), "summary": "A role.", "team": "ops"}
        for role in ROLES
    },
    "processes/catalog/teams.yaml": {"ops": {"title": "Ops", "summary": "A team.", "lead": "analyst"}},
}


def handbook(steps: list[dict[str, Any]], **more: Any) -> tuple[Handbook, Process]:
    """Return a handbook with a process of these steps."""
    data = {
        "title": "A process",
        "summary": "It is made up.",
        "status": "active",
        "owner": "ops",
        "purpose": "To see.",
        "trigger": {"event": "Somebody asks"},
        "outcome": "It is done",
        "accountable": "analyst",
        **more,
        "steps": steps,
    }
    files = {**_CATALOGUE, "processes/release/made.yaml": data}
    sources = literal(
        {path: yaml.safe_dump(value, sort_keys=False, allow_unicode=True) for path, value in files.items()}
    )
    settings, _ = check.read_settings(sources)
    loaded = check.load(sources, settings)
    process = loaded.handbook.find(Process, "made")
    assert process is not None, loaded.complaints
    return loaded.handbook, process


@st.composite
def sound(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return the steps of a process without a mistake in its flow: all are reached, and from all an end is."""
    steps: list[dict[str, Any]] = []
    blocks = draw(st.lists(_BLOCKS, min_size=1, max_size=6))

    def add(id: str, **more: Any) -> str:
        step = {"id": id, "title": draw(_TITLES), "responsible": draw(st.sampled_from(ROLES)), **more}
        if duration := draw(_DURATIONS):
            step["duration"] = duration
        steps.append(step)
        return id

    def decide(id: str, *options: tuple[str, str]) -> None:
        answers = [
            {"when": f"Answer {number}", ("end" if to.istitle() else "to"): to}
            for number, (to, _) in enumerate(options)
        ]
        steps.append(
            {
                "id": id,
                "decision": "Is it good enough?",
                "responsible": draw(st.sampled_from(ROLES)),
                "options": answers,
            }
        )

    add("first")
    for number, block in enumerate(blocks):
        after = f"after-{number}"
        if block in ("task", "call"):
            add(f"task-{number}", **({"process": "made"} if block == "call" else {}))
        elif block == "parallel":
            start = add(f"fork-{number}")
            branches = [
                add(f"branch-{number}-{one}", needs=[start]) for one in range(draw(st.integers(2, 4)))
            ]
            add(f"join-{number}", needs=branches)
        elif block == "loop":
            decide(f"decide-{number}", (after, ""), (f"mend-{number}", ""))
            add(f"mend-{number}", to=f"decide-{number}", max=2)
            add(after)
        elif block == "end":
            decide(f"decide-{number}", (after, ""), ("Stopped", ""))
            add(after)
        elif block == "same":
            decide(f"decide-{number}", (after, ""), (after, ""), (f"other-{number}", ""))
            add(f"other-{number}", to=after)
            add(after)
        elif block == "skip":
            decide(f"decide-{number}", (f"other-{number}", ""), (after, ""), ("Stopped", ""))
            add(f"other-{number}")
            add(after) if draw(st.booleans()) else add(after, needs=[f"other-{number}"])
        else:
            decide(f"decide-{number}", (after, ""), ("first", ""))
            add(after)
    return steps


@st.composite
def wild(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return steps that need and follow each other at random, in circles and into nothing."""
    ids = [f"s{number}" for number in range(draw(st.integers(1, 9)))]
    known = st.sampled_from([*ids, "nowhere"])
    steps: list[dict[str, Any]] = []
    for id in ids:
        step: dict[str, Any] = {"id": id, "responsible": draw(st.sampled_from([*ROLES, "nobody"]))}
        if draw(st.booleans()):
            step["needs"] = draw(st.lists(known, max_size=3, unique=True))
        if draw(st.booleans()):
            answers = [
                {"to": draw(known)} if draw(st.booleans()) else {"end": "Over"}
                for _ in range(draw(st.integers(2, 4)))
            ]
            step["decision"] = "Which way?"
            step["options"] = [
                {"when": f"Answer {number}", **answer} for number, answer in enumerate(answers)
            ]
        else:
            step["title"] = draw(_TITLES)
            if draw(st.booleans()):
                step["to"] = draw(known)
        steps.append(step)
    return steps
