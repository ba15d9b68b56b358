"""JSON files as other programs write them. Nothing in them is taken for what it should be."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from handbook.plan.imports.progress import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST = 50_000_000  #: bytes


def values(source: bytes) -> Any | Problem:
    """Return what a JSON file holds, or what is wrong with it."""
    if len(source) > _MOST:
        return Problem(0, "", f"it has more than {_MOST // 1_000_000} MB, which no list of tasks has")
    try:
        return json.loads(source.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Problem(0, "", "it is not UTF-8")
    except RecursionError:
        return Problem(0, "", "it is nested too deeply")
    except ValueError as error:
        return Problem(0, "", f"it is no JSON: {error}")


def text(value: object) -> str:
    """Return a value where it is text, else nothing."""
    return value if isinstance(value, str) else ""


def day_of(milliseconds: object) -> date | None:
    """Return the day of a moment in milliseconds since 1970, or None where it is none."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool) or milliseconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None
