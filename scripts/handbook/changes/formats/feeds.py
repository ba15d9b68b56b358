"""What the feeds have in common: names that stay the same, and where a release can be read."""

from __future__ import annotations

from datetime import date

from handbook.changes.told import Notes
from handbook.git import forge
from handbook.git.forge import quoted


def name(title: str, address: str) -> str:
    """Return the id of a feed: the address of the repository, or a name made of the title."""
    return address or f"urn:handbook:{quoted(title)}"


def entry_name(notes: Notes, title: str, address: str) -> str:
    """Return the id of a release in a feed."""
    return f"{name(title, address)}#{quoted(notes.history.after)}"


def link(notes: Notes, address: str) -> str:
    """Return where a release is at the Git host; empty where that is not known."""
    return forge.release(address, notes.history.after) if address else ""


def day(notes: Notes) -> date:
    """Return the day of a release: that of its last commit."""
    return notes.history.last.committed_on if notes.history.last else date(1970, 1, 1)
