"""What a schema objects to, in the words that a person reads: one row for each way to be wrong."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from handbook.finding import Hit, Place, Pointer
from handbook.schema.shape import shape

AT = Place("processes/release/example.yaml")

PROCESS: dict[str, Any] = {
    "title": "Example", "summary": "An example.", "status": "active", "owner": "ops", "purpose": "To show it.",
    "trigger": {"event": "Something"}, "outcome": "Something else", "accountable": "lead",
    "steps": [
        {"id": "collect", "title": "Collect", "responsible": "lead"},
        {"id": "decide", "decision": "Go?", "responsible": "lead", "options": [{"when": "Go", "end": "Done"}]},
    ],
}  # fmt: skip
LAUNCH: dict[str, Any] = {
    "title": "Launch", "summary": "A launch.", "status": "draft", "owner": "ops", "template": "tier-1", "anchor": "2027-02-16",
    "tasks": [{"id": "brief", "title": "Brief", "responsible": "lead", "due_on": "2027-02-01", "status": "todo"}],
}  # fmt: skip
PATH: dict[str, Any] = {
    "title": "Path", "summary": "A path.", "status": "draft", "owner": "ops", "role": "lead",
    "stages": [{"id": "day-1", "title": "Day 1", "starts": "0d", "ends": "0d", "outcomes": ["Signed in"],
                "items": [{"id": "hello", "meet": "lead"}]}],
}  # fmt: skip
TEMPLATE: dict[str, Any] = {
    "title": "Template", "summary": "A template.", "status": "draft", "owner": "ops", "tier": 1, "anchor": {"name": "Launch day"},
    "phases": [{"id": "frame", "title": "Frame"}],
    "tasks": [{"id": "brief", "phase": "frame", "title": "Brief", "responsible": "lead", "due": "-5d"}],
}  # fmt: skip
EXPERIMENT: dict[str, Any] = {
    "title": "Experiment", "summary": "An experiment.", "state": "planned", "owner": "ops", "surface": "start",
    "hypothesis": "We believe that it helps, because many asked for it.", "variants": [{"id": "as-is", "title": "As it is"}],
    "primary": {"metric": "activation"}, "guardrails": [{"metric": "contacts"}],
}  # fmt: skip
ROLES: dict[str, Any] = {"lead": {"title": "Lead", "summary": "A role."}}
TOOLS: dict[str, Any] = {
    "board": {"title": "Board", "summary": "A tool.", "owner": "ops", "category": "planning"}
}
TERMS: dict[str, Any] = {"freeze": {"title": "Freeze", "summary": "A term."}}

GOOD = {
    "process": PROCESS,
    "launch": LAUNCH,
    "onboarding-path": PATH,
    "launch-template": TEMPLATE,
    "experiment": EXPERIMENT,
    "role": ROLES,
    "tool": TOOLS,
    "term": TERMS,
}
GONE = object()
Found = list[tuple[str, Pointer, bool, str, str]]

STATUS = '"draft", "trial", "active", "deprecated" or "retired"'
SLUG = "A name made of lower-case letters, digits and single hyphens. It is used in addresses and references, so it stays when the title changes."
DAY = "A day, written year-month-day. Example: 2026-10-05"
LONG = (
    "How long something takes from start to end: a number and h (working hours), d (working days) or w (working weeks),"
    " or a range of two. Example: 2d or 2d..6d"
)
OWN = "rename it or remove it (keys of your own begin with x-)"

#: kind, where, what stands there instead; then rule, pointer, whether the key is shown, message and help
ROWS: dict[str, tuple[str, Pointer, object, Found]] = {
    "unknown key": ("process", ("owners",), "x", [("unknown-key", ("owners",), True, 'key "owners" is not known in a process; did you mean "owner"?', OWN)]),
    "unknown key that resembles nothing": ("process", ("zzz",), "x", [("unknown-key", ("zzz",), True, 'key "zzz" is not known in a process', OWN)]),
    "unknown key of a step": ("process", ("steps", 0, "efort"), "1h", [("unknown-key", ("steps", 0, "efort"), True, 'key "efort" is not known in a step; did you mean "effort"?', OWN)]),
    "unknown key of an option": ("process", ("steps", 1, "options", 0, "zzz"), 1, [("unknown-key", ("steps", 1, "options", 0, "zzz"), True, 'key "zzz" is not known in an option', "rename it or remove it")]),
    "unknown key of a part without a name": ("process", ("trigger", "evnt"), "x", [("unknown-key", ("trigger", "evnt"), True, 'key "evnt" is not known in "trigger"; did you mean "event"?', "rename it or remove it")]),
    "unknown key in a catalogue": ("role", ("lead", "skils"), ["x"], [("unknown-key", ("lead", "skils"), True, 'key "skils" is not known in a role; did you mean "skills"?', OWN)]),
    "missing key": ("process", ("outcome",), GONE, [("missing-key", (), False, 'this process has no "outcome"', "add outcome: What exists when it is done that did not exist before.")]),
    "missing key with a shared description": ("process", ("title",), GONE, [("missing-key", (), False, 'this process has no "title"', "add title: The name that people read, in sentence case and without a full stop.")]),
    "missing key of a step": ("process", ("steps", 0, "responsible"), GONE, [("missing-key", ("steps", 0), False, 'step "collect" has no "responsible"', "add responsible: The role that does the work.")]),
    "missing id of a step": ("process", ("steps", 0, "id"), GONE, [("missing-key", ("steps", 0), False, 'this step has no "id"', "add id: The name of the step within this process.")]),
    "missing key in a catalogue": ("role", ("lead", "summary"), GONE, [("missing-key", ("lead",), False, 'role "lead" has no "summary"', "add summary: One sentence that says what this is for. It is shown in lists, search results and tooltips.")]),
    "missing key of a part without a name": ("process", ("volume",), {"per": "week"}, [("missing-key", ("volume",), False, '"volume" has no "count"', "add count: Runs in that period.")]),
    "missing key of an entry without a name": ("process", ("metrics",), [{"target": ">= 1"}], [("missing-key", ("metrics", 0), False, 'entry 1 of "metrics" has no "metric"', "add metric: The id of a metric.")]),
    "missing part that the same schema describes": ("experiment", ("primary",), GONE, [("missing-key", (), False, 'this experiment has no "primary"', "add primary: The one metric that decides, chosen before the start.")]),
    "missing key of a part that the same schema describes": ("experiment", ("primary", "metric"), GONE, [("missing-key", ("primary",), False, 'this primary metric has no "metric"', "add metric: The metric. Which way is better is said there.")]),
    "missing key with a description shared twice over": ("experiment", ("guardrails", 0, "metric"), GONE, [("missing-key", ("guardrails", 0), False, 'this guardrail has no "metric"', "add metric: The id of a metric.")]),
    "missing key of a shared part": ("process", ("links",), [{"title": "Board"}], [("missing-key", ("links", 0), False, 'this link has no "to"', "add to: A web or mail address, or the path of a page of this handbook below docs/.")]),
    "missing title and question": ("process", ("steps", 0, "title"), GONE, [("missing-key", ("steps", 0), False, 'step "collect" has none of "title" or "decision"', "add one of them")]),
    "missing trigger": ("process", ("trigger", "event"), GONE, [("missing-key", ("trigger",), False, '"trigger" has none of "event", "request" or "every"', "add one of them")]),
    "missing target of an option": ("process", ("steps", 1, "options", 0, "end"), GONE, [("missing-key", ("steps", 1, "options", 0), False, 'this option has none of "to" or "end"', "add one of them")]),
    "decision without options": ("process", ("steps", 1, "options"), GONE, [("missing-key", ("steps", 1, "decision"), True, '"decision" is given without "options"', "add options, or remove decision")]),
    "both targets": ("process", ("steps", 1, "options", 0, "to"), "collect", [("conflicting-keys", ("steps", 1, "options", 0, "end"), True, 'this option has "to" and "end", and only one of them can hold', "keep the one that is meant")]),
    "two actions": ("onboarding-path", ("stages", 0, "items", 0, "do"), "It", [("conflicting-keys", ("stages", 0, "items", 0, "meet"), True, 'item "hello" has "do" and "meet", and only one of them can hold', "keep the one that is meant")]),
    "text for a list": ("process", ("tags",), "a, b", [("wrong-type", ("tags",), False, '"tags" is the text "a, b" where a list is meant', "write [a, b]")]),
    "number for text": ("process", ("title",), 1.1, [("wrong-type", ("title",), False, '"title" is the number 1.1 where text is meant', "put the value in double quotes")]),
    "truth for text": ("process", ("title",), False, [("wrong-type", ("title",), False, '"title" is "false" where text is meant', "put the value in double quotes")]),
    "list for text": ("process", ("title",), ["x"], [("wrong-type", ("title",), False, '"title" is a list where text is meant', "write text")]),
    "mapping for text": ("process", ("title",), {"a": 1}, [("wrong-type", ("title",), False, '"title" is a mapping where text is meant', "write text")]),
    "nothing for text": ("process", ("title",), None, [("wrong-type", ("title",), False, '"title" has no value where text is meant', "fill it in, or remove the key")]),
    "text for a mapping": ("process", ("trigger",), "daily", [("wrong-type", ("trigger",), False, '"trigger" is the text "daily" where a mapping of keys to values is meant', "write a mapping of keys to values")]),
    "text for an option": ("process", ("steps", 1, "options", 0), "Go", [("wrong-type", ("steps", 1, "options", 0), False, 'entry 1 of "options" is the text "Go" where a mapping of keys to values is meant', "write a mapping of keys to values")]),
    "text for a step": ("process", ("steps", 0), "Collect", [("wrong-type", ("steps", 0), False, 'entry 1 of "steps" is the text "Collect" where a mapping of keys to values is meant', "write a mapping of keys to values")]),
    "nothing for a role": ("role", ("lead",), None, [("wrong-type", ("lead",), False, '"lead" has no value where a mapping of keys to values is meant', "fill it in, or remove the key")]),
    "text for a whole number": ("process", ("steps", 0, "max"), "three", [("wrong-type", ("steps", 0, "max"), False, '"max" is the text "three" where a whole number is meant', "write a whole number")]),
    "text for a number": ("process", ("volume",), {"per": "week", "count": "many"}, [("wrong-type", ("volume", "count"), False, '"count" is the text "many" where a number is meant', "write a number")]),
    "text for a truth": ("tool", ("board", "single_sign_on"), "yes", [("wrong-type", ("board", "single_sign_on"), False, '"single_sign_on" is the text "yes" where true or false is meant', "write true or false")]),
    "number in a list of text": ("process", ("tags",), ["a", 1], [("wrong-type", ("tags", 1), False, 'entry 2 of "tags" is the number 1 where text is meant', "put the value in double quotes")]),
    "long text for a list": ("process", ("tags",), "x" * 50, [("wrong-type", ("tags",), False, f'"tags" is the text "{"x" * 37}…" where a list is meant', f"write [{'x' * 50}]")]),
    "unknown value": ("process", ("status",), "activ", [("unknown-value", ("status",), False, f'"status" is "activ", which is not one of {STATUS}; did you mean "active"?', "use one of the values above")]),
    "unknown value that resembles nothing": ("process", ("status",), "x", [("unknown-value", ("status",), False, f'"status" is "x", which is not one of {STATUS}', "use one of the values above")]),
    "truth where a value of a list is meant": ("process", ("status",), True, [("wrong-type", ("status",), False, f'"status" is "true" where one of {STATUS} is meant', "use one of the values above")]),
    "nothing where a value of a list is meant": ("process", ("status",), None, [("wrong-type", ("status",), False, f'"status" has no value where one of {STATUS} is meant', "use one of the values above")]),
    "list where a value of a list is meant": ("process", ("status",), ["active"], [("wrong-type", ("status",), False, f'"status" is a list where one of {STATUS} is meant', "use one of the values above")]),
    "malformed id": ("process", ("owner",), "Product Ops", [("malformed-value", ("owner",), False, '"owner" is "Product Ops", which is not in the form that is meant', f"{SLUG} Example: go-no-go")]),
    "malformed date": ("process", ("reviewed",), "5 October", [("malformed-value", ("reviewed",), False, '"reviewed" is "5 October", which is not in the form that is meant', DAY)]),
    "date with a line break": ("process", ("sunset",), "2026-10-05\n", [("malformed-value", ("sunset",), False, '"sunset" is "2026-10-05\n", which is not in the form that is meant', DAY)]),
    "duration with a line break": ("process", ("sla",), "3d\n", [("malformed-value", ("sla",), False, '"sla" is "3d\n", which is not in the form that is meant', LONG)]),
    "malformed duration": ("process", ("steps", 0, "duration"), "2m", [("malformed-value", ("steps", 0, "duration"), False, '"duration" is "2m", which is not in the form that is meant', LONG)]),
    "malformed entry": ("process", ("steps", 0, "needs"), ["b", "C"], [("malformed-value", ("steps", 0, "needs", 1), False, 'entry 2 of "needs" is "C", which is not in the form that is meant', f"{SLUG} Example: go-no-go")]),
    "day that does not exist": ("process", ("reviewed",), "2026-02-30", [("malformed-value", ("reviewed",), False, '"reviewed" is "2026-02-30", a day that does not exist', "look it up in a calendar")]),
    "malformed key of a catalogue": ("role", ("Lead",), {"title": "Lead", "summary": "A role."}, [("malformed-value", ("Lead",), True, '"Lead" cannot be a key here', f"{SLUG} Example: go-no-go")]),
    "malformed role of people": ("launch", ("people",), {"QA lead": "Jonas"}, [("malformed-value", ("people", "QA lead"), True, '"QA lead" cannot be a key here', f"{SLUG} Example: go-no-go")]),
    "long key of a catalogue": ("role", ("x" * 65,), {"title": "Lead", "summary": "A role."}, [("malformed-value", ("x" * 65,), True, f'key "{"x" * 65}" has 65 characters, and at most 64 fit', "say it shorter")]),
    "long id": ("process", ("owner",), "x" * 65, [("malformed-value", ("owner",), False, '"owner" has 65 characters, and at most 64 fit', "say it shorter")]),
    "long summary": ("process", ("summary",), "x" * 241, [("malformed-value", ("summary",), False, '"summary" has 241 characters, and at most 240 fit', "say it shorter")]),
    "empty text": ("process", ("title",), "", [("malformed-value", ("title",), False, '"title" is empty', "fill it in, or remove the key")]),
    "empty list": ("process", ("steps",), [], [("malformed-value", ("steps",), False, '"steps" is empty', "fill it in, or remove the key")]),
    "empty mapping": ("launch", ("people",), {}, [("malformed-value", ("people",), False, '"people" is empty', "fill it in, or remove the key")]),
    "short text": ("term", ("freeze", "abbreviation"), "F", [("malformed-value", ("freeze", "abbreviation"), False, '"abbreviation" has 1 character, and at least 2 are meant', "write it out")]),
    "repeated entry": ("process", ("tags",), ["a", "b", "a"], [("repeated-entry", ("tags", 2), False, '"tags" names "a" twice', "remove one of the two")]),
    "too small": ("process", ("steps", 0, "max"), 0, [("malformed-value", ("steps", 0, "max"), False, '"max" is 0, and it has to be at least 1', "correct the number")]),
    "too large": ("launch-template", ("tier",), 5, [("malformed-value", ("tier",), False, '"tier" is 5, and it has to be at most 4', "correct the number")]),
    "not more than nothing": ("process", ("volume",), {"per": "week", "count": 0}, [("malformed-value", ("volume", "count"), False, '"count" is 0, and it has to be more than 0', "correct the number")]),
    "share above one": ("process", ("steps", 1, "options", 0, "share"), 1.5, [("malformed-value", ("steps", 1, "options", 0, "share"), False, '"share" is 1.5, and it has to be at most 1', "correct the number")]),
}  # fmt: skip


def changed(kind: str, pointer: Pointer, value: object) -> Any:
    data = deepcopy(GOOD[kind])
    part: Any = data
    for step in pointer[:-1]:
        part = part[step]
    if value is GONE:
        del part[pointer[-1]]
    else:
        part[pointer[-1]] = value
    return data


def place(hit: Hit) -> Place:
    assert isinstance(hit.at, Place)
    return hit.at


def found(kind: str, data: Any) -> Found:
    return [
        (rule, place(hit).pointer, place(hit).on_key, hit.message, hit.help)
        for rule, hit in shape(f"{kind}.schema.json", data, AT)
    ]


@pytest.mark.parametrize("kind", GOOD)
def test_nothing_is_said_of_a_good_record(kind: str) -> None:
    assert found(kind, GOOD[kind]) == []


@pytest.mark.parametrize(("kind", "pointer", "value", "expected"), ROWS.values(), ids=list(ROWS))
def test_each_way_to_be_wrong_has_its_sentence(
    kind: str, pointer: Pointer, value: object, expected: Found
) -> None:
    assert found(kind, changed(kind, pointer, value)) == expected


def test_a_slip_in_a_key_that_is_needed_is_one_mistake() -> None:
    data = changed("process", ("title",), GONE)
    data["titel"] = "Example"
    assert [(rule, pointer) for rule, pointer, *_ in found("process", data)] == [("unknown-key", ("titel",))]


def test_a_slip_in_one_of_the_keys_of_which_one_is_needed_is_one_mistake() -> None:
    data = changed("process", ("trigger",), {"evnt": "Something"})
    assert [(rule, pointer) for rule, pointer, *_ in found("process", data)] == [
        ("unknown-key", ("trigger", "evnt"))
    ]


def test_a_key_of_ones_own_does_not_stand_for_one_that_is_needed() -> None:
    data = changed("process", ("purpose",), GONE)
    data["x-purpose"] = "To show it."
    assert [(rule, pointer) for rule, pointer, *_ in found("process", data)] == [("missing-key", ())]


def test_every_mistake_of_a_record_is_told() -> None:
    data = changed("process", ("status",), "activ")
    del data["outcome"]
    data["steps"][0]["effort"] = "2 hours"
    data["steps"][1]["zzz"] = 1
    assert {(rule, pointer) for rule, pointer, *_ in found("process", data)} == {
        ("missing-key", ()),
        ("unknown-value", ("status",)),
        ("malformed-value", ("steps", 0, "effort")),
        ("unknown-key", ("steps", 1, "zzz")),
    }


def test_a_part_whose_only_key_is_its_place_is_named_once() -> None:
    data = {**LAUNCH, "retrospective": {"went_well": ["It"]}}
    assert [message for *_, message, _ in found("launch", data)] == ['this retrospective has no "on"']
