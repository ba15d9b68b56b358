"""The page of a metric: how the number comes about, what it should be, and where it counts."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Metric, Tool
from handbook.model.experiment import Guardrail, Primary
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
    """Return who measures it. A process, launch or experiment may have a target of its own."""
    rows = [
        (KINDS[use.record.kind].title, here.link(use.record), markup.text(said))
        for use in uses(here.handbook, metric)
        if (said := _wanted(use.part, metric)) is not None
    ]
    return markup.table(("Kind", "Where", "Target"), rows)


def _wanted(part: object, metric: Metric) -> str | None:
    """Return what a part of a record wants from the metric, or None where it only mentions it."""
    if isinstance(part, Primary):
        return f"a difference of {words.quantity(part.detects)}" if part.detects else "a difference"
    if isinstance(part, Guardrail):
        return words.target(part.limit or metric.target)
    return words.target(part.target or metric.target) if isinstance(part, MetricTarget | Result) else None
