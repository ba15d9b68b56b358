"""What a change reaches: launches that are ahead of it, past it or not concerned, onboarding paths, and reviewers."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from handbook.changes.compare import compare
from handbook.changes.reach import Met, Reviewer, launches, paths, reviewers
from handbook.changes.renames import renames
from handbook.model.handbook import Name
from tests.changes.books import (
    BASE,
    LAUNCH,
    METRICS,
    PATH,
    RELEASE,
    ROLES,
    TEAMS,
    TEMPLATE,
    TOOLS,
    Edit,
    Files,
    book,
    drop,
    edited,
    put,
)

AHEAD, PAST = True, False


def reached(*edits: Edit, base: tuple[Edit, ...] = ()) -> dict[str, bool]:
    """Return the changes that concern the launch, by kind, and whether it has not come to them yet."""
    before, after = book(edited(*base)), book(edited(*base, *edits))
    found = launches(before, after, compare(before, after))
    assert {(one.launch, one.title) for one in found} <= {(Name("launch", "dashboards"), "Shared dashboards")}
    return {one.change.kind: one.ahead for one in found}


def status(task: int, word: str) -> Edit:
    return put(LAUNCH, "tasks", task, "status", word)


def decided(word: str) -> Edit:
    return put(LAUNCH, "gates", 0, "status", word)


def all_done(files: Files) -> None:
    for task in files[LAUNCH]["tasks"]:
        task["status"] = "done"
    files[LAUNCH]["gates"][0]["status"] = "passed"


SECURITY = {
    "id": "security",
    "phase": "ready",
    "title": "Security review",
    "responsible": "security-lead",
    "due": "-10d",
}


def task(**keys: Any) -> Edit:
    """Return the edit that adds a task to the template."""
    return lambda files: files[TEMPLATE]["tasks"].append({**SECURITY, **keys})


def needed_by(*ids: str) -> Edit:
    """Return the edit that lets tasks of the template wait for the new one too."""

    def edit(files: Files) -> None:
        for one in files[TEMPLATE]["tasks"]:
            if one["id"] in ids:
                one["needs"] = [*one.get("needs", []), "security"]

    return edit


EARLIER = put(TEMPLATE, "tasks", 0, "due", "-25d")
CRITERION = put(TEMPLATE, "gates", 0, "criteria", ["No blocker is open", "Support is ready"])

#: how far the launch is, and what changes in its template -> the changes that concern it
TEMPLATES: dict[str, tuple[tuple[Edit, ...], tuple[Edit, ...], dict[str, bool]]] = {
    "a task that is still to do": ((), (EARLIER,), {"due-earlier": AHEAD}),
    "a task that is done": ((status(0, "done"),), (EARLIER,), {"due-earlier": PAST}),
    "a task that was skipped": ((status(0, "skipped"),), (EARLIER,), {"due-earlier": PAST}),
    "a task that is blocked": ((status(0, "blocked"),), (EARLIER,), {"due-earlier": AHEAD}),
    "a new task": ((), (task(),), {"task-added": AHEAD}),
    "a new task, beside done ones": ((all_done,), (task(),), {"task-added": AHEAD}),
    "a new task that a task to do waits for": ((), (task(), needed_by("review")), {"task-added": AHEAD, "dependency-added": AHEAD}),
    "a new task that a done task waits for": ((all_done,), (task(), needed_by("review")), {"task-added": PAST, "dependency-added": PAST}),
    "a new task that a skipped task waits for": (
        (status(1, "skipped"),), (task(), needed_by("review")), {"task-added": AHEAD, "dependency-added": PAST},
    ),
    "a new task that a new task waits for, and a done one for that": (
        (all_done,),
        (task(), task(id="repair", title="Repair it", needs=["security"]), put(TEMPLATE, "tasks", 1, "needs", ["brief", "repair"])),
        {"task-added": PAST, "dependency-added": PAST},
    ),
    "a new task of a gate that is open": ((), (task(gate="go"),), {"task-added": AHEAD}),
    "a new task of a gate that was passed": ((decided("passed"),), (task(gate="go"),), {"task-added": PAST}),
    "a new task of a gate that was waived": ((decided("waived"),), (task(gate="go"),), {"task-added": PAST}),
    "a new task of a gate that was failed": ((decided("failed"),), (task(gate="go"),), {"task-added": AHEAD}),
    "a gate that is open": ((), (CRITERION,), {"criterion-added": AHEAD}),
    "a gate that was passed": ((decided("passed"),), (CRITERION,), {"criterion-added": PAST}),
    "a gate that was failed": ((decided("failed"),), (CRITERION,), {"criterion-added": AHEAD}),
    "a task that is gone, and was done": (
        (all_done,), (drop(TEMPLATE, "tasks", 1),), {"task-removed": PAST},
    ),
    "a task that is gone, and was still to do": ((), (drop(TEMPLATE, "tasks", 1),), {"task-removed": AHEAD}),
    "the template as a whole": ((all_done,), (put(TEMPLATE, "tier", 2),), {"tier-changed": AHEAD}),
    "what is only good to know": ((), (put(TEMPLATE, "tasks", 0, "effort", "2h"),), {}),
    "wording": ((), (put(TEMPLATE, "tasks", 0, "instructions", "Write it down."),), {}),
}  # fmt: skip


@pytest.mark.parametrize(("base", "edits", "expected"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_launch_is_ahead_of_a_change_of_its_template_or_past_it(
    base: tuple[Edit, ...], edits: tuple[Edit, ...], expected: dict[str, bool]
) -> None:
    assert reached(*edits, base=base) == expected


@pytest.mark.parametrize(("word", "concerned"), [("draft", True), ("active", True), ("launched", False), ("closed", False), ("cancelled", False), ("retired", False)])  # fmt: skip
def test_only_a_launch_whose_day_is_to_come_is_concerned(word: str, concerned: bool) -> None:
    assert bool(reached(EARLIER, base=(put(LAUNCH, "status", word),))) is concerned


def test_a_launch_of_another_template_is_not_concerned() -> None:
    other = "processes/launches/templates/tier-2.yaml"

    def add(files: Files) -> None:
        files[other] = copy.deepcopy({**files[TEMPLATE], "title": "Tier 2 launch", "tier": 2})

    assert reached(put(other, "tasks", 0, "due", "-25d"), base=(add,)) == {}


def test_a_launch_may_name_its_template_by_an_alias() -> None:
    def rename(files: Files) -> None:
        moved = {**files.pop(TEMPLATE), "aliases": ["tier-1"]}
        moved["tasks"][0]["due"] = "-25d"
        files["processes/launches/templates/large.yaml"] = moved

    assert reached(rename) == {"due-earlier": AHEAD}


WHOLE = put(TEMPLATE, "process", "launch-management")
CALLED = put(TEMPLATE, "tasks", 0, "process", "launch-management")
REPORT = put(TEMPLATE, "tasks", 0, "artifact", "report")  # what the step "test" produces
NEW_OWNER = put(RELEASE, "steps", 1, "responsible", "pm")  # of "test"
SLA = put(RELEASE, "sla", "15d")


def step(place: int) -> Edit:
    """Return the edit that adds a step to the process."""
    added = {"id": "security", "title": "Security review", "responsible": "security-lead"}
    return lambda files: files[RELEASE]["steps"].insert(place, added)


#: how the template names the process, how far the launch is, and what changes -> the changes that concern it
PROCESSES: dict[str, tuple[tuple[Edit, ...], tuple[Edit, ...], dict[str, bool]]] = {
    "named nowhere": ((), (NEW_OWNER,), {}),
    "called by a task to do": ((CALLED,), (NEW_OWNER,), {"responsible-changed": AHEAD}),
    "called by a done task": ((CALLED, status(0, "done")), (NEW_OWNER,), {"responsible-changed": PAST}),
    "called by a done task and one to do": (
        (CALLED, put(TEMPLATE, "tasks", 1, "process", "launch-management"), status(0, "done")),
        (NEW_OWNER,), {"responsible-changed": AHEAD},
    ),
    "followed as a whole, from the beginning": ((WHOLE,), (NEW_OWNER,), {"responsible-changed": AHEAD}),
    "followed as a whole, with the step done": ((WHOLE, REPORT, status(0, "done")), (NEW_OWNER,), {"responsible-changed": PAST}),
    "followed as a whole, with its task skipped": ((WHOLE, REPORT, status(0, "skipped")), (NEW_OWNER,), {"responsible-changed": AHEAD}),
    "a new step before what is done": ((WHOLE, REPORT, status(0, "done")), (step(1),), {"step-added": PAST}),
    "a new step after what is done": ((WHOLE, REPORT, status(0, "done")), (step(2),), {"step-added": AHEAD}),
    "a removed step before what is done": (
        (WHOLE, REPORT, status(0, "done")), (drop(RELEASE, "steps", 0),), {"step-removed": PAST},
    ),
    "a removed step that is to come": ((WHOLE,), (drop(RELEASE, "steps", 1),), {"step-removed": AHEAD}),
    "followed as a whole, changed as a whole": ((WHOLE, all_done), (SLA,), {"sla-decreased": AHEAD}),
    "what is only good to know": ((WHOLE,), (put(RELEASE, "steps", 0, "effort", "5h"),), {}),
}  # fmt: skip


@pytest.mark.parametrize(("base", "edits", "expected"), PROCESSES.values(), ids=PROCESSES)
def test_a_launch_is_ahead_of_a_change_of_its_processes_or_past_it(
    base: tuple[Edit, ...], edits: tuple[Edit, ...], expected: dict[str, bool]
) -> None:
    assert reached(*edits, base=base) == expected


def test_aliases_of_processes_and_artifacts_count_as_what_they_lead_to() -> None:
    aliases = (
        put(RELEASE, "aliases", ["launches"]),
        put("processes/catalog/artifacts.yaml", "report", "aliases", ["test-report"]),
    )
    by_task = put(TEMPLATE, "tasks", 0, "process", "launches")
    assert reached(NEW_OWNER, base=(*aliases, by_task, status(0, "done"))) == {"responsible-changed": PAST}
    whole = (put(TEMPLATE, "process", "launches"), put(TEMPLATE, "tasks", 0, "artifact", "test-report"))
    assert reached(NEW_OWNER, base=(*aliases, *whole, status(0, "done"))) == {"responsible-changed": PAST}


def test_a_task_that_follows_the_process_of_a_step_tells_how_far_a_launch_is() -> None:
    def add(files: Files) -> None:
        files["processes/release/testing.yaml"] = {**copy.deepcopy(files[RELEASE]), "title": "Testing"}

    called = (put(RELEASE, "steps", 1, "process", "testing"), put(TEMPLATE, "tasks", 0, "process", "testing"))
    base = (add, WHOLE, *called)
    assert reached(NEW_OWNER, base=base) == {"responsible-changed": AHEAD}
    assert reached(NEW_OWNER, base=(*base, status(0, "done"))) == {"responsible-changed": PAST}


TESTING = "processes/release/testing.yaml"


def with_called(files: Files) -> None:
    """Let the step "test" call a process of its own, which a third one is called by in turn."""
    alone = {**copy.deepcopy(files[RELEASE]), "steps": copy.deepcopy(files[RELEASE]["steps"][:1])}
    files["processes/release/measuring.yaml"] = {**alone, "title": "Measuring"}
    files[TESTING] = copy.deepcopy({**alone, "title": "Testing"})
    files[TESTING]["steps"][0]["process"] = "measuring"
    files[RELEASE]["steps"][1]["process"] = "testing"


@pytest.mark.parametrize("changed", ["testing", "measuring"])
def test_a_process_that_a_step_calls_reaches_the_launch_that_comes_to_that_step(changed: str) -> None:
    edit = put(f"processes/release/{changed}.yaml", "steps", 0, "responsible", "qa-lead")
    assert reached(edit, base=(with_called,)) == {}
    assert reached(edit, base=(with_called, WHOLE)) == {"responsible-changed": AHEAD}
    assert reached(edit, base=(with_called, WHOLE, REPORT, status(0, "done"))) == {
        "responsible-changed": PAST
    }
    assert reached(edit, base=(with_called, CALLED)) == {"responsible-changed": AHEAD}
    assert reached(edit, base=(with_called, CALLED, status(0, "done"))) == {"responsible-changed": PAST}


def test_processes_that_call_each_other_end() -> None:
    circle = put("processes/release/measuring.yaml", "steps", 0, "process", "testing")
    assert reached(SLA, base=(with_called, circle, put(TEMPLATE, "process", "testing"))) == {}


def test_what_changes_elsewhere_reaches_no_launch() -> None:
    assert reached() == {}
    assert reached(put(METRICS, "on-time", "formula", "other / all")) == {}


def met(*edits: Edit, base: tuple[Edit, ...] = ()) -> list[tuple[str, list[str]]]:
    """Return the onboarding paths that lead to a change, each with the kinds of its changes."""
    before, after = book(edited(*base)), book(edited(*base, *edits))
    found: tuple[Met, ...] = paths(after, compare(before, after))
    assert [one.path for one in found] in ([], [Name("onboarding-path", "product-manager")])
    return [(one.title, [change.kind for change in one.changes]) for one in found]


def test_an_onboarding_path_leads_to_the_records_that_it_names() -> None:
    assert met(NEW_OWNER, SLA) == [("Product manager path", ["sla-decreased", "responsible-changed"])]
    assert met(put(TOOLS, "tracker", "status", "retired")) == [("Product manager path", ["record-retired"])]
    assert met(put(TOOLS, "chat", "status", "retired")) == []


def test_an_onboarding_path_leads_to_what_the_path_that_it_extends_names() -> None:
    def extend(files: Files) -> None:
        stage = {**files[PATH]["stages"][0], "items": [{"id": "ask", "check": "You know whom to ask"}]}
        files["processes/onboarding/own.yaml"] = {
            **{key: files[PATH][key] for key in ("title", "summary", "status", "owner", "role")},
            "extends": "product-manager",
            "stages": [stage],
        }

    before, after = book(edited(extend)), book(edited(extend, NEW_OWNER))
    found = paths(after, compare(before, after))
    assert [one.path.id for one in found] == ["own", "product-manager"]


def test_an_onboarding_path_may_name_a_record_by_an_alias() -> None:
    base = (put(RELEASE, "aliases", ["launches"]), put(PATH, "stages", 1, "items", 0, "process", "launches"), put(PATH, "acknowledge", ["launches"]))  # fmt: skip
    assert met(NEW_OWNER, base=base) == [("Product manager path", ["responsible-changed"])]


def test_nobody_is_told_of_wording_or_of_a_path_itself() -> None:
    assert met(put(RELEASE, "purpose", "Other words.")) == []
    assert met(put(PATH, "stages", 1, "ends", "9d")) == []


def looking(*edits: Edit, base: tuple[Edit, ...] = ()) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return who should look at these edits."""
    before, after = book(edited(*base)), book(edited(*base, *edits))
    found: tuple[Reviewer, ...] = reviewers(before, after, compare(before, after), renames(before, after))
    return [(one.title, one.handle, one.records) for one in found]


