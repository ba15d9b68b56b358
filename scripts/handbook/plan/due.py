"""Until when the last review of a record holds. Pure."""

from __future__ import annotations

from datetime import date

from handbook.model.record import Record
from handbook.plan.calendar import later


def due_on(record: Record) -> date | None:
    """Return the last day for the next review of a record; None where it has no rhythm, or was never reviewed."""
    if record.reviewed is None or record.review_every is None:
        return None
    return later(record.reviewed, record.review_every)
