"""How launches and their tasks stand, in groups that rules and plans ask about."""

from __future__ import annotations

OPEN = ("todo", "doing", "blocked")  #: tasks that somebody still has to do
SETTLED = ("done", "skipped")  #: tasks that nobody waits for any more
AHEAD = ("draft", "active")  #: launches whose day is still to come
OUT = ("launched", "closed")  #: launches that customers have

_IN_WORDS = {"todo": "to do", "doing": "under way"}


def in_words(status: str) -> str:
    """Return a status of a task, a gate or a launch as people say it."""
    return _IN_WORDS.get(status, status)
