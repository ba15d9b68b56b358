"""Tags: which one names a release, and from which one the notes of a revision begin. Asks git through `plumbing`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from handbook.git import commit
from handbook.git.plumbing import begin, checked, run

_VERSION = re.compile(r"(?:.*[-/@_])?v?([0-9]+(?:\.[0-9]+)*)(.*)", re.I)
#: what follows the number of a version that is not final: -rc.1, b2, .dev3, -SNAPSHOT
_PRE = re.compile(r"(?:[-._]?(?:alpha|beta|a|b|c|rc|pre|preview|dev|next|canary|snapshot|nightly)[-._]?[0-9]*)(?:[-._+].*)?", re.I)  # fmt: skip


def is_version(tag: str) -> bool:
    """Whether a tag names a version: v1, 2026.10.0, handbook-v2.0.0-rc.1. With words behind it, it has to have a dot."""
    found = _VERSION.fullmatch(tag)
    if not found:
        return False
    number, rest = found[1], found[2]
    return not rest or rest[0] == "+" or is_pre_release(tag) or ("." in number and rest[0] in "-.")


def is_pre_release(tag: str) -> bool:
    """Whether a tag names a version that comes before the final one."""
    found = _VERSION.fullmatch(tag)
    return bool(found and _PRE.fullmatch(found[2]))


def best(tags: Iterable[str]) -> list[str]:
    """Return the tags of one commit, the one that names its release first: versions, final ones, then by name."""
    return sorted(tags, key=lambda tag: (not is_version(tag), is_pre_release(tag), tag))


def listed(top: str) -> dict[str, str]:
    """Return the tags, each with the commit that it leads to, also through other tags."""
    done = run(top, "show-ref", "--tags", "--dereference")
    found: dict[str, str] = {}
    for line in commit.text(done.stdout if done.returncode == 0 else b"").splitlines():
        id, _, name = line.partition(" ")
        found[name.removeprefix("refs/tags/").removesuffix("^{}")] = id  # a dereferenced one comes second
    return found


def last(top: str, sha: str, wanted: Callable[[str], bool] | None = None) -> str | None:
    """Return the tag from which the notes of a commit begin: the nearest one before it, by reachability; None without one.

    Tags of the commit itself do not count. A final release begins at the last final one, and so takes up
    what its pre-releases told. Where tags name versions, other tags do not count. With `wanted` only such tags count.
    """
    found = listed(top)
    if wanted is not None:
        return _nearest(top, sha, found, {tag: id for tag, id in found.items() if id != sha and wanted(tag)})
    here = [tag for tag, id in found.items() if id == sha]
    counted = {tag: id for tag, id in found.items() if id != sha}
    versions = [tag for tag in here if is_version(tag)]
    if versions and not all(map(is_pre_release, versions)):
        counted = {tag: id for tag, id in counted.items() if not is_pre_release(tag)}
    return _nearest(top, sha, found, {tag: id for tag, id in counted.items() if is_version(tag)}) or _nearest(
        top, sha, found, counted
    )


def _nearest(top: str, sha: str, every: Iterable[str], counted: dict[str, str]) -> str | None:
    if not counted:
        return None
    excluded = [f"--exclude={tag}" for tag in every if tag not in counted]
    found = run(top, "describe", "--tags", "--abbrev=0", *excluded, sha)
    if found.returncode:
        return None
    at = counted[commit.text(found.stdout).strip()]
    return best(tag for tag, id in counted.items() if id == at)[0]


def expect(top: str, sha: str) -> None:
    """Have git look for what `released` will be asked, where that takes a look at the history."""
    if not _settled(listed(top), sha):
        begin(top, *_holding(sha))


def released(top: str, sha: str) -> bool:
    """Whether a tag names a commit, a version has it, or there is no version at all."""
    return _settled(listed(top), sha) or holds(top, sha)


def _settled(tags: Mapping[str, str], sha: str) -> bool:
    return sha in tags.values() or not any(map(is_version, tags))


def holds(top: str, sha: str) -> bool:
    """Whether a tag that names a version has a commit in its history."""
    return any(map(is_version, commit.text(checked(run(top, *_holding(sha)))).split()))


def _holding(sha: str) -> tuple[str, ...]:
    # `for-each-ref` looks through the history for each tag anew: with 12,000 tags it took 18 times as long.
    return ("tag", "--no-column", f"--contains={sha}", "--format=%(refname:strip=2)")
