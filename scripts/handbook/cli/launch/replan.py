"""`handbook launch replan`: a launch on another day, with the reason on record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from handbook.cli.launch.desk import Desk, open_desk
from handbook.cli.today import day_of, option
from handbook.errors import CLEAN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.replan import Replan

EXAMPLE = 'handbook launch replan shared-dashboards --on 2027-02-09 --reason "The load test failed"'


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="LAUNCH", help="the launch, such as shared-dashboards")
    parser.add_argument("--on", required=True, metavar="DATE", help="the new launch day, such as 2027-02-09")
    parser.add_argument(
        "--reason", required=True, metavar="TEXT", help="why it moves, for the list of moves in the plan"
    )
    parser.add_argument(
        "--late", action="store_true", help="write the plan although some of its new days have passed already"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would move and write nothing")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Move the launch day and every open task and gate with it."""
    from handbook.model.launch import LaunchTemplate
    from handbook.plan.begin import check_day, check_people
    from handbook.plan.origin import state
    from handbook.plan.record import write
    from handbook.plan.replan import changes, replan
    from handbook.plan.states import OPEN

    desk = open_desk(arguments.root, arguments.id)
    launch, today, day = desk.launch, arguments.today or date.today(), day_of(arguments.on)
    _may_move(desk, arguments.reason)
    diary = desk.diary(day, today)
    template = desk.handbook.find(LaunchTemplate, launch.template)
    check_day(template.anchor if template else None, day, diary.days, launch.tags)
    roles = (task.responsible for task in launch.tasks if task.status in OPEN)
    nobody = [role for role in dict.fromkeys(roles) if role not in launch.people]
    check_people(nobody, day, diary.days, today, f"write them under people in {launch.at.path}")
    states = (state(desk.handbook, launch, one, diary) for one in (launch.anchor, day))
    before, after = (one.schedule if one else None for one in states)
    moved = replan(launch, day, diary, before, after)
    late = moved.overdue(today)
    if late and not arguments.late:
        raise UserError(f"for a launch on {day}, {_late(moved, today)} be due before today", "choose a later day, or write the plan all the same with --late")  # fmt: skip
    made = write(desk.source, launch, changes(moved, today, arguments.reason))
    said = "\n".join(_said(moved))
    if arguments.dry_run:
        sys.stdout.write(f"{said}\nNothing is written; leave --dry-run out to do it\n")
    else:
        desk.save(made, said)
    return CLEAN


def _may_move(desk: Desk, reason: str) -> None:
    from handbook.plan.states import AHEAD

    if desk.launch.status not in AHEAD:
        raise UserError(f'the launch "{desk.launch.id}" is {desk.launch.status}, so its day stays what it was', "only a launch that is still ahead can move")  # fmt: skip
    if not reason.strip():
        raise UserError("a move needs its reason", 'write it: --reason "The load test failed"')


def _late(moved: Replan, today: date) -> str:
    from handbook.text.words import some

    return f"{some([f'{chr(34)}{move.part.title}{chr(34)} ({move.after.due_on})' for move in moved.overdue(today)], 3)} would"


def _said(moved: Replan) -> Iterator[str]:
    from handbook.model.launch import LaunchTask
    from handbook.text.words import count, day

    days = (moved.anchor - moved.launch.anchor).days
    way = f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else "as before"
    yield f"{moved.launch.title}: {day(moved.launch.anchor)} → {day(moved.anchor)}, {way}"
    tasks = sum(isinstance(move.part, LaunchTask) for move in moved.moved)
    stay = sum(task.status not in ("todo", "doing", "blocked") for task in moved.launch.tasks)
    yield f"  {count(tasks, 'open task')} and {count(len(moved.moved) - tasks, 'open gate')} move; {stay} that are settled stay"
