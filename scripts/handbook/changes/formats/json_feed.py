"""Release notes as a JSON Feed, for programs that read news. Source: https://www.jsonfeed.org/version/1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handbook.changes.formats import feeds, html
from handbook.changes.told import Notes


def render(releases: Sequence[Notes], title: str, address: str) -> str:
    """Return the feed of a handbook; `address` is that of its repository, or empty. The newest release comes first."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title}: release notes",
        **({"home_page_url": address} if address else {}),
        "items": [_item(one, title, address) for one in releases],
    }
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def _item(notes: Notes, title: str, address: str) -> dict[str, str]:
    link = feeds.link(notes, address)
    return {
        "id": feeds.entry_name(notes, title, address),
        **({"url": link} if link else {}),
        "title": notes.title,
        "summary": notes.summary,
        "content_html": html.content(notes),
        "date_published": f"{feeds.day(notes).isoformat()}T00:00:00Z",
    }
