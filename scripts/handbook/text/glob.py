"""Patterns of paths, as in .gitignore: which files a setting is meant for.

`*` is any part of a name, `?` one sign of it, `**` any number of folders. A pattern with a slash counts from the
root of the handbook; one without names a file or folder at any depth. What names a folder holds for all below it.
Matching takes time in proportion to the pattern and the path, whatever they contain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LONGEST = 500  #: characters of a pattern


def matches(pattern: str, path: str) -> bool:
    """Whether a path, relative to the root and with `/`, is one that a pattern means."""
    parts = pattern.strip("/").split("/")
    if len(parts) == 1 and not pattern.startswith("/"):
        parts.insert(0, "**")
    return _fits([*parts, "**"], path.split("/"), "**", _name_fits)


def objection(pattern: str) -> str:
    """Return why a pattern cannot mean any path, or nothing."""
    if not pattern.strip("/"):
        return f'"{pattern}" names no path'
    if len(pattern) > _LONGEST:
        return f"a pattern of {len(pattern)} characters is longer than any path should be"
    if pattern.startswith("!"):
        return f'"{pattern}" begins with "!", and what is left out cannot be said here'
    if "\\" in pattern:
        return f'"{pattern}" has a backslash, and folders are separated by /'
    if any(part in (".", "..", "") for part in pattern.strip("/").split("/")):
        return f'"{pattern}" is not a plain path'
    return ""


def _name_fits(pattern: str, name: str) -> bool:
    return _fits(pattern, name, "*", lambda sign, other: sign in ("?", other))


def _fits(pattern: Sequence[Any], parts: Sequence[Any], star: str, fits: Callable[[Any, Any], bool]) -> bool:
    """Whether parts are those of a pattern in which `star` is any number of them.

    Where it fails, only the last star takes one more part: an earlier one need never take more.
    """
    here = there = taken = 0
    last = -1
    while there < len(parts):
        if here < len(pattern) and pattern[here] == star:
            last, taken = here, there
            here += 1
        elif here < len(pattern) and fits(pattern[here], parts[there]):
            here, there = here + 1, there + 1
        elif last >= 0:
            taken += 1
            here, there = last + 1, taken
        else:
            return False
    return all(part == star for part in pattern[here:])
