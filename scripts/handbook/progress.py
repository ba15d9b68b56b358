"""How far a long piece of work is, for somebody who waits at a terminal. Anything else is left in peace."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_PATIENCE = 1.0  #: seconds that pass without a word
_PAUSE = 0.1  #: seconds between two words
_WIDTH = 30


def bar(work: str) -> Callable[[int, int], None] | None:
    """Return a function to tell how much is done of how much; None where nobody looks on."""
    if not sys.stderr.isatty():
        return None
    begun = said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if done >= total:
            if said > begun:
                sys.stderr.write("\r\x1b[K")
        elif now - begun > _PATIENCE and now - said > _PAUSE:
            said = now
            filled = _WIDTH * done // total
            sys.stderr.write(
                f"\r{work} [{'#' * filled}{' ' * (_WIDTH - filled)}] {done} of {total}\x1b[K\r"
            )  # what is said meanwhile stands in its place
            sys.stderr.flush()

    return tell
