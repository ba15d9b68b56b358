"""`handbook release`: names what has changed since the last release, writes its notes and tags it. Safe to run again."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date

from handbook.cli.output import put
from handbook.cli.today import option
from handbook.errors import CLEAN, UserError
from handbook.git.repository import Repository, open_repository
from handbook.workspace import Workspace, open_workspace

EXAMPLE = "handbook release --dry-run"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument(
        "--page",
        metavar="FILE",
        help="the page that collects the notes; only the section of this release is written (default: none)",
    )
    parser.add_argument(
        "--out", metavar="FILE", help="write the notes of this release alone to a file too (default: none)"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="write everything into the notes, however long they get (default: of what is too much for a reader, the weightiest)",
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Release what is checked out. The tag comes last: what was interrupted before it is done again."""
    from handbook.changes.digest import digest
    from handbook.changes.formats import markdown
    from handbook.changes.history import history
    from handbook.changes.notes import notes

    workspace = open_workspace(arguments.root)
    repository = open_repository(workspace.root)
    name, is_new = _named(repository, workspace, arguments.today or date.today())
    before = _before(repository, workspace, name if not is_new else None)
    page = arguments.page and os.path.relpath(
        os.path.realpath(arguments.page), os.path.realpath(workspace.root)
    )
    found = history(repository, before, "HEAD", workspace.settings).as_release(name, page)
    if is_new and before is not None and not found.changes and not found.pages:
        sys.stdout.write(f"Nothing to release: no record and no page changed since {before}.\n")
        return CLEAN
    settings = workspace.settings
    said = notes(found, settings.title, repository.address(settings.repository), few=not arguments.all)
    if not arguments.all:
        said = digest(
            said, f"handbook notes {before}..{name} --all" if before else f"handbook notes {name} --all"
        )
    if arguments.dry_run:
        sys.stdout.write(markdown.render(said))
        sys.stderr.write(f"This would be {name}; nothing was written and nothing tagged\n")
        return CLEAN
    if arguments.page:
        _write_page(arguments.page, workspace, name, markdown.render(said, level=2))
    if arguments.out:
        _put(arguments.out, markdown.render(said))
    _tag(repository, name, is_new, said.title)
    return CLEAN


def _named(repository: Repository, workspace: Workspace, today: date) -> tuple[str, bool]:
    """Return the name of this release, and whether it has yet to be tagged."""
    from handbook.changes import version

    pattern = workspace.settings.release
    there = [tag for tag in repository.tags_at("HEAD") if version.matches(pattern, tag)]
    if there:
        return there[0], False
    return version.following(pattern, today, repository.tag_names()), True


def _before(repository: Repository, workspace: Workspace, name: str | None) -> str | None:
    """Return the last release that can be reached from here; None where this is the first."""
    from handbook.changes import version

    return repository.last_tag(
        "HEAD", lambda tag: tag != name and version.matches(workspace.settings.release, tag)
    )


def _write_page(path: str, workspace: Workspace, name: str, text: str) -> None:
    from handbook.changes.page import blank, with_section

    try:
        with open(path, encoding="utf-8") as file:
            page = file.read()
    except FileNotFoundError:
        page = blank(workspace.settings.title)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}", "name a page in UTF-8") from None
    try:
        _put(path, with_section(page, name, text))
    except ValueError as error:
        raise UserError(f"{path}: {error}", "put back the mark that is missing, or remove both") from None


def _put(path: str, text: str) -> None:
    sys.stderr.write(f"{path}: {'written' if put(path, text) else 'is as it should be'}\n")


def _tag(repository: Repository, name: str, is_new: bool, title: str) -> None:
    if is_new:
        repository.tag(name, title)
        sys.stdout.write(f"Released {name}. To make it known: git push origin {name}\n")
    else:
        sys.stdout.write(f"{name} is released already: the notes are up to date.\n")
