"""The check of a change: of what is staged, as a commit hook wants it, or of everything since a revision."""

from __future__ import annotations

from collections.abc import Callable

from handbook.check.pinned import Pinned
from handbook.check.revisions import Item, selected, since_revision, stage
from handbook.check.run import Run
from handbook.check.session import Session
from handbook.git import trees
from handbook.sources import SETTINGS, Disk, belongs

Checked = tuple[Run, int, "list[Item] | None"]


def staged(root: str, session: Session) -> Checked:
    """Return the check of what a commit would record now, the number of files that it changes, and what to report."""
    sources = Pinned(root, session.index)
    check = session.run(sources)
    if session.index.fresh:
        from handbook.progress import bar

        first = session.run(Disk(root, session.settings.folders))
        first.tell = bar("Reading the handbook for the first time")
        first.everything()
    differs = stage(check, root)
    if any(each.path == SETTINGS for each in differs) or not differs:
        return (
            check,
            len(sources),
            None,
        )  # other settings concern every file; without a change, everything is asked for
    files = sum(belongs(each.path, session.settings.folders) for each in differs)
    return check, files, selected(check, differs, only_new=False)


def since(root: str, check: Run, revision: str, wanted: Callable[[str], bool] | None) -> Checked:
    """Return the check of what is different from a revision: what is wrong now and was not then."""
    commit = trees.commit(root, revision)
    if commit is None:
        from handbook.git.repository import open_repository

        commit = open_repository(root).resolve(
            revision
        )  # it says what is wrong with a revision, or with the clone
    pinned = Run(check.index, Pinned(root, check.index), check.settings)
    differs = since_revision(pinned, root, commit)
    items = selected(pinned, differs, only_new=True)
    chosen = [each for each in differs if wanted is None or wanted(each.path)]
    return pinned, len(chosen), [item for item in items if wanted is None or wanted(item.path)]
