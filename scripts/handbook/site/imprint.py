"""What a printed sheet says of itself: whose page it is, which version, and where the one is that is kept true.

A browser that knows the margins of sheets writes it on each of them (see handbook.css); the others, at the end of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

_END = "</article>"
_ROOT = re.compile(r"<html(?=[\s>])")
_SAFE = re.compile(r"[^A-Za-z0-9 .,:/-]")
_COPY = "Printed copies are not maintained"


def added(page: str, title: str, meta: Mapping[str, Any], address: str | None) -> str:
    """Return a page with its imprint. `meta` is its front matter, of which `owner` and `version` count.

    Where the address of the site is not known, the script of the site says where the page was opened.
    """
    if _END not in page:
        return page
    said = " · ".join(filter(None, (title, _owner(meta), _version(meta))))
    copy = f"{_COPY}; see {address}" if address else _COPY
    style = f"--hb-sheet: {_string(said)}; --hb-copy: {_string(copy)}"
    at = "" if address else " data-address"
    before, _, after = page.rpartition(_END)
    page = f'{before}<p class="imprint"{at}>{html.escape(f"{said}. {copy}")}</p>{_END}{after}'
    return _ROOT.sub(lambda match: f"{match[0]} style='{style}'", page, count=1)


def _owner(meta: Mapping[str, Any]) -> str:
    """Return who owns a page: pages of records give a title, and those written by hand the id of a team."""
    owner = str(meta.get("owner") or "")
    return owner.replace("-", " ").capitalize() if owner.islower() and " " not in owner else owner


def _version(meta: Mapping[str, Any]) -> str:
    return f"version {meta['version']}" if meta.get("version") else ""


def _string(value: str) -> str:
    """Return text as a string of a style sheet, in which nothing can end it or the attribute around it."""
    return f'"{_SAFE.sub(lambda match: f"{chr(92)}{ord(match[0]):x} ", value)}"'
