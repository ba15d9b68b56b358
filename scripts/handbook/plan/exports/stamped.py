"""How often each day of a plan changed, as git knows it; what is not committed yet counts as one change more."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.errors import UserError
from handbook.plan.exports.context import Context
from handbook.plan.sheet import LaunchSheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.exports.context import Gone, Stamp
    from handbook.workspace import Workspace


def stamped(context: Context, workspace: Workspace, sheets: Sequence[LaunchSheet]) -> Context:
    """Return a context that knows how often each day changed.

    Raises:
        UserError: the clone is shallow, so that nobody can tell.
    """
    from handbook.git.line import contents
    from handbook.git.repository import open_repository
    from handbook.plan.exports.stamps import Version, stamps

    try:
        repository = open_repository(workspace.root)
        repository.resolve("HEAD")
    except UserError:  # no git, or no commit: nobody has seen an older state
        return context
    line = contents(repository, [one.launch.at.path for one in sheets])
    known = dict(repository.contents(one.id for each in line.values() for one in each if one.id))
    now = workspace.sources()
    found: dict[str, Stamp] = {}
    gone: list[Gone] = []
    for one in sheets:
        path, id = one.launch.at.path, one.launch.id
        states = [(each.moment, known[each.id]) for each in line[path] if each.id]
        if not states or states[-1][1] != now[path]:  # not committed yet
            states.append((states[-1][0] if states else 0, now[path]))
        versions = [Version(moment, _data(source)) for moment, source in states]
        mine, lost = stamps(id, versions)
        found.update(mine)
        gone += lost
    return context.replaced(stamps=found, gone=tuple(gone))


def _data(source: bytes) -> object:
    """Return what an older version of a file says, or None where nobody could read it."""
    from handbook.text.libyaml import TooDeep, YAMLError
    from handbook.text.yaml import data_of

    try:
        return data_of(source)
    except (YAMLError, TooDeep, ValueError):
        return None
