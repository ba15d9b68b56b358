"""Release notes as an Atom feed, for readers of news: one entry for each release.

Source: RFC 4287. Ids stay the same when a feed is written again; dates are those of the releases, never of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from handbook.changes.formats import feeds, html
from handbook.changes.formats.feeds import Release
from handbook.report.signs import printable


def render(releases: Sequence[Release], title: str, address: str, at: str = "") -> str:
    """Return the feed of a handbook; `address` is that of its repository, or empty. The newest release comes first.

    With `at`, where the feed itself is on a site, `address` is that of the page which tells of the releases.
    """
    days = [one.day for one in releases]
    head = [
        f"<id>{escape(feeds.name(title, address))}</id>",
        f"<title>{_text(f'{title}: release notes')}</title>",
        f"<updated>{_moment(max(days, default=date(1970, 1, 1)))}</updated>",
        f"<author><name>{_text(title)}</name></author>",
        *([f'<link rel="alternate" href={quoteattr(address)}/>'] if address else []),
        *([f'<link rel="self" href={quoteattr(at)}/>'] if at else []),
    ]
    entries = [_entry(one, title, address, at) for one in releases]
    body = "\n".join([*head, *entries])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n{body}\n</feed>\n'


def _entry(release: Release, title: str, address: str, at: str) -> str:
    link = feeds.link(release, title, address, at)
    lines = [
        f"<id>{escape(feeds.entry_name(release, title, address))}</id>",
        f"<title>{_text(release.title)}</title>",
        f"<updated>{_moment(release.day)}</updated>",
        *([f'<link rel="alternate" href={quoteattr(link)}/>'] if link else []),
        f"<summary>{_text(release.summary)}</summary>",
        f'<content type="html">{_text(html.content(release))}</content>',
    ]
    return "\n".join(["<entry>", *lines, "</entry>"])


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    """Text as XML: without the characters that it cannot hold."""
    return escape("".join(sign if sign == "\n" else printable(sign) for sign in text))
