"""The drawing of what is around a process, and the list that says the same."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from handbook.site.boxes import led
from handbook.site.diagram.surroundings import Box, figure
from tests.site import small

SVG = "{http://www.w3.org/2000/svg}"


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


def test_one_neighbour_alone_is_only_listed() -> None:
    text = section("processes/launch-management.md")
    assert "<svg" not in text
    assert "Runs\n:   [Go/no-go decision]" in text
    assert "Hands over to\n:   [Go/no-go decision]" in text


def test_a_drawing_has_a_name_and_says_in_words_what_it_shows() -> None:
    svg = drawn(figure("A", [Box("next-from-b", "B")], [Box("next-out-c", "C", "", is_thing=True)]))
    assert svg.findtext(f"{SVG}title") == "Neighbours of A"
    assert svg.findtext(f"{SVG}desc") == "It starts from B, and leads to C."


def test_text_of_others_stays_text_and_no_line_is_empty() -> None:
    made = figure("</title><script>x</script>", [Box('x" onload="y', "<img>")], [Box("z", "&{ onclick }")])
    assert "\n\n" not in made
    svg = drawn(made)
    assert {each.tag.removeprefix(SVG) for each in svg.iter()} == {
        "svg",
        "title",
        "desc",
        "path",
        "g",
        "rect",
        "a",
        "text",
    }
    assert not [name for each in svg.iter() for name in each.attrib if name.startswith("on")]


def test_a_crowd_is_counted() -> None:
    made = figure("A", [Box(f"b{number}", f"B{number}") for number in range(20)], [])
    assert len(labels(drawn(made))) == 12
    assert "and 8 more" in made


def test_a_drawing_leads_where_the_list_below_it_leads() -> None:
    drawing = '<div class="diagram neighbours"><a href="#next-to-b">B</a><a href="#next-to-c">C</a></div>'
    listed = '<a href="../b/" id="next-to-b">B</a>'
    assert led(drawing + listed) == drawing.replace("#next-to-b", "../b/") + listed
    assert led('<a href="#next-to-b">B</a>' + listed) == '<a href="#next-to-b">B</a>' + listed
