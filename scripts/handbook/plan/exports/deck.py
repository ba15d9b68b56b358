"""Slides that hold what they are given: titles, texts, native tables and simple shapes, each measured before it is set.

Lengths are points; a slide is 960 by 540. Each thing that is seen has a text for those who do not see it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from handbook.frozen import Entity
from handbook.plan.exports.measure import LINE, fitted, height
from handbook.report.signs import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WIDTH, HEIGHT = 960.0, 540.0
LEFT, TOP, ROOM, BOTTOM = 40.0, 96.0, 880.0, 500.0  #: the part of a slide below its title
INK, QUIET, ACCENT, SOFT, RED = "1F2933", "5A6672", "175E75", "E3EEF2", "A3242B"
FONT = "Arial"  #: its widths are known, and every office program has it or one that is as wide
_TITLE, _CELL, _SMALL = 26.0, 13.0, 10.0
_SIDE, _ABOVE = 5.0, 3.0  #: margins of a cell
_SHAPES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_MOST_LINES = 6  #: of a cell; the rest is in the notes


class Column(Entity):
    """A column of a table: its head, and its share of the width."""

    head: str
    share: float


class Deck:
    """A presentation that grows slide by slide."""

    def __init__(self, title: str, author: str, day: date, footer: str) -> None:
        from pptx import Presentation

        made: Any = Presentation()
        self._made = made
        self._footer = footer
        self._day = day
        made.slide_width, made.slide_height = _emu(WIDTH), _emu(HEIGHT)
        _prepare(self._made)
        properties = self._made.core_properties
        properties.title, properties.author, properties.last_modified_by = (
            in_order(title),
            in_order(author),
            "",
        )
        properties.created = properties.modified = datetime.combine(day, datetime.min.time())

    def front(self, title: str, below: str, notes: str) -> None:
        """Add the first slide."""
        slide = self._made.slides.add_slide(self._made.slide_layouts[0])
        self._title(slide, title, 40.0, 2)
        _put(slide.placeholders[1].text_frame, fitted(_clean(below), 20.0, 860.0, 8), 20.0, QUIET)
        self._note(slide, notes)

    def slide(self, title: str, notes: str) -> Any:
        """Add a slide with a title, and return it for what goes below."""
        slide = self._made.slides.add_slide(self._made.slide_layouts[1])
        self._title(slide, title, _TITLE, 2)
        self.text(slide, f"{self._footer} · {len(self._made.slides)}", LEFT, 512.0, ROOM, 16.0, _SMALL, QUIET)
        self._note(slide, notes)
        return slide

    def text(
        self, slide: Any, text: str, left: float, top: float, room: float, high: float, size: float = _CELL,
        colour: str = INK, *, bold: bool = False,
    ) -> None:  # fmt: skip
        """Add a text in a box; what does not fit is left out with an ellipsis."""
        most = max(1, int(high / (size * LINE)))
        box = slide.shapes.add_textbox(_emu(left), _emu(top), _emu(room), _emu(high))
        _put(box.text_frame, fitted(_clean(text), size, room, most, bold=bold), size, colour, bold=bold)
        _describe(box, "Text", "")

    def shape(
        self, slide: Any, kind: str, left: float, top: float, wide: float, high: float, colour: str, said: str,
        label: str = "",
    ) -> None:  # fmt: skip
        """Add a filled shape with a short label in it; `said` is what it stands for."""
        from pptx.enum.shapes import MSO_SHAPE

        made = slide.shapes.add_shape(getattr(MSO_SHAPE, kind), _emu(left), _emu(top), _emu(wide), _emu(high))
        made._element.remove(made._element.find(f"{{{_SHAPES}}}style"))  # shadows and a frame
        made.fill.solid()
        made.fill.fore_color.rgb = _colour(colour)
        made.line.fill.background()
        if label:
            text = fitted(label, _SMALL, wide, 1, bold=True)
            _put(made.text_frame, text, _SMALL, "FFFFFF", bold=True, middle=True)
        _describe(made, "Shape", said)

    def tables(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], notes: str, said: str
    ) -> None:
        """Add a table below a title, on as many slides as it takes."""
        pages = list(_pages(columns, rows))
        for number, page in enumerate(pages, 1):
            name = f"{title} ({number} of {len(pages)})" if len(pages) > 1 else title
            slide = self.slide(name, notes)
            self.table(slide, columns, page, LEFT, TOP, ROOM, said)

    def table(
        self, slide: Any, columns: Sequence[Column], rows: Sequence[Sequence[str]], left: float, top: float,
        room: float, said: str,
    ) -> None:  # fmt: skip
        """Add a table; its rows are as high as their text."""
        wide = _widths(columns, room)
        lines = [[column.head for column in columns], *_cut(rows, wide)]
        heights = [_row_height(line, wide, bold=not number) for number, line in enumerate(lines)]
        frame = slide.shapes.add_table(
            len(lines), len(columns), _emu(left), _emu(top), _emu(room), _emu(sum(heights))
        )
        for place, one in enumerate(wide):
            frame.table.columns[place].width = _emu(one)
        for place, (line, high) in enumerate(zip(lines, heights, strict=True)):
            frame.table.rows[place].height = _emu(high)
            for column, text in enumerate(line):
                _fill(frame.table.cell(place, column), text, head=not place, odd=place % 2 == 1)
        _describe(frame, "Table", said)

    def data(self) -> bytes:
        """Return the file. The same slides give the same bytes: an archive else holds the time at which it was written."""
        made, out = io.BytesIO(), io.BytesIO()
        self._made.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
        return out.getvalue()

    def _title(self, slide: Any, title: str, size: float, most: int) -> None:
        shape = slide.shapes.title
        room = shape.width / 12_700
        _put(shape.text_frame, fitted(in_order(title), size, room, most, bold=True), size, INK, bold=True)

    def _note(self, slide: Any, notes: str) -> None:
        slide.notes_slide.notes_text_frame.text = _clean(notes)


def _prepare(made: Any) -> None:
    """Keep two layouts, put their parts where a wide slide has room, and use a font whose widths are known."""
    layouts = made.slide_layouts
    for layout in list(layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            layouts.remove(layout)
    boxes = {0: (LEFT, 28.0, ROOM, 64.0), 1: (LEFT, TOP, ROOM, 400.0)}
    front = {0: (LEFT, 150.0, ROOM, 104.0), 1: (LEFT, 270.0, ROOM, 200.0)}
    for place, holder in enumerate((made.slide_master, *layouts)):
        for one in list(holder.placeholders):
            index = one.placeholder_format.idx
            if index in (0, 1):
                one.left, one.top, one.width, one.height = map(_emu, (front if place == 1 else boxes)[index])
            else:
                one._element.getparent().remove(one._element)
    theme = next(one.target_part for one in made.slide_master.part.rels.values() if "theme" in one.reltype)
    theme._blob = theme.blob.replace(b"Calibri", FONT.encode())


def _pages(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Yield rows in groups that fit below a title."""
    wide = _widths(columns, ROOM)
    head = _row_height([column.head for column in columns], wide, bold=True)
    page: list[Sequence[str]] = []
    used = head
    for row, line in zip(rows, _cut(rows, wide), strict=True):
        high = _row_height(line, wide)
        if page and TOP + used + high > BOTTOM:
            yield page
            page, used = [], head
        page.append(row)
        used += high
    yield page


