"""What the edges of the site find out for its pages: it asks git, and never fails because of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from handbook.errors import UserError
from handbook.model.handbook import Handbook
from handbook.model.launch import Launch
from handbook.site.around import MARK, NO_GIT, SHALLOW, Around, Past
from handbook.sources import PAGE_ENDINGS, Sources
from handbook.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.git.repository import Repository
    from handbook.plan.exports.context import Context


_NO_CALENDARS = (
    "Calendars of launches are left out: pip install 'process-handbook[plan]' brings what writes them."
)


def around(workspace: Workspace, handbook: Handbook, today: date, site: str) -> Around:
    """Return what pages know beside the records. `site` is the address of the site, or empty."""
    address = f"{site.rstrip('/')}/" if site else ""
    past, why = _past(workspace)
    calendars = _calendars(workspace, handbook, today, address)
    sources = workspace.sources()
    written = frozenset(path for path in sources if path.endswith(PAGE_ENDINGS))
    return Around(
        past=past,
        why=why,
        today=today,
        site=address,
        calendars=calendars,
        written=written,
        marked=_marked(sources, written, workspace.settings.docs),
    )


def has_calendars() -> bool:
    """Whether calendars can be written: the package for it is an extra."""
    from importlib.util import find_spec

    return find_spec("icalendar") is not None


def left_out(handbook: Handbook) -> str:
    """Return a sentence on what the pages have to do without on this machine; nothing where that is nothing."""
    return _NO_CALENDARS if handbook.all(Launch) and not has_calendars() else ""


def _marked(sources: Sources, written: Iterable[str], docs: str) -> dict[str, str]:
    """Return the first pages of folders that have places to fill. Others have none, so nobody has to read them all."""
    firsts = [path for path in written if path.startswith(f"{docs}/") and path.endswith("/index.md")]
    texts = {path.removeprefix(f"{docs}/"): sources[path].decode(errors="replace") for path in sorted(firsts)}
    return {path: text for path, text in texts.items() if MARK in text}


def _past(workspace: Workspace) -> tuple[Past | None, str]:
    """Return the history, or why it is not known; a path on this machine is not told to readers."""
    from handbook.git.repository import open_repository

    try:
        repository = open_repository(workspace.root)
        repository.resolve("HEAD")
    except UserError:
        return None, NO_GIT
    if repository.shallow:
        return None, SHALLOW
    try:
        return _read(workspace, repository), ""
    except UserError as error:
        return None, f"The history could not be read: {error.message}."


def _read(workspace: Workspace, repository: Repository) -> Past:
    from handbook.changes.lasting import lasting
    from handbook.changes.stretches import stretches

    return Past(
        stretches=stretches(repository, workspace.settings),
        timeline=lasting(repository),
        repository=repository.address(workspace.settings.repository),
    )


def _calendars(workspace: Workspace, handbook: Handbook, today: date, site: str) -> Context | None:
    from handbook.plan.exports.context import Context
    from handbook.plan.exports.stamped import stamped
    from handbook.plan.sheet import sheet

    sheets = [sheet(handbook, launch) for launch in handbook.all(Launch)]
    if not sheets or not has_calendars():
        return None
    context = Context(today=today, title=workspace.settings.title, site=site)
    try:
        return stamped(context, workspace, sheets)
    except UserError:  # a shallow clone: nobody could tell a newer calendar from an older one
        return None
