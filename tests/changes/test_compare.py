"""What changed, in plain words: one edit, one change."""

from __future__ import annotations

import copy
import json

import pytest

from handbook.changes.compare import compare
from handbook.changes.kinds import CATALOGUE, MIRRORS, SELF_MIRRORED
from handbook.changes.level import Level
from handbook.changes.rows import catalog, experiments, onboarding, plans, records, work
from handbook.check import load
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
    Files,
    at,
    book,
    changes,
    drop,
    edited,
    put,
    told,
)

SECURITY = {"id": "security", "title": "Security review", "responsible": "security-lead", "duration": "2d"}


def insert(path: str, *keys: object) -> Edit:
    *way, position, value = keys
    return lambda files: at(path, *way)(files).insert(position, value)  # type: ignore[arg-type]  # the way leads to a list


def add(path: str, id: str, **data: object) -> Edit:
    return put(path, id, {"title": id.capitalize(), "summary": "New.", **data})


def rename_role(files: Files) -> None:
    """The role `pm` becomes `product-manager`, in every file, with an alias."""
    text = json.dumps(files).replace('"pm"', '"product-manager"')
    files.update(json.loads(text))
    files[ROLES]["product-manager"]["aliases"] = ["pm"]


def rename_step(files: Files) -> None:
    steps = files[RELEASE]["steps"]
    steps[3]["id"] = "tell"
    steps[2]["options"][0]["to"] = "tell"


def move_to_planning(files: Files) -> None:
    files["processes/planning/launch-management.yaml"] = files.pop(RELEASE)


def postpone(files: Files) -> None:
    files[LAUNCH]["anchor"] = "2027-02-02"
    for task, day in zip(files[LAUNCH]["tasks"], ("2027-01-05", "2027-02-16"), strict=True):
        task["due_on"] = day
    files[LAUNCH]["slips"] = [
        {"on": "2026-12-01", "from": "2027-01-26", "to": "2027-02-02", "reason": "A blocker"}
    ]


def decide_experiment(files: Files) -> None:
    files[EXPERIMENT]["state"] = "decided"
    files[EXPERIMENT]["decision"] = {"on": "2026-12-09", "verdict": "ship", "by": "pm", "why": "It won"}
    files[EXPERIMENT]["learnings"] = ["The first of three steps is enough"]


def finish_brief(files: Files) -> None:
    files[LAUNCH]["tasks"][0] |= {
        "status": "done",
        "done_on": "2026-12-20",
        "evidence": "The page in the workspace",
    }


STEP = (RELEASE, "steps")
TASK = (TEMPLATE, "tasks", 0)
ITEM = (PATH, "stages", 0, "items", 1)

