"""What the template of a launch says about it, today or at an earlier revision: the tasks that apply, with their dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.frozen import EMPTY, Frozen
from handbook.model.handbook import Handbook
from handbook.model.launch import Launch, LaunchTemplate
from handbook.plan import draft
from handbook.plan.diary import Diary
from handbook.plan.schedule import Schedule, schedule
from handbook.plan.selection import Selection, select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class State(Frozen):
    """A state of a template: what applies to a launch, the dates that it gives for a launch day, what is measured."""

    selection: Selection
    schedule: Schedule
    metrics: Mapping[str, Mapping[str, str]] = EMPTY

    def parts(self, word: str) -> dict[str, dict[str, Any]]:
        """Return the tasks or gates as a launch would write them, by id."""
        if word == "task":
            return {one.id: draft.task(one, self.schedule) for one in self.selection.tasks}
        return {one.id: draft.gate(one, self.schedule) for one in self.selection.gates}


def state(handbook: Handbook, launch: Launch, anchor: date, known: Diary) -> State | None:
    """Return what the templates of a launch give for a launch day; None where one of them is not in the handbook.

    Raises:
        PlanError: tasks of a template wait for one another in a circle.
    """
    found = [handbook.find(LaunchTemplate, id) for id in (launch.template, *launch.overlays)]
    templates = [one for one in found if one is not None]
    if len(templates) < len(found):
        return None
    values = {name: one.default for plan in templates for name, one in plan.variables.items()}
    selection = select(templates, {**values, **launch.variables})
    return State(
        selection=selection,
        schedule=schedule(selection, anchor, known),
        metrics={one["metric"]: one for one in draft.metrics(templates)},
    )
