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


def finished(page: str) -> str:
    """Return a page in which dialogs and tags have names, and an old address leads on. A second pass changes nothing."""
    page = _DIALOG.sub(r'\1 aria-label="Search"', page)
    page = _LEVEL.sub(r'\1 role="none">', page)  # a list inside the navigation is no landmark of its own
    page = _TAGS.sub('<nav class="md-tags" aria-label="Tags"', page)
    if moved := _MOVED.search(page):
        away = (
            f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={moved[1]}">'
        )
        page = page.replace("</head>", f"{away}</head>", 1) if away not in page else page
    return page
