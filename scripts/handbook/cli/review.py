"""`handbook review`: what a reviewer has to look at, and the note that a record was found true."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date

from handbook import files
from handbook.cli.today import option
from handbook.errors import CLEAN, UserError
from handbook.git.repository import open_repository
from handbook.workspace import Workspace, open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.model.record import Record

#: the keys below which the day of the first review is written
_ABOVE = ("title", "summary", "status", "owner")

EXAMPLE = "handbook review go-no-go --done"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "id",
        nargs="?",
        metavar="ID",
        help="the record, such as go-no-go or process:go-no-go (default: list what has to be reviewed)",
    )
    parser.add_argument(
        "--done", action="store_true", help="note that the record was read and found true on this day"
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show what has changed since the last review; with --done, write the day into the record."""
    from handbook.changes import review
    from handbook.changes.lasting import lasting
    from handbook.check import load

    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    today = arguments.today or date.today()
    if arguments.id is None and arguments.done:
        raise UserError("--done is about one record", "name it: handbook review go-no-go --done")
    record = None if arguments.id is None else _record(handbook, arguments.id)
    known = lasting(open_repository(workspace.root))
    if record is None:
        sys.stdout.write(review.overview(handbook, review.due(handbook, known, today), today))
        return CLEAN
    sys.stdout.write(review.sheet(record, known, handbook))
    if arguments.done:
        _stamp(workspace, record, today)
    else:
        sys.stdout.write(f"\nIf it is still true: handbook review {arguments.id} --done\n")
    return CLEAN


def _record(handbook: Handbook, given: str) -> Record:
    """Return the record that an id names, with its kind before it where several kinds have the id.

    Raises:
        UserError: there is none, or there are several.
    """
    from handbook.text.near import did_you_mean
    from handbook.text.words import listed

    kind, _, id = given.rpartition(":")
    names = [
        name for name in (*handbook.records, *handbook.aliases) if name.id == id and kind in ("", name.kind)
    ]
    found = {handbook.resolve(name): None for name in names}
    if not found:
        ids = {name.id for name in handbook.places}
        raise UserError(f'there is no record "{id}"{did_you_mean(id, ids)}', "an id is the name of the file, or the key in a catalogue")  # fmt: skip
    if len(found) > 1:
        ways = [f"{name.kind}:{name.id}" for name in found]
        raise UserError(f'"{id}" names several records', f"write {listed(ways, 'or')}")
    return handbook.records[next(iter(found))]


def _stamp(workspace: Workspace, record: Record, today: date) -> None:
    """Write the day of the review into the record, and touch nothing else."""
    from handbook.finding import Change
    from handbook.text.edit import applied, edits
    from handbook.text.insert import inserted

    path = record.at.path
    source = workspace.sources()[path]
    day = today.isoformat()
    fix = (
        edits(source, Change(at=record.at / "reviewed", value=day))
        if record.reviewed
        else inserted(source, record.at, "reviewed", day, _ABOVE)
    )
    if fix is None:
        raise UserError(
            f"{path} is written in a way in which no day can be put in safely",
            f"write reviewed: {today} into it by hand",
        )
    full = os.path.join(workspace.root, path)
    changed = files.write(full, applied(source, fix.edits), within=workspace.root)
    said = f"Reviewed: {path} says so now" if changed else f"Nothing to do: {path} says so already"
    sys.stderr.write(f"{said}; commit it to make it known\n")
