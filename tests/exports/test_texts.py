"""Messages, checklists, playbooks and JSON: their limits and forms, and that what people typed is only shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html  # type: ignore[import-untyped]
from markdown import markdown  # type: ignore[import-untyped]
from slack_sdk.models.blocks import Block

from handbook.plan.exports import FORMATS, renderer
from handbook.plan.exports.facts import key_in
from handbook.plan.sheet import LaunchSheet
from tests.exports.launches import ROOT, context, real, small, text

SCHEMA = json.loads((ROOT / "schemas/output/launch.schema.json").read_text())
EVIL = [
    "<script>alert(1)</script>",
    "<!channel> <@U1>",
    "*b* _i_ `c` [x](javascript:a)",
    "@everyone #1",
    "\u202egnp",
]


def hostile(plan: dict[str, Any]) -> None:
    plan["title"] = EVIL[0]
    for task, evil in zip(plan["tasks"], EVIL, strict=False):
        task.update(title=evil, evidence=evil, why=evil)
    plan["people"] = dict.fromkeys(plan["people"], EVIL[1])


def long(plan: dict[str, Any]) -> None:
    plan["title"] = "T" * 80
    plan["tasks"] = [
        {**plan["tasks"][3], "id": f"t-{n}", "status": "todo", "title": "W" * 80} for n in range(300)
    ]
    plan["gates"] = plan["gates"][:1]
    plan["people"] = dict.fromkeys(plan["people"], "P" * 500)


SHEETS: dict[str, Callable[[], LaunchSheet]] = {
    "small": small,
    "real": lambda: real()[1],
    "hostile": lambda: small(hostile),
    "long": lambda: small(long),
}
which = pytest.mark.parametrize("which", SHEETS.values(), ids=list(SHEETS))


def test_every_format_has_a_sentence_an_ending_and_a_renderer() -> None:
    assert list(FORMATS) == sorted(FORMATS)
    for name, format in FORMATS.items():
        assert format.sentence
        assert not format.sentence.endswith(".")
        assert re.fullmatch(r"\.[a-z]+", format.ending), name
        assert callable(renderer(format.render))


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.several])
def test_several_launches_go_into_one_file(name: str) -> None:
    both = text(name, small(), real()[1])
    assert "Guest links" in both
    assert "Shared dashboards" in both


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_launch_gives_the_same_bytes(name: str) -> None:
    made = [renderer(FORMATS[name].render)([one], context(one)) for one in (small(), small())]
    assert made[0] == made[1]
    assert isinstance(made[0], bytes) == FORMATS[name].binary


@which
def test_slack_takes_the_blocks(which: Callable[[], LaunchSheet]) -> None:
    made = json.loads(text("slack", which()))
    assert 0 < len(made["blocks"]) <= 50
    assert made["text"]
    for block in made["blocks"]:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
        assert len(block.get("text", {}).get("text", "")) <= 3000


def test_a_message_says_how_the_launch_is_doing_what_is_late_and_what_comes_next() -> None:
    said = [
        block["text"]["text"] for block in json.loads(text("slack", small()))["blocks"] if "text" in block
    ]
    assert said[0] == "Guest links"
    assert said[1].startswith("At risk. Launch on 2 February 2027, in 16 working days.")
    assert "*Past the day*" in said
    assert "*Next 10 working days*" in said
    assert "• *=Set the price* – 8 January 2027, Launch lead (Zoë Ångström), blocked" in said
    assert "<https://handbook.example.com/launches/links/|Open the page of the launch>" in said


def test_a_message_calls_nobody() -> None:
    made = text("slack", small(hostile))
    assert "<!" not in made
    assert "<@" not in made


@which
def test_json_has_the_form_of_its_schema(which: Callable[[], LaunchSheet]) -> None:
    made = text("json", which(), real()[1])
    assert made.isascii()
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(made)
    )


def test_json_that_lacks_something_or_has_more_would_be_found() -> None:
    validator = Draft202012Validator(SCHEMA)
    made = json.loads(text("json", small()))
    del made["launches"][0]["items"][0]["key"]
    made["launches"][0]["more"] = 1
    assert len(list(validator.iter_errors(made))) == 2


def test_every_key_of_the_schema_is_described() -> None:
    for definition in [SCHEMA, *SCHEMA["$defs"].values()]:
        for part in definition.get("properties", {}).values():
            assert part["description"].endswith(".")


def test_json_says_how_often_a_day_changed_where_that_is_known() -> None:
    from handbook.plan.exports.context import Stamp

    items = json.loads(text("json", small(), stamps={"links.docs": Stamp(3, 1)}))["launches"][0]["items"]
    assert {one["key"]: one["changes"] for one in items if one["changes"] is not None} == {"links.docs": 3}


def test_a_checklist_has_a_part_for_each_phase_and_ticks_what_is_settled() -> None:
    made = text("markdown", small())
    assert re.findall("^#+ .*", made, re.MULTILINE) == [
        "# Guest links",
        "## Plan",
        "## Launch, and land",
        "## Gates",
    ]
    assert re.findall(r"^- \[(.)\]", made, re.MULTILINE) == ["x", " ", " ", "x", " ", " ", "x", " "]
    assert "Launch day: 2 February 2027. 3 of 8 tasks and gates are settled." in made


def test_a_checklist_shows_what_people_typed_and_no_more() -> None:
    page = html.fromstring(markdown(text("markdown", small(hostile))))
    assert {one.tag for one in page.iter() if isinstance(one.tag, str)} <= {
        "div",
        "h1",
        "h2",
        "p",
        "ul",
        "li",
        "strong",
        "em",
        "del",
        "a",
    }
    assert [one.get("href") for one in page.iter("a")] == ["https://handbook.example.com/launches/links/"]
    assert EVIL[0] in page.text_content()
    assert "@everyone" not in page.text_content()


def test_a_playbook_has_the_form_that_mattermost_imports() -> None:
    sheet = small()
    made = json.loads(text("mattermost", sheet))
    assert made.keys() == {
        "version",
        "title",
        "description",
        "create_public_playbook_run",
        "checklists",
        "metrics",
    }
    assert (made["version"], made["create_public_playbook_run"]) == (1, False)
    assert [one["title"] for one in made["checklists"]] == ["Plan", "Launch, and land", "Gates"]
    items = [item for one in made["checklists"] for item in one["items"]]
    assert all(item.keys() == {"title", "description"} for item in items)
    assert {key_in(item["description"]) for item in items} == {
        item.key for item in sheet.items if item.status != "skipped"
    }
    assert items[0]["title"] == "Write the brief, in one page – 8 January 2027"


KEYS = {
    "Handbook key: links.brief": "links.brief",
    "See it.\nHandbook key: links.gate.go\nThanks": "links.gate.go",
    "Handbook key: links": "links",
    "Handbook key: a.b\n\nHandbook key: c.d": "c.d",
    "Handbook key: links.brief.": "links.brief",
    "My Handbook key: links.brief": "links.brief",
    "Handbook key: Links.Brief": None,
    "Handbook key: ../x": None,
    "no key": None,
    "": None,
}


@pytest.mark.parametrize(("said", "key"), KEYS.items())
def test_a_key_is_found_in_what_people_wrote_around_it(said: str, key: str | None) -> None:
    assert key_in(said) == key


def test_descriptions_end_with_the_key_and_say_what_there_is_to_know() -> None:
    from handbook.plan.exports.facts import description

    sheet = small()
    item = sheet.item("links.docs")
    assert item is not None
    assert description(item, sheet, context(sheet)).splitlines() == [
        "Who: Writer (owen@example.com)",
        "When: from 11 January 2027 to 15 January 2027, by 16:00",
        "Phase: Plan",
        "Gate: Go/no-go",
        "Waits for: Write the brief, in one page",
        "Status: under way",
        "Launch page: https://handbook.example.com/launches/links/",
        "",
        "Handbook key: links.docs",
    ]


def test_the_formats_are_imported_only_when_they_are_asked_for() -> None:
    import subprocess
    import sys

    code = "import sys, handbook.plan.exports, handbook.cli.launch.export; print({'pptx', 'icalendar', 'PIL'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(ROOT)
    )
    assert done.stdout.strip() == "set()"
