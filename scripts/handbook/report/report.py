"""What a renderer gets: the findings of a check, and what it may ask about them. Nothing here prints."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from handbook.finding import Edit, Finding, Severity, Span
from handbook.frozen import EMPTY, Entity
from handbook.report import signs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handbook.rules.registry import Rule

    Lines = Sequence[str]


class Report(Entity):
    """What a check found, in the order in which it is to be shown.

    `files` is how many files were checked, `hidden` how many infos are left out. `root` is where the handbook is, seen
    from the top of its repository: empty, or a folder such as `docs/handbook`. Forges take paths from there. `rules`
    are those that the findings belong to. `source` returns the bytes of a file by its path, or raises OSError.
    """

    findings: tuple[Finding, ...]
    files: int
    hidden: int = 0
    root: str = ""
    rules: Mapping[str, Rule] = EMPTY
    source: Callable[[str], bytes] | None = None

    def entries(self) -> Iterator[tuple[Finding, Lines]]:
        """Yield each finding with the lines of its file; there are none where it cannot be read.

        A file is read when its first finding comes up, and once where its findings follow each other.
        """
        for path, findings in itertools.groupby(self.findings, key=lambda finding: finding.path):
            lines = self._lines(path)
            yield from ((finding, lines) for finding in findings)

    def address(self, path: str) -> str:
        """Return a path as seen from the top of the repository."""
        return f"{self.root}/{path}" if self.root else path

    def counts(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity, the worst first, without those that have none."""
        numbers = {level: sum(f.severity is level for f in self.findings) for level in reversed(Severity)}
        return {severity: number for severity, number in numbers.items() if number}

    def fingerprints(self) -> list[str]:
        """Return a fingerprint for each finding, no two the same, that lives on when lines move.

        Findings that say the same of one file are told apart by which of them comes first.
        """
        seen: dict[str, int] = {}
        made = []
        for print_ in (finding.fingerprint for finding in self.findings):
            number = seen[print_] = seen.get(print_, 0) + 1
            made.append(print_ if number == 1 else f"{print_}-{number}")
        return made

    def _lines(self, path: str) -> Lines:
        if self.source is None:
            return ()
        try:
            return signs.lines(self.source(path))
        except OSError:
            return ()


def joined(edits: Sequence[Edit], lines: Lines) -> Edit | None:
    """Return one edit that does what several do, for formats that know only one.

    None where they overlap, or without the lines.
    """
    first, *others = sorted(edits, key=lambda edit: (edit.span.line, edit.span.column))
    for edit in others:
        between = _between(first.span, edit.span, lines)
        if between is None:
            return None
        span = Span(first.span.line, first.span.column, edit.span.end_line, edit.span.end_column)
        first = Edit(span, first.text + between + edit.text)
    return first


def _between(before: Span, after: Span, lines: Lines) -> str | None:
    """Return the text from the end of one span to the start of another, None where they overlap or a line is not known."""
    if after.line > len(lines) or (before.end_line, before.end_column) > (after.line, after.column):
        return None
    kept = list(lines[before.end_line - 1 : after.line])
    kept[-1] = kept[-1][: after.column - 1]
    kept[0] = kept[0][before.end_column - 1 :]
    return "\n".join(kept)
