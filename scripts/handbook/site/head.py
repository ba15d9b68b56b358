"""Feeds that a page links to, named in the head of its HTML too: there programs look for them. Any builder may do without."""

from __future__ import annotations

import re

_LINK = re.compile(r'<a\b[^>]*\brel="alternate"[^>]*>')
_ATTRIBUTE = re.compile(r'\b(href|type)="([^"]*)"')
_END = "</head>"
#: the second word is for Material: where there is but the first, it asks for another sitemap, which is not there
_KIND = "alternate feed"


def discoverable(page: str) -> str:
    """Return a page whose head names the feeds that its text links to."""
    if 'rel="alternate"' not in page:  # as in most pages
        return page
    found = []
    for link in _LINK.findall(page):
        attributes = dict(_ATTRIBUTE.findall(link))
        if attributes.keys() >= {"href", "type"}:
            found.append(f'<link rel="{_KIND}" type="{attributes["type"]}" href="{attributes["href"]}">')
    return page.replace(_END, "".join(dict.fromkeys(found)) + _END, 1) if found else page
