"""What follows from a change in figures: every expected value is computed by hand beside its row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.changes import effects as module
from handbook.changes.effects import Effect, Measure, lead_days
from handbook.changes.renames import renames
from handbook.model.handbook import Handbook, Name
from handbook.model.launch import LaunchTemplate
from tests.changes.books import (
    BASE,
    LAUNCH,
    PATH,
    RELEASE,
    ROLES,
    TEMPLATE,
    Edit,
    Files,
    book,
    drop,
    edited,
    put,
)


def effects(before: Handbook, after: Handbook) -> tuple[Effect, ...]:
    return module.effects(before, after, renames(before, after))


def figures(*edits: Edit, base: tuple[Edit, ...] = ()) -> dict[str, tuple[str, str, str]]:
    """Return what these edits change in figures, by what it is: before, after and the difference."""
    found = effects(book(edited(*base)), book(edited(*base, *edits)))
    return {_called(one): (one.before.said, one.after.said, one.difference) for one in found}


def _called(one: Effect) -> str:
    return f"{one.title}: {one.after.name}"


def process(*steps: dict[str, Any], **keys: Any) -> Edit:
    """Return the edit that gives the process these steps, and other keys."""

    def edit(files: Files) -> None:
        named = [{"title": step["id"].title(), "responsible": "pm", **step} for step in steps]
        for step in named:
            if "decision" in step:
                del step["title"]
        files[RELEASE].update(steps=named, **keys)

    return edit


PLAN: dict[str, Any] = {"id": "plan", "duration": "1d..3d"}
BUILD: dict[str, Any] = {"id": "build", "duration": "4d..10d", "needs": ["plan"]}
WRITE: dict[str, Any] = {"id": "write", "duration": "2d", "needs": ["plan"]}
SHIP: dict[str, Any] = {"id": "ship", "duration": "1d", "needs": ["build", "write"]}
#: plan, then build and write beside each other, then ship: 1+4+1 to 3+10+1 days, by way of build
DIAMOND = (PLAN, BUILD, WRITE, SHIP)


def steps(**instead: dict[str, Any]) -> Edit:
    """Return the edit that makes the diamond, with other keys in some of its steps."""
    return process(*({**step, **instead.get(str(step["id"]), {})} for step in DIAMOND))


REVIEW = {"id": "review", "duration": "2d..4d"}
NO_LEAD = None

#: what is done with the diamond -> its steps after that, and the lead time before, after and between
LEAD_TIMES: dict[str, tuple[Edit, tuple[str, str, str] | None]] = {
    # 6 + 2 days, 14 + 4 days
    "a step in sequence": (
        process(PLAN, BUILD, WRITE, {**REVIEW, "needs": ["build"]}, {**SHIP, "needs": ["review", "write"]}),
        ("6 to 14 working days", "8 to 18 working days", "+2 to +4 working days"),
    ),
    # plan, review, ship: 1+2+1 to 3+4+1 days, less than by way of build
    "a step beside a longer one": (
        process(PLAN, BUILD, WRITE, {**REVIEW, "needs": ["plan"]}, {**SHIP, "needs": ["build", "write", "review"]}),
        NO_LEAD,
    ),
    # write takes 2 days of the 4 to 10 that build takes
    "a longer step that has slack": (steps(write={"duration": "4d"}), NO_LEAD),
    # the quick case goes by way of write now, 1+6+1; the slow one still by way of build
    "a step that is longer in the quick case only": (
        steps(write={"duration": "6d"}),
        ("6 to 14 working days", "8 to 14 working days", "±0 to +2 working days"),
    ),
    # 1+1+1 would be quicker by way of build, but ship waits for write too: 1+2+1 = 4; 3+12+1 = 16
    "a wider range on the critical path": (
        steps(build={"duration": "1d..12d"}),
        ("6 to 14 working days", "4 to 16 working days", "−2 to +2 working days"),
    ),
    # 1+4+1 days and a half, which are 4 hours of 8
    "half a day on the critical path": (
        steps(ship={"duration": "12h"}),
        ("6 to 14 working days", "6.5 to 14.5 working days", "+0.5 working days"),
    ),
    # build waits for write: 1+2+4+1 to 3+2+10+1
    "what was parallel in sequence": (
        steps(build={"needs": ["write"]}),
        ("6 to 14 working days", "8 to 16 working days", "+2 working days"),
    ),
    # 1+3+1 to 3+9+1
    "a shorter step": (
        steps(build={"duration": "3d..9d"}),
        ("6 to 14 working days", "5 to 13 working days", "−1 working day"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), LEAD_TIMES.values(), ids=LEAD_TIMES)
def test_lead_time_is_that_of_the_longest_way(edit: Edit, expected: tuple[str, str, str] | None) -> None:
    assert figures(edit, base=(steps(),)).get("Launch management: Lead time") == expected


GO: dict[str, Any] = {
    "id": "go",
    "decision": "Go?",
    "effort": "1h",
    "options": [
        {"when": "Yes", "to": "ship", "share": 0.6},
        {"when": "Not yet", "to": "mend", "share": 0.3},
        {"when": "No", "end": "Stopped", "share": 0.1},
    ],
}
MEND: dict[str, Any] = {"id": "mend", "effort": "10h", "to": "go", "max": 2}
DECIDED: tuple[dict[str, Any], ...] = (
    {"id": "plan", "effort": "4h"},
    GO,
    MEND,
    {"id": "ship", "effort": "5h"},
)  # fmt: skip
#: go is done 1 + 0.3 + 0.3² = 1.39 times, because mend leads back at most twice; mend 0.3 + 0.3² + 0.3³ = 0.417
#: times, ship 0.6 · 1.39 = 0.834 times: 4 + 1.39 · 1 + 0.417 · 10 + 0.834 · 5 = 13.73 hours
WORK = "13.7 hours"


def decided(**instead: dict[str, Any]) -> Edit:
    return process(*({**step, **instead.get(str(step["id"]), {})} for step in DECIDED))


EFFORTS: dict[str, tuple[Edit, tuple[str, str, str] | None]] = {
    # 2 hours more of a step that is always done
    "more work before the decision": (decided(plan={"effort": "6h"}), (WORK, "15.7 hours", "+2 hours")),
    # 0.834 · 2 = 1.668 hours more: 15.398
    "more work that is not always done": (decided(ship={"effort": "7h"}), (WORK, "15.4 hours", "+1.7 hours")),
    # 0.417 · 5 = 2.085 hours less: 11.645
    "less work that is rework": (decided(mend={"effort": "5h"}), (WORK, "11.6 hours", "−2.1 hours")),
    # go 1.3 times, mend 0.3 + 0.09 = 0.39, ship 0.78: 4 + 1.3 + 3.9 + 3.9 = 13.1
    "fewer rounds": (decided(mend={"max": 1}), (WORK, "13.1 hours", "−0.6 hours")),
    # go once, mend never, ship 0.9 times: 4 + 1 + 4.5 = 9.5
    "another share": (
        decided(go={"options": [{**GO["options"][0], "share": 0.9}, {**GO["options"][1], "share": 0}, GO["options"][2]]}),
        (WORK, "9.5 hours", "−4.2 hours"),
    ),
    # a minute of 0.417 rounds is 0.00695 hours: 13.73 and 13.737 are both said as 13.7
    "too little to say": (decided(mend={"effort": "601min"}), None),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), EFFORTS.values(), ids=EFFORTS)
def test_work_counts_each_step_as_often_as_it_is_done(
    edit: Edit, expected: tuple[str, str, str] | None
) -> None:
    assert figures(edit, base=(decided(),)).get("Launch management: Work in one run, on average") == expected


def test_a_step_by_somebody_else_is_two_more_handovers_or_only_one_at_the_end() -> None:
    steps = [{"id": "plan"}, {"id": "build"}, {"id": "ship"}]
    other = {"id": "review", "responsible": "qa-lead"}
    between = figures(process(steps[0], other, *steps[1:]), base=(process(*steps),))
    last = figures(process(*steps, other), base=(process(*steps),))
    assert between["Launch management: Handovers between roles"] == (
        "0 handovers", "2 handovers", "+2 handovers",
    )  # fmt: skip
    assert last["Launch management: Handovers between roles"] == ("0 handovers", "1 handover", "+1 handover")
    assert last["Launch management: Steps"] == ("3 steps", "4 steps", "+1 step")


def test_decisions_and_evidence_are_counted() -> None:
    assert figures(put(RELEASE, "steps", 2, "requires", ["report", "brief"])) == {
        "Launch management: Required evidence": ("1 piece", "2 pieces", "+1 piece")
    }
    found = figures(
        put(RELEASE, "steps", 2, {"id": "decide", "title": "Note it", "responsible": "head-of-product"})
    )
    assert found == {
        "Launch management: Decisions": ("1 decision", "0 decisions", "−1 decision"),
        "Launch management: Required evidence": ("1 piece", "0 pieces", "−1 piece"),
    }  # fmt: skip


#: due and duration of a first task -> working days before the anchor on which it begins; both ends count
LEADS = {
    "a task of no length": ("-20d", None, 20),
    "a task of a day": ("-20d", "1d", 20),
    "a task of five days": ("-20d", "5d", 24),
    "the slow case counts": ("-20d", "2d..8d", 27),
    "hours are within the day": ("-20d", "4h", 20),
    "two weeks": ("-20d", "2w", 29),
    "after the anchor": ("+3d", "2d", 0),
    "from before the anchor to after it": ("+3d", "10d", 6),
}  # fmt: skip


@pytest.mark.parametrize(("due", "duration", "expected"), LEADS.values(), ids=LEADS)
def test_a_template_begins_with_its_first_task(due: str, duration: str | None, expected: int) -> None:
    task = {"id": "brief", "phase": "ready", "title": "Brief", "responsible": "pm", "due": due}
    handbook = book(
        edited(put(TEMPLATE, "tasks", [{**task, **({"duration": duration} if duration else {})}]))
    )
    (template,) = handbook.all(LaunchTemplate)
    assert lead_days(template) == expected


def test_a_template_has_figures_too() -> None:
    # the brief is due on day −20: with six days it begins on −25
    efforts = (put(TEMPLATE, "tasks", 0, "effort", "4h"),)
    task = {
        "id": "security",
        "phase": "ready",
        "title": "Review",
        "responsible": "pm",
        "due": "-10d",
        "effort": "2d",
    }

    def add(files: Files) -> None:
        files[TEMPLATE]["tasks"].append(task)

    assert figures(add, put(TEMPLATE, "tasks", 0, "duration", "6d"), base=efforts) == {
        "Tier 1 launch: Lead time": ("20 working days", "25 working days", "+5 working days"),
        "Tier 1 launch: Work": ("4 hours", "20 hours", "+16 hours"),
        "Tier 1 launch: Tasks": ("2 tasks", "3 tasks", "+1 task"),
    }  # fmt: skip


OFTEN = put(RELEASE, "volume", {"per": "quarter", "count": 26})  # 104 a year are 2 a week


def test_the_work_of_a_role_is_that_of_its_steps_in_a_week() -> None:
    # 3 hours for the plan, twice a week; and 30 minutes, 2 · 0.5
    assert figures(OFTEN) == {"Product manager: Work in a week": ("0 hours", "6 hours", "+6 hours")}
    more = put(RELEASE, "steps", 1, "effort", "30min")
    assert figures(more, base=(OFTEN,)) == {
        "Launch management: Work in one run, on average": ("3 hours", "3.5 hours", "+0.5 hours"),
        "QA lead: Work in a week": ("0 hours", "1 hour", "+1 hour"),
    }


def test_work_moves_from_one_role_to_another() -> None:
    assert figures(put(RELEASE, "steps", 0, "responsible", "qa-lead"), base=(OFTEN,)) == {
        "Launch management: Handovers between roles": ("3 handovers", "2 handovers", "−1 handover"),
        "Product manager: Work in a week": ("6 hours", "0 hours", "−6 hours"),
        "QA lead: Work in a week": ("0 hours", "6 hours", "+6 hours"),
    }


def test_a_process_that_nobody_follows_is_no_work() -> None:
    for status in ("draft", "retired"):
        found = figures(put(RELEASE, "status", status), base=(OFTEN,))
        assert found == {"Product manager: Work in a week": ("6 hours", "0 hours", "−6 hours")}


def rename(old: str, new: str, **keys: Any) -> Edit:
    """Return the edit that gives a role another id, everywhere."""

    def edit(files: Files) -> None:
        files[ROLES][new] = {**files[ROLES].pop(old), **keys}
        for path in (RELEASE, TEMPLATE, LAUNCH, PATH):
            files[path] = _replaced(files[path], old, new)

    return edit


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {(new if key == old else key): _replaced(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, old, new) for each in value]
    return new if value == old else value


def test_a_renamed_role_keeps_its_work() -> None:
    assert figures(rename("pm", "product-manager"), base=(OFTEN,)) == {}
    assert figures(rename("pm", "owner", title="Product owner", aliases=["pm"]), base=(OFTEN,)) == {}


def test_a_role_that_is_merged_into_another_brings_its_work() -> None:
    # QA lead has no work of its own: the six hours of the product manager are six hours still
    merged = (drop(ROLES, "pm"), put(ROLES, "qa-lead", "aliases", ["pm"]))
    assert not any("Work in a week" in name for name in figures(*merged, base=(OFTEN,)))


def test_a_renamed_process_is_compared_with_what_it_was() -> None:
    def edit(files: Files) -> None:
        files["processes/release/launches.yaml"] = {
            **files.pop(RELEASE), "aliases": ["launch-management"], "title": "Launches",
        }  # fmt: skip
        files["processes/release/launches.yaml"]["steps"][0]["duration"] = "4d"

    found = effects(book(BASE), book(edited(edit)))
    assert [(one.subject, one.title, one.difference) for one in found] == [
        (Name("process", "launches"), "Launches", "+2 working days")
    ]


def test_wording_changes_no_figure() -> None:
    reworded = (
        put(RELEASE, "purpose", "A launch surprises nobody."),
        put(RELEASE, "steps", 0, "instructions", "Write it down."),
        put(TEMPLATE, "summary", "What a large launch needs."),
        put(ROLES, "pm", "title", "Manager of a product"),
    )
    assert figures(*reworded, base=(OFTEN,)) == {}


def test_what_nobody_has_said_yet_is_no_figure() -> None:
    without = (drop(RELEASE, "steps", 0, "duration"), drop(RELEASE, "steps", 0, "effort"))
    there = (put(RELEASE, "steps", 0, "duration", "2d"), put(RELEASE, "steps", 0, "effort", "3h"))
    assert figures(*there, base=without) == {}
    assert figures(*without) == {}


def test_what_is_new_or_gone_has_no_difference() -> None:
    def add(files: Files) -> None:
        files["processes/release/hotfix.yaml"] = {**BASE[RELEASE], "title": "Hotfix"}

    assert effects(book(BASE), book(edited(add))) == ()
    assert effects(book(edited(add)), book(BASE)) == ()


#: ends before and after -> how the difference is said
DIFFERENCES = {
    "one more": ((3, 3), (4, 4), "+1 hour"),
    "two more": ((3, 3), (5, 5), "+2 hours"),
    "one less": ((3, 3), (2, 2), "−1 hour"),
    "less at one end, more at the other": ((3, 5), (2, 8), "−1 to +3 hours"),
    "more at one end, less at the other": ((3, 8), (6, 7), "−1 to +3 hours"),
    "the same at one end": ((3, 5), (3, 6), "±0 to +1 hour"),
    "a half": ((3, 3), (3.5, 3.5), "+0.5 hours"),
    # 1.04 is said as 1 and 1.16 as 1.2: the difference is that of what is said
    "what is said counts": ((1.04, 1.04), (1.16, 1.16), "+0.2 hours"),
    "no tail of digits": ((0.1, 0.1), (0.3, 0.3), "+0.2 hours"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_difference_has_a_sign_and_a_unit(
    before: tuple[float, float], after: tuple[float, float], expected: str
) -> None:
    then, now = (Measure(name="Work", unit="hour", low=low, high=high) for low, high in (before, after))
    assert Effect(subject=Name("process", "a"), title="A", before=then, after=now).difference == expected


DAYS = st.integers(0, 9)
STEPS = st.lists(st.fixed_dictionaries({"effort": DAYS, "low": DAYS, "more": DAYS, "role": st.sampled_from(["pm", "qa-lead"])}), min_size=1, max_size=5)  # fmt: skip


@given(STEPS)
@settings(max_examples=30, deadline=None)
def test_a_handbook_does_not_differ_from_itself(drawn: list[dict[str, Any]]) -> None:
    made = [
        {"id": f"s{n}", "responsible": one["role"], "effort": f"{one['effort'] + 1}h", "duration": f"{one['low'] + 1}d..{one['low'] + one['more'] + 1}d"}
        for n, one in enumerate(drawn)
    ]  # fmt: skip
    files = edited(process(*made), OFTEN)
    assert effects(book(files), book(files)) == ()
    assert effects(book(BASE), book(BASE)) == ()
