"""`handbook launch new`: from a template to a dated plan in one command."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from datetime import date

from handbook import files
from handbook.cli.today import day_of, option
from handbook.errors import CLEAN, UserError
from handbook.workspace import Workspace, open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.plan.begin import Begun

EXAMPLE = 'handbook launch new tier-1 guest-links --on 2027-06-15 --set region=home,eu --people product-manager="Amara O."'


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("template", metavar="TEMPLATE", help="the launch template, such as tier-1")
    parser.add_argument("id", metavar="NAME", help="the id of the launch, such as guest-links")
    parser.add_argument("--on", required=True, metavar="DATE", help="the launch day, such as 2027-06-15; a month, such as 2027-06, where the template has a rule for its day")  # fmt: skip
    parser.add_argument("--set", nargs="+", action="extend", default=[], metavar="NAME=VALUE", help="a variable of the template; several values of a list with commas (default: what the template says)")  # fmt: skip
    parser.add_argument("--people", nargs="+", action="extend", default=[], metavar="ROLE=NAME", help="who wears which hat (default: the only holder of a role)")  # fmt: skip
    parser.add_argument("--over", nargs="+", action="extend", default=[], metavar="TEMPLATE", help="templates to lay over it, such as regulated-market (default: none)")  # fmt: skip
    parser.add_argument("--tag", nargs="+", action="extend", default=[], metavar="TAG", help="tags; freezes may hold for some of them only (default: none)")  # fmt: skip
    parser.add_argument("--title", help="the name that people read (default: made from the id)")
    parser.add_argument("--summary", help="one sentence on what customers get (default: a reminder)")
    parser.add_argument(
        "--owner", metavar="TEAM", help="the team whose launch it is (default: that of the template)"
    )
    parser.add_argument("--calendar", metavar="CALENDAR", help="the working days to count in (default: the only calendar that extends no other)")  # fmt: skip
    parser.add_argument(
        "--late", action="store_true", help="write the plan although some of its days have passed already"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the plan and write nothing")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the plan and say what follows. An existing record is never touched."""
    from handbook.check import load
    from handbook.model.values import is_id
    from handbook.plan.asked import Request
    from handbook.plan.begin import begin
    from handbook.plan.public import public_holidays

    if not is_id(arguments.id):
        raise UserError(f'"{arguments.id}" cannot be an id', "use lower-case letters, digits and single hyphens, such as guest-links")  # fmt: skip
    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    path = _free(handbook, workspace, arguments.id)
    month = re.fullmatch("[0-9]{4}-[0-9]{2}", arguments.on) is not None
    request = Request(
        id=arguments.id,
        template=arguments.template,
        on=day_of(f"{arguments.on}-01" if month else arguments.on),
        month=month,
        title=arguments.title,
        summary=arguments.summary,
        owner=arguments.owner,
        calendar=arguments.calendar,
        overlays=tuple(arguments.over),
        tags=tuple(arguments.tag),
        variables=tuple(arguments.set),
        people=tuple(arguments.people),
        late=arguments.late,
    )
    today = arguments.today or date.today()
    begun = begin(handbook, request, today, public_holidays)
    _write(workspace, path, begun, today, dry=arguments.dry_run)
    return CLEAN


def _free(handbook: Handbook, workspace: Workspace, id: str) -> str:
    """Return the path of a new launch.

    Raises:
        UserError: there is one of that name already.
    """
    from handbook.model.handbook import Name
    from handbook.model.kinds import KINDS

    kind = KINDS["launch"]
    path = f"{workspace.settings.processes}/{kind.folder}/{id}.yaml"
    place = handbook.places.get(Name(kind.name, id))
    if place or os.path.lexists(os.path.join(workspace.root, path)):
        raise UserError(f'there is a launch "{id}" already: {place.path if place else path}', f"choose another name, or move it: handbook launch replan {id}")  # fmt: skip
    return path


def _write(workspace: Workspace, path: str, begun: Begun, today: date, *, dry: bool) -> None:
    from handbook.plan.draft import text

    begun = _with_commit(workspace, begun)
    schema = os.path.join(workspace.root, "schemas", "launch.schema.json")
    way = "../" * path.count("/") + "schemas/launch.schema.json" if os.path.isfile(schema) else ""
    plan = text(begun.draft, way)
    if dry:
        sys.stdout.write(plan)
        sys.stderr.writelines(_said(begun, today))
        return
    full = os.path.join(workspace.root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    files.write(full, plan, within=workspace.root)
    sys.stdout.write(f"Wrote {path}\n")
    sys.stdout.writelines(_said(begun, today))


def _with_commit(workspace: Workspace, begun: Begun) -> Begun:
    """Note the commit of the template, so that a newer one can be offered later; without git, none."""
    from handbook.git.latest import latest
    from handbook.git.repository import open_repository

    try:
        repository = open_repository(workspace.root)
    except UserError:
        return begun
    commit = latest(repository, [template.at.path for template in begun.draft.templates])
    return begun.replaced(draft=begun.draft.replaced(commit=commit and commit[:12]))


def _said(begun: Begun, today: date) -> Iterator[str]:
    from handbook.plan.remarks import remarks

    yield from (f"{line}\n" for line in remarks(begun, today))
