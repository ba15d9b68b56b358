"""The page of an artifact: when it is good enough, where it is kept, what produces it and what needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.model.catalog import Artifact, Tool
from handbook.model.process import Process, Step
from handbook.site import frame, work
from handbook.site.page import Here, Page
from handbook.site.uses import Use, uses
from handbook.text import markup, words


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
        markup.section("Who produces it", _work(here, makers), anchor="produced-by"),
        markup.section("Who needs it", _work(here, takers), anchor="needed-by"),
    )


def _facts(here: Here, artifact: Artifact) -> Iterator[tuple[str, str]]:
    yield "Form", markup.text(artifact.format or "")
    yield "Start from", here.out("The template", artifact.template) if artifact.template else ""
    yield "Kept in", here.name(Tool, artifact.tool)
    yield "Kept for", words.period(artifact.keep_for)
    yield "Comes from", "Outside: no process here produces it" if artifact.external else ""


def _work(here: Here, found: Iterable[Use]) -> str:
    """Return the work that produces or needs an artifact; a process as a whole only where none of its steps does."""
    found = list(found)
    in_parts = {use.record.id for use in found if isinstance(use.part, Step)}
    kept = (use for use in found if not (isinstance(use.part, Process) and use.record.id in in_parts))
    rows = (work.row(here, use) or (here.link(use.record), "") for use in kept)
    return markup.table(("Work", "Who"), dict.fromkeys(rows))
