"""How much a change matters."""

from __future__ import annotations

import enum


class Level(enum.IntEnum):
    """How much a change matters to somebody who followed, or relied on, what was there before."""

    EDITORIAL = 0  #: only the words changed
    INFO = 1  #: good to know
    ACTION = 2  #: something has to be done, or the file alone cannot tell
    BREAKING = 3  #: who goes on as before can be blocked, late or out of compliance

    @property
    def word(self) -> str:
        return self.name.lower()
