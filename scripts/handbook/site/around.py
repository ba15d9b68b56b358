"""What pages know beside the records: the history, the day and the address of the site. The edges find it out; pages only read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from handbook.frozen import EMPTY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.changes.stretch import Stretch
    from handbook.changes.timeline import Timeline
    from handbook.plan.exports.context import Context

MARK = "<!-- handbook:"  #: how a place begins that is filled
UNKNOWN = "These pages were made without looking at the history of the handbook."
NO_GIT = "This handbook is not in a git repository, or nothing is committed yet: the history begins with the first commit."
SHALLOW = (
    "The site was built from a shallow clone, which has only the newest commits: fetch the rest with"
    " git fetch --unshallow --tags, or in a workflow check out with fetch-depth: 0."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The history: what is told of it, the newest first, the versions of each record, and where the repository is, or nothing."""

    stretches: tuple[Stretch, ...]
    timeline: Timeline
    repository: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`past` is None where it is not known, and `why` says in a sentence why not.

    `today` is the day of the build, `site` the address of the site with a slash at its end, or nothing. `calendars`
    holds what calendar feeds of launches need; without it there are none. `written` are the pages that somebody wrote,
    by their paths from the root, and `marked` those with places to fill, by their paths below the folder of the pages.
    """

    past: Past | None = None
    why: str = UNKNOWN
    today: date | None = None
    site: str = ""
    calendars: Context | None = None
    written: frozenset[str] = frozenset()
    marked: Mapping[str, str] = field(default_factory=lambda: EMPTY)


NOTHING = Around()
