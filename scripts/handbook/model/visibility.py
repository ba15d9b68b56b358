"""Who may read what. Everything is internal, which is for the people of the organisation, unless it says that it is public."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.model.record import Record

INTERNAL, PUBLIC = "internal", "public"

#: kinds that say what is not announced or not decided yet, and name people while they do: never public
CLOSED = ("launch", "experiment")

#: kinds whose titles are part of what is public where that names them: without who does a step, and what comes out of it,
#: a process says nothing. One that says itself that it is internal is not even named.
NAMED = ("role", "artifact")

#: kinds that nobody outside misses: where they are not public, what names them is simply left out
OMITTED = ("team", "tool", "metric", "term", "calendar")


def is_public(record: Record, otherwise: str) -> bool:
    """Whether everybody may read a record; `otherwise` is what holds for one that does not say it."""
    return record.kind not in CLOSED and _is_public(record.visibility, record.status, otherwise)


def is_public_page(front: Mapping[str, object], otherwise: str) -> bool:
    """Whether everybody may read the page with this front matter."""
    return _is_public(front.get("visibility"), front.get("status"), otherwise)


def may_be_named(record: Record) -> bool:
    """Whether what is public may say the title of a record that is not public itself."""
    return record.kind in NAMED and record.visibility != INTERNAL


def _is_public(said: object, status: object, otherwise: str) -> bool:
    return (otherwise if said is None else said) == PUBLIC and status != "draft"
