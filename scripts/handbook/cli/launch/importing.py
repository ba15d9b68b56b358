"""`handbook launch import`: how tasks stand elsewhere, written back into the plans."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date

from handbook import files
from handbook.cli.today import option
from handbook.errors import CLEAN, FINDINGS, UserError
from handbook.plan.imports import SOURCES
from handbook.workspace import Workspace, open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.model.launch import Launch
    from handbook.plan.imports.progress import Outcome, Problem, Progress, Taken

_WIDTH = 300  #: characters of a message

EXAMPLE = "handbook launch import build/jira.csv --from jira"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("file", metavar="FILE", help="what the tool exported")
    parser.add_argument("--from", dest="source", required=True, choices=tuple(SOURCES), help="the tool that it comes from")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the states into the plans. Where anything is wrong with the file, nothing is written."""
    from handbook.check import load
    from handbook.model.launch import Launch
    from handbook.plan.imports.progress import against
    from handbook.plan.sheet import sheet

    workspace = open_workspace(arguments.root)
    taken = read(arguments.file, arguments.source)
    handbook = load(workspace.sources(), workspace.settings).handbook
    sheets = [sheet(handbook, launch) for launch in handbook.all(Launch)]
    found = against(taken, sheets, arguments.today or date.today())
    sys.stderr.writelines(f"handbook: {remark}\n" for remark in found.remarks)
    if found.problems:
        sys.stderr.writelines(f"{arguments.file}: {shown(problem)}\n" for problem in found.problems)
        sys.stderr.write("handbook: nothing was written; correct the file and import it again\n")
        return FINDINGS
    if not taken.progress:
        raise UserError(
            f"{arguments.file} has no task of a launch here",
            "each has a line such as “Handbook key: shared-dashboards.brief” in its description: export that too",
        )
    _report(handbook, workspace, found, dry=arguments.dry_run)
    return CLEAN


def shown(problem: Problem) -> str:
    """Return a problem as a line; what it quotes from the file cannot move the cursor or fill the screen."""
    from handbook.report.signs import printable
    from handbook.text.stray import shortened

    return shortened(printable(str(problem)), _WIDTH)


def read(path: str, source: str) -> Taken:
    """Return what a file of a tool says of tasks.

    Raises:
        UserError: it cannot be read.
    """
    from handbook.plan.imports import reader

    try:
        with open(path, "rb") as file:
            return reader(source)(file.read())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path} cannot be read: {reason}", "name the file that the tool exported") from None


def _report(handbook: Handbook, workspace: Workspace, found: Outcome, *, dry: bool) -> None:
    """Make every plan before the first is written, so that a plan that cannot be changed leaves all as they were."""
    from handbook.model.launch import Launch

    sources = workspace.sources()
    made = []
    for id, changes in found.changes.items():
        launch = handbook.find(Launch, id)
        assert launch is not None
        made.append((launch, _settled(sources[launch.at.path], launch, changes)))
    for launch, source in made:
        sys.stdout.writelines(f"{_sentence(one)}\n" for one in found.changes[launch.id])
        if not dry:
            files.write(os.path.join(workspace.root, launch.at.path), source, within=workspace.root)
            sys.stdout.write(f"Written: {launch.at.path}\n")
    if not made:
        sys.stdout.write("Nothing to do: the plans say so already\n")


def _settled(source: bytes, launch: Launch, changes: Sequence[Progress]) -> bytes:
    from handbook.plan.record import Settled, settle

    return settle(
        source,
        launch,
        [
            Settled(
                part="task", id=one.key.rpartition(".")[2], status=one.status, on=one.done_on, why=one.why
            )
            for one in changes
        ],
    )


def _sentence(one: Progress) -> str:
    return f"{one.key}: {one.status}" + (f" on {one.done_on}" if one.done_on else "")
