"""Release notes as a JSON Feed, for programs that read news. Source: https://www.jsonfeed.org/version/1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handbook.changes.formats import feeds, html
from handbook.changes.formats.feeds import Release


def render(releases: Sequence[Release], title: str, address: str, at: str = "") -> str:
    """Return the feed of a handbook; `address` is that of its repository, or empty. The newest release comes first.

    With `at`, where the feed itself is on a site, `address` is that of the page which tells of the releases.
    """
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{title}: release notes",
        **({"home_page_url": address} if address else {}),
        **({"feed_url": at} if at else {}),
        "items": [_item(one, title, address, at) for one in releases],
    }
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def _item(release: Release, title: str, address: str, at: str) -> dict[str, str]:
    link = feeds.link(release, title, address, at)
    return {
        "id": feeds.entry_name(release, title, address),
        **({"url": link} if link else {}),
        "title": release.title,
        "summary": release.summary,
        "content_html": html.content(release),
        "date_published": f"{release.day.isoformat()}T00:00:00Z",
    }
