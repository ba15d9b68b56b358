"""Laws of planning that hold whatever the template: dates are worked, needs come first, what is done stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.frozen import EMPTY
from handbook.model.launch import Launch, LaunchTemplate
from handbook.plan.begin import activities
from handbook.plan.calendar import Stretch, WorkingDays
from handbook.plan.diary import Diary
from handbook.plan.draft import ORDER
from handbook.plan.network import earliest_day, outlooks
from handbook.plan.origin import state
from handbook.plan.record import write
from handbook.plan.replan import changes, replan
from handbook.plan.schedule import schedule
from handbook.plan.selection import select
from handbook.text import yaml
from handbook.text.block import block
from tests.plan.made import PLAN, ROLES, TEMPLATE, handbook, task, template

START, END = date(2026, 1, 1), date(2027, 12, 31)
days = st.dates(START, END)


@st.composite
def working(draw: st.DrawFn) -> WorkingDays:
    weekend = draw(st.sampled_from([frozenset((5, 6)), frozenset((4, 5)), frozenset((6,)), frozenset()]))
    off = draw(st.lists(days, max_size=12))
    closure = draw(days)
    return WorkingDays(
        weekend=weekend,
        holidays=dict.fromkeys(off, "Holiday"),
        closures=(Stretch(closure, closure + timedelta(draw(st.integers(0, 20))), "Closure"),),
    )


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    roles = draw(st.dictionaries(st.sampled_from(ROLES), working(), max_size=2))
    return Diary(days=draw(working()), roles=roles or EMPTY)


@st.composite
def templates(draw: st.DrawFn) -> dict[str, Any]:
    """A template in which each task waits only for tasks that are due on its day or before."""
    offsets = sorted(draw(st.lists(st.integers(-40, 15), min_size=1, max_size=9)))
    tasks = []
    for at, offset in enumerate(offsets):
        fields: dict[str, Any] = {"responsible": draw(st.sampled_from(ROLES))}
        if needs := draw(st.lists(st.integers(0, at - 1), unique=True, max_size=3)) if at else []:
            fields["needs"] = [f"t{need}" for need in needs]
        if length := draw(st.integers(0, 6)):
            fields["duration"] = f"{length}d"
        tasks.append(task(f"t{at}", offset, **fields))
    return template(tasks=tasks)


def launch_of(
    made: Mapping[str, Any], known: Diary, anchor: date, states: list[str]
) -> tuple[Any, Launch, bytes]:
    """A launch of a template, whose tasks have these states in turn."""
    book = handbook({TEMPLATE.format("one"): made})
    found = book.find(LaunchTemplate, "one")
    assert found is not None
    selection = select([found], {})
    plan = schedule(selection, anchor, known)
    tasks: list[dict[str, Any]] = []
    for at, one in enumerate(selection.tasks):
        slot = plan.tasks[one.id]
        tasks.append(
            {
                "id": one.id,
                "title": one.title,
                "responsible": one.responsible,
                "start_on": slot.start_on.isoformat(),
                "due_on": slot.due_on.isoformat(),
                **({"needs": list(one.needs)} if one.needs else {}),
                "status": states[at % len(states)],
            }
        )
    record = {
        "title": "Launch", "summary": "One.", "status": "active", "owner": "product", "template": "one",
        "anchor": anchor.isoformat(), "tasks": tasks,
    }  # fmt: skip
    both = handbook({TEMPLATE.format("one"): made, PLAN.format("it"): record})
    launch = both.find(Launch, "it")
    assert launch is not None
    return both, launch, "".join(block(record)).encode()


slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@slow
@given(templates(), diaries(), days)
def test_nobody_works_on_a_day_off_and_nothing_is_due_after_what_waits_for_it(
    made: dict[str, Any], known: Diary, anchor: date
) -> None:
    found = handbook({TEMPLATE.format("one"): made}).find(LaunchTemplate, "one")
    assert found is not None
    selection = select([found], {})
    plan = schedule(selection, anchor, known)
    for one in selection.tasks:
        slot = plan.tasks[one.id]
        assert known.days.works(slot.due_on)
        assert known.of(one.responsible).works(slot.due_on)
        assert known.of(one.responsible).works(slot.start_on)
        assert slot.start_on <= slot.due_on
        assert slot.due_on <= max(anchor, known.days.shifted(anchor, one.due.days))
        assert all(plan.tasks[need].due_on <= slot.due_on for need in one.needs)


@slow
@given(
    templates(),
    diaries(),
    days,
    days,
    st.lists(st.sampled_from(["todo", "doing", "done", "skipped"]), min_size=1),
    st.booleans(),
)
def test_replanning_moves_what_is_open_and_nothing_else(
    made: dict[str, Any], known: Diary, anchor: date, new: date, states: list[str], dated_by_hand: bool
) -> None:
    book, launch, source = launch_of(made, known, anchor, states)
    before, after = state(book, launch, anchor, known), state(book, launch, new, known)
    assert before is not None
    assert after is not None
    schedules = (None, None) if dated_by_hand else (before.schedule, after.schedule)
    moved = replan(launch, new, known, *schedules)
    written = yaml.read_part(write(source, launch, changes(moved, START, "Because")), 0)[0]
    assert isinstance(written, dict)
    tasks: Any = written["tasks"]
    old = {one.id: one for one in launch.tasks}
    for one in tasks:
        was = old[one["id"]]
        if was.status in ("done", "skipped"):
            assert (one["due_on"], one["start_on"]) == (was.due_on.isoformat(), str(was.start_on))
        else:
            assert known.of(was.responsible).works(date.fromisoformat(one["due_on"]))
        assert one["status"] == was.status
    due = {one["id"]: one["due_on"] for one in tasks if one["status"] in ("todo", "doing")}
    for one in tasks:
        if one["id"] in due:
            assert all(due[need] <= due[one["id"]] for need in one.get("needs", ()) if need in due)


@slow
@given(templates(), diaries(), days, st.lists(st.sampled_from(["todo", "doing"]), min_size=1))
def test_a_launch_that_moves_there_and_back_has_the_dates_it_had(
    made: dict[str, Any], known: Diary, anchor: date, states: list[str]
) -> None:
    anchor = known.days.on_or_after(anchor)
    book, launch, _ = launch_of(made, known, anchor, states)
    here = state(book, launch, anchor, known)
    assert here is not None
    assert replan(launch, anchor, known, here.schedule, here.schedule).moved == ()
    assert replan(launch, anchor, known, None, None).anchor == anchor


@slow
@given(templates(), diaries(), days)
def test_the_earliest_launch_day_is_one_on_which_nothing_is_late(
    made: dict[str, Any], known: Diary, today: date
) -> None:
    found = handbook({TEMPLATE.format("one"): made}).find(LaunchTemplate, "one")
    assert found is not None
    selection = select([found], {})
    first = earliest_day(
        today,
        lambda day: activities(selection, schedule(selection, day, known)),
        today,
        known,
        known.days.on_or_after,
    )
    looks = outlooks(activities(selection, schedule(selection, first, known)), today, known)
    assert min(one.slack_days for one in looks.values()) >= 0
    for id, one in looks.items():
        task = next(task for task in selection.tasks if task.id == id)
        assert known.of(task.responsible).works(one.start_on)
        assert one.start_on >= today
        assert one.start_on <= one.finish_on


@given(working(), days, days)
def test_days_that_are_counted_by_the_week_are_those_that_are_counted_one_by_one(
    known: WorkingDays, first: date, last: date
) -> None:
    early, late = min(first, last), max(first, last)
    one_by_one = sum(known.works(early + timedelta(ahead)) for ahead in range(1, (late - early).days + 1))
    back = sum(known.works(late - timedelta(behind)) for behind in range(1, (late - early).days + 1))
    assert known.between(early, late) == one_by_one
    assert known.between(late, early) == -back
    assert all(known.works(first) == (known.why_off(first) is None) for first in (first, last))


def test_the_order_of_keys_is_that_of_the_schema() -> None:
    from handbook.model.kinds import KINDS
    from handbook.schema.files import record_schema

    schema = record_schema(KINDS["launch"])
    keys = list(schema["properties"])
    assert sorted(ORDER[""]) == sorted(keys)


@pytest.mark.parametrize("part", ["task", "gate", "result"])
def test_the_order_of_the_keys_of_a_part_knows_every_key(part: str) -> None:
    import json
    from pathlib import Path

    from handbook.schema import files

    schema = json.loads((Path(files.folder()) / "launch.schema.json").read_text())
    names = {"task": "tasks", "gate": "gates", "result": "metrics"}
    assert sorted(ORDER[names[part]]) == sorted(schema["$defs"][part]["properties"])
