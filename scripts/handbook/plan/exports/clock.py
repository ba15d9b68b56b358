"""The moment by which something has to be done, where its plan names a time of day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

from handbook.plan.sheet import Item, Sheet

_ANYWHERE = timezone(timedelta(hours=-12))  #: where a day ends last


def moment(item: Item, sheet: Sheet) -> datetime | None:
    """Return the moment at which something is due; None where the day is all that is known.

    A time without a zone is one of the launch's calendar, or of wherever the reader is. "AoE" is the end of the day
    anywhere on earth: noon of the next day in UTC. A zone that nobody knows leaves only the day.
    """
    if not item.due_time:
        return None
    clock, _, zone = item.due_time.partition(" ")
    if clock == "AoE":
        return _utc(datetime.combine(item.due_on + timedelta(1), time(), _ANYWHERE))
    at = datetime.combine(item.due_on, time.fromisoformat(clock))
    if zone == "AoE":
        return _utc(at.replace(tzinfo=_ANYWHERE))
    name = zone or sheet.time_zone
    if not name:
        return at
    found = _zone(name)
    return at.replace(tzinfo=found) if found else None


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # no such zone, or no name of one
        return None
