"""Conventional commits, read leniently: `Feat(A/B, C)!: text`, `fix:x`, entries of a squash, breaking changes. Pure.

Source: https://www.conventionalcommits.org/en/v1.0.0/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handbook.changes.reverts import unwrapped
from handbook.git.commit import Commit

#: type -> what it is called in notes; without a name it is told only where it breaks something
TYPES = {
    "feat": "New", "feature": "New", "perf": "Faster", "fix": "Mended", "bugfix": "Mended", "hotfix": "Mended", "revert": "",
    "refactor": "", "build": "", "chore": "", "ci": "", "deps": "", "docs": "", "style": "", "test": "",
}  # fmt: skip
_SUBJECT = re.compile(r"([A-Za-z]+) ?(?:\(([^()\n]*)\))? ?(!?): *(\S.*)")
_ENTRY = re.compile(r"^[*-] +(.*\S)")
_BREAKING = re.compile(r"^BREAKING[ -]CHANGES?: *(.*)")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a commit says it did. `breaking` is what it breaks, in words where the message has them."""

    word: str
    scope: str
    text: str
    breaks: bool = False
    breaking: str = ""


def read(commit: Commit) -> Iterator[Said]:
    """Yield what a commit says it did: by its subject, and by the entries of a squash in its body."""
    found: list[Said | None] = [subject(commit.subject)]
    lines = iter(commit.body.splitlines())
    for line in lines:
        if breaks := _BREAKING.match(line):
            text = " ".join([breaks[1], *_rest(lines)]).strip()
            last = found[-1]
            found[-1] = replace(last, breaks=True, breaking=text) if last else None
        elif entry := _ENTRY.match(line):
            found.append(subject(entry[1]))
    seen = set()
    for said in found:
        if said and (said.word or said.breaks) and said.text not in seen:
            seen.add(said.text)
            yield said


def subject(line: str) -> Said | None:
    """Return what a subject says, or None where it is not a conventional one."""
    found = _SUBJECT.fullmatch(line.strip())
    if not found or found[1].lower() not in TYPES:
        return None
    text, _ = unwrapped(found[4])
    return Said(TYPES[found[1].lower()], " ".join((found[2] or "").split()), text, bool(found[3]))


def _rest(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines that continue the one before."""
    for line in lines:
        if not line.strip():
            return
        yield line.strip()
