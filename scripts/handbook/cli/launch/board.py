"""`handbook launch board`: all launches at once, with what collides and who has too much to do."""

from __future__ import annotations

import argparse
import json
from datetime import date

from handbook.cli.output import write
from handbook.cli.today import option
from handbook.errors import CLEAN
from handbook.workspace import open_workspace

EXAMPLE = "handbook launch board --format json --out launches.json"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how to print it (default: %(default)s)")  # fmt: skip
    parser.add_argument("--out", metavar="FILE", help="where to write it (default: print it)")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the board."""
    from handbook.check import load
    from handbook.plan import board, overview
    from handbook.plan.gathered import gathered
    from handbook.plan.public import public_holidays

    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    made = gathered(handbook, arguments.today or date.today(), public_holidays)
    if arguments.format == "json":
        text = json.dumps(board.plain(made), indent=2, ensure_ascii=False) + "\n"
    elif arguments.format == "markdown":
        text = overview.markdown(made.standings) + "\n"
    else:
        text = "".join(f"{line}\n" for line in board.text(made))
    write(arguments.out, text, "the board of launches")
    return CLEAN
