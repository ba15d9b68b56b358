"""Records as people write them: a key to a line, short lists in brackets, long texts below their key."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.text.scalar import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WIDTH = 118  #: columns that a line may have


def block(data: Any, indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping or list, each with its end, `indent` columns from the left.

    Dates have to be texts already. A list of plain values stands in brackets where it fits on a line.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(f"{' ' * indent}{_key(key)}:", value, indent)
    else:
        for value in data:
            yield from _item(value, indent)


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, str) and "\n" in value:
        yield from _text(head, value, indent)
    elif not isinstance(value, dict | list) or not value or _fits(head, value):
        yield f"{head} {_line(value)}\n"
    else:
        yield f"{head}\n"
        yield from block(value, indent + 2)


def _item(value: Any, indent: int) -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield f"{' ' * indent}- {_line(value)}\n"
        return
    first, *rest = block(value, indent + 2)
    yield f"{' ' * indent}- {first[indent + 2 :]}"
    yield from rest


def _fits(head: str, value: Any) -> bool:
    flat = isinstance(value, list) and not any(isinstance(item, dict | list) for item in value)
    return flat and len(head) + 1 + len(_line(value)) <= WIDTH


def _text(head: str, value: str, indent: int) -> Iterator[str]:
    """A text of several lines; one that YAML would not give back as it is, in quotes."""
    lines = value.split("\n")
    bare = any(line != line.rstrip() or not line.isprintable() for line in lines)
    if bare or value.startswith((" ", "\n")) or value.endswith("\n\n"):
        yield f"{head} {_line(value)}\n"
        return
    yield f"{head} {'|' if value.endswith(chr(10)) else '|-'}\n"
    for line in lines if lines[-1] else lines[:-1]:
        yield f"{' ' * (indent + 2)}{line}\n" if line else "\n"


def _line(value: Any) -> str:
    return written(value)


def _key(key: str) -> str:
    """A key as it is, also `on`, which only readers of YAML 1.1 take for something else, and they are not asked."""
    return (
        key
        if key.isascii() and key.replace("_", "").replace("-", "").isalnum() and key[0].isalpha()
        else written(key)
    )