def test_the_owner_looks_at_every_change_of_a_record_once() -> None:
    both = (NEW_OWNER, SLA, put(RELEASE, "purpose", "Other words."), put(TEMPLATE, "tier", 2))
    assert looking(*both) == [("Product operations", "", ("Launch management", "Tier 1 launch"))]
    assert looking() == []


def test_the_owners_before_and_after_both_look() -> None:
    handle = put(TEAMS, "security", "handle", "@example/security")
    assert looking(put(RELEASE, "owner", "security"), base=(handle,)) == [
        ("Product operations", "", ("Launch management",)),
        ("Security", "@example/security", ("Launch management",)),
    ]


def test_the_owner_of_what_is_new_or_gone_looks() -> None:
    def add(files: Files) -> None:
        files[PATH] = {**copy.deepcopy(dict(BASE[PATH])), "owner": "security"}

    def remove(files: Files) -> None:
        del files[PATH]

    assert looking(add, base=(remove,)) == [("Security", "", ("Product manager path",))]
    assert looking(remove) == [("Product operations", "", ("Product manager path",))]


def test_the_owner_before_a_renaming_looks_too() -> None:
    def rename(files: Files) -> None:
        files["processes/release/launches.yaml"] = {
            **files.pop(RELEASE),
            "owner": "security",
            "aliases": ["launch-management"],
        }

    assert looking(rename) == [
        ("Product operations", "", ("Launch management",)),
        ("Security", "", ("Launch management",)),
    ]


def test_a_team_with_another_id_is_one_team() -> None:
    def rename(files: Files) -> None:
        files[TEAMS]["product-ops"] = {
            **files[TEAMS].pop("product-operations"),
            "aliases": ["product-operations"],
        }
        files[RELEASE]["owner"] = "product-ops"

    assert [(title, "Launch management" in records) for title, _, records in looking(rename, NEW_OWNER)] == [
        ("Product operations", True)
    ]


def test_a_record_without_an_owner_has_no_reviewer() -> None:
    assert looking(put(ROLES, "pm", "title", "Manager")) == []
