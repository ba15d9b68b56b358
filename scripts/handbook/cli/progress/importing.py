"""`handbook progress import`: what hires have ticked off elsewhere, written into the journal."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from handbook.check import load
from handbook.cli.launch.importing import read, shown
from handbook.cli.progress import journal as kept
from handbook.cli.today import option
from handbook.errors import CLEAN, FINDINGS, UserError
from handbook.plan.imports import SOURCES
from handbook.workspace import open_workspace

EXAMPLE = "handbook progress import build/issues.json --from github --journal ../onboarding.csv"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("file", metavar="FILE", help="what the tool exported, or the checklist itself")
    parser.add_argument(
        "--from", dest="source", required=True, choices=tuple(SOURCES), help="where it comes from"
    )
    kept.option(parser)
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add to the journal what is done and not in it yet. Where anything is wrong with the file, nothing is written."""
    from handbook.plan import journal

    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    today = arguments.today or date.today()
    taken = read(arguments.file, arguments.source)
    if taken.problems:
        sys.stderr.writelines(f"{arguments.file}: {shown(problem)}\n" for problem in taken.problems)
        sys.stderr.write("handbook: nothing was written; correct the file and import it again\n")
        return FINDINGS
    ours = [(one, journal.entry(one.key, min(one.done_on or today, today))) for one in taken.progress]
    plans = [entry for _, entry in ours if entry is not None]
    if not plans:
        raise UserError(
            f"{arguments.file} has no item of an onboarding plan",
            "each has a line such as “Handbook key: product-manager-2026-11-30-kim.read-first-day”: export that too",
        )
    entries = [entry for one, entry in ours if entry is not None and one.status == "done"]
    added = kept.add(arguments.journal, entries, workspace, handbook)
    sys.stdout.write(
        f"{len(plans)} items read, {len(entries)} of them done, {added} new in {arguments.journal}\n"
    )
    return CLEAN
