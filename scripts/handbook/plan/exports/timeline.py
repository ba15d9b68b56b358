"""The timeline of a launch on a slide: a bar for each phase, its gates in order of their numbers, today and the launch day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handbook.plan.exports.context import Context
from handbook.plan.exports.deck import ACCENT, BOTTOM, LEFT, QUIET, RED, ROOM, TOP, Deck
from handbook.plan.sheet import Item, LaunchSheet
from handbook.text.words import MONTHS, day

_LABELS = 150.0  #: the width of the names of phases
_ROW, _BAR, _MARK = 38.0, 22.0, 18.0
_OPEN = "8FB8C6"  #: the part of a bar that is not done
_MOST = 8  #: phases on one slide
_TICKS = 14  #: months with a name, at most


class _Scale:
    """From days to places on the slide."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._each = (ROOM - _LABELS) / max((last - first).days + 1, 1)

    def at(self, on: date) -> float:
        return LEFT + _LABELS + (on - self.first).days * self._each

    def months(self) -> Iterator[date]:
        """Yield the first days of months, so few that their names do not touch."""
        months = [
            date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in range(1, 13)
        ]
        inside = [month for month in months if self.first <= month <= self.last]
        step = -(-len(inside) // _TICKS) or 1
        yield from inside[::step]


def draw(deck: Deck, sheet: LaunchSheet, context: Context) -> None:
    """Add the timeline, on a second slide where there are many phases."""
    phases = dict.fromkeys(item.phase for item in sheet.tasks)
    named = [phase for phase in (*sheet.phases, *phases) if phase in phases]
    bars = [(phase, [item for item in sheet.tasks if item.phase == phase]) for phase in dict.fromkeys(named)]
    days = [item.start_on or item.due_on for item in sheet.items] + [item.due_on for item in sheet.items]
    scale = _Scale(min([*days, sheet.launch.anchor]), max([*days, sheet.launch.anchor]))
    groups = [bars[start : start + _MOST] for start in range(0, len(bars), _MOST)]
    for number, group in enumerate(groups, 1):
        more = f" ({number} of {len(groups)})" if len(groups) > 1 else ""
        slide = deck.slide(f"Timeline: launch on {day(sheet.launch.anchor)}{more}", _notes(bars, sheet))
        _months(deck, slide, scale)
        _bars(deck, slide, group, scale)
        top = TOP + 34 + len(group) * _ROW
        _gates(deck, slide, sheet.gates, scale, top)
        _lines(deck, slide, sheet, scale, context)


def _months(deck: Deck, slide: object, scale: _Scale) -> None:
    ticks = list(scale.months())
    for month in ticks:
        deck.shape(slide, "RECTANGLE", scale.at(month), TOP + 18, 0.75, BOTTOM - TOP - 34, "C8D2D8", "")
        left = min(scale.at(month) + 3, LEFT + ROOM - 48)
        deck.text(
            slide,
            f"{MONTHS[month.month - 1][:3]} {month.year % 100:02}",
            left,
            TOP + 16,
            48.0,
            13.0,
            10.0,
            QUIET,
        )


def _bars(deck: Deck, slide: object, bars: Sequence[tuple[str, list[Item]]], scale: _Scale) -> None:
    for row, (phase, items) in enumerate(bars):
        top = TOP + 34 + row * _ROW
        first = min(item.start_on or item.due_on for item in items)
        last = max(item.due_on for item in items)
        done, whole = sum(item.settled for item in items), len(items)
        said = f"{phase or 'Tasks'}: {day(first)} to {day(last)}, {done} of {whole} tasks settled"
        left, right = scale.at(first), scale.at(last) + 3
        deck.text(slide, phase or "Tasks", LEFT, top - 3, _LABELS - 8, 15.0, 12.0, bold=True)
        deck.text(slide, f"{done} of {whole} settled", LEFT, top + 12, _LABELS - 8, 13.0, 10.0, QUIET)
        deck.shape(slide, "RECTANGLE", left, top, right - left, _BAR, _OPEN, said)
        if done:
            deck.shape(slide, "RECTANGLE", left, top, (right - left) * done / whole, _BAR, ACCENT, "")


def _gates(deck: Deck, slide: object, gates: Sequence[Item], scale: _Scale, top: float) -> None:
    if not gates:
        return
    deck.text(slide, "Gates (by number)", LEFT, top + 2, _LABELS - 8, 15.0, 12.0, bold=True)
    ends: list[
        float
    ] = []  # where the last mark of each line ends, so that marks of near days do not cover each other
    for number, item in enumerate(gates, 1):
        left = min(scale.at(item.due_on) - _MARK / 2, LEFT + ROOM - _MARK)
        lane = next((lane for lane, end in enumerate(ends) if end <= left), len(ends))
        if top + (lane + 1) * (_MARK + 3) > BOTTOM - 20:
            continue  # all of them are in the table of gates
        ends[lane : lane + 1] = [left + _MARK + 2]
        colour = ACCENT if item.settled else RED if item.status == "failed" else QUIET
        said = f"Gate {number}, {item.title}: {day(item.due_on)}, {item.status}"
        deck.shape(slide, "OVAL", left, top + lane * (_MARK + 3), _MARK, _MARK, colour, said, str(number))


def _lines(deck: Deck, slide: object, sheet: LaunchSheet, scale: _Scale, context: Context) -> None:
    anchor = sheet.launch.anchor
    _line(deck, slide, scale.at(anchor), "Launch", RED, BOTTOM - 14, f"Launch day: {day(anchor)}")
    if scale.first <= context.today <= scale.last:
        _line(deck, slide, scale.at(context.today), "Today", QUIET, TOP, f"Today: {day(context.today)}")


def _line(deck: Deck, slide: object, at: float, word: str, colour: str, label: float, said: str) -> None:
    deck.shape(slide, "RECTANGLE", at, TOP + 14, 1.5, BOTTOM - TOP - 28, colour, said)
    deck.text(slide, word, min(at + 3, LEFT + ROOM - 44), label, 44.0, 14.0, 10.0, colour, bold=True)


def _notes(bars: Sequence[tuple[str, list[Item]]], sheet: LaunchSheet) -> str:
    phases = [
        f"{phase or 'Tasks'}: {len(items)} tasks, the last due {day(max(item.due_on for item in items))}"
        for phase, items in bars
    ]
    gates = [f"Gate {number}: {item.title}, {day(item.due_on)}" for number, item in enumerate(sheet.gates, 1)]
    return "The dark part of a bar is the share of its tasks that are done or skipped.\n\n" + "\n".join(
        [*phases, *gates]
    )
