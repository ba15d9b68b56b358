"""`handbook notes`: what changed between two revisions, by meaning."""

from __future__ import annotations

import argparse

from handbook.changes.formats import FEEDS, FORMATS, feed, renderer
from handbook.cli.output import write
from handbook.errors import CLEAN, UserError
from handbook.git.repository import Repository, open_repository
from handbook.workspace import open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.changes.told import Notes

_MOST_RELEASES = 20  #: in a feed: readers of news keep what they have seen

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
        "--format",
        choices=(*FORMATS, *FEEDS),
        default="markdown",
        help="how to write them (default: %(default)s)",
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
    """Write the notes and say on stderr where they are."""
    workspace = open_workspace(arguments.root)
    repository = open_repository(workspace.root)
    address = repository.address(workspace.settings.repository)
    title = workspace.settings.title
    few = not arguments.all and arguments.format != "json"

    def told(before: str | None, after: str) -> Notes:
        from handbook.changes.audience import audience
        from handbook.changes.digest import digest
        from handbook.changes.history import history
        from handbook.changes.notes import notes

        found = history(repository, before, after, workspace.settings)
        readers = (
            None if arguments.readers is None else audience(arguments.readers, found.handbook, found.earlier)
        )
        made = notes(found, title, address, readers, few=few)
        return digest(made, _command(arguments, before, after)) if few else made

    if arguments.format in FEEDS:
        from handbook.changes.stretches import releases

        before, after = _ends(repository, arguments.range) if arguments.range else (None, "HEAD")
        found = [told(*pair) for pair in releases(repository, before, after, _MOST_RELEASES)]
        write(
            arguments.out,
            feed(arguments.format)(found, title, address),
            f"the feed of {len(found)} releases",
        )
        return CLEAN
    made = told(*_ends(repository, arguments.range))
    history = made.history
    start = f"from {history.before} to" if history.before else "of everything up to"
    what = f"the release notes {start} {history.after}"
    write(arguments.out, renderer(arguments.format)(made), what, plural=True)
    return CLEAN


def _command(arguments: argparse.Namespace, before: str | None, after: str) -> str:
    """Return what to type to see everything."""
    words = ["handbook notes", f"{before}..{after}" if before else "", "--all"]
    words += ["--for", arguments.readers] if arguments.readers else []
    return " ".join(filter(None, words))


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
