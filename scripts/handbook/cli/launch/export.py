"""`handbook launch export`: launches for the tools that others work with."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from handbook.cli import exported
from handbook.cli.launch.address import site
from handbook.cli.today import option
from handbook.errors import CLEAN, UserError
from handbook.workspace import Workspace, open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.model.launch import Launch
    from handbook.plan.exports import Format
    from handbook.plan.exports.context import Context
    from handbook.plan.sheet import LaunchSheet

EXAMPLE = "handbook launch export shared-dashboards --as pptx --out build/status.pptx"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("ids", nargs="*", metavar="LAUNCH", help="the launches, such as shared-dashboards (default: all of them)")  # fmt: skip
    parser.add_argument(
        "--as", dest="format", required=True, metavar="FORMAT", help=f"what to write: {_names()}"
    )
    parser.add_argument("--out", metavar="FILE", help="write to this file, and make its folder (default: print; slides need a file)")  # fmt: skip
    parser.add_argument(
        "--site", metavar="ADDRESS", help="where the site is, for links (default: site_url in mkdocs.yml)"
    )
    exported.option(parser)
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the launches, and say on stderr where they are."""
    from handbook.check import load
    from handbook.plan.sheet import sheet

    format = _format(arguments)
    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    launches = _launches(handbook, arguments.ids, arguments.format, format)
    sheets = [sheet(handbook, launch) for launch in launches]
    today = arguments.today or date.today()
    address = site(workspace.root, arguments.site)
    context = _context(workspace, handbook, sheets, format, today, address)
    if arguments.apply:
        return exported.apply(arguments.repository, sheets[0], context)
    exported.write(arguments.out, format, sheets, context)
    return CLEAN


def _names() -> str:
    from handbook.plan.exports import FORMATS

    return ", ".join(FORMATS)


def _format(arguments: argparse.Namespace) -> Format:
    """Return the format that is asked for.

    Raises:
        UserError: there is none, it needs a file, or it cannot be applied.
    """
    from handbook.plan.exports import FORMATS
    from handbook.text.near import did_you_mean

    name = arguments.format
    if name not in FORMATS:
        raise UserError(
            f'there is no format "{name}"{did_you_mean(name, FORMATS)}', f"choose one of {_names()}"
        )
    exported.may_apply(arguments)
    found = FORMATS[name]
    if found.binary and arguments.out is None:
        raise UserError(f"{name} cannot be printed", f"name a file: --out build/launch{found.ending}")
    return found


def _launches(handbook: Handbook, ids: Sequence[str], name: str, format: Format) -> list[Launch]:
    """Return the launches that are named, or all of them, in the order of their days.

    Raises:
        UserError: there is no such launch, or the format holds only one and there are several.
    """
    from handbook.model.launch import Launch
    from handbook.plan import asked
    from handbook.text.near import listed

    found = [asked.record(handbook, Launch, id) for id in dict.fromkeys(ids)] or list(handbook.all(Launch))
    if not found:
        raise UserError("there is no launch yet", "begin one: handbook launch new TEMPLATE NAME --on DATE")
    if len(found) > 1 and not format.several:
        known = listed((launch.id for launch in found), "and")
        raise UserError(f"{name} holds one launch at a time", f"name one of {known}")
    return sorted(found, key=lambda one: (one.anchor, one.id))


def _context(
    workspace: Workspace,
    handbook: Handbook,
    sheets: Sequence[LaunchSheet],
    format: Format,
    today: date,
    address: str,
) -> Context:
    from handbook.plan.exports.context import Context

    context = Context(today=today, title=workspace.settings.title, site=address)
    if format.judged:
        from handbook.plan.diary import diaries
        from handbook.plan.public import public_holidays
        from handbook.plan.status import standing

        days = diaries(handbook, [one.launch for one in sheets], [today], public_holidays)
        found = {one.launch.id: standing(one, days[one.launch.id], today) for one in sheets}
        context = context.replaced(standings=found)
    if not format.stamped:
        return context
    from handbook.plan.exports.stamped import stamped

    return stamped(context, workspace, sheets)
