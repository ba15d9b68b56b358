"""The work that uses something, as a row of a table: a step, a task or a gate, and who does it."""

from __future__ import annotations

from handbook.model.catalog import Role
from handbook.model.launch import LaunchTemplate, TemplateGate, TemplateTask
from handbook.model.process import Step
from handbook.site import step, template
from handbook.site.page import Here
from handbook.site.uses import Use


def row(here: Here, use: Use) -> tuple[str, str] | None:
    """Return links to the work and to the role that does it, or None where the use is no piece of work."""
    part, record = use.part, use.record
    if isinstance(part, Step):
        return step.link(here, record, part), here.name(Role, part.responsible)
    if isinstance(part, TemplateTask) and isinstance(record, LaunchTemplate):
        task = template.task(here, record, part.id)
        return f"{here.link(record)}: {task}", here.name(Role, part.responsible)
    if isinstance(part, TemplateGate) and isinstance(record, LaunchTemplate):
        gate = template.gate(here, record, part.id)
        return f"{here.link(record)}: gate {gate}", here.name(Role, part.approver)
    return None
