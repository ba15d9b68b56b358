"""Where the site of a handbook is, for links that lead to it."""

from __future__ import annotations

import os
import re

from handbook.errors import UserError

_SITE = re.compile(r"(?m)^site_url: *[\"']?(https?://[^\s\"'#]+)")
_WEB = re.compile(r"https?://[^\s/?#]+[^\s?#]*")


def site(root: str, given: str | None) -> str:
    """Return the address of the site with a slash at its end: the one that is given, or that of mkdocs.yml, or nothing.

    Raises:
        UserError: the address that is given is none of the web.
    """
    if given is not None and not _WEB.fullmatch(given):
        raise UserError(
            f'"{given}" is no address of a site', "write it like this: https://handbook.example.com/"
        )
    address = given or _written(root)
    return f"{address.rstrip('/')}/" if address else ""


def _written(root: str) -> str:
    try:
        with open(os.path.join(root, "mkdocs.yml"), encoding="utf-8") as file:
            match = _SITE.search(file.read())
    except (OSError, UnicodeDecodeError):
        return ""
    return match[1] if match else ""
