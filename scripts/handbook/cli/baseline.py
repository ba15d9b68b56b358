"""`handbook baseline`: note what is wrong today, so that from now on the check fails only on what is new."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Container
from datetime import date

from handbook import baseline, files
from handbook.baseline import BASELINE, Baseline, Key
from handbook.check import check
from handbook.errors import CLEAN, COULD_NOT_RUN, FINDINGS, UserError
from handbook.finding import Fault, Finding
from handbook.report.signs import printable
from handbook.text import words
from handbook.waivers import LASTING
from handbook.workspace import Workspace, open_workspace

EXAMPLE = "handbook baseline --prune"

_SHOWN = 20  #: findings that are listed when the baseline would grow


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    from handbook.cli.today import option

    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--prune",
        action="store_true",
        help="only take out what is mended (default: refuse if something is new)",
    )
    ways.add_argument(
        "--grow", action="store_true", help="take in what is new since the baseline was written"
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the baseline, or say why not. It grows only when that is asked for."""
    workspace = open_workspace(arguments.root)
    known, _ = read(workspace.root)
    if known is None and arguments.prune:
        raise UserError("there is no baseline to prune", "`handbook baseline` writes one")
    found, paths = _found(workspace, arguments.today or date.today())
    unread = [finding for finding in found if finding.rule in LASTING]
    if unread or workspace.faults:
        raise UserError(
            f"{words.count(len(unread) + len(workspace.faults), 'finding')} cannot be put into a baseline, "
            "as the files cannot be read",
            "mend these first; `handbook check` lists them",
            code=FINDINGS,
        )
    new = baseline.added(known, found, paths) if known and not arguments.prune else []
    if new and not arguments.grow:
        return _refuse(new)
    known_counts = (
        baseline.pruned(known, found, paths) if known and arguments.prune else baseline.counted(found)
    )
    return _write(workspace.root, known_counts)


def read(root: str) -> tuple[Baseline | None, tuple[Fault, ...]]:
    """Return the baseline of a handbook, None where it has none, and what is wrong with its lines.

    Raises:
        UserError: it is a symbolic link, or cannot be read.
    """
    path = os.path.join(root, BASELINE)
    if not os.path.lexists(path):
        return None, ()
    if os.path.islink(path):
        raise UserError(
            f"{BASELINE} is a symbolic link, and links are not followed", "put the file itself there"
        )
    try:
        with open(path, "rb") as file:
            return baseline.read(file.read())
    except OSError as error:
        message = f"{BASELINE} cannot be read: {(error.strerror or str(error)).lower()}"
        raise UserError(message, "it has to be a readable file", code=COULD_NOT_RUN) from None


def _found(workspace: Workspace, today: date) -> tuple[list[Finding], Container[str]]:
    """Return what is wrong, without what is waived but with what the baseline holds, and the files of the handbook."""
    sources = workspace.sources()
    return check(sources, workspace.settings, today), frozenset(sources)


def _refuse(new: list[Finding]) -> int:
    """List by what the baseline would grow."""
    rows = [
        f"  {finding.path}:{finding.span.line} {finding.rule}: {finding.message}" for finding in new[:_SHOWN]
    ]
    more = len(new) - len(rows)
    rows += [f"  and {more} more"] if more else []
    sys.stdout.write(
        f"The baseline would grow by {words.count(len(new), 'finding')}, so nothing was written:\n"
        + "".join(f"{printable(row)}\n" for row in rows)
        + "Mend them, or take them in with --grow. To take out only what is mended, use --prune.\n"
    )
    return FINDINGS


def _write(root: str, counts: dict[Key, int]) -> int:
    path = os.path.join(root, BASELINE)
    number = words.count(sum(counts.values()), "finding")
    if not counts:
        if os.path.lexists(path):
            os.unlink(path)
            sys.stdout.write(f"Nothing is left of the baseline: removed {BASELINE}\n")
        else:
            sys.stdout.write("There is nothing to put into a baseline: no errors, no warnings\n")
    elif not files.write(path, baseline.text(counts)):
        sys.stdout.write(f"{BASELINE} is up to date: {number}\n")
    else:
        where = words.count(len({key.path for key in counts}), "file")
        sys.stdout.write(
            f"Wrote {BASELINE}: {number} in {where}. Commit it, and `handbook check` fails only on new ones.\n"
        )
    return CLEAN
