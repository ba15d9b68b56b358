"""The swimlane diagram: what is in it, that text stays text, and that it is drawn for pages and for files alike."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import etree, html  # type: ignore[import-untyped]

from handbook.site.diagram import lanes, swimlane
from tests.site import flows, small
from tests.site.test_escaping import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "g", "a", "rect", "path", "circle", "polygon", "text", "tspan"}
ATTRIBUTES = {
    *("width", "height", "viewbox", "viewBox", "role", "aria-hidden", "aria-label", "class", "style", "href", "transform"),
    *("d", "x", "y", "dy", "cx", "cy", "r", "rx", "points", "fill", "stroke", "stroke-width"),
    *("preserveaspectratio", "font-family", "font-size", "font-weight", "text-anchor"),
}  # fmt: skip
STEPS: list[dict[str, Any]] = [
    {"id": "collect", "title": "Collect it", "responsible": "analyst", "duration": "4h..1d"},
    {"id": "check-law", "title": "Check the law", "responsible": "lawyer", "needs": ["collect"], "duration": "3d"},
    {"id": "check-look", "title": "Check the look", "responsible": "designer", "needs": ["collect"], "duration": "1d"},
    {"id": "decide", "decision": "Good?", "responsible": "head-of-product", "needs": ["check-law", "check-look"],
     "options": [{"when": "Yes", "to": "tell"}, {"when": "Not yet", "to": "mend"}, {"when": "No", "end": "Stopped"}]},
    {"id": "mend", "title": "Mend it", "responsible": "designer", "to": "decide", "max": 2},
    {"id": "tell", "title": "Tell everybody", "responsible": "analyst", "process": "made", "duration": "2h"},
]  # fmt: skip


def drawing() -> etree._Element:
    """The figure of a process, as a browser reads it."""
    return html.fromstring(lanes.figure(swimlane.swimlane(*flows.handbook(STEPS))))


def words(element: etree._Element) -> list[str]:
    """The texts of a drawing, each in one line."""
    return [" ".join("".join(text.itertext()).split()) for text in element.iter("text", f"{SVG}text")]


def test_every_step_is_a_link_to_its_section_that_says_who_does_it() -> None:
    links = {link.get("href"): link.get("aria-label") for link in drawing().iter("a")}
    assert links == {
        "#step-collect": "1. Collect it, 4 hours to 1 day, Analyst, on the longest way",
        "#step-check-law": "2. Check the law, 3 days, Lawyer, on the longest way",
        "#step-check-look": "3. Check the look, 1 day, Designer",
        "#step-decide": "4. Good?, Head of product, on the longest way",
        "#step-mend": "5. Mend it, Designer",
        "#step-tell": "6. Tell everybody, 2 hours, Analyst, on the longest way",
    }


def test_lanes_answers_ends_and_limits_are_written_in_it() -> None:
    said = words(drawing())
    for text in ("Analyst", "Head of product", "Yes", "Not yet", "Stopped", "at most 2 times", "Somebody asks", "It is done", "4 hours to 1 day"):  # fmt: skip
        assert text in said


def test_it_has_a_name_and_a_description_and_can_be_scrolled_with_the_keyboard() -> None:
    figure = drawing()
    assert (figure.get("role"), figure.get("tabindex")) == ("region", "0")
    assert "Swimlane diagram: A process" in figure.get("aria-label")
    assert next(figure.iter("title")).text == "Swimlane diagram: A process"
    assert next(figure.iter("desc")).text == (
        "6 steps by Analyst, Lawyer, Designer and Head of product. The list of steps says the same in words."
    )


def test_the_longest_way_is_thick_and_the_legend_explains_only_what_is_there() -> None:
    handbook, process = flows.handbook(STEPS)
    diagram = swimlane.swimlane(handbook, process)
    assert swimlane.legend(diagram) == [
        "Lanes are roles",
        "thick lines are the longest way",
        "a rhombus is a decision",
        "a bar starts all that follows and waits for all that leads to it",
        "a double side runs another process",
    ]
    thick = {
        link.get("href")
        for link in drawing().iter("a")
        if any(one.get("stroke-width") == "2.5" for one in link)
    }
    assert thick == {"#step-collect", "#step-check-law", "#step-decide", "#step-tell"}
    plain = swimlane.swimlane(*flows.handbook([{"id": "a", "title": "Go", "responsible": "analyst"}]))
    assert swimlane.legend(plain) == ["Lanes are roles"]


def test_a_file_has_plain_colours_and_stands_alone() -> None:
    text = lanes.file(swimlane.swimlane(*flows.handbook(STEPS)))
    root = etree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert not re.search(r"var\(|currentColor|http(?!://www\.w3\.org/2000/svg)", text)
    assert words(root)[:1] == ["Analyst"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_in_a_drawing_stays_text(hostile: str) -> None:
    quoted = json.dumps(hostile)
    record = small.FILES["processes/release/go-no-go.yaml"]
    for before in ("title: Go/no-go decision", "title: Collect the evidence", "event: A launch reaches its readiness review", "outcome: A recorded decision", "when: Go", "end: The launch goes ahead"):  # fmt: skip
        assert before in record
        record = record.replace(before, f"{before.partition(':')[0]}: {quoted}")
    roles = small.FILES["processes/catalog/roles.yaml"].replace("title: Analyst", f"title: {quoted}")
    changed = {"processes/release/go-no-go.yaml": record, "processes/catalog/roles.yaml": roles}
    pages = small.made(small.FILES | changed)
    page = html.fromstring(small.rendered(small.body(pages["processes/go-no-go.md"])))
    figure, around = page.xpath('//div[contains(@class, "diagram")]')
    file = etree.fromstring(pages["processes/go-no-go.svg"].text)
    expected = "".join(hostile.split())
    for drawn in (figure[0], figure[1], around[0], file):
        assert {etree.QName(one).localname for one in drawn.iter()} <= TAGS
        assert {name for one in drawn.iter() for name in one.attrib} <= ATTRIBUTES
        assert all(link.get("href").startswith(("#step-", "#next-")) for link in drawn.iter("a"))
        assert not list(drawn.iter(f"{SVG}a"))  # a file has no page to lead to
    for drawn in (figure, file):
        said = "".join("".join(words(drawn)).split())
        whole = expected if len(expected) < 30 else expected[:20]  # what is long ends in an ellipsis
        assert said.count(whole) >= 4, said
    # its title is in the drawing of what is around it, and in the map of all processes too
    assert {etree.QName(one).localname for one in around[0].iter()} <= TAGS
    assert {name for one in around[0].iter() for name in one.attrib} <= ATTRIBUTES
    assert expected[:20] in "".join("".join(words(around)).split())
    (above,) = html.fromstring(small.rendered(small.body(pages["processes/index.md"]))).xpath(
        "//div[@tabindex]"
    )
    for drawn in (above[1], etree.fromstring(pages["processes/index.svg"].text)):
        assert {etree.QName(one).localname for one in drawn.iter()} <= TAGS
        assert {name for one in drawn.iter() for name in one.attrib} <= ATTRIBUTES
        assert expected[:20] in "".join("".join(words(drawn)).split())
    assert etree.fromstring(pages["processes/go-no-go.bpmn"].text.encode()) is not None
