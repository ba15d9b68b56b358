"""The work that a record asks for: the steps of a process, the tasks of a template."""

from __future__ import annotations

from handbook.model.launch import LaunchTemplate, TemplateTask
from handbook.model.process import Process, Step


def work(record: Process | LaunchTemplate) -> tuple[Step, ...] | tuple[TemplateTask, ...]:
    """Return what has to be done, each piece with who does it and how long it takes."""
    return record.steps if isinstance(record, Process) else record.tasks
