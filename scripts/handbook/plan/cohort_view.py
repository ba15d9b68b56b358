"""Where hires stand, as lines for a terminal, as tables for a page, and as plain values for a dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.plan.acknowledged import Reopened
from handbook.plan.cohort import Cohorts, Pace, Place
from handbook.plan.overview import columns
from handbook.text import markup
from handbook.text.words import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1  #: of the JSON
HEALTH = {"green": "on track", "amber": "behind", "red": "late"}
_HEAD = ("hire", "path", "start", "stage", "done", "late", "to confirm", "standing")


def text(found: Cohorts, open_again: Sequence[Reopened]) -> Iterator[str]:
    """Yield the lines about all hires."""
    yield from columns([_HEAD, *(_cells(place) for place in found.places)])
    if found.paces:
        yield "\nWorking days until a stage is done, in the middle:"
        yield from (f"  {_pace(pace)}" for pace in found.paces)
    yield from again(open_again)
    if found.unknown:
        yield f"\n{len(found.unknown)} rows are about paths or items that the handbook does not have any more"


def again(open_again: Sequence[Reopened]) -> Iterator[str]:
    """Yield the sign-offs that are open again, each with what changed."""
    if open_again:
        yield "\nTo be read again:"
    for one in open_again:
        yield f"  {one.entry.who} ({one.role}): {one.process}, read in version {one.entry.version}, now {one.version}"
        yield from (f"    - {change.short}" for change in one.changes)


def _cells(place: Place) -> tuple[str, ...]:
    return (
        place.who,
        place.path,
        place.start.isoformat(),
        place.stage or "finished",
        f"{place.done}/{place.items}",
        str(len(place.late)),
        str(len(place.unread)),
        HEALTH[place.health],
    )


def _pace(pace: Pace) -> str:
    return f"{pace.role}, {pace.stage}: {number(pace.median_days)} ({pace.hires})"


def markdown(found: Cohorts, open_again: Sequence[Reopened]) -> str:
    """Return the tables for a page or a message."""
    hires = markup.table(
        [cell.capitalize() for cell in _HEAD],
        [tuple(map(markup.text, _cells(place))) for place in found.places],
    )
    paces = markup.table(
        ("Role", "Stage", "Working days", "Hires"),
        [
            (markup.text(one.role), markup.text(one.stage), number(one.median_days), str(one.hires))
            for one in found.paces
        ],
    )
    lines = markup.bullets(
        f"{markup.text(one.entry.who)}: {markup.text(one.process)}, version {one.version}"
        for one in open_again
    )
    return markup.join(hires, paces, lines) + "\n"


def plain(found: Cohorts, open_again: Sequence[Reopened]) -> dict[str, Any]:
    """Return what a dashboard needs, as values for JSON; days are texts."""
    return {
        "version": VERSION,
        "today": found.today.isoformat(),
        "hires": [
            {
                "who": place.who,
                "path": place.path,
                "role": place.role,
                "start": place.start.isoformat(),
                "cohort": place.cohort,
                "stage": place.stage or None,
                "done": place.done,
                "items": place.items,
                "late": [item.key for item in place.late],
                "to_confirm": [item.key for item in place.unread],
                "health": place.health,
            }
            for place in found.places
        ],
        "paces": [
            {"role": one.role, "stage": one.stage, "median_days": one.median_days, "hires": one.hires}
            for one in found.paces
        ],
        "reopened": [
            {
                "who": one.entry.who,
                "role": one.role,
                "process": one.entry.item,
                "read": one.entry.version,
                "now": one.version,
                "changes": [change.sentence for change in one.changes],
            }
            for one in open_again
        ],
        "unknown_rows": len(found.unknown),
    }
