"""Company rules: what they find, and what is wrong with their definitions."""

from __future__ import annotations

import time
from typing import Any

import pytest

from handbook.finding import Hit, Place, Severity
from handbook.rules import company
from handbook.rules.registry import Rule
from handbook.settings import Settings, read

PROCESS: dict[str, Any] = {
    "title": "Go/no-go decision",
    "owner": "product-operations",
    "sla": "2d..5d",
    "review_every": "6mo",
    "reviewed": "2026-10-05",
    "tags": ["launch", "decision"],
    "x-tier": 2,
    "x-audited": True,
    "volume": {"per": "quarter", "count": 8},
    "steps": [
        {"id": "collect", "tool": "handbook", "automation": "assisted"},
        {"id": "confirm", "tool": "fax"},
        {"id": "decide", "automation": "full", "options": [{"when": "Go", "share": 0.9}, {"when": "Stop", "share": 0.1}]},
    ],
}  # fmt: skip


def settings(rule: str) -> Settings:
    """Settings with one company rule; its name, kind and message are there already."""
    text = f'[[company]]\nname = "our-rule"\nkind = "process"\nmessage = "{{id}}: {{value}}"\n{rule}\n'
    made, faults = read(text.encode(), frozenset())
    assert [fault.message for fault in faults] == []
    return made


def place(hit: Hit) -> Place:
    assert isinstance(hit.at, Place)
    return hit.at


def hits(rule: str, data: dict[str, Any] = PROCESS) -> list[tuple[tuple[str | int, ...], str]]:
    at = Place("processes/release/go-no-go.yaml", ("base",))
    (check,) = company.checks(settings(rule))
    found = list(check("process", "go-no-go", data, at))
    assert {name for name, _ in found} <= {"our-rule"}
    places = [place(hit) for _, hit in found]
    assert {(place.path, place.pointer[0]) for place in places} <= {(at.path, "base")}
    return [(place.pointer[1:], hit.message) for place, (_, hit) in zip(places, found, strict=True)]


