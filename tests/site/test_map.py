"""The map of all processes: who starts whom, who runs whom, and that each name leads to its row."""

from __future__ import annotations

import re

from handbook import check
from handbook.model.process import Process
from handbook.settings import AREAS
from handbook.site.diagram.lanes import Lanes
from handbook.site.diagram.map import process_map
from handbook.sources import literal
from tests.site import small


def drawn(files: dict[str, str]) -> Lanes | None:
    sources = literal(files)
    settings, _ = check.read_settings(sources)
    handbook = check.load(sources, settings).handbook
    return process_map(handbook, handbook.all(Process), AREAS)


def test_one_that_follows_and_one_that_is_run_are_told_apart() -> None:
    made = drawn(small.FILES)
    assert made
    ways = {(way.source, way.target): way.label for way in made.layout.graph.ways}
    assert ways == {("launch-management", "go-no-go"): ""}  # it runs it as well: following says more
    path = "processes/release/go-no-go.yaml"
    alone = small.FILES[path].replace(", from: launch-management", "")
    made = drawn({**small.FILES, path: alone})
    assert made
    assert {(way.source, way.target): way.label for way in made.layout.graph.ways} == {
        ("launch-management", "go-no-go"): "runs"
    }


def test_two_that_start_each_other_are_drawn_all_the_same() -> None:
    path = "processes/release/launch-management.yaml"
    circle = small.FILES[path].replace('{every: "FREQ=WEEKLY;BYDAY=TH"}', "{event: Go, from: go-no-go}")
    made = drawn({**small.FILES, path: circle})
    assert made
    assert len(made.layout.lines) == 2


def test_stages_are_lanes_in_their_order() -> None:
    made = drawn(
        small.FILES | {"processes/planning/roadmap.yaml": small.FILES["processes/release/go-no-go.yaml"]}
    )
    assert made
    assert [band.name for band in made.layout.bands] == [AREAS["planning"], AREAS["release"]]


def test_without_a_process_that_starts_another_there_is_no_map() -> None:
    files = {path: text for path, text in small.FILES.items() if not path.endswith("launch-management.yaml")}
    assert drawn(files) is None
    assert "index.svg" not in small.made(files)["processes/index.md"].text


def test_a_map_that_nobody_could_read_is_not_drawn() -> None:
    text = small.FILES["processes/release/go-no-go.yaml"]
    more = {f"processes/release/more-{number}.yaml": text for number in range(70)}
    assert drawn(small.FILES | more) is None


def test_the_list_shows_it_and_each_name_leads_to_its_row() -> None:
    pages = small.made()
    text = pages["processes/index.md"].text
    anchors = set(re.findall(r'id="([^"]+)"', small.rendered(small.body(pages["processes/index.md"]))))
    assert set(re.findall(r'<a href="#([^"]+)"', text)) == {"go-no-go", "launch-management"}
    assert {"go-no-go", "launch-management"} <= anchors
    assert pages["processes/index.svg"].text.startswith("<svg ")
