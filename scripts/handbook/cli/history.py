"""What `handbook check` finds in the history of a handbook, which takes longer than all else that it does."""

from __future__ import annotations

from handbook.changes import findings
from handbook.changes.history import proposed
from handbook.changes.lasting import lasting
from handbook.changes.timeline import many_stamped
from handbook.check import load
from handbook.git.repository import open_repository
from handbook.settings import Settings
from handbook.triage import Raw
from handbook.workspace import Workspace


def found(root: str, settings: Settings, since: str | None, *, whole: bool) -> list[Raw]:
    """Return what a stretch of history shows, `since` a revision, and with `whole` what all of it shows.

    Raises:
        UserError: there is no repository, the revision is unknown, or the clone is too shallow.
    """
    workspace = Workspace(root, settings, ())
    repository = open_repository(root)
    sources = workspace.sources()
    if since is None:
        handbook, raws = load(sources, settings).handbook, list[Raw]()
    else:
        change = proposed(repository, since, workspace)
        handbook, raws = change.handbook, list(findings.of_change(change, (), sources))
    if whole:
        return [*raws, *findings.of_history(handbook, lasting(repository), sources)]
    stamps = many_stamped(repository, since, "HEAD") if since is not None else ()
    return [*raws, *findings.of_stamps(handbook, stamps, sources)]
