"""Pages at the old addresses of records, so that links which people have kept still lead somewhere.

The link on such a page works everywhere. Where the plugin builds the site, `finish` makes browsers follow it by themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.site import anchors
from handbook.site.page import Here, Page
from handbook.text import markup


def pages(here: Here) -> Iterator[Page]:
    """Yield a page for each alias.."""
    for old, name in sorted(here.handbook.aliases.items()):
        record = here.handbook.records.get(name)
        if record is not None and old not in here.handbook.places:
            yield _page(dataclasses.replace(here, path=anchors.page_of(old)), record)


def _page(here: Here, record: Record) -> Page:
    kind = KINDS[record.kind].title.lower()
    said = f"This {kind} has a new address: {here.link(record)}{{ .moved }}"
    head = markup.front_matter(record.title, f"The {kind} has a new address.", hidden=True)
    text = markup.join(head, markup.heading(markup.text(record.title), 1), said)
    return Page(path=here.path, text=f"{text}\n", source=record.at.path)
