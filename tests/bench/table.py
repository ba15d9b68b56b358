"""The figures of a run as a table for a terminal, as JSON, and as Markdown in a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figure import Part, Result

_HEAD = ("what", "measured", "goal", "ours", "beside")
_BEGIN = "<!-- figures: written by `make bench`, do not edit -->"
_END = "<!-- end of figures -->"


def text(results: Sequence[Result], parts: Sequence[Part]) -> str:
    """Return the figures, and below them what each of the other tools took, in columns."""
    tables = [_columns([_HEAD, *(each.cells for each in results)])]
    if parts:
        tables.append(_columns([("tool", "took", "memory", "covers"), *(part.cells for part in parts)]))
    return "\n\n".join(tables)


def encoded(results: Sequence[Result], parts: Sequence[Part]) -> str:
    """Return the figures as JSON."""
    rows = {"figures": [each.json() for each in results], "tools": [part.json() for part in parts]}
    return json.dumps(rows, indent=2) + "\n"


def write(page: Path, results: Sequence[Result], parts: Sequence[Part], ours: str = "The check") -> None:
    """Put the figures between the markers of a page; `ours` is what is measured."""
    before, begin, rest = page.read_text().partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise SystemExit(f"{page} has no place for the figures: {_BEGIN} … {_END}")
    page.write_text(f"{before}{_BEGIN}\n\n{markdown(results, parts, ours)}\n\n{_END}{after}")


def markdown(results: Sequence[Result], parts: Sequence[Part], ours: str = "The check") -> str:
    """Return the figures as two Markdown tables."""
    figures = _rows(("What", "Measured", "Goal", ours, "Beside it"), [each.cells for each in results])
    tools = _rows(("Tool", "Took", "Memory", "Covers"), [part.cells for part in parts])
    return f"{figures}\n\n{tools}" if parts else figures


def _rows(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    head, *rest = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
    return "\n".join([head, "  ".join("-" * width for width in widths), *rest])
