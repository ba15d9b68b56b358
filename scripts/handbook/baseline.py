"""The baseline: findings that were there when the checks were adopted, and that do not fail them.

It is a file of JSON lines, one for each file, rule and message with the number of such findings, in order. So two
branches that both take lines out merge without a conflict, and a review shows what was mended. No line number is
in it, so that text above a finding may come and go.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from handbook.finding import Fault, Finding, Severity, Span
from handbook.frozen import Entity, Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BASELINE = ".handbook-baseline.jsonl"  #: its path, from the root of the handbook

_HEAD = {
    "version": 1,
    "about": "Findings from before the checks were adopted; handbook baseline writes this file",
}
_MAX_FAULTS = 100  #: of a hostile or quite different file


class Key(Frozen):
    """What makes two findings the same one to a baseline."""

    path: str
    rule: str
    message: str


class Baseline(Entity):
    """How many findings of a kind are known, and in which line of the file that is said."""

    counts: Mapping[Key, int]
    lines: Mapping[Key, int]


def key(finding: Finding) -> Key:
    """Return what a baseline knows a finding by."""
    return Key(finding.path, finding.rule, finding.message)


def counted(findings: Iterable[Finding]) -> dict[Key, int]:
    """Return findings as a baseline counts them. Infos are left out: they fail no check."""
    counts: dict[Key, int] = {}
    for finding in findings:
        if finding.severity > Severity.INFO:
            counts[key(finding)] = counts.get(key(finding), 0) + 1
    return counts


def read(source: bytes) -> tuple[Baseline, tuple[Fault, ...]]:
    """Return the baseline in `source`, and what is wrong with it. A line that is wrong is left out, the others hold."""
    counts: dict[Key, int] = {}
    lines: dict[Key, int] = {}
    faults: list[Fault] = []
    for number, line in enumerate(source.split(b"\n"), 1):
        entry = _entry(line)
        if isinstance(entry, str):
            if len(faults) < _MAX_FAULTS:
                span = Span(number, 1, number, 2)
                faults.append(
                    Fault("invalid-baseline", span, entry, "`handbook baseline --prune` writes the file anew")
                )
        elif entry is not None:
            known, count = entry
            # Two branches may each have written the same line, with another count: merged, both are there.
            counts[known] = max(count, counts.get(known, 0))
            lines.setdefault(known, number)
    return Baseline(counts=counts, lines=lines), tuple(faults)


def _entry(line: bytes) -> tuple[Key, int] | str | None:
    """Return what a line says; a sentence where it is wrong, None where it is empty or the head."""
    if not line.strip():
        return None
    import json

    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return "this line is not JSON"
    if not isinstance(data, dict):
        return "this line is not an entry of a baseline"
    if "version" in data:
        return None if data["version"] == _HEAD["version"] else "this baseline was written by another version"
    parts: list[Any] = [data.get(name) for name in Key.fields]
    count = data.get("count", 1)
    if (
        not all(isinstance(part, str) for part in parts)
        or not isinstance(count, int)
        or isinstance(count, bool)
        or count < 1
    ):
        return "this line is not an entry of a baseline"
    return Key(*parts), count


def text(counts: Mapping[Key, int]) -> str:
    """Return the file of a baseline. `read` gives the counts again."""
    rows = sorted(counts.items(), key=lambda row: (row[0].path, row[0].rule, row[0].message))
    entries = [_HEAD, *(_plain(known, count) for known, count in rows)]
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _plain(known: Key, count: int) -> dict[str, object]:
    entry: dict[str, object] = {"path": known.path, "rule": known.rule, "message": known.message}
    return entry | {"count": count} if count > 1 else entry


def _line(entry: Mapping[str, object]) -> str:
    import json

    line = json.dumps(entry, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a character, from a file name that is not UTF-8
        return json.dumps(entry)
    return line


class Allowance:
    """What is left of a baseline while findings are held against it, one after the other.

    `gone` are the files that are there no longer. Their entries stand for the same findings in any other file, so
    that a file can be renamed.
    """

    def __init__(self, baseline: Baseline, files: Container[str] | None = None) -> None:
        self.left = dict(baseline.counts)
        self.moved: dict[tuple[str, str], list[Key]] = {}
        for known in baseline.counts:
            if files is not None and known.path not in files:
                self.moved.setdefault((known.rule, known.message), []).append(known)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is in the baseline, and use up its entry."""
        for known in (key(finding), *self.moved.get((finding.rule, finding.message), ())):
            if self.left.get(known, 0) > 0:
                self.left[known] -= 1
                return True
        return False

    def stale(self) -> Iterator[Key]:
        """Yield the entries of which something is left: these findings, or some of them, are mended."""
        return (known for known, count in self.left.items() if count > 0)


def pruned(baseline: Baseline, findings: Iterable[Finding], files: Container[str]) -> dict[Key, int]:
    """Return what a baseline still stands for, under the names that files have now."""
    allowance = Allowance(baseline, files)
    return counted(finding for finding in findings if allowance.covers(finding))


def added(baseline: Baseline, findings: Iterable[Finding], files: Container[str]) -> list[Finding]:
    """Return the findings that a baseline does not know."""
    allowance = Allowance(baseline, files)
    return [f for f in findings if f.severity > Severity.INFO and not allowance.covers(f)]
