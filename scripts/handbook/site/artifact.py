"""The page of an artifact: when it is good enough, where it is kept, what produces it and what needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.model.catalog import Artifact, Tool
from handbook.model.process import Process, Step
from handbook.model.record import Record
from handbook.site import frame, neighbours, work
from handbook.site.page import Here, Page
from handbook.site.uses import Use, uses
from handbook.text import markup, words

_LEGEND = (
    "At the left is the work that produces it, at the right the work that needs it. The tables below say who does that, and"
    " in which step."
)


def page(here: Here, artifact: Artifact) -> Page:
    """Return the page of an artifact."""
    found = uses(here.handbook, artifact)
    makers = [use for use in found if use.key in ("outputs", "artifact")]
    takers = [use for use in found if use.key in ("inputs", "requires", "evidence")]
    return frame.page(
        here,
        artifact,
        _facts(here, artifact),
        markup.section(
            "Good enough when", markup.tasks(map(markup.text, artifact.accepted_when)), anchor="accepted-when"
        ),
        markup.section("At a glance", _drawing(here, artifact, makers, takers), anchor="at-a-glance"),
        markup.section("Who produces it", _work(here, makers, "in"), anchor="produced-by"),
        markup.section("Who needs it", _work(here, takers, "out"), anchor="needed-by"),
    )


def _facts(here: Here, artifact: Artifact) -> Iterator[tuple[str, str]]:
    yield "Form", markup.text(artifact.format or "")
    yield "Start from", here.out("The template", artifact.template) if artifact.template else ""
    yield "Kept in", here.name(Tool, artifact.tool)
    yield "Kept for", words.period(artifact.keep_for)
    yield "Comes from", "Outside: no process here produces it" if artifact.external else ""


def _drawing(here: Here, artifact: Artifact, makers: Iterable[Use], takers: Iterable[Use]) -> str:
    sides = [use.record for use in makers], [use.record for use in takers]
    return neighbours.drawing(here, artifact, sides, ("comes from", "goes to"), _LEGEND)


def _work(here: Here, found: Iterable[Use], way: str) -> str:
    """Return the work that produces or needs an artifact; a process as a whole only where none of its steps does."""
    found = list(found)
    in_parts = {use.record.id for use in found if isinstance(use.part, Step)}
    kept = (use for use in found if not (isinstance(use.part, Process) and use.record.id in in_parts))
    rows: dict[tuple[str, str], Record] = {}
    for use in kept:
        rows.setdefault(work.row(here, use) or (here.link(use.record), ""), use.record)
    return markup.table(
        ("Work", "Who"), neighbours.rows(way, ((record, row) for row, record in rows.items()))
    )