FOUND: dict[str, tuple[str, list[tuple[tuple[str | int, ...], str]]]] = {
    "equals": ("require = {key = 'owner', equals = 'sales'}", [(("owner",), "go-no-go: product-operations")]),
    "equals, and it does": ("require = {key = 'owner', equals = 'product-operations'}", []),
    "equals, of nothing": ("require = {key = 'accountable', equals = 'x'}", []),
    "true is not 1": ("require = {key = 'x-audited', equals = 1}", [(("x-audited",), "go-no-go: true")]),
    "in, of each entry": (
        "require = {key = 'steps[].tool', in = ['handbook', 'wiki']}",
        [(("steps", 1, "tool"), "go-no-go: fax")],
    ),
    "some": ("require = {some = 'steps[].tool', equals = 'fax'}", []),
    "some, and none does": (
        "require = {some = 'steps[].tool', equals = 'wiki'}",
        [(("steps",), "go-no-go: nothing")],
    ),
    "some of what is not there": ("require = {some = 'audience[]', equals = 'x'}", [((), "go-no-go: nothing")]),
    "matches": ("require = {key = 'tags[]', matches = '^l'}", [(("tags", 1), "go-no-go: decision")]),
    "present": ("require = {key = 'purpose', present = true}", [((), "go-no-go: nothing")]),
    "present in each entry": (
        "require = {key = 'steps[].tool', present = true}",
        [(("steps", 2), "go-no-go: nothing")],
    ),
    "absent": ("require = {key = 'sla', absent = true}", [(("sla",), "go-no-go: 2d..5d")]),
    "at least, of numbers": ("require = {key = 'volume.count', at_least = 10}", [(("volume", "count"), "go-no-go: 8")]),
    "at most, of the upper end of times": ("require = {key = 'sla', at_most = '4d'}", [(("sla",), "go-no-go: 2d..5d")]),
    "at least, of the lower end of times": ("require = {key = 'sla', at_least = '16h'}", []),
    "a week has five working days": ("require = {key = 'sla', at_most = '1w'}", []),
    "at most, of periods": ("require = {key = 'review_every', at_most = '26w'}", [(("review_every",), "go-no-go: 6mo")]),
    "twelve months are a year": ("require = {key = 'review_every', at_most = '1y'}", []),
    "at least, of days": ("require = {key = 'reviewed', at_least = '2026-10-06'}", [(("reviewed",), "go-no-go: 2026-10-05")]),
    "at least, of what cannot be compared": ("require = {key = 'owner', at_least = 3}", [(("owner",), "go-no-go: product-operations")]),
    "length of a list": ("require = {key = 'steps', length_at_most = 2}", [(("steps",), "go-no-go: 3 entries")]),
    "length of a text": ("require = {key = 'title', length_at_least = 18}", [(("title",), "go-no-go: Go/no-go decision")]),
    "each value of a mapping": ("require = {key = 'volume.*', in = ['quarter']}", [(("volume", "count"), "go-no-go: 8")]),
    "not": ("require = {not = {key = 'steps[].tool', equals = 'fax'}}", [(("steps", 1, "tool"), "go-no-go: fax")]),
    "all": (
        "require = [{key = 'purpose', present = true}, {all = [{key = 'sla', absent = true}]}]",
        [((), "go-no-go: nothing"), (("sla",), "go-no-go: 2d..5d")],
    ),
    "any, and one is met": ("require = {any = [{key = 'sla', present = true}, {key = 'purpose', present = true}]}", []),
    "any, and none is met": (
        "require = {any = [{key = 'owner', equals = 'a'}, {key = 'owner', equals = 'b'}]}",
        [(("owner",), "go-no-go: product-operations")],
    ),
    "any is not met by what is absent": (
        "require = {any = [{key = 'owner', equals = 'a'}, {key = 'accountable', equals = 'b'}]}",
        [(("owner",), "go-no-go: product-operations")],
    ),
    "where it is so": ("where = {key = 'x-tier', at_least = 2}\nrequire = {key = 'purpose', present = true}", [((), "go-no-go: nothing")]),
    "where it is not so": ("where = {key = 'x-tier', at_least = 3}\nrequire = {key = 'purpose', present = true}", []),
    "where some entry is so": (
        "where = {key = 'steps[].tool', equals = 'fax'}\nrequire = {key = 'purpose', present = true}",
        [((), "go-no-go: nothing")],
    ),
    "where there is nothing": ("where = {key = 'accountable', equals = 'x'}\nrequire = {key = 'purpose', present = true}", []),
    "where none of these": (
        "where = {not = {any = [{key = 'owner', equals = 'a'}, {key = 'sla', absent = true}]}}\nrequire = {key = 'purpose', present = true}",
        [((), "go-no-go: nothing")],
    ),
    "active where nothing is said": (
        "where = {key = 'status', equals = 'active'}\nrequire = {key = 'purpose', present = true}",
        [((), "go-no-go: nothing")],
    ),
    "each": (
        "each = 'steps[]'\nwhere = {key = 'automation', equals = 'full'}\nrequire = {key = 'tool', present = true}",
        [(("steps", 2), "go-no-go: nothing")],
    ),
    "each entry in each entry": (
        "each = 'steps[].options[]'\nrequire = {key = 'share', at_least = 0.5}",
        [(("steps", 2, "options", 1, "share"), "go-no-go: 0.1")],
    ),
    "each of nothing": ("each = 'metrics[]'\nrequire = {key = 'target', present = true}", []),
    "paths": ("paths = ['processes/release']\nrequire = {key = 'purpose', present = true}", [((), "go-no-go: nothing")]),
    "other paths": ("paths = ['processes/learning']\nrequire = {key = 'purpose', present = true}", []),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "expected"), FOUND.values(), ids=list(FOUND))
def test_a_rule_finds_the_values_that_break_it(
    rule: str, expected: list[tuple[tuple[str | int, ...], str]]
) -> None:
    assert hits(rule) == expected


def test_a_rule_looks_only_at_its_kinds() -> None:
    (check,) = company.checks(settings("require = {key = 'purpose', present = true}"))
    assert list(check("role", "qa-lead", {}, Place("processes/catalog/roles.yaml", ("qa-lead",)))) == []


def test_a_message_speaks_of_the_record_the_entry_and_the_value() -> None:
    text = """
[[company]]
name = "our-rule"
kind = "process"
each = "steps[]"
require = {key = "tool", in = ["handbook"]}
message = 'step "{each.id}" of "{title}" ({id}) uses {value}, {each.automation}'
help = "use the handbook"
"""
    made, _ = read(text.encode(), frozenset())
    (check,) = company.checks(made)
    ((_, hit),) = check("process", "go-no-go", PROCESS, Place("a.yaml"))
    assert hit.message == 'step "confirm" of "Go/no-go decision" (go-no-go) uses fax, nothing'
    assert hit.help == "use the handbook"


