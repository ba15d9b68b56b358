"""A launch as slides for leadership: where it stands, its timeline and gates, what comes next, risks, decisions, results.

What a slide has no room for is in its notes. A slide that would be empty is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbook.plan.exports import facts
from handbook.plan.exports.context import Context
from handbook.plan.exports.deck import BOTTOM, LEFT, QUIET, RED, TOP, Column, Deck
from handbook.plan.exports.measure import height
from handbook.plan.exports.timeline import draw
from handbook.plan.overview import HEALTH
from handbook.plan.sheet import LaunchSheet
from handbook.plan.states import in_words
from handbook.plan.status import AHEAD_DAYS, Standing
from handbook.text.words import count, day, sentence, short_day, target

_COLOURS = {"green": "2C6E49", "amber": "9A5B00", "red": RED}
_LEVELS = {"high": 3, "medium": 2, "low": 1}


def render(sheets: Sequence[LaunchSheet], context: Context) -> bytes:
    """Return the slides of the one launch."""
    (sheet,) = sheets
    launch = sheet.launch
    deck = Deck(launch.title, context.title, context.today, f"{launch.title} · {day(context.today)}")
    standing = context.standings[launch.id]
    _front(deck, standing, context)
    _status(deck, standing)
    draw(deck, sheet, context)
    _gates(deck, sheet)
    _next(deck, standing)
    _risks(deck, sheet)
    _decisions(deck, sheet)
    _results(deck, sheet)
    return deck.data()


def _front(deck: Deck, standing: Standing, context: Context) -> None:
    launch = standing.sheet.launch
    far = f" (in {count(standing.days_left, 'working day')})" if standing.days_left > 0 else ""
    below = f"{launch.summary}\n\nLaunch day: {day(launch.anchor)}{far}\nAs of {day(context.today)}"
    page = context.page(standing.sheet)
    deck.front(launch.title, below, f"From the plan of the launch{f': {page}' if page else ''}.")


def _status(deck: Deck, standing: Standing) -> None:
    reports = standing.sheet.launch.reports
    word = HEALTH[standing.health]
    why = "\n".join(f"• {sentence(reason)}" for reason in standing.reasons)
    said = f"Report of {day(reports[-1].on)}\n{plain(reports[-1].text)}" if reports else ""
    slide = deck.slide(
        f"Status: {word}", "\n\n".join(filter(None, (why, said))) or "Nothing stands in the way."
    )
    label = f"{standing.health.capitalize()}: {word}"
    deck.shape(
        slide,
        "ROUNDED_RECTANGLE",
        LEFT,
        TOP,
        160.0,
        30.0,
        _COLOURS[standing.health],
        f"Health: {label}",
        label,
    )
    rows = list(_figures(standing))
    columns = (Column(head="Figure", share=4), Column(head="Now", share=5))
    deck.table(slide, columns, rows, LEFT, TOP + 44, 400.0, f"Table of {len(rows)} figures on the launch")
    parts = [part for part in (("Why", why), ("Latest report", said)) if part[1]]
    top, left = TOP + 44, len(parts)
    for head, text in parts:
        high = min(height(text, 14.0, 450.0), (BOTTOM - top) / left - 30)
        deck.text(slide, head, 470.0, top, 450.0, 18.0, 14.0, QUIET, bold=True)
        deck.text(slide, text, 470.0, top + 20, 450.0, high, 14.0)
        top, left = top + high + 36, left - 1


def _figures(standing: Standing) -> Iterator[tuple[str, str]]:
    sheet, launch = standing.sheet, standing.sheet.launch
    gate = next((item for item in sheet.gates if not item.settled), None)
    moved = f", moved {count(len(launch.slips), 'time')}" if launch.slips else ""
    yield "Launch day", f"{day(launch.anchor)}{moved}"
    if standing.forecast:
        yield "Forecast", day(standing.forecast)
    if standing.slack_days is not None:
        yield "Days that can be lost", count(max(standing.slack_days, 0), "working day")
    yield "Work done until the launch", f"{standing.ready:.0%}"
    yield "Tasks settled", f"{standing.done} of {len(sheet.tasks)}"
    yield "Gates passed", f"{standing.passed} of {len(sheet.gates)}"
    if gate:
        yield "Next gate", f"{gate.title}, {day(gate.due_on)}"
    yield "Past the day", str(len(standing.overdue))
    yield "Blocked", str(len(standing.blocked))
    yield "Open risks", str(sum(risk.status == "open" for risk in launch.risks))


def _gates(deck: Deck, sheet: LaunchSheet) -> None:
    rows = [
        (
            str(number),
            item.title,
            facts.who(item),
            short_day(item.due_on),
            in_words(item.status).capitalize() + (f", {short_day(item.done_on)}" if item.done_on else ""),
            item.why or item.evidence or "",
        )
        for number, item in enumerate(sheet.gates, 1)
    ]
    notes = "\n\n".join(f"{item.title}\n{item.details}" for item in sheet.gates)
    heads = (("No.", 1), ("Gate", 4), ("Decides", 5), ("Due", 3), ("State", 3), ("Evidence or reason", 8))
    _table(deck, "Gates", heads, rows, notes)


def _next(deck: Deck, standing: Standing) -> None:
    rows = [
        (
            short_day(item.due_on),
            facts.title(item),
            facts.who(item),
            "Past its day" if item in standing.overdue else in_words(item.status).capitalize(),
            item.why or "",
        )
        for item in (*standing.overdue, *standing.next)
    ]
    notes = f"What is open and due in the next {AHEAD_DAYS} working days. What is past its day comes first."
    heads = (("Due", 3), ("What", 9), ("Who", 7), ("State", 3), ("Why", 4))
    _table(deck, f"Next {AHEAD_DAYS} working days", heads, rows, notes)


def _risks(deck: Deck, sheet: LaunchSheet) -> None:
    risks = [risk for risk in sheet.launch.risks if risk.status == "open"]
    risks.sort(key=lambda one: -_LEVELS[one.likelihood] * _LEVELS[one.impact])
    rows = [
        (
            one.title,
            one.likelihood.capitalize(),
            one.impact.capitalize(),
            _role(one.owner, sheet),
            one.response,
        )
        for one in risks
    ]
    notes = "Open risks, the gravest first: likelihood times impact.\n\n" + _full(rows)
    heads = (("Risk", 7), ("Likelihood", 3), ("Impact", 2.5), ("Owner", 4), ("Response", 9))
    _table(deck, "Risks", heads, rows, notes)


def _decisions(deck: Deck, sheet: LaunchSheet) -> None:
    made = [(one.on, one.decision, _role(one.by, sheet), one.why or "") for one in sheet.launch.decisions]
    made += [
        (one.on, f"Move the launch from {day(one.from_)} to {day(one.to)}", "", one.reason)
        for one in sheet.launch.slips
    ]
    rows = [(short_day(on), *rest) for on, *rest in sorted(made, key=lambda one: one[0], reverse=True)]
    notes = "Decisions and moves of the launch day, the newest first.\n\n" + _full(rows)
    heads = (("Day", 3), ("Decision", 9), ("By", 4), ("Why", 10))
    _table(deck, "Decisions", heads, rows, notes)


def _results(deck: Deck, sheet: LaunchSheet) -> None:
    rows = [
        (
            one.metric.replace("-", " ").capitalize(),
            one.baseline or "",
            target(one.target),
            one.actual or "not measured yet",
            short_day(one.measured_on),
        )
        for one in sheet.launch.metrics
    ]
    heads = (("Metric", 6), ("Before", 6), ("Target", 4), ("Result", 5), ("Measured", 3))
    _table(deck, "Results", heads, rows, "Targets that were set before the launch, and what came of them.")


def _table(
    deck: Deck, title: str, heads: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]], notes: str
) -> None:
    """Add a table without the columns that have no value, or nothing where it has no rows."""
    kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    columns = [Column(head=heads[place][0], share=heads[place][1]) for place in kept]
    if rows:
        said = f"Table of {count(len(rows), 'row')}: {', '.join(column.head for column in columns)}"
        deck.tables(title, columns, [[row[place] for place in kept] for row in rows], notes, said)


def _role(id: str, sheet: LaunchSheet) -> str:
    person = sheet.launch.people.get(id)
    title = sheet.roles.get(id, id)
    return f"{title} ({person})" if person else title


def _full(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(" – ".join(filter(None, row)) for row in rows)


def plain(markdown: str) -> str:
    """Return Markdown as text to read: without marks of emphasis and links, its lists kept."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown.strip())
    text = re.sub(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?m)^(\s*)[-*] (\[[ x]\] )?", r"\1• ", text)
    return re.sub(r"(?m)^#+ ", "", text)
