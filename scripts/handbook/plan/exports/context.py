"""What an export needs to know beside the launches: the day, where the site is, and what git knows of each task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handbook.frozen import EMPTY, Entity, Frozen
from handbook.plan.sheet import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.status import Standing


class Stamp(Frozen):
    """How often the days or the state of something changed, and when it changed last, in seconds since 1970 (UTC)."""

    sequence: int = 0
    moment: int = 0


class Gone(Frozen):
    """A task or gate that a launch had and has no more: calendars that know it have to hear that it is off."""

    key: str
    title: str
    due_on: date
    stamp: Stamp


class Context(Entity):
    """`site` is the address of the site with a slash at its end, or empty; `title` is that of the handbook.

    `stamps` are by the key of a task or gate, and by the id of a launch; formats that need none get none. So it is
    with `standings`, which are by the id of a launch.
    """

    today: date
    title: str = "Handbook"
    site: str = ""
    stamps: Mapping[str, Stamp] = EMPTY
    gone: tuple[Gone, ...] = ()
    standings: Mapping[str, Standing] = EMPTY

    def page(self, sheet: Sheet) -> str:
        """Return the address of the page of a launch, or nothing where the site has none."""
        return f"{self.site}{sheet.page}" if self.site else ""
