"""All launches on one page: the time line, the table, what collides, and calendars that calendar programs read."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from handbook.cli import run
from handbook.model.handbook import Name
from handbook.site import anchors, known, launch
from handbook.site.page import Page
from tests.changes.repositories import Repository
from tests.site import past, small

BOARD = "launches/board.md"
PLAN = "processes/launches/plans/dashboards.yaml"
SECOND = small.FILES[PLAN].replace("title: Dashboards", "title: Filters")


def drawing(text: str) -> str:
    found = re.search(r'<div class="diagram.*?</div>', text, re.DOTALL)
    assert found
    return found[0]


def test_a_launch_has_a_bar_a_mark_and_a_row(root: Path) -> None:
    text = small.made()[BOARD].text
    drawn = drawing(text)
    assert (
        'href="#launch-dashboards" aria-label="Dashboards, launch day 26 January 2027, under way, at risk"'
        in drawn
    )
    assert drawn.count("<polygon") == 1
    assert "26 Jan" in drawn
    assert [word for word in ("Jan 2027",) if word in drawn] == ["Jan 2027"]
    assert (
        "| 26\u00a0Jan\u00a02027 | [Dashboards](dashboards.md){ #launch-dashboards } | 3 | **Under way**{ .status-active }"
        " | **At risk**{ .health-amber } | 1 of 2 | 0 of 1 |" in text
    )
    assert small.made()["launches/board.svg"].text.startswith("<svg")


def test_a_bar_reaches_from_the_first_task_to_the_last_in_days() -> None:
    from datetime import date

    from handbook.site.diagram.portfolio import Band, Row, figure

    def bar(first: date, last: date) -> tuple[float, float]:
        row = Row("a", "A", first, last, last, "green", "under way")
        other = Row("b", "B", date(2027, 1, 1), date(2027, 12, 31), date(2027, 6, 1), "", "closed")
        found = re.search(
            r'<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)" height="13"', figure([row, other], [])
        )
        assert found
        return float(found[1]), float(found[2])

    (start, ten), (later, twenty) = (
        bar(date(2027, 2, 1), date(2027, 2, 10)), bar(date(2027, 2, 11), date(2027, 3, 2)),
    )  # fmt: skip
    assert twenty == pytest.approx(2 * ten, abs=0.2)
    assert later - start == pytest.approx(ten, abs=0.2)
    band = figure(
        [Row("a", "A", date(2027, 2, 1), date(2027, 2, 10), date(2027, 2, 9), "", "closed")],
        [
            Band("Peak & <b>", date(2027, 1, 20), date(2027, 2, 5)),
            Band("Far away", date(2029, 1, 1), date(2029, 1, 5)),
        ],
    )
    assert "Peak &#38; &#60;b&#62;" in band
    assert "Far away" not in band


def test_what_collides_is_said_and_public_holidays_are_not_looked_up() -> None:
    text = small.made({**small.FILES, "processes/launches/plans/filters.yaml": SECOND})[BOARD].text
    assert "## Collisions" in text
    assert "[Dashboards](dashboards.md), [Filters](filters.md)" in text
    assert "No launch that is ahead is in a freeze" in small.made()[BOARD].text


def test_launches_that_are_long_over_are_in_the_table_and_not_in_the_drawing() -> None:
    old = re.sub(r"\b2027-", "2024-", small.FILES[PLAN]).replace("status: active", "status: closed")
    text = small.made(
        {**small.FILES, "processes/launches/plans/old.yaml": old.replace("Dashboards", "Old one")}
    )[BOARD].text
    assert "Old one" not in drawing(text)
    assert "[Old one](old.md){ #launch-old }" in text


def test_a_handbook_without_launches_has_a_board_that_says_so() -> None:
    files = {path: text for path, text in small.FILES.items() if path != PLAN}
    files["processes/experiments/short-brief.yaml"] = files["processes/experiments/short-brief.yaml"].replace(
        "launch: dashboards\n", ""
    )
    pages = small.made(files)
    assert "No launch is planned." in pages[BOARD].text
    assert "launches/board.svg" not in pages


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("board") / "handbook")
    made.commit("The handbook", past.FILES)
    made.commit("Move a task", past.edited(PLAN, ("due_on: 2027-01-12", "due_on: 2027-01-13")))
    return made


def events(page: Page) -> dict[str, tuple[int, str]]:
    walked: list[Any] = Calendar.from_ical(page.text).walk("VEVENT")
    return {str(one["UID"]): (int(one["SEQUENCE"]), one["DTSTART"].dt.isoformat()) for one in walked}


def test_calendars_have_all_launches_one_launch_or_what_a_role_has_to_do(repository: Repository) -> None:
    pages = past.made(repository.root)
    every = events(pages["launches/launches.ics"])
    host = "handbook.example.com"
    assert every[f"launch.dashboards@{host}"] == (0, "2027-01-26")
    assert every[f"launch.dashboards.brief@{host}"] == (1, "2027-01-13")  # it moved once, as git knows
    assert events(pages["launches/dashboards.ics"]) == every
    assert events(pages["launches/for/analyst.ics"]).keys() == {
        f"launch.dashboards@{host}", f"launch.dashboards.brief@{host}",
    }  # fmt: skip
    assert "launches/for/guest.ics" not in pages
    assert "[calendar of this launch](dashboards.ics)" in pages["launches/dashboards.md"].text
    assert "](launches.ics)" in pages[BOARD].text


def test_the_same_commit_gives_the_same_calendars(repository: Repository) -> None:
    path = "launches/launches.ics"
    assert past.made(repository.root)[path] == past.made(repository.root)[path]


def test_without_the_package_for_calendars_there_are_none_and_nothing_links_to_them(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(known, "has_calendars", lambda: False)
    pages = past.made(repository.root)
    assert not [path for path in pages if path.endswith(".ics")]
    assert ".ics" not in pages[BOARD].text + pages["launches/dashboards.md"].text
    assert (
        run(["pages", "--root", str(repository.root), "--out", str(repository.folder.parent / "pages")]) == 0
    )
    assert "pip install 'process-handbook[plan]'" in capsys.readouterr().err


def test_a_launch_with_the_name_of_an_overview_steps_aside() -> None:
    for id, path in (
        ("board", "launches/board_.md"),
        ("index", "launches/index_.md"),
        ("other", "launches/other.md"),
    ):
        assert anchors.page_of(Name("launch", id)) == path
        assert anchors.record_of(path) == Name("launch", id)
    assert anchors.record_of(BOARD) is None
    pages = small.made({**small.FILES, "processes/launches/plans/board.yaml": SECOND})
    assert "# Launch board" in pages[BOARD].text
    assert "# Filters" in pages["launches/board_.md"].text
    assert launch.BOARD == BOARD


def test_times_of_day_stand_behind_the_day() -> None:
    template, plan = "processes/launches/templates/tier-3.yaml", PLAN
    files = small.FILES | past.edited(template, ("due: -10d, gate", 'due: -10d, due_time: "16:00", gate'))
    files |= past.edited(plan, ("due_on: 2027-01-12,", "due_on: 2027-01-12, due_time: AoE,"))
    pages = small.made(files)
    assert "| **T−10**, by 16:00 | " in html.unescape(pages["launch-templates/tier-3.md"].text)
    assert (
        "12\u00a0Jan\u00a02027, by the end of the day anywhere on earth |"
        in pages["launches/dashboards.md"].text
    )
