"""The timeline of a launch template and of a launch: what is in it and where, and that text stays text."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from lxml import etree, html  # type: ignore[import-untyped]

from handbook import check
from handbook.model.launch import Launch, LaunchTemplate
from handbook.site import launch
from handbook.site.diagram import timeline
from handbook.site.diagram.timeline import Bar, Mark, Timeline
from handbook.sources import literal
from tests.site import small
from tests.site.test_escaping import HOSTILE
from tests.site.test_swimlane import ATTRIBUTES, SVG, TAGS, words


@cache
def plans(files: tuple[tuple[str, str], ...] = ()) -> tuple[Timeline, Timeline]:
    """The timelines of the template and of the launch of the small handbook, with some files changed."""
    sources = literal({**small.FILES, **dict(files)})
    settings, _ = check.read_settings(sources)
    handbook = check.load(sources, settings).handbook
    template = handbook.find(LaunchTemplate, "tier-3")
    made = handbook.find(Launch, "dashboards")
    assert template
    assert made
    return timeline.of_template(template), timeline.of_launch(
        made, {"ready": "Get ready"}, launch.TASKS, launch._GATES
    )


def test_a_template_counts_working_days_from_the_day_that_counts() -> None:
    plan, _ = plans()
    assert plan.day == Mark(0, "Launch day")
    assert [mark.label for mark in plan.marks] == ["T−10", "T−5", "T"]
    assert plan.groups["Gates"] == [Bar("gate-go", "Go", -1, -1, "T−1", gate=True)]
    assert plan.groups["Get ready"] == [
        Bar("task-brief", "Write the brief", -10, -10, "T−10", "planned"),
        Bar("task-launch", "Launch", 0, 0, "T", "planned"),
    ]


def test_a_task_that_takes_days_ends_on_the_day_on_which_it_is_due() -> None:
    path = "processes/launches/templates/tier-3.yaml"
    longer = small.FILES[path].replace("due: -10d,", "due: -10d, duration: 2d..4d,")
    plan, _ = plans(((path, longer),))
    assert plan.groups["Get ready"][0][2:4] == (-13, -10)
    assert plan.marks[0].label == "T−15"


def test_a_launch_counts_from_a_monday_and_says_what_is_not_as_usual() -> None:
    _, plan = plans()
    assert [mark.label for mark in plan.marks] == ["11 Jan 2027", "", "25 Jan", ""]
    assert plan.day == Mark(15, "Launch day, 26\u00a0Jan\u00a02027")
    assert plan.groups["Gates"] == [
        Bar("gate-go", "Go", 14, 14, "due 25\u00a0Jan\u00a02027, open", "open", gate=True)
    ]
    assert plan.groups["Get ready"] == [
        Bar("task-brief", "Write the brief", 1, 1, "due 12\u00a0Jan\u00a02027, done", "done", "Done"),
        Bar("task-launch", "Launch", 15, 15, "due 26\u00a0Jan\u00a02027, to do", "todo"),
    ]


def test_a_state_is_a_word_and_not_a_colour_alone() -> None:
    _, plan = plans()
    assert "Done" in words(html.fromstring(timeline.figure(plan)))


def test_names_are_links_that_say_when_and_bars_are_only_seen() -> None:
    plan, _ = plans()
    names, bars = html.fromstring(timeline.figure(plan)).iter("svg")
    assert {link.get("href"): link.get("aria-label") for link in names.iter("a")} == {
        "#gate-go": "Go, T−1",
        "#task-brief": "Write the brief, T−10",
        "#task-launch": "Launch, T",
    }
    assert (bars.get("aria-hidden"), list(bars.iter("a"))) == ("true", [])
    assert next(names.iter("desc")).text == "The tables of gates and tasks say the same in words."


def test_bars_lie_beside_their_names_and_inside_of_the_drawing() -> None:
    for plan in plans():
        root = etree.fromstring(timeline.file(plan))
        width = float(root.get("width")) - float(root.find(f"{SVG}g[@transform]").get("transform")[10:-3])
        for bar in root.iter(f"{SVG}rect"):
            if bar.get("rx"):
                assert float(bar.get("x")) >= 0
                assert float(bar.get("x")) + float(bar.get("width")) <= width
        assert len([bar for bar in root.iter(f"{SVG}rect") if bar.get("rx")]) == 2
        assert len(list(root.iter(f"{SVG}polygon"))) == 1


def test_the_pages_show_it_and_offer_it_as_a_file() -> None:
    pages = small.made()
    for path in ("launch-templates/tier-3", "launches/dashboards"):
        text = pages[f"{path}.md"].text
        assert '\n## At a glance { #at-a-glance }\n\n<div class="diagram"' in text
        assert f"As a file: [SVG]({path.rpartition('/')[2]}.svg)." in text
        anchors = set(re.findall(r'id="([^"]+)"', small.rendered(small.body(pages[f"{path}.md"]))))
        assert set(re.findall(r'<a href="#([^"]+)"', text)) <= anchors
        assert pages[f"{path}.svg"].source == pages[f"{path}.md"].source


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_in_a_timeline_stays_text(hostile: str) -> None:
    changed = []
    for path in ("processes/launches/templates/tier-3.yaml", "processes/launches/plans/dashboards.yaml"):
        text = small.FILES[path]
        for before in ("title: Write the brief", "title: Get ready", "title: Go", "name: Launch day"):
            text = text.replace(before, f"{before.partition(':')[0]}: {json.dumps(hostile)}")
        changed.append((path, text))
    for plan in plans(tuple(changed)):
        figure, file = html.fromstring(timeline.figure(plan)), etree.fromstring(timeline.file(plan))
        for drawn in (*figure, file):
            assert {etree.QName(one).localname for one in drawn.iter()} <= TAGS
            assert {name for one in drawn.iter() for name in one.attrib} <= ATTRIBUTES | {"stroke-dasharray"}
        for drawn in (figure, file):
            said = "".join("".join(words(drawn)).split())
            assert said.count("".join(hostile.split())[:20]) >= 2, said
