"""`handbook launch`: where every launch stands, or one of them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from handbook.cli.today import option
from handbook.errors import CLEAN
from handbook.workspace import open_workspace

EXAMPLE = "handbook launch status shared-dashboards"
_FORMATS = ("text", "markdown", "json")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", nargs="?", metavar="LAUNCH", help="the launch, such as shared-dashboards (default: all that are not over)")  # fmt: skip
    parser.add_argument("--all", action="store_true", help="also those that are closed or cancelled")
    parser.add_argument(
        "--format", choices=_FORMATS, default="text", help="how to print it (default: %(default)s)"
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print where launches stand."""
    from handbook.check import load
    from handbook.model.launch import Launch
    from handbook.plan import asked, diary, overview
    from handbook.plan.public import public_holidays
    from handbook.plan.sheet import sheet
    from handbook.plan.status import standing

    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    today = arguments.today or date.today()
    if arguments.id is not None:
        launches = [asked.record(handbook, Launch, arguments.id)]
    else:
        over = () if arguments.all else ("closed", "cancelled")
        launches = sorted((one for one in handbook.all(Launch) if one.status not in over), key=lambda one: (one.anchor, one.id))  # fmt: skip
    diaries = diary.diaries(handbook, launches, [today], public_holidays)
    found = [standing(sheet(handbook, one), diaries[one.id], today) for one in launches]
    if arguments.format == "json":
        sys.stdout.write(json.dumps(overview.plain(found, today), indent=2, ensure_ascii=False) + "\n")
    elif arguments.format == "markdown":
        sys.stdout.write(overview.markdown(found) + "\n" if found else "No launch is under way.\n")
    elif arguments.id is not None:
        sys.stdout.writelines(f"{line}\n" for line in overview.text(found[0]))
    elif found:
        sys.stdout.writelines(f"{line}\n" for line in overview.table(found))
    else:
        sys.stdout.write("No launch is under way; `handbook launch new` begins one\n")
    return CLEAN
