"""The drawing of what is around a process, and the list that says the same."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from handbook.site.boxes import led
from handbook.site.diagram.surroundings import Box, figure
from tests.site import small

SVG = "{http://www.w3.org/2000/svg}"


HERE = re.compile(r"\{ #(next-[a-z0-9-]+) \}")


def section(path: str) -> str:
    """What a page says before its neighbours, and them."""
    text = small.made()[path].text
    return text.partition("## Before and after { #before-and-after }")[2].partition("\n## ")[0]


def drawn(text: str) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", text, re.DOTALL)
    assert found is not None
    return ElementTree.fromstring(found[0].replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))


def labels(svg: ElementTree.Element) -> dict[str, str]:
    return {link.get("href", ""): link.get("aria-label", "") for link in svg.iter(f"{SVG}a")}


def test_a_process_shows_what_it_starts_from_and_leads_to() -> None:
    text = section("processes/go-no-go.md")
    assert labels(drawn(text)) == {
        "#next-from-launch-management": "Launch management, process",
        "#next-in-brief": "Brief, artifact",
    }
    assert "Follows\n:   [Launch management](launch-management.md){ #next-from-launch-management }" in text
    assert (
        "Is part of\n:   [Launch management: Decide](launch-management.md#step-run){ #next-part-launch-management }"
        in text
    )
    assert "[Brief](../artifacts/brief.md){ #next-in-brief }" in small.made()["processes/go-no-go.md"].text


@pytest.mark.parametrize(
    ("path", "drawn_there", "said"),
    [
        (
            "artifacts/brief.md",
            {"Tier 3 launch, launch template", "Go/no-go decision, process"},
            "It comes from Tier 3 launch, and goes to Go/no-go decision and Tier 3 launch.",
        ),
        (
            "metrics/on-time.md",
            {
                "Workspace, tool",
                "Go/no-go decision, process",
                "Tier 3 launch, launch template",
                "Dashboards, launch",
                "A shorter brief, experiment",
                "A picture on the brief, experiment",
            },
            "It is computed from Workspace, and counts in Go/no-go decision, Tier 3 launch, Dashboards,"
            " A picture on the brief and A shorter brief.",
        ),
        (
            "tools/workspace.md",
            {"Go/no-go decision, process", "On time, metric", "Brief, artifact"},
            "It is used in Go/no-go decision, and holds On time and Brief.",
        ),
    ],
)
def test_a_thing_shows_the_work_around_it_and_each_box_leads_into_the_tables(
    path: str, drawn_there: set[str], said: str
) -> None:
    text = small.body(small.made()[path])
    svg = drawn(text)
    assert svg.findtext(f"{SVG}desc") == said
    shown = labels(svg)
    assert set(shown.values()) == drawn_there
    assert {to.removeprefix("#") for to in shown} == set(HERE.findall(text))


def test_work_is_drawn_in_the_order_of_the_lifecycle_and_each_record_once() -> None:
    early = small.FILES["processes/release/go-no-go.yaml"].replace("Go/no-go decision", "Yearly plan")
    files = {
        **small.FILES,
        "processes/strategy/plan.yaml": early.replace(", from: launch-management", ""),
    }
    svg = drawn(small.made(files)["artifacts/qa-report.md"].text)
    assert svg.findtext(f"{SVG}desc") == (
        "It comes from Yearly plan and Go/no-go decision, and goes to Yearly plan and Go/no-go decision."
    )


def test_a_tool_that_is_hardly_used_has_no_drawing() -> None:
    assert "<svg" not in small.made()["tools/desk.md"].text


def test_one_neighbour_alone_is_only_listed() -> None:
    text = section("processes/launch-management.md")
    assert "<svg" not in text
    assert "Runs\n:   [Go/no-go decision]" in text
    assert "Hands over to\n:   [Go/no-go decision]" in text


def test_a_drawing_has_a_name_and_says_in_words_what_it_shows() -> None:
    svg = drawn(figure("A", [Box("next-from-b", "B")], [Box("next-out-c", "C", "", "artifact")]))
    assert svg.findtext(f"{SVG}title") == "Neighbours of A"
    assert svg.findtext(f"{SVG}desc") == "It starts from B, and leads to C."


def test_text_of_others_stays_text_and_no_line_is_empty() -> None:
    made = figure(
        "</title><script>x</script>", [Box('x" onload="y', "<img>")], [Box("z", "&{ onclick }", "", "metric")]
    )
    assert "\n\n" not in made
    svg = drawn(made)
    assert {each.tag.removeprefix(SVG) for each in svg.iter()} == {
        "svg",
        "title",
        "desc",
        "path",
        "polygon",
        "g",
        "rect",
        "a",
        "text",
    }
    assert not [name for each in svg.iter() for name in each.attrib if name.startswith("on")]


def test_a_crowd_is_counted_but_not_one_that_has_room() -> None:
    crowd = [Box(f"b{number}", f"B{number}") for number in range(20)]
    made = figure("A", crowd, [])
    assert len(labels(drawn(made))) == 12
    assert "and 8 more" in made
    made = figure("A", crowd[:13], [])
    assert len(labels(drawn(made))) == 13
    assert " more" not in made


def test_a_drawing_leads_where_the_list_below_it_leads() -> None:
    drawing = '<div class="diagram neighbours"><a href="#next-to-b">B</a><a href="#next-to-c">C</a></div>'
    listed = '<a href="../b/" id="next-to-b">B</a>'
    assert led(drawing + listed) == drawing.replace("#next-to-b", "../b/") + listed
    assert led('<a href="#next-to-b">B</a>' + listed) == '<a href="#next-to-b">B</a>' + listed
