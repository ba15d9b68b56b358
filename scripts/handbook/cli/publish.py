"""`handbook publish`: a comment on a pull request, or a release, at GitHub."""

from __future__ import annotations

import argparse
import os
import re
import sys

from handbook.errors import CLEAN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.publish.api import Api

EXAMPLE = "handbook publish comment 47 build/comment.md"

_NAME = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("what", choices=("comment", "release"), help="what to publish")
    parser.add_argument(
        "where", metavar="WHERE", help="the number of the pull request, or the tag of the release"
    )
    parser.add_argument(
        "file", metavar="FILE", help="the text, as `handbook diff` or `handbook notes` wrote it"
    )
    parser.add_argument(
        "--commit",
        metavar="ID",
        help="where a tag that is not there yet is set (default: the newest commit of the main branch)",
    )
    parser.add_argument(
        "--repository",
        metavar="OWNER/NAME",
        default=os.environ.get("GITHUB_REPOSITORY"),
        help="the repository at GitHub (default: GITHUB_REPOSITORY, which workflows set)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Publish, and say what was done. The token is in GITHUB_TOKEN, and the address of the API in GITHUB_API_URL."""
    from handbook.publish import github

    text = _text(arguments.file)
    api = api_of(arguments.repository)
    if arguments.what == "comment":
        if not arguments.where.isdecimal():
            raise UserError(
                f'"{arguments.where}" is not the number of a pull request', "write it like this: 47"
            )
        done = github.comment(api, int(arguments.where), text)
        sys.stdout.write(f"The comment on #{arguments.where} is {done}.\n")
    else:
        title = next(
            (line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), arguments.where
        )
        done = github.release(api, arguments.where, title, text, arguments.commit)
        sys.stdout.write(f"The release {arguments.where} is {done}.\n")
    return CLEAN


def api_of(repository: str | None) -> Api:
    """Return the API of a repository, with the token and the address that the environment names.

    Raises:
        UserError: no repository is named, or there is no token.
    """
    from handbook.publish.api import Api

    if repository is None or not _NAME.fullmatch(repository):
        said = f'"{repository}" is not a repository at GitHub' if repository else "no repository is named"
        raise UserError(said, "name it with --repository OWNER/NAME")
    token = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN")
    if not token:
        raise UserError(
            "there is no token to publish with", "set GITHUB_TOKEN; in a workflow: ${{ github.token }}"
        )
    address = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    return Api(address=address, repository=repository, token=token)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}", "name the file that holds the text") from None
