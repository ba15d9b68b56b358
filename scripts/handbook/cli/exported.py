"""Where an export goes: to a file, with a second one beside it where the format has one, to the terminal, or to GitHub."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from handbook.cli import output
from handbook.errors import CLEAN, COULD_NOT_RUN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.exports import Format
    from handbook.plan.exports.context import Context
    from handbook.plan.sheet import Sheet

_PACKAGES = {"icalendar": "icalendar", "pptx": "python-pptx"}  #: module -> the package that has it


def option(parser: argparse.ArgumentParser) -> None:
    """Declare the options that create issues at GitHub."""
    parser.add_argument("--apply", action="store_true", help="with --as github: create the issues, or bring them up to date (default: only print them)")  # fmt: skip
    parser.add_argument(
        "--repository",
        metavar="OWNER/NAME",
        default=os.environ.get("GITHUB_REPOSITORY"),
        help="the repository at GitHub (default: GITHUB_REPOSITORY, which workflows set)",
    )


def may_apply(arguments: argparse.Namespace) -> None:
    """Raise a UserError where issues are to be created, and the format is another one."""
    if arguments.apply and arguments.format != "github":
        raise UserError(
            f"--apply does not go with {arguments.format}",
            "it creates issues at GitHub: --as github --apply",
        )


def apply(repository: str | None, sheet: Sheet, context: Context) -> int:
    """Create the issues of a plan, or bring them up to date, and say what was done.

    Raises:
        UserError: the server cannot be reached, or it refuses.
    """
    from handbook.cli.publish import api_of
    from handbook.plan.exports.github import issues, milestone
    from handbook.publish import issues as published

    done = published.apply(api_of(repository), issues(sheet, context), milestone(sheet))
    said = done.said or ["Nothing to do: the issues say what the plan says"]
    sys.stdout.writelines(f"{line}\n" for line in said)
    return CLEAN


def write(path: str | None, format: Format, sheets: Sequence[Sheet], context: Context) -> None:
    """Write plans in a format, whole or not at all; without a path, print them.

    Raises:
        UserError: a package that the format needs is not installed, or the file cannot be written.
    """
    titles = ", ".join(one.title for one in sheets[:3]) + (" and others" if len(sheets) > 3 else "")
    made = _made(format.render, sheets, context)
    if path is None:
        sys.stdout.write(made if isinstance(made, str) else "")
        if format.beside:
            sys.stderr.write(f"With --out, a second file is written: {format.beside[0]}\n")
        return
    _put(path, made, format)
    written = [path]
    if format.beside:
        ending, way = format.beside
        second = f"{path.removesuffix(format.ending)}{ending}"
        _put(second, _made(way, sheets, context), format)
        written.append(second)
    sys.stderr.write(f"Written: {titles} {'is' if len(sheets) == 1 else 'are'} in {' and '.join(written)}\n")


def _made(way: str, sheets: Sequence[Sheet], context: Context) -> str | bytes:
    from handbook.plan.exports import renderer
    from handbook.plan.public import MISSING

    try:
        return renderer(way)(sheets, context)
    except ModuleNotFoundError as error:
        if error.name not in _PACKAGES:
            raise
        raise UserError(f"the package {_PACKAGES[error.name]} is not installed", MISSING, code=COULD_NOT_RUN) from None  # fmt: skip


def _put(path: str, made: str | bytes, format: Format) -> None:
    mark = "\ufeff" if format.mark else ""
    output.put(path, made if isinstance(made, bytes) else (mark + made).encode())
