"""A handbook with a long history, the same each time: `python tests/bench/commits.py FOLDER COMMITS`.

It begins with a thousand generated records. Each commit changes one of them as people do: how long a step takes, who
does it, a sentence, another step, a new record, one that goes or gets another name. Some change only what is beside the
handbook. The last ones are a release: they touch two hundred records.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from tests.bench import generate

RECORDS = 1000
RELEASE = 800  #: commits between the last two tags
TOUCHED = 200  #: records that these change
_BEGUN = 1_600_000_000  #: seconds, the time of the first commit; each is an hour later
_PEOPLE = tuple(f"Colleague {number} <colleague{number}@example.com>" for number in range(60))
_DURATION = re.compile(r"\bduration: (\d+)d", re.M)
_EFFORT = re.compile(r"\beffort: (\d+)h")
_SENTENCE = re.compile(r"^summary: (.*)$", re.M)
_CHECKLIST = re.compile(r"^    checklist:\n", re.M)

Edit = Callable[[random.Random, str], str]


def _longer(chance: random.Random, text: str) -> str:
    return _one(chance, _DURATION, text, lambda found: f"duration: {int(found[1]) % 9 + 1}d")


def _harder(chance: random.Random, text: str) -> str:
    return _one(chance, _EFFORT, text, lambda found: f"effort: {int(found[1]) % 7 + 1}h")


def _worded(chance: random.Random, text: str) -> str:
    return _one(chance, _SENTENCE, text, lambda found: f"summary: {found[1].rstrip('.')}, again.")


def _checked(chance: random.Random, text: str) -> str:
    item = f"      - Point {chance.randrange(10_000)} is settled\n"
    return _one(chance, _CHECKLIST, text, lambda found: f"{found[0]}{item}")


def _one(
    chance: random.Random, pattern: re.Pattern[str], text: str, put: Callable[[re.Match[str]], str]
) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text + f"# looked at {chance.randrange(10_000)}\n"
    match = chance.choice(found)
    return text[: match.start()] + put(match) + text[match.end() :]


_EDITS: tuple[Edit, ...] = (_longer, _longer, _harder, _worded, _worded, _checked)


class _History:
    """The stream of `git fast-import`, and the files as they are at its end."""

    def __init__(self, commits: int) -> None:
        self.commits = commits
        self.chance = random.Random(f"commits-{commits}")
        self.files = dict(generate.handbook(RECORDS))
        self.paths = sorted(
            path for path in self.files if path.startswith("processes/") and "/catalog/" not in path
        )
        self.released = sorted(
            self.chance.sample([path for path in self.paths if path.count("/") == 2], TOUCHED)
        )

    def stream(self) -> Iterator[bytes]:
        """Yield the whole history."""
        yield from self._commit(0, "Begin", [(path, text) for path, text in self.files.items()])
        for number in range(1, self.commits):
            yield from self._commit(number, self._message(number), self._change(number))
            if number in (self.commits - RELEASE - 1, self.commits - 1):
                yield f"reset refs/tags/v{2026 + (number == self.commits - 1)}\nfrom :{number + 1}\n\n".encode()

    def _commit(self, number: int, message: str, files: list[tuple[str, str | None]]) -> Iterator[bytes]:
        who = f"{_PEOPLE[number % len(_PEOPLE)]} {_BEGUN + 3600 * number} +0000"
        said = message.encode()
        yield f"commit refs/heads/main\nmark :{number + 1}\nauthor {who}\ncommitter {who}\ndata {len(said)}\n".encode()
        yield said + b"\n"
        for path, text in files:
            data = None if text is None else text.encode()
            yield (
                f"D {path}\n".encode()
                if data is None
                else f"M 100644 inline {path}\ndata {len(data)}\n".encode()
            )
            yield b"" if data is None else data + b"\n"
        yield b"\n"

    def _change(self, number: int) -> list[tuple[str, str | None]]:
        if number % 20 == 0:
            return [("tool/notes.txt", f"{number}\n")]
        in_release = number >= self.commits - RELEASE
        if number % 97 == 0 and not in_release:
            return self._new(number)
        path = self.chance.choice(self.released if in_release else self.paths)
        self.files[path] = self.chance.choice(_EDITS)(self.chance, self.files[path])
        return [(path, self.files[path])]

    def _new(self, number: int) -> list[tuple[str, str | None]]:
        """A record that comes; every other time it is one that gets another name."""
        old = self.chance.choice(
            [path for path in self.paths if path not in self.released and path.count("/") == 2]
        )
        new = f"{old.removesuffix('.yaml')[:80]}-{number}.yaml"
        self.files[new] = self.files[old]
        self.paths.append(new)
        if number % 2:
            return [(new, self.files[new])]
        self.paths.remove(old)
        del self.files[old]
        return [(old, None), (new, self.files[new])]

    def _message(self, number: int) -> str:
        if number % 20 == 0:
            return f"fix(check): read file {number} once (#{number})"
        subject = f"Update what is done when {number} is open (#{number})"
        if number % 3:
            return subject
        body = f"The audit of week {number % 52} asked for it, and nobody\nhad written it down.\n\nWhy: reason {number}"
        helper = _PEOPLE[(number + 7) % len(_PEOPLE)]
        return f"{subject}\n\n{body}" + (f"\nCo-authored-by: {helper}" if number % 9 == 0 else "")


def write(folder: Path, commits: int) -> None:
    """Make a repository of so many commits in a folder that is not there yet, packed as a clone is."""
    folder.mkdir(parents=True)
    names = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | names

    def git(*arguments: str, given: bytes | None = None) -> None:
        subprocess.run(["git", *arguments], cwd=folder, env=clean, input=given, check=True)

    git("init", "--quiet", "--initial-branch=main")
    git("fast-import", "--quiet", given=b"".join(_History(commits).stream()))
    git("repack", "-a", "-d", "--quiet", "--depth=50", "--window=10")
    git("reset", "--hard", "--quiet")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
