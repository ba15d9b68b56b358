"""What is mended in a page after a theme has made it, so that everybody can use it. It knows HTML, and no theme's templates.

Each rule says what readers with a screen reader or a keyboard would miss; a page without such a place stays as it is.
"""

from __future__ import annotations

import re

_DIALOG = re.compile(r'(<div class="md-search"[^>]*role="dialog")(?![^>]*aria-label)')
_LEVEL = re.compile(
    r'(<nav class="md-nav" data-md-level="[1-9]") aria-labelledby="[^"]*" aria-expanded="[^"]*">'
)
_TAGS = re.compile(r'<nav class="md-tags"(?![^>]*aria-label)')
_MOVED = re.compile(r'<a class="moved" href="(?!//)([^":]*)"')
_LOST = "<h1>404 - Not found</h1>"
_HOME = re.compile(r'<a href="([^"]*)"[^>]* class="[^"]*md-logo"')


def finished(page: str) -> str:
    """Return a page in which dialogs and tags have names, and no address is a dead end. A second pass changes nothing."""
    page = _DIALOG.sub(r'\1 aria-label="Search"', page)
    page = _LEVEL.sub(r'\1 role="none">', page)  # a list inside the navigation is no landmark of its own
    page = _TAGS.sub('<nav class="md-tags" aria-label="Tags"', page)
    if _LOST in page and (home := _HOME.search(page)):
        page = page.replace(_LOST, _lost(home[1]), 1)
    if moved := _MOVED.search(page):
        away = (
            f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={moved[1]}">'
        )
        page = page.replace("</head>", f"{away}</head>", 1) if away not in page else page
    return page


def _lost(home: str) -> str:
    """Return what a page says at an address that leads nowhere, with a way back: `home` is the address of the first page."""
    return (
        "<h1>There is no page at this address</h1>"
        "<p>The page was moved or removed, or the link to it was mistyped. Search for its title above,"
        f' or begin at <a href="{home}">the first page</a>.</p>'
    )