def test_a_value_in_a_message_is_one_short_line() -> None:
    found = hits("require = {key = 'purpose', equals = 'x'}", {"purpose": "a\nb\n" + "c" * 200})
    assert found == [(("purpose",), "go-no-go: a b " + "c" * 75 + "…")]


def test_a_pattern_takes_no_time_whatever_it_is() -> None:
    begun = time.process_time()
    data = {"purpose": "a" * 200_000 + "b"}
    assert len(hits("require = {key = 'purpose', matches = '^(a+)+$'}", data)) == 1
    assert len(hits("require = {key = 'purpose', matches = '(a|aa)*(a|aa)*(a|aa)*$'}", data)) == 0
    assert time.process_time() - begun < 5


def test_a_rule_has_a_level_and_is_explained() -> None:
    made = settings(
        "each = 'steps[]'\nwhere = {key = 'automation', equals = 'full'}\nlevel = 'error'\nhelp = 'name it'\n"
        "require = [{key = 'tool', in = ['a', 'b']}, {not = {some = 'options[].share', at_least = 1}}]\n"
        "why = 'Nobody could look it up.'\npaths = ['processes/release']"
    )
    assert company.levels(made) == {"our-rule": Severity.ERROR}
    doc = (
        "…: ….\n\n"
        "Nobody could look it up.\n\n"
        "This is a rule of this company, from `handbook.toml`. It looks at each entry of `steps[]` of each process in "
        '"processes/release" where `automation` is "full", and requires that `tool` is one of "a" or "b" and it is not '
        "so that some `options[].share` is at least 1.\n\n"
        "To mend it: name it."
    )
    rule = Rule(
        name="our-rule", group="company", severity=Severity.ERROR, doc=doc, on=(), scope="record", fix="none",
        module="handbook.rules.company", run=None,
    )  # fmt: skip
    assert company.rules(made) == {"our-rule": rule}


def test_a_rule_is_a_warning_where_nothing_is_said() -> None:
    assert company.levels(settings("require = {key = 'sla', present = true}")) == {
        "our-rule": Severity.WARNING
    }


GOOD = {
    "name": '"our-rule"',
    "kind": '"process"',
    "message": '"It is so"',
    "require": '{key = "sla", present = true}',
}

