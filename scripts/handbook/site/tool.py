"""The page of a tool: what it is for, how to get in, and where the handbook uses it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Artifact, Metric, Role, Tool
from handbook.model.record import Record
from handbook.site import frame, neighbours, work
from handbook.site.page import Here, Page
from handbook.site.uses import Use, uses
from handbook.text import markup, words

_LEGEND = (
    "At the left is the work that is done in it, at the right what is kept in it. A folded corner is an artifact or a metric."
    " The tables below say the same step by step."
)


def page(here: Here, tool: Tool) -> Page:
    """Return the page of a tool."""
    found = uses(here.handbook, tool)
    return frame.page(
        here,
        tool,
        _facts(here, tool),
        markup.section("At a glance", _drawing(here, tool, found), anchor="at-a-glance"),
        markup.section("What it is used for", _work(here, found), anchor="used-for"),
        markup.section("What is kept in it", _kept(here, found), anchor="kept"),
        markup.section("Contract", markup.facts(_contract(tool)), anchor="contract"),
    )


def category(tool: Tool) -> str:
    """Return the category of a tool in words."""
    return words.sentence(tool.category.replace("-", " "))


def sign_in(tool: Tool) -> str:
    """Return which account leads into a tool, where that is known."""
    if tool.single_sign_on is None:
        return ""
    return "With the company account" if tool.single_sign_on else "With an account of its own"


def guide(here: Here, tool: Tool, to: str | None) -> str:
    """Return a link to a guide; its file name is the only name that is known here."""
    name = to.partition("#")[0].rpartition("/")[2].removesuffix(".md").replace("-", " ") if to else ""
    return here.out(words.sentence(name) or tool.title, to) if to else ""


def _facts(here: Here, tool: Tool) -> Iterator[tuple[str, str]]:
    yield "How to get access", markup.text(tool.access or "")
    yield "Address", here.out(tool.url, tool.url) if tool.url else ""
    yield "How we use it", guide(here, tool, tool.guideline)
    yield "Where to learn it", guide(here, tool, tool.training)
    yield "Who needs it", here.names(Role, tool.used_by)
    yield "Category", category(tool)
    yield "Works with", here.names(Tool, tool.integrations)
    yield "Data in it", markup.text(", ".join(tool.data_classes))
    yield "Sign-in", sign_in(tool)
    yield "Made by", markup.text(tool.vendor or "")


def _drawing(here: Here, tool: Tool, found: tuple[Use, ...]) -> str:
    sides = [use.record for use in found if work.row(here, use)], list(_held(found))
    return neighbours.drawing(here, tool, sides, ("is used in", "holds"), _LEGEND)


def _work(here: Here, found: tuple[Use, ...]) -> str:
    rows = ((use.record, work.row(here, use)) for use in found)
    return markup.table(
        ("Work", "Who"), neighbours.rows("in", ((record, row) for record, row in rows if row))
    )


def _kept(here: Here, found: tuple[Use, ...]) -> str:
    rows = ((one, (here.link(one), markup.text(one.summary))) for one in _held(found))
    return markup.table(("What", "What it is"), neighbours.rows("out", rows))


def _held(found: tuple[Use, ...]) -> Iterator[Record]:
    return (use.record for use in found if isinstance(use.record, Artifact | Metric))


def _contract(tool: Tool) -> Iterator[tuple[str, str]]:
    used = f", {tool.seats_used} of them used in the last 30 days" if tool.seats_used is not None else ""
    yield "Seats", f"{tool.seats}{used}" if tool.seats is not None else ""
    yield (
        "Cost a year",
        f"{tool.cost_per_year:,.0f}".replace(",", "\u00a0") if tool.cost_per_year is not None else "",
    )
    yield "Ends or renews on", words.day(tool.contract_end)
    yield "Cancel", f"{words.period(tool.notice)} before" if tool.notice else ""
