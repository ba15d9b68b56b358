"""Commits that take back others, by what their messages say. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from handbook.git.commit import Commit

_QUOTED = re.compile(r'(Revert|Reapply) "(.*)"(?: \(#[0-9]+\))?', re.I)
_LABELLED = re.compile(r"revert(?:\([^)]*\))?!?: *(\S.*)", re.I)  #: as conventional commits write it
_SHA = re.compile(r"\bThis reverts commit ([0-9a-f]{7,64})\b", re.I)
_PULL_REQUEST = re.compile(r"^Reverts \S*[#!]([0-9]{1,9})\b", re.M)
_NUMBER = re.compile(r"(?: \(#[0-9]+\))+$")
_CUT = ("…", "...")
_SHORTEST = 12  #: characters of a subject that was cut and may still stand for another one


@dataclass(frozen=True, slots=True)
class Taken:
    """What a commit takes back: the original `subject`, and whether it is back in force by that.

    `target` is the commit of the range that it takes back; without it that was before the range, where
    the message may give its id as `sha`.
    """

    subject: str
    again: bool
    sha: str = ""
    target: Commit | None = None


def said(commit: Commit) -> Taken | None:
    """Return what a message says it takes back, or None."""
    sha, subject = _SHA.search(commit.body), commit.subject
    labelled = None if _QUOTED.fullmatch(subject) else _LABELLED.fullmatch(subject)
    base, times = unwrapped(labelled[1] if labelled else subject)
    times += labelled is not None
    if not times and not sha and not _PULL_REQUEST.search(commit.body):
        return None
    return Taken(subject=base if times else "", again=times > 0 and times % 2 == 0, sha=sha[1] if sha else "")


def unwrapped(subject: str) -> tuple[str, int]:
    """Return what stands inside all the quotes of a subject, and how often that is reverted: `Reapply` counts twice."""
    times = 0
    while found := _QUOTED.fullmatch(subject.strip()):
        times += 1 if found[1].lower() == "revert" else 2
        subject = found[2]
    return _NUMBER.sub("", subject.strip()), times


def taken_back(commits: Sequence[Commit], released: Collection[str] = ()) -> dict[str, Taken]:
    """Return what commits take back, by their ids. `released` are ids in messages that lie before the range."""
    found: dict[str, Taken] = {}
    for number, commit in enumerate(commits):
        if taken := said(commit):
            target = _target(commit, taken, commits[:number], found, released)
            found[commit.sha] = Taken(taken.subject, taken.again, taken.sha, target)
    return found


def outside(commits: Sequence[Commit]) -> list[str]:
    """Return the ids that messages take back and that are not in the range."""
    inside = [commit.sha for commit in commits]
    named = [taken.sha for commit in commits if (taken := said(commit)) and taken.sha]
    return [sha for sha in dict.fromkeys(named) if not any(one.startswith(sha) for one in inside)]


def _target(commit: Commit, taken: Taken, earlier: Sequence[Commit], known: dict[str, Taken], released: Collection[str]) -> Commit | None:  # fmt: skip
    """The commit of the range that is taken back: by its id, by its pull request, else by its subject."""
    for one in earlier:
        if taken.sha and one.sha.startswith(taken.sha):
            return one
    number = _PULL_REQUEST.search(commit.body)
    for one in reversed(earlier):
        if number and one.pull_request == int(number[1]) and not one.is_plain_merge:
            return one
    if taken.sha in released or not taken.subject:
        return None
    undone = {one.target.sha for one in known.values() if one.target}
    for one in reversed(earlier):
        base, times = unwrapped(one.subject)
        if one.sha not in undone and times % 2 == int(taken.again) and _same(taken.subject, base):
            return one
    return None


def _same(said: str, subject: str) -> bool:
    """Whether a quoted subject, perhaps cut, is that of a commit."""
    if said == subject:
        return True
    for mark in _CUT:
        start = said.removesuffix(mark).rstrip()
        if said.endswith(mark) and len(start) >= _SHORTEST and subject.startswith(start):
            return True
    return False


def origin(sha: str, taken: Mapping[str, Taken]) -> tuple[Commit | Taken | None, bool]:
    """Return what a commit takes back in the end, and whether that is in force by it: a commit of the range, or one before it."""
    one, flips = taken.get(sha), 0
    while one is not None:
        flips += 1
        if one.target is None:
            return one, one.again if flips % 2 else not one.again
        if one.target.sha not in taken:
            return one.target, flips % 2 == 0
        one = taken[one.target.sha]
    return None, True