WRONG: dict[str, tuple[dict[str, str], int, str]] = {
    "no name": ({"name": ""}, 1, 'a company rule needs "name"'),
    "no name and no message": ({"name": "", "message": ""}, 1, 'a company rule needs "name" and "message"'),
    "name in capitals": ({"name": '"Our rule"'}, 2, '"Our rule" cannot be the name of a rule'),
    "name of a built-in rule": ({"name": '"unknown-step"'}, 2, 'there is a rule "unknown-step" already'),
    "name that is a list": ({"name": "[]"}, 2, '"name" is not text'),
    "kind": ({"kind": '"proces"'}, 3, 'there is no kind of record "proces"; did you mean "process"?'),
    "one of several kinds": ({"kind": '["process", "rol"]'}, 3, 'there is no kind of record "rol"; did you mean "role"?'),
    "kind that is a number": ({"kind": "1"}, 3, '"kind" is not a kind of record'),
    "no kind": ({"kind": "[]"}, 3, '"kind" is not a kind of record'),
    "message that is empty": ({"message": '" "'}, 4, '"message" is not text'),
    "placeholder": ({"message": '"{name} is so"'}, 4, '"{name}" stands for nothing'),
    "placeholder of an entry": ({"message": '"{each.id} is so"'}, 4, '"{each.id}" stands for nothing'),
    "another key": ({"needs": '"x"'}, 6, '"needs" is not a key of a company rule'),
    "level": ({"level": '"off"'}, 6, '"off" is not a level'),
    "paths": ({"paths": '["docs", "../x"]'}, 6, '"../x" is not a plain path'),
    "paths that are text": ({"paths": '"docs"'}, 6, '"paths" is not a list of texts'),
    "condition that is text": ({"require": '"sla"'}, 5, "this is not a condition"),
    "no condition in a list": ({"require": "[]"}, 5, "this is not a condition"),
    "condition without a key": ({"require": "{present = true}"}, 5, "a condition has one key and says one thing of it"),
    "condition that says nothing": ({"require": '{key = "sla"}'}, 5, "a condition has one key and says one thing of it"),
    "condition that says two things": ({"require": '{key = "sla", at_least = 1, at_most = 2}'}, 5, "a condition has one key and says one thing of it"),
    "operator": ({"require": '{key = "sla", equal = "x"}'}, 5, '"equal" is not known in a condition; did you mean "equals"?'),
    "key that the kind does not have": ({"require": '{key = "slas", present = true}'}, 5, 'there is no key "slas" in a process; did you mean "sla"?'),
    "key of a list": ({"require": '{key = "steps.tool", present = true}'}, 5, '"tool" is not a key of a list in a process'),
    "entries of what is no list": ({"require": '{key = "sla[]", present = true}'}, 5, "there is no list in a process to take each entry of"),
    "key that is empty": ({"require": '{key = "steps..tool", present = true}'}, 5, '"steps..tool" is not a key'),
    "key deep inside": ({"require": '{key = "steps[].options[].then", present = true}'}, 5, 'there is no key "then" in a process; did you mean "when"?'),
    "key of the entries": ({"require": '{key = "sla", present = true}', "each": '"steps[]"'}, 5, 'there is no key "sla" in a process'),
    "entries": ({"require": '{key = "tool", present = true}', "each": '"stepps[]"'}, 6, 'there is no key "stepps" in a process; did you mean "steps"?'),
    "present that is false": ({"require": '{key = "sla", present = false}'}, 5, '"present" is followed by true'),
    "equals a list": ({"require": '{key = "sla", equals = ["1d"]}'}, 5, '"equals" compares with a text, a number, true or false'),
    "equals a day without quotes": ({"require": '{key = "reviewed", equals = 2026-10-05}'}, 5, '"equals" compares with a text, a number, true or false'),
    "in a text": ({"require": '{key = "sla", in = "1d"}'}, 5, '"in" is followed by a list'),
    "at least a word": ({"require": '{key = "sla", at_least = "much"}'}, 5, '"at_least" compares with a number, a day or a time'),
    "length of a half": ({"require": '{key = "sla", length_at_most = 1.5}'}, 5, '"length_at_most" is followed by a whole number'),
    "pattern": ({"require": '{key = "sla", matches = "("}'}, 5, '"(" is not a pattern'),
    "pattern with a reference": ({"require": "{key = \"sla\", matches = '(a)\\1'}"}, 5, '"(a)\\1" is not a pattern'),
    "pattern that is a number": ({"require": '{key = "sla", matches = 1}'}, 5, '"matches" is followed by a pattern'),
    "not several": ({"require": '{not = [{key = "sla", present = true}]}'}, 5, '"not" is followed by one condition'),
    "any beside a key": ({"require": '{any = [{key = "sla", present = true}], key = "sla"}'}, 5, '"any" stands alone in its condition'),
    "conditions too deep": ({"require": "{not = " * 9 + '{key = "sla", present = true}' + "}" * 9}, 5, "this is not a condition"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "line", "message"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_definition_is_found_in_its_line_and_left_out(
    changes: dict[str, str], line: int, message: str
) -> None:
    given = {**GOOD, **changes}
    # A key without a value stays as a comment, so that the lines of the others do not move.
    rows = [f"{key} = {value}" if value else "#" for key, value in given.items()]
    made, faults = read("\n".join(["[[company]]", *rows]).encode(), frozenset({"unknown-step"}))
    assert made.company == ()
    assert [(fault.rule, fault.span.line, fault.message[: len(message)]) for fault in faults] == [
        ("invalid-settings", line, message)
    ]
    assert all(fault.help for fault in faults)


def test_two_rules_cannot_have_one_name() -> None:
    rule = "[[company]]\n" + "".join(f"{key} = {value}\n" for key, value in GOOD.items())
    made, faults = read((rule * 2).encode(), frozenset())
    assert len(made.company) == 1
    assert [(fault.span.line, fault.message) for fault in faults] == [
        (7, 'there is a rule "our-rule" already')
    ]


def test_a_key_that_one_of_several_kinds_has_is_good() -> None:
    text = "[[company]]\n" + "".join(
        f"{k} = {v}\n" for k, v in {**GOOD, "kind": '["role", "process"]'}.items()
    )
    made, faults = read(text.encode(), frozenset())
    assert (len(made.company), faults) == (1, ())
