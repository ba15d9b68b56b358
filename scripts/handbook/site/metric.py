"""The page of a metric: how the number comes about, what it should be, and where it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.model.catalog import Metric, Tool
from handbook.model.experiment import Guardrail, Primary
from handbook.model.kinds import KINDS
from handbook.model.launch import Result
from handbook.model.record import MetricTarget, Record
from handbook.site import frame, neighbours
from handbook.site.page import Here, Page
from handbook.site.uses import Use, uses
from handbook.text import markup, words

DIRECTIONS = {"up": "more is better", "down": "less is better", "steady": "near its target is best"}

_LEGEND = (
    "At the left is what it is computed from, at the right where it counts. A folded corner is another metric. The facts above"
    " and the table below say the same."
)


def page(here: Here, metric: Metric) -> Page:
    """Return the page of a metric."""
    found = uses(here.handbook, metric)
    return frame.page(
        here,
        metric,
        _facts(here, metric, found),
        markup.section("Formula", f"{markup.text(metric.formula)}\n{{ .formula }}", anchor="formula"),
        markup.section("At a glance", _drawing(here, metric, found), anchor="at-a-glance"),
        markup.section("Where it counts", _used(here, metric, found), anchor="used"),
    )


def _drawing(here: Here, metric: Metric, found: Sequence[Use]) -> str:
    before = here.handbook.find(Tool, metric.source), *(here.handbook.find(Metric, id) for id in metric.needs)
    after = (use.record for use in found if _wanted(use.part, metric) is not None)
    sides = [one for one in before if one], [*after, *_heirs(found)]
    return neighbours.drawing(here, metric, sides, ("is computed from", "counts in"), _LEGEND)


def _heirs(found: Sequence[Use]) -> list[Metric]:
    """Return the metrics that are built from one."""
    return [use.record for use in found if isinstance(use.record, Metric) and use.key == "needs"]


def _facts(here: Here, metric: Metric, found: Sequence[Use]) -> Iterator[tuple[str, str]]:
    yield "Target", f"**{markup.text(words.sentence(words.target(metric.target)))}**" if metric.target else ""
    yield "Unit", f"{markup.text(metric.unit)}, {DIRECTIONS[metric.direction]}"
    yield "Before we began", markup.text(metric.baseline or "")
    yield "Source", _named(here, "in", here.handbook.find(Tool, metric.source), metric.source)
    yield "Computed", f"every {metric.cadence}" if metric.cadence else ""
    yield "Split by", markup.text(", ".join(metric.dimensions))
    yield (
        "Built from",
        ", ".join(_named(here, "in", here.handbook.find(Metric, id), id) for id in metric.needs),
    )
    yield "Goes into", ", ".join(_named(here, "out", one, one.id) for one in _heirs(found))
    yield "Compared with its source", words.day(metric.certified)


def _named(here: Here, way: str, record: Record | None, id: str | None) -> str:
    return neighbours.marked(way, record, here.link(record)) if record else markup.text(id or "")


def _used(here: Here, metric: Metric, found: Sequence[Use]) -> str:
    """Return who measures it. A process, launch or experiment may have a target of its own."""
    wanted = [(use.record, said) for use in found if (said := _wanted(use.part, metric)) is not None]
    rows = ((record, (here.link(record), markup.text(said))) for record, said in wanted)
    kinds = (KINDS[record.kind].title for record, _ in wanted)
    return markup.table(
        ("Kind", "Where", "Target"),
        ((kind, *row) for kind, row in zip(kinds, neighbours.rows("out", rows), strict=True)),
    )


def _wanted(part: object, metric: Metric) -> str | None:
    """Return what a part of a record wants from the metric, or None where it only mentions it."""
    if isinstance(part, Primary):
        return f"a difference of {words.quantity(part.detects)}" if part.detects else "a difference"
    if isinstance(part, Guardrail):
        return words.target(part.limit or metric.target)
    return words.target(part.target or metric.target) if isinstance(part, MetricTarget | Result) else None
