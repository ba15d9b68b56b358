"""Functions that rule after rule asks the same thing about the same record."""

from __future__ import annotations

from weakref import ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Given = TypeVar("Given")
    Made = TypeVar("Made")


def remembered(function: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """Remember what a function made of its last argument. That it is the same object is enough, and quick to see.

    `functools.lru_cache` would have to hash the record: all its fields, each time.
    """
    last: list[tuple[ref[Given], Made]] = []  # a whole handbook must not stay because of it

    def asked(given: Given) -> Made:
        if not last or last[0][0]() is not given:
            last[:] = [(ref(given), function(given))]
        return last[0][1]

    asked.__doc__ = function.__doc__
    return asked
