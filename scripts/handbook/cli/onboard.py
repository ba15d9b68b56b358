"""`handbook onboard`: an onboarding path with dates for one hire, in the form that its reader wants."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from handbook.check import load
from handbook.cli import exported
from handbook.cli.launch.address import site
from handbook.cli.today import day_of, option
from handbook.errors import CLEAN, UserError
from handbook.workspace import open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.plan.onboarding import Hire
    from handbook.plan.sheet import Sheet

EXAMPLE = (
    'handbook onboard product-manager --start 2027-01-11 --name "Kim Olsen" --buddy "Amara O." --out kim.md'
)
FORMATS = ("markdown", "html", "ics", "ics-tasks", "github", "jira", "asana", "linear", "csv")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("path", metavar="PATH", help="the onboarding path, such as product-manager")
    parser.add_argument(
        "--start", required=True, metavar="DATE", help="the first day at work, such as 2027-01-11"
    )
    parser.add_argument(
        "--name", metavar="NAME", help="the hire, as the plan shows them (default: nobody is named)"
    )
    parser.add_argument("--manager", metavar="NAME", help="their manager (default: nobody is named)")
    parser.add_argument("--buddy", metavar="NAME", help="their buddy (default: nobody is named)")
    parser.add_argument("--handle", metavar="HANDLE", help="what names the hire in the keys of items (default: a hash of name and day)")  # fmt: skip
    parser.add_argument("--calendar", metavar="CALENDAR", help="the working days of the hire (default: those of the team of the role)")  # fmt: skip
    parser.add_argument("--as", dest="format", choices=FORMATS, default="markdown", help="what to write (default: %(default)s)")  # fmt: skip
    parser.add_argument(
        "--out", metavar="FILE", help="write to this file, and make its folder (default: print)"
    )
    parser.add_argument(
        "--site", metavar="ADDRESS", help="where the site is, for links (default: site_url in mkdocs.yml)"
    )
    exported.option(parser)
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the plan. Nothing about the hire enters the repository."""
    from handbook.plan.exports import FORMATS as KNOWN
    from handbook.plan.exports.context import Context

    exported.may_apply(arguments)
    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    address = site(workspace.root, arguments.site)
    hire = _hire(arguments)
    sheet = _plan(handbook, arguments, hire, address)
    context = Context(today=arguments.today or date.today(), title=workspace.settings.title, site=address)
    if arguments.apply:
        return exported.apply(arguments.repository, sheet, context)
    exported.write(arguments.out, KNOWN[arguments.format], [sheet], context)
    sys.stderr.write(_said(sheet, hire))
    return CLEAN


def _hire(arguments: argparse.Namespace) -> Hire:
    from handbook.model.values import is_id
    from handbook.plan.onboarding import Hire, handle_of

    start = day_of(arguments.start)
    handle = arguments.handle or handle_of(arguments.name or "", start)
    if not is_id(handle):
        raise UserError(f'"{handle}" cannot be a handle', "use lower-case letters, digits and single hyphens, such as kim-olsen")  # fmt: skip
    given = {"hire": arguments.name, "manager": arguments.manager, "buddy": arguments.buddy}
    return Hire(start=start, handle=handle, people={actor: name for actor, name in given.items() if name})


def _plan(handbook: Handbook, arguments: argparse.Namespace, hire: Hire, address: str) -> Sheet:
    from handbook.model.onboarding import OnboardingPath
    from handbook.plan import asked
    from handbook.plan.calendar import WorkingDays
    from handbook.plan.diary import working_days
    from handbook.plan.onboarding import calendar_of, onboarding
    from handbook.plan.public import public_holidays

    path = asked.record(handbook, OnboardingPath, arguments.path)
    if path.role is None:
        raise UserError(f'"{path.id}" is a path for others to extend, and nobody is led along it alone', "choose the path of a role")  # fmt: skip
    if arguments.calendar:
        asked.calendar(handbook, arguments.calendar)
    calendar = calendar_of(handbook, path, arguments.calendar)
    years = range(hire.start.year - 1, hire.start.year + 3)
    days = working_days(handbook, calendar, years, public_holidays) if calendar else WorkingDays()
    return onboarding(handbook, path, hire, days, address)


def _said(sheet: Sheet, hire: Hire) -> str:
    from handbook.text.words import count, day

    first = f"first day {day(sheet.day)}"
    moved = f" ({hire.start} is a day off)" if sheet.day != hire.start else ""
    return f"{sheet.title}: {count(len(sheet.items), 'item')}, {first}{moved}; its name in `handbook progress` is {sheet.id}\n"
