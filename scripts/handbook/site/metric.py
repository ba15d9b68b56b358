"""The page of a metric: how the number comes about, what it should be, and where it counts."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Metric, Tool
from handbook.model.kinds import KINDS
from handbook.model.launch import Result
from handbook.model.record import MetricTarget
from handbook.site import frame
from handbook.site.page import Here, Page
from handbook.site.uses import uses
from handbook.text import markup, words

DIRECTIONS = {"up": "more is better", "down": "less is better", "steady": "near its target is best"}


def page(here: Here, metric: Metric) -> Page:
    """Return the page of a metric."""
    return frame.page(
        here,
        metric,
        _facts(here, metric),
        markup.section("Formula", f"{markup.text(metric.formula)}\n{{ .formula }}", anchor="formula"),
        markup.section("Where it counts", _used(here, metric), anchor="used"),
    )


def _facts(here: Here, metric: Metric) -> Iterator[tuple[str, str]]:
    yield "Target", f"**{markup.text(words.sentence(words.target(metric.target)))}**" if metric.target else ""
    yield "Unit", f"{markup.text(metric.unit)}, {DIRECTIONS[metric.direction]}"
    yield "Before we began", markup.text(metric.baseline or "")
    yield "Source", here.name(Tool, metric.source)
    yield "Computed", f"every {metric.cadence}" if metric.cadence else ""
    yield "Split by", markup.text(", ".join(metric.dimensions))
    yield "Built from", here.names(Metric, metric.needs)
    yield "Compared with its source", words.day(metric.certified)


def _used(here: Here, metric: Metric) -> str:
    """Return who measures it. A process or launch may have a target of its own."""
    rows = []
    for use in uses(here.handbook, metric):
        if isinstance(use.part, MetricTarget | Result):
            target = use.part.target or metric.target
            rows.append(
                (KINDS[use.record.kind].title, here.link(use.record), markup.text(words.target(target)))
            )
    return markup.table(("Kind", "Where", "Target"), rows)
