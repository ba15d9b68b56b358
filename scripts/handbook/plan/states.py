"""How launches and their tasks stand, in groups that rules and plans ask about."""

from __future__ import annotations

OPEN = ("todo", "doing", "blocked")  #: tasks that somebody still has to do
SETTLED = ("done", "skipped")  #: tasks that nobody waits for any more
AHEAD = ("draft", "active")  #: launches whose day is still to come
OUT = ("launched", "closed")  #: launches that customers have
