"""`handbook diff`: what a proposal means, for those who have to agree with it."""

from __future__ import annotations

import argparse

from handbook.changes.formats import FORMATS, renderer
from handbook.cli.output import write
from handbook.errors import CLEAN, UserError
from handbook.git.repository import open_repository
from handbook.workspace import open_workspace

EXAMPLE = "handbook diff origin/main --format markdown --out build/comment.md"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "base",
        nargs="?",
        metavar="BASE",
        help="where the proposal is to go (default: the main branch of origin, or main). Compared is the commit at"
        " which both parted, with what is on disk now",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="how to write it (default: %(default)s)"
    )
    parser.add_argument(
        "--description",
        metavar="FILE",
        help="the description of the proposal: its lines Why: and Effective: count as if a commit had them (default: none)",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="tell everything, however long it gets (default: of what is too much for a reader, the weightiest; json always has all)",
    )
    parser.add_argument(
        "--out", metavar="FILE", help="write to this file, and make its folder (default: print)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what the proposal means."""
    from handbook.changes.digest import digest
    from handbook.changes.history import proposed
    from handbook.changes.proposal import proposal

    workspace = open_workspace(arguments.root)
    repository = open_repository(workspace.root)
    base = repository.parting(repository.main_line() if arguments.base is None else arguments.base)
    found = proposed(repository, base, workspace)
    address = repository.address(workspace.settings.repository)
    few = not arguments.all and arguments.format != "json"
    made = proposal(found, address, _said(arguments.description), few=few)
    if few:
        made = digest(made, " ".join(filter(None, ("handbook diff", arguments.base, "--all"))))
    write(arguments.out, renderer(arguments.format)(made), "what the proposal means")
    return CLEAN


def _said(path: str | None) -> tuple[tuple[str, str], ...]:
    """Return what a description says after `Why:` and the like.

    Raises:
        UserError: it cannot be read.
    """
    from handbook.git.commit import trailers

    if path is None:
        return ()
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return trailers(file.read())
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {error.strerror}", "name the file that holds the description"
        ) from None
