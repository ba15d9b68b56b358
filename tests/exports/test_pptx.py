"""Slides: read again, measured by the metrics of a real font, and turned into pictures where LibreOffice is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation

from handbook.plan.exports import measure, renderer
from handbook.plan.exports.pptx import plain
from handbook.plan.sheet import LaunchSheet
from tests.exports.launches import book, context, real, small

FONTS = Path("/usr/share/fonts/truetype/liberation")
POINT = 12_700
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 30
WIDE = "W" * 400
MANY = "\n".join(f"Line {number} of a report that goes on" for number in range(80))


def hostile(plan: dict[str, Any]) -> None:
    """Everything is as long as the schema lets it be, and there is a lot of it."""
    title = f"{LONG[:60]} {'W' * 40}"[:80]
    plan["title"] = title
    plan["people"] = dict.fromkeys(plan["people"], WIDE[:300])
    plan["tasks"] = [
        {
            **task,
            "id": f"{task['id']}-{number}",
            "title": title,
            "phase": f"phase-{number}",
            "needs": ["brief-0"],
        }
        for number in range(12)
        for task in plan["tasks"]
    ]
    for task in plan["tasks"]:
        task.pop("gate", None)
        task.pop("why", None)
        if task["id"] == "brief-0":
            task.pop("needs")
    plan["gates"] = [
        {**gate, "id": f"{gate['id']}-{number}", "title": title}
        for number in range(20)
        for gate in plan["gates"]
    ]
    plan["risks"] = [{**plan["risks"][0], "response": LONG + WIDE, "title": title}] * 30
    plan["decisions"] = [{**plan["decisions"][0], "decision": WIDE + LONG, "why": MANY}] * 30
    plan["metrics"] = [{"metric": "adoption-rate", "baseline": LONG, "actual": WIDE}] * 25
    plan["reports"] = [{"on": "2027-01-08", "health": "red", "text": MANY + WIDE}]


def closed(plan: dict[str, Any]) -> None:
    plan.update(status="closed", anchor="2026-12-01")
    for key in ("risks", "decisions", "slips", "reports", "metrics", "gates"):
        plan.pop(key)
    for task in plan["tasks"]:
        task.pop("gate", None)


CASES: dict[str, Callable[[], LaunchSheet]] = {
    "small": small,
    "real": lambda: real()[1],
    "hostile": lambda: small(hostile),
    "closed": lambda: small(closed),
}


@cache
def data(case: str) -> bytes:
    one = CASES[case]()
    handbook = real()[0] if case == "real" else book()
    made = renderer("pptx:render")([one], context(one, handbook=handbook))
    assert isinstance(made, bytes)
    return made


def slides(case: str) -> list[Any]:
    return list(Presentation(io.BytesIO(data(case))).slides)


def titles(case: str) -> list[str]:
    return [one.shapes.title.text_frame.text for one in slides(case)]


def test_a_deck_tells_status_timeline_gates_next_days_risks_decisions_and_results() -> None:
    assert titles("small") == [
        "Guest links",
        "Status: at risk",
        "Timeline: launch on 2 February 2027",
        "Gates",
        "Next 10 working days",
        "Risks",
        "Decisions",
        "Results",
    ]


def test_a_slide_that_would_be_empty_is_left_out() -> None:
    assert titles("closed")[:1] == ["Guest links"]
    assert set(titles("closed")) & {"Gates", "Risks", "Decisions", "Results"} == set()


def test_the_same_launch_on_the_same_day_gives_the_same_bytes() -> None:
    one = small()
    again = renderer("pptx:render")([one], context(one))
    assert again == data("small")


@pytest.mark.parametrize("case", CASES)
def test_each_slide_has_a_title_and_notes_and_each_thing_seen_is_described(case: str) -> None:
    presentation = Presentation(io.BytesIO(data(case)))
    assert (presentation.slide_width, presentation.slide_height) == (960 * POINT, 540 * POINT)
    for slide in presentation.slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()
        for shape in slide.shapes:
            described = shape._element.xpath(".//p:cNvPr/@descr")
            if getattr(shape, "has_table", False):
                assert described[0]
        names = [shape.name for shape in slide.shapes]
        assert len(set(names)) == len(names)


def frames(case: str) -> Iterator[tuple[Any, str, float, float, float, bool]]:
    """Yield each text with its size, its room and the height that it may take, all in points."""
    for slide in slides(case):
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                run = next(run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs)
                yield (
                    shape,
                    shape.text_frame.text,
                    run.font.size.pt,
                    shape.width / POINT,
                    shape.height / POINT,
                    bool(run.font.bold),
                )
            if getattr(shape, "has_table", False):
                for row in shape.table.rows:
                    for column, cell in zip(shape.table.columns, row.cells, strict=True):
                        run = next((run for part in cell.text_frame.paragraphs for run in part.runs), None)
                        if run:
                            room = (column.width - cell.margin_left - cell.margin_right) / POINT
                            high = (row.height - cell.margin_top - cell.margin_bottom) / POINT
                            yield (
                                shape,
                                cell.text_frame.text,
                                run.font.size.pt,
                                room,
                                high,
                                bool(run.font.bold),
                            )


def true_width(text: str, size: float, bold: bool) -> float:
    name = f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    if not (FONTS / name).exists():
        pytest.skip("the Liberation fonts are not installed")
    return float(_font(name).getlength(text)) * size / 1000


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), 1000, layout_engine=ImageFont.Layout.BASIC)


def true_lines(text: str, size: float, room: float, bold: bool) -> int:
    """Count lines as an office program breaks them: by words, and inside of a word that is too wide."""
    count = 0
    for part in text.split("\n"):
        line = ""
        count += 1
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if true_width(longer, size, bold) <= room:
                line = longer
                continue
            count += bool(line)
            while true_width(word, size, bold) > room:
                cut = next(
                    end
                    for end in range(len(word), 0, -1)
                    if true_width(word[:end], size, bold) <= room or end == 1
                )
                word = word[cut:]
                count += bool(word)
            line = word
    return count


@pytest.mark.parametrize("case", CASES)
def test_no_text_is_higher_than_its_box(case: str) -> None:
    seen = 0
    for shape, text, size, room, high, bold in frames(case):
        needed = (
            true_lines(text, size, room, bold) * size * 1.17
        )  # Liberation Sans: 0.905 up, 0.212 down, 0.033 between
        assert needed <= high + 1.5, (shape.name, text[:60], needed, high)
        seen += 1
    assert seen > 20


@pytest.mark.parametrize("case", CASES)
def test_everything_is_inside_of_its_slide(case: str) -> None:
    for slide in slides(case):
        for shape in slide.shapes:
            high = (
                sum(row.height for row in shape.table.rows)
                if getattr(shape, "has_table", False)
                else shape.height
            )
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= 960 * POINT + 10, shape.name
            assert shape.top + high <= 540 * POINT, shape.name


def test_a_table_goes_on_on_another_slide_with_its_head() -> None:
    found = [one for one in slides("hostile") if one.shapes.title.text_frame.text.startswith("Risks (")]
    assert len(found) > 1
    tables = [
        next(shape.table for shape in one.shapes if getattr(shape, "has_table", False)) for one in found
    ]
    assert {table.cell(0, 0).text_frame.text for table in tables} == {"Risk"}
    assert sum(len(table.rows) - 1 for table in tables) == 30


def test_what_is_cut_on_a_slide_is_whole_in_its_notes() -> None:
    risks = next(one for one in slides("hostile") if one.shapes.title.text_frame.text.startswith("Risks"))
    assert LONG.strip().split()[0] in risks.notes_slide.notes_text_frame.text
    assert risks.notes_slide.notes_text_frame.text.count(WIDE) == 30


def test_the_widths_are_those_of_the_font() -> None:
    for bold in (False, True):
        signs = [chr(code) for code in range(32, 127)] + list("ÄÖÜäöüßéèçñøåÅŠž–—…‘’“”·•€")
        for sign in signs:
            ours, true = measure.width(sign, 1000, bold=bold) / 1.03, true_width(sign, 1000, bold)
            assert ours >= true - 1, sign
        exact = [
            sign
            for sign in signs[:95]
            if abs(measure.width(sign, 1000, bold=bold) / 1.03 - true_width(sign, 1000, bold)) <= 1
        ]
        assert len(exact) == 95


def test_text_is_cut_at_the_last_line_that_fits() -> None:
    assert measure.fitted("one two three", 10, 40, 2) == "one two three"
    cut = measure.fitted("one two three four five six", 10, 40, 2)
    assert cut.endswith(" …")
    assert len(measure.wrapped(cut, 10, 40)) == 2
    assert measure.wrapped("", 10, 40) == [""]


MARKDOWN = {
    "The **price** is late.": "The price is late.",
    "See [the page](a.md), `code` and __more__": "See the page, code and more",
    "- a\n* b\n- [ ] c": "• a\n• b\n• c",
    "# Head\n2 * 3 * 4": "Head\n2 * 3 * 4",
}


@pytest.mark.parametrize(("markdown", "text"), MARKDOWN.items())
def test_reports_are_read_as_text(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_reports_come_as_text_onto_the_status_slide() -> None:
    said = "\n".join(shape.text_frame.text for shape in slides("small")[1].shapes if shape.has_text_frame)
    assert "The price is late." in said
    assert "• docs go on" in said


@pytest.mark.parametrize("case", CASES)
def test_libreoffice_shows_as_many_slides(case: str, tmp_path: Path) -> None:
    office, info = shutil.which("soffice"), shutil.which("pdfinfo")
    if office is None or info is None:
        pytest.skip("LibreOffice or Poppler is not installed")
    (tmp_path / "deck.pptx").write_bytes(data(case))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    told = subprocess.run(
        [info, str(tmp_path / "deck.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert f"Pages:           {len(slides(case))}\n" in told