def _widths(columns: Sequence[Column], room: float) -> list[float]:
    whole = sum(column.share for column in columns)
    return [room * column.share / whole for column in columns]


def _cut(rows: Sequence[Sequence[str]], wide: Sequence[float]) -> list[list[str]]:
    return [
        [
            fitted(_clean(text), _CELL, one - 2 * _SIDE, _MOST_LINES)
            for text, one in zip(row, wide, strict=True)
        ]
        for row in rows
    ]


def _row_height(line: Sequence[str], wide: Sequence[float], *, bold: bool = False) -> float:
    cells = zip(line, wide, strict=True)
    return max(height(text, _CELL, one - 2 * _SIDE, bold=bold) for text, one in cells) + 2 * _ABOVE


def _fill(cell: Any, text: str, *, head: bool, odd: bool) -> None:
    cell.margin_left = cell.margin_right = _emu(_SIDE)
    cell.margin_top = cell.margin_bottom = _emu(_ABOVE)
    _put(cell.text_frame, text, _CELL, "FFFFFF" if head else INK, bold=head, margins=False)
    cell.fill.solid()
    cell.fill.fore_color.rgb = _colour(ACCENT if head else "FFFFFF" if odd else SOFT)


def _put(
    frame: Any, text: str, size: float, colour: str, *, bold: bool = False, margins: bool = True,
    middle: bool = False,
) -> None:  # fmt: skip
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    if margins:
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = not middle
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER if middle else PP_ALIGN.LEFT
        paragraph.line_spacing = 1.0
        paragraph.space_before = paragraph.space_after = Pt(0)
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = _colour(colour)


def _describe(shape: Any, name: str, said: str) -> None:
    """Set the text for those who do not see a shape; an empty one says that its own text is all."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", f"{name} {properties.get('id')}")
    properties.set("descr", in_order(said))


def _clean(text: str) -> str:
    return "\n".join(in_order(line) for line in text.split("\n"))


def _colour(digits: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made(*bytes.fromhex(digits))


def _emu(points: float) -> int:
    return int(points * 12_700)
