"""Mending what a check finds: edits in the text of files, each tried out before it counts. Pure; nothing is written here.

A fix is refused where the file could not be read any more, or would say something else than it did. What is
refused, and what overlaps with another fix, is left as it is; whatever the next check finds comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from handbook.finding import Edit, Finding, Fix
from handbook.frozen import Frozen
from handbook.rules.registry import rules
from handbook.sources import PAGE_ENDINGS, RECORD_ENDINGS, Sources
from handbook.text import markdown, yaml
from handbook.text.edit import applied
from handbook.text.yaml import Document

ROUNDS = 10  #: a fix can bring another finding to light, but not for ever

Refusal = tuple[Finding, str]  #: a finding, and why its fix was not made
Check = Callable[[Mapping[str, bytes]], Iterable[Finding]]  #: what is wrong if these files had been changed


class Mended(Frozen):
    """What became of the fixes: new bytes by path, the findings that were mended, and those that could not be."""

    files: dict[str, bytes]
    done: tuple[Finding, ...]
    refused: tuple[Refusal, ...]


def mend(sources: Sources, check: Check, *, unsafe: bool = False) -> Mended:
    """Make the fixes of a check, and of the checks after that, until nothing is left to mend.

    `check` is given the files that have changed so far. With `unsafe` suggestions are followed too.
    """
    files: dict[str, bytes] = {}
    done: list[Finding] = []
    refused: dict[str, list[Refusal]] = {}
    for _ in range(ROUNDS):
        refused.clear()
        before = dict(files)
        for path, findings in _by_path(check(files), unsafe).items():
            source = files[path] if path in files else sources[path]
            after, mended, refused[path] = fixed(path, source, findings)
            if after != source:
                files[path] = after
                done += mended
        if files == before:
            break
    return Mended(files, tuple(done), tuple(each for refusals in refused.values() for each in refusals))


def _by_path(findings: Iterable[Finding], unsafe: bool) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fix is not None and (finding.fix.safe or unsafe):
            found.setdefault(finding.path, []).append(finding)
    return found


def fixed(
    path: str, source: bytes, findings: Iterable[Finding]
) -> tuple[bytes, list[Finding], list[Refusal]]:
    """Return a file with the fixes of its findings, those that were made, and those that were refused with the reason.

    Where two overlap, the first one is made, and the other has to wait for the next check.
    """
    made: list[Finding] = []
    refused: list[Refusal] = []
    current = source
    for finding in sorted(findings, key=_begins):
        if any(_overlap(_fix(finding), _fix(other)) for other in made):
            continue
        try:
            after = applied(source, [edit for each in (*made, finding) for edit in _fix(each).edits])
        except ValueError:
            refused.append((finding, "it does not fit the file"))
            continue
        if reason := _objection(path, current, after, finding):
            refused.append((finding, reason))
        elif after != current:
            made.append(finding)
            current = after
    return current, made, refused


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None
    return finding.fix


def _begins(finding: Finding) -> tuple[int, int]:
    return min(((edit.span.line, edit.span.column) for edit in _fix(finding).edits), default=(0, 0))


def _overlap(one: Fix, other: Fix) -> bool:
    """Whether two fixes touch the same characters, or insert something at the same place."""
    return any(_touch(a, b) for a in one.edits for b in other.edits)


def _touch(one: Edit, other: Edit) -> bool:
    (start, end), (begin, stop) = _ends(one), _ends(other)
    return start == begin or (start < stop and begin < end)


def _ends(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    span = edit.span
    return (span.line, span.column), (span.end_line, span.end_column)


def _objection(path: str, before: bytes, after: bytes, finding: Finding) -> str:
    """Why a file may not become another; nothing where it may."""
    if not path.endswith((*RECORD_ENDINGS, *PAGE_ENDINGS)):
        return ""
    old, new = _read(path, before), _read(path, after)
    if new.broken and not _comes_later(old, new):
        return "the file could not be read any more"
    tidies = rules()[finding.rule].group == "reading" if finding.rule in rules() else False
    if tidies and _fix(finding).safe and not old.broken and old.data != new.data:
        return "the record would say something else"
    return ""


def _read(path: str, source: bytes) -> Document:
    return markdown.read(path, source) if path.endswith(PAGE_ENDINGS) else yaml.read(path, source)


def _comes_later(old: Document, new: Document) -> bool:
    """Whether a file that cannot be read can be read further than before, or has less that is wrong with it."""
    was = [fault for fault in old.faults if not fault.harmless]
    now = [fault for fault in new.faults if not fault.harmless]
    if len(was) != 1 or len(now) != 1:
        return len(now) < len(was)
    return (was[0].span.line, was[0].span.column) < (now[0].span.line, now[0].span.column)