EDITS = {
    "a step before a decision": (
        [insert(*STEP, 2, SECURITY)],
        [("step-added", "“Security review” is now required before “Go or stop?” in Launch management; responsible: Security lead")],
    ),
    "a step that goes": (
        [drop(*STEP, 1)],
        [("step-removed", "“Test it” is no longer required before “Go or stop?” in Launch management")],
    ),
    "two steps that change places": (
        [put(*STEP, 0, BASE[RELEASE]["steps"][1]), put(*STEP, 1, BASE[RELEASE]["steps"][0])],
        [("step-moved", "“Test it” now comes first instead of after “Plan the launch” in Launch management")],
    ),
    "a step with another id": (
        [rename_step],
        [("id-renamed", "“Announce” has another id in Launch management: “tell” instead of “announce”")],
    ),
    "somebody else responsible": (
        [put(*STEP, 1, "responsible", "security-lead")],
        [("responsible-changed", "Security lead is now responsible for “Test it” instead of QA lead in Launch management")],
    ),
    "one more to be asked": (
        [put(*STEP, 2, "consulted", ["security-lead", "qa-lead"])],
        [("consulted-added", "Security lead must now be asked before “Go or stop?” is done in Launch management")],
    ),
    "nobody to be asked any more": (
        [drop(*STEP, 2, "consulted")],
        [("consulted-removed", "QA lead need no longer be asked before “Go or stop?” is done in Launch management")],
    ),
    "evidence for a decision": (
        [put(*STEP, 2, "requires", ["report", "review"])],
        [("evidence-added", "“Go or stop?” now needs Security review as evidence in Launch management")],
    ),
    "another way out of a decision": (
        [put(*STEP, 2, "options", 1, {"when": "Stop", "to": "plan"})],
        [("option-changed", "The answer “Stop” to “Go or stop?” now leads to “Plan the launch” instead of the end “Launch stopped” in Launch management")],
    ),
    "needs that were implicit": ([put(*STEP, 1, "needs", ["plan"])], []),
    "a step that no longer waits": (
        [put(*STEP, 1, "needs", [])],
        [("dependency-removed", "“Test it” no longer waits for “Plan the launch” in Launch management")],
    ),
    "a longer step": (
        [put(*STEP, 0, "duration", "2d..6d")],
        [("duration-increased", "“Plan the launch” now takes 2 to 6 working days instead of 2 working days in Launch management")],
    ),
    "the same duration in hours": ([put(*STEP, 0, "duration", "16h")], []),
    "less work": (
        [put(*STEP, 0, "effort", "90min")],
        [("effort-decreased", "“Plan the launch” is now 90 minutes of work instead of 3 hours in Launch management")],
    ),
    "another tool": (
        [put(*STEP, 1, "tool", "chat")],
        [("work-tool-changed", "“Test it” is now done in Chat instead of Tracker in Launch management")],
    ),
    "a point on a checklist, another one reworded": (
        [put(*STEP, 3, "checklist", ["The date is public everywhere", "Sales know it", "Support has the answers"])],
        [
            ("checklist-changed", "On the checklist of “Announce”, “The date is public” is now “The date is public everywhere” in Launch management"),
            ("checklist-added", "The checklist of “Announce” now has “Support has the answers” in Launch management"),
        ],
    ),
    "instructions that are reworded": (
        [put(RELEASE, "purpose", "Nobody is surprised by a launch.")],
        [("wording-changed", "The purpose of Launch management was reworded")],
    ),
    "prose in lines of another length": ([put(RELEASE, "purpose", "Launches\nsurprise   nobody.")], []),
    "a promise that is shorter": (
        [put(RELEASE, "sla", "3w")],
        [("sla-decreased", "Launch management is now promised within 15 working days instead of 20 working days")],
    ),
    "a target that is harder": (
        [put(RELEASE, "metrics", 0, "target", ">= 95%")],
        [("target-tightened", "The target of Launches on time is now at least 95\u00a0% instead of at least 90\u00a0% in Launch management")],
    ),
    "another trigger": (
        [put(RELEASE, "trigger", {"every": "quarter"})],
        [("trigger-changed", "Launch management now starts with every quarter instead of “A launch is proposed”")],
    ),
    "another owner": (
        [put(RELEASE, "owner", "security")],
        [("owner-changed", "Launch management is now owned by Security instead of Product operations")],
    ),
    "a process that everybody may read": (
        [put(RELEASE, "visibility", "public")],
        [("record-published", "Everybody may read Launch management now: it is public")],
    ),
    "a process that says that it is internal, as it was": (
        [put(RELEASE, "visibility", "internal")],
        [("visibility-changed", "Who may read Launch management is now said differently: internal instead of as the settings have it")],
    ),
    "a process that moves": (
        [move_to_planning],
        [("record-moved", "Launch management moved from “release” to “planning”")],
    ),
    "a process that is retired": (
        [put(RELEASE, "status", "retired")],
        [("record-retired", "Launch management is retired: nobody follows it any more")],
    ),
    "a company's own key": (
        [put(RELEASE, "x-cost-centre", 4711)],
        [("key-added", "Launch management now says its x-cost-centre: 4711")],
    ),
    "a key that no table knows": (
        [put(TOOLS, "chat", "vendor", "Example")],
        [("key-added", "Chat now says its vendor: “Example”")],
    ),
    "a review": (
        [put(RELEASE, "reviewed", "2026-10-05")],
        [("review-added", "Launch management was reviewed on 5 October 2026")],
    ),
    "a role with another id everywhere": (
        [rename_role],
        [("id-renamed", "Product manager has another id: “product-manager” instead of “pm”")],
    ),
    "a role with another id and title": (
        [rename_role, put(ROLES, "product-manager", "title", "Product lead")],
        [("record-renamed", "“Product manager” is now “Product lead”")],
    ),
    "a new process with its steps": (
        [lambda files: files.update({"processes/release/hotfix.yaml": {**BASE[RELEASE], "title": "Hotfix", "summary": "Quick."}})],
        [("process-added", "Process Hotfix is new")],
    ),
    "a process that goes": (
        [drop(PATH, "acknowledge"), drop(PATH, "stages", 1), lambda files: files.pop(RELEASE)],
        [
            ("process-removed", "Process Launch management is gone"),
            ("stage-removed", "“Week 1” is no longer a stage in Product manager path"),
            ("acknowledgement-removed", "Who joins no longer signs off Launch management in Product manager path"),
        ],
    ),
    "a task due earlier": (
        [put(*TASK, "due", "-25d")],
        [("due-earlier", "“Write the brief” is now due 25 instead of 20 working days before “Launch day” in Tier 1 launch")],
    ),
    "a task of a template": (
        [insert(TEMPLATE, "tasks", 1, {**SECURITY, "phase": "ready", "due": "-10d"})],
        [("task-added", "“Security review” is now required, due 10 working days before “Launch day” in Tier 1 launch; responsible: Security lead")],
    ),
    "tasks in another order": ([lambda files: files[TEMPLATE]["tasks"].reverse()], []),
    "a phase with another id": (
        [put(TEMPLATE, "phases", 0, "id", "prepare"), put(*TASK, "phase", "prepare")],
        [("id-renamed", "“Get ready” has another id in Tier 1 launch: “prepare” instead of “ready”")],
    ),
    "a criterion of a gate": (
        [put(TEMPLATE, "gates", 0, "criteria", ["No blocker is open", "Support is trained"])],
        [("criterion-added", "“Go/no-go” now asks that: “Support is trained” in Tier 1 launch")],
    ),
    "another approver": (
        [put(TEMPLATE, "gates", 0, "approver", "security-lead")],
        [("approver-changed", "Security lead now decides “Go/no-go” instead of Head of product in Tier 1 launch")],
    ),
    "a choice of a variable": (
        [put(TEMPLATE, "variables", "region", "choices", ["eu", "uk", "us"])],
        [("variable-changed", "What Tier 1 launch accepts for “Where it is launched” changed from “eu” and “uk” to “eu”, “uk” and “us”")],
    ),
    "a launch that is postponed with its tasks": (
        [postpone],
        [("launch-day-later", "Shared dashboards is now on 2 February 2027 instead of 26 January 2027, and the days before it move along")],
    ),
    "a task that is done": (
        [finish_brief],
        [("task-status-changed", "“Write the brief” is now done instead of to do in Shared dashboards")],
    ),
    "a person": (
        [put(LAUNCH, "people", "qa-lead", "Jonas L.")],
        [("holder-added", "New in Shared dashboards: “Jonas L.” as QA lead")],
    ),
    "a risk that matters more": (
        [put(LAUNCH, "risks", 0, "likelihood", "high")],
        [("risk-changed", "The likelihood of the risk “Nobody notices” is now high instead of low in Shared dashboards")],
    ),
    "an experiment that is decided": (
        [decide_experiment],
        [
            ("verdict-added", "Checklist is decided: “ship” on 9 December 2026, by Product manager"),
            ("learning-added", "Learned from Checklist: “The first of three steps is enough”"),
        ],
    ),
    "an experiment that ends earlier": (
        [put(EXPERIMENT, "ends_on", "2026-11-22")],
        [("experiment-end-earlier", "The last day of Checklist is now 22 November 2026 instead of 29 November 2026")],
    ),
    "another number that decides": (
        [put(EXPERIMENT, "primary", "metric", "churn"), put(EXPERIMENT, "primary", "detects", "3 points")],
        [
            ("primary-metric-changed", "“Churn” now decides Checklist instead of Launches on time"),
            ("detectable-changed", "Checklist now looks for a difference of at least 3\u00a0points instead of 4\u00a0points"),
        ],
    ),
    "a third group, and the others smaller": (
        [put(EXPERIMENT, "variants", 1, "share", 0.25), insert(EXPERIMENT, "variants", 2, {"id": "tour", "title": "A tour", "share": 0.25})],
        [
            ("variant-added", "“A tour” is a new group in Checklist"),
            ("group-share-decreased", "“A checklist” is now seen by 25 % of those who take part instead of 40 % in Checklist"),
        ],
    ),
    "a limit that is harder": (
        [put(EXPERIMENT, "guardrails", 0, "limit", ">= 88%")],
        [("target-tightened", "The target of Launches on time is now at least 88\u00a0% instead of at least 80\u00a0% in Checklist")],
    ),
    "an item that moves to another stage": (
        [lambda files: files[PATH]["stages"][1]["items"].append(files[PATH]["stages"][0]["items"].pop())],
        [("item-moved", "“Meet QA lead” is now part of “Week 1” instead of “Day 1” in Product manager path")],
    ),
    "somebody else to meet": (
        [put(*ITEM, "meet", "security-lead")],
        [("action-changed", "“Meet Security lead” takes the place of “Meet QA lead” in Product manager path")],
    ),
    "a process to sign off": (
        [lambda files: files.update({"processes/release/hotfix.yaml": {**BASE[RELEASE], "title": "Hotfix", "summary": "Quick."}}),
         put(PATH, "acknowledge", ["launch-management", "hotfix"])],
        [
            ("process-added", "Process Hotfix is new"),
            ("acknowledgement-added", "Who joins must now sign off Hotfix as read and understood in Product manager path"),
        ],
    ),
    "a formula": (
        [put(METRICS, "on-time", "formula", "on time / planned")],
        [("formula-changed", "Launches on time is now computed as “on time / planned” instead of “on time / all”")],
    ),
    "the meaning of a term": (
        [put(TERMS, "launch", "summary", "A change that customers hear about.")],
        [("meaning-changed", "Launch now means: “A change that customers hear about.”")],
    ),
    "something a role decides": (
        [put(ROLES, "pm", "decides", ["The order of the backlog"])],
        [("authority-added", "Product manager now decides: “The order of the backlog”")],
    ),
    "a tool that is replaced": (
        [put(TOOLS, "chat", "replaced_by", "tracker"), put(TOOLS, "chat", "status", "deprecated")],
        [
            ("record-deprecated", "Chat is being replaced; use Tracker instead"),
            ("successor-added", "Tracker is to be used instead of Chat"),
        ],
    ),
    "a day off": (
        [drop(CALENDARS, "company", "holidays")],
        [("day-off-removed", "No longer off in Company: “Christmas Eve” on 24 December 2026")],
    ),
    "an artifact": ([add(ARTIFACTS, "roadmap")], [("artifact-added", "Artifact Roadmap is new")]),
    "a team with another name": (
        [put(TEAMS, "security", "title", "Security and trust")],
        [("title-changed", "“Security” is now called “Security and trust”")],
    ),
    "parts with other names": (
        [
            put(*STEP, 1, "title", "Test the release"),
            put(TEMPLATE, "phases", 0, "title", "Prepare"),
            put(*TASK, "title", "Write the launch brief"),
            put(TEMPLATE, "gates", 0, "title", "Final decision"),
            put(LAUNCH, "tasks", 1, "title", "Look back"),
            put(PATH, "stages", 1, "title", "First week"),
            put(EXPERIMENT, "variants", 0, "title", "The empty screen"),
        ],
        [
            ("title-changed", "“Test it” is now called “Test the release” in Launch management"),
            ("title-changed", "“Get ready” is now called “Prepare” in Tier 1 launch"),
            ("title-changed", "“Write the brief” is now called “Write the launch brief” in Tier 1 launch"),
            ("title-changed", "“Go/no-go” is now called “Final decision” in Tier 1 launch"),
            ("title-changed", "“Review the launch” is now called “Look back” in Shared dashboards"),
            ("title-changed", "“As it is” is now called “The empty screen” in Checklist"),
            ("title-changed", "“Week 1” is now called “First week” in Product manager path"),
        ],
    ),
    "other quotation marks in a title": (
        [put(*TASK, "title", "Write “the” brief")],
        [("wording-changed", "The title of “Write “the” brief” was reworded in Tier 1 launch")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), EDITS.values(), ids=EDITS)
def test_an_edit_is_told_in_plain_words(edits: list[Edit], expected: list[tuple[str, str]]) -> None:
    assert told(*edits) == expected


@pytest.mark.parametrize("edits", [edits for edits, _ in EDITS.values()], ids=EDITS)
def test_undoing_an_edit_gives_the_mirrors_of_its_changes(edits: list[Edit]) -> None:
    before, after = book(BASE), book(edited(*edits))
    there, back = compare(before, after), compare(after, before)
    assert sorted(change.kind for change in back) == sorted(change.row.mirror for change in there)


@pytest.mark.parametrize("edits", [edits for edits, _ in EDITS.values()], ids=EDITS)
def test_a_handbook_does_not_differ_from_itself(edits: list[Edit]) -> None:
    assert compare(book(edited(*edits)), book(edited(*edits))) == ()


def test_a_change_says_whom_it_concerns_and_where_it_is() -> None:
    (change,) = changes(put(RELEASE, "steps", 2, "consulted", ["security-lead"]))[:1]
    assert (change.subject.kind, change.subject.id, change.title) == (
        "process",
        "launch-management",
        "Launch management",
    )
    assert change.part is not None
    assert (change.part.id, change.part.title) == ("decide", "Go or stop?")
    assert change.doers == ("head-of-product",)
    assert change.relying == ("qa-lead", "security-lead")
    assert change.short == "Security lead must now be asked before “Go or stop?” is done"
    assert change.at is not None
    assert (change.at.path, change.at.pointer) == (RELEASE, ("steps", 2, "consulted"))
    assert change.level is Level.BREAKING


def test_a_record_that_cannot_be_read_is_neither_new_nor_gone() -> None:
    broken = edited(put(RELEASE, "status", "unheard-of"))
    assert compare(book(BASE), book(broken)) == ()
    assert compare(book(broken), book(BASE)) == ()


def test_a_catalogue_that_cannot_be_read_says_nothing_about_its_records() -> None:
    texts = {path: json.dumps(data) for path, data in BASE.items()}
    broken = load(literal({**texts, ROLES: "pm: [\n"}), Settings()).handbook
    assert compare(book(BASE), broken) == ()
    assert compare(broken, book(BASE)) == ()


def test_a_role_named_by_its_alias_is_the_same_role() -> None:
    before = edited(put(ROLES, "pm", "aliases", ["product-owner"]))
    after = edited(
        put(ROLES, "pm", "aliases", ["product-owner"]),
        put(RELEASE, "steps", 0, "responsible", "product-owner"),
    )
    assert compare(book(before), book(after)) == ()


def test_a_change_of_a_path_concerns_the_roles_of_those_that_extend_it() -> None:
    def extend(files: Files) -> None:
        keys = ("title", "summary", "status", "owner", "stages")
        envelope, base = ({key: copy.deepcopy(files[PATH][key]) for key in keys} for _ in "ab")
        files["processes/onboarding/everyone.yaml"] = base
        files["processes/onboarding/quality.yaml"] = {**envelope, "role": "qa-lead", "extends": "everyone"}
        files[PATH] = {**files[PATH], "extends": "quality"}

    longer = put("processes/onboarding/everyone.yaml", "stages", 1, "ends", "9d")
    (change,) = compare(book(edited(extend)), book(edited(extend, longer)))
    assert (change.kind, change.doers) == ("stage-end-later", ("pm", "qa-lead"))


def test_every_action_has_its_mirror_or_a_written_exception() -> None:
    alone = {action for action, mirror in MIRRORS.items() if action == mirror}
    assert alone == set(SELF_MIRRORED)
    assert all(len(reason) > 20 for reason in SELF_MIRRORED.values())
    assert {MIRRORS[MIRRORS[action]] for action in MIRRORS} == set(MIRRORS)


def test_every_kind_of_change_has_its_mirror_in_the_table() -> None:
    lonely = {kind.name for kind in CATALOGUE.values() if kind.mirror not in CATALOGUE}
    assert lonely == set()
    assert all(CATALOGUE[kind.mirror].mirror == kind.name for kind in CATALOGUE.values())


def test_no_kind_of_change_is_in_the_table_twice() -> None:
    rows = [
        name for part in (records, work, plans, experiments, onboarding, catalog) for name, *_ in part.ROWS
    ]
    assert len(rows) == len(set(rows)) == len(CATALOGUE)


def test_a_change_that_only_edits_words_concerns_nobody() -> None:
    lopsided = {
        kind.name
        for kind in CATALOGUE.values()
        if (kind.doers == Level.EDITORIAL) != (kind.relying == Level.EDITORIAL)
    }
    assert lopsided == set()
