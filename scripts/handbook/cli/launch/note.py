"""`handbook launch note`: a status report or a decision, written down where the plan is."""

from __future__ import annotations

import argparse
from datetime import date

from handbook.cli.launch.desk import Desk, open_desk
from handbook.cli.today import option
from handbook.errors import CLEAN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.finding import Change

EXAMPLE = 'handbook launch note shared-dashboards "The legal review is late; the beta starts without links" --health amber'


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="LAUNCH", help="the launch, such as shared-dashboards")
    parser.add_argument("text", metavar="TEXT", help="what to write; a report may use Markdown")
    parser.add_argument("--health", choices=("green", "amber", "red"), help="how the launch is doing (default: what the rules of `handbook launch status` say)")  # fmt: skip
    parser.add_argument(
        "--decided-by", metavar="ROLE", help="make it a decision of this role (default: a report)"
    )
    parser.add_argument("--why", metavar="TEXT", help="the reason of a decision (default: none)")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add the report or decision at the end of its list."""
    from handbook.plan.record import write

    desk = open_desk(arguments.root, arguments.id)
    today = arguments.today or date.today()
    if not arguments.text.strip():
        raise UserError("there is nothing to write", "write what others should know")
    if arguments.decided_by:
        change, said = _decision(desk, arguments, today), "Decision added"
    else:
        change, said = _report(desk, arguments, today), "Report added"
    desk.save(write(desk.source, desk.launch, [change]), said)
    return CLEAN


def _decision(desk: Desk, arguments: argparse.Namespace, today: date) -> Change:
    from handbook.model.catalog import Role
    from handbook.plan import asked
    from handbook.plan.record import appended

    role = asked.record(desk.handbook, Role, arguments.decided_by)
    entry = {"on": today.isoformat(), "decision": arguments.text, "by": role.id, "why": arguments.why}
    return appended(desk.launch, "decisions", entry)


def _report(desk: Desk, arguments: argparse.Namespace, today: date) -> Change:
    from handbook.plan.record import appended
    from handbook.plan.sheet import sheet
    from handbook.plan.status import standing

    if arguments.why:
        raise UserError("--why is the reason of a decision", "say whose it is: --decided-by ROLE")
    health = arguments.health or standing(sheet(desk.handbook, desk.launch), desk.diary(today), today).health
    return appended(
        desk.launch, "reports", {"on": today.isoformat(), "health": health, "text": arguments.text}
    )
