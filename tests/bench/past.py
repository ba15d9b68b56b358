"""The histories that are measured: a generated one, and those of public repositories that somebody has cloned."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.bench import commits

_RELEASE = 800  #: commits, at least, of the stretch that counts as a release of a public repository
_ENDINGS = (".yaml", ".yml", ".md")

Goals = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A repository and what is measured in it.

    `records` are the endings of the files that count as records. `release` is a range of so many commits, in which so
    many records or pages changed. `goals` are those of messages, of records, and of a release the first time and again.
    """

    name: str
    folder: Path
    commits: int
    records: tuple[str, ...]
    release: str
    released: int
    touched: str
    goals: Goals


def generated(folder: Path, count: int, goals: Goals) -> Past:
    """Write a handbook of a thousand records with a long history."""
    commits.write(folder, count)
    return Past(
        name="generated",
        folder=folder,
        commits=count,
        records=(".yaml",),
        release="v2026..v2027",
        released=commits.RELEASE,
        touched=f"{commits.TOUCHED} records",
        goals=goals,
    )


def public(folder: Path, clone: str, name: str, docs: str, goals: Goals) -> Past:
    """Take a clone of a public repository as it is: what is written for the measurement goes to a folder beside it.

    Its handbook are the Markdown pages in `docs`: no public repository has records of our kinds.
    """
    subprocess.run(["git", "clone", "--quiet", "--shared", "--no-checkout", clone, folder], check=True)
    (folder / "handbook.toml").write_text(f'[paths]\ndocs = "{docs}"\nprocesses = "no-such-folder"\n')
    start = _before_release(folder)
    listed = _git(folder, "diff", "--name-only", "--no-renames", start, "HEAD", "--", docs)
    pages = sum(path.endswith(".md") for path in listed.splitlines())
    return Past(
        name=f"{name} at {_git(folder, 'rev-parse', 'HEAD')[:10]}",
        folder=folder,
        commits=_count(folder, "HEAD"),
        records=_ENDINGS,
        release=f"{start}..HEAD",
        released=_count(folder, f"{start}..HEAD"),
        touched=f"{pages} pages",
        goals=goals,
    )


def _before_release(folder: Path) -> str:
    """Return the last commit of the main line after which there are enough others."""
    line = _git(folder, "rev-list", "--first-parent", "HEAD").split()
    least, most = 0, len(line) - 1
    while least < most:
        middle = (least + most) // 2
        if _count(folder, f"{line[middle]}..HEAD") < _RELEASE:
            least = middle + 1
        else:
            most = middle
    return line[least]


def _count(folder: Path, what: str) -> int:
    return int(_git(folder, "rev-list", "--count", what))


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()
