"""`handbook notes`: what changed between two revisions, by meaning."""

from __future__ import annotations

import argparse

from handbook.changes.formats import FORMATS, renderer
from handbook.cli.output import write
from handbook.errors import CLEAN, UserError
from handbook.git.repository import Repository, open_repository
from handbook.workspace import open_workspace

EXAMPLE = "handbook notes v1.0..v1.1 --out build/release-notes.md"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "range",
        nargs="?",
        metavar="RANGE",
        help="A..B, or A for A..HEAD (default: from the last tag to HEAD, or all history where there is no tag)",
    )
    parser.add_argument(
        "--for",
        dest="readers",
        metavar="READERS",
        help="only what concerns a role or a team, such as role:product-manager or team:quality (default: everybody)",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="markdown", help="how to write them (default: %(default)s)"
    )
    parser.add_argument(
        "--out", metavar="FILE", help="write to this file, and make its folder (default: print)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the notes and say on stderr where they are."""
    from handbook.changes.audience import audience
    from handbook.changes.history import history
    from handbook.changes.notes import notes

    workspace = open_workspace(arguments.root)
    repository = open_repository(workspace.root)
    before, after = _ends(repository, arguments.range)
    found = history(repository, before, after)
    settings = workspace.settings
    readers = audience(arguments.readers, found.handbook) if arguments.readers else None
    address = settings.repository or repository.remote_address()
    text = renderer(arguments.format)(notes(found, settings.title, address, readers))
    start = f"from {found.before} to" if found.before else "of everything up to"
    write(arguments.out, text, f"the release notes {start} {found.after}", plural=True)
    return CLEAN


def _ends(repository: Repository, given: str | None) -> tuple[str | None, str]:
    """Return the two ends of the range. A side of `A..B` that is left out is HEAD, as in git."""
    if given is None:
        return repository.last_tag("HEAD"), "HEAD"
    if "..." in given:
        raise UserError(
            f'"{given}" has three dots',
            f"write {given.replace('...', '..')}: from the first revision to the second",
        )
    before, _, after = given.partition("..")
    return before or "HEAD", after or "HEAD"
