"""What the feeds have in common: names that stay the same, and where a release can be read."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from handbook.changes.told import Section
from handbook.git import forge
from handbook.git.forge import quoted


class Release(Protocol):
    """What a feed needs of a release: notes have it, and so has a stretch of history on the site."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def summary(self) -> str: ...
    @property
    def sections(self) -> tuple[Section, ...]: ...


def name(title: str, address: str) -> str:
    """Return the id of a feed: the address of the repository or of a page, or a name made of the title."""
    return address or f"urn:handbook:{quoted(title)}"


def entry_name(release: Release, title: str, address: str) -> str:
    """Return the id of a release in a feed."""
    return f"{name(title, address)}#{quoted(release.name)}"


def link(release: Release, title: str, address: str, at: str) -> str:
    """Return where a release is: on a page of the site, or at the Git host; empty where that is not known."""
    if not address:
        return ""
    return entry_name(release, title, address) if at else forge.release(address, release.name)
