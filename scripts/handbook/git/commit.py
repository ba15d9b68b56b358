"""A commit as a value: how it is read from a log, and what its message says. Nothing here talks to git."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FORMAT = "%H%x00%P%x00%aN%x00%aE%x00%cs%x00%B"  #: what `git log -z --raw` prints for `parsed` to read

#: how Git hosts write the number of a pull request into a subject
_PULL_REQUESTS = (
    re.compile(r"Merge pull request #([0-9]{1,9})\b"),  # GitHub, merge commit
    re.compile(r"Merged in .+ \(pull request #([0-9]{1,9})\)$"),  # Bitbucket, merge commit
    re.compile(r"\(#([0-9]{1,9})\)$"),  # GitHub, squash
)
_MERGE_REQUEST = re.compile(r"^See merge request \S*!([0-9]{1,9})$", re.MULTILINE)  # GitLab, merge and squash
_TRAILER = re.compile(r"([A-Z][A-Za-z-]*): +(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit. `paths` are the files that it changed, relative to the handbook; `committed_on` is local to its committer.

    `pull_request` is what the message itself names. `trailers` are pairs such as ("Why", "the audit asked for it").
    """

    sha: str
    parents: tuple[str, ...]
    subject: str
    body: str
    author: str
    email: str
    committed_on: date
    paths: tuple[str, ...] = ()
    pull_request: int | None = None
    trailers: tuple[tuple[str, str], ...] = ()

    @property
    def short(self) -> str:
        """The first seven digits, as people quote a commit."""
        return self.sha[:7]

    def trailer(self, name: str) -> tuple[str, ...]:
        """Return the values of a trailer; case does not matter."""
        return tuple(value for key, value in self.trailers if key.lower() == name.lower())


def pull_request(subject: str, body: str) -> int | None:
    """Return the number of the pull request that a message names, or None."""
    for pattern in _PULL_REQUESTS:
        if match := pattern.search(subject):
            return int(match[1])
    match = _MERGE_REQUEST.search(body)
    return int(match[1]) if match else None


def trailers(body: str) -> tuple[tuple[str, str], ...]:
    """Return the trailers of a message, such as `Why: the audit asked for it`.

    git knows them only in the last paragraph. Here any paragraph that begins with one counts, because a
    squash joins several messages, and a line that begins with no trailer continues the one above, because
    people wrap lines without indenting them.
    """
    found: list[tuple[str, str]] = []
    for paragraph in re.split(r"\n[ \t]*\n", body):
        lines = paragraph.strip().splitlines()
        if not lines or not _TRAILER.fullmatch(lines[0].strip()):
            continue
        for line in map(str.strip, lines):
            if match := _TRAILER.fullmatch(line):
                found.append((match[1], match[2]))
            else:
                key, value = found[-1]
                found[-1] = (key, f"{value} {line}")
    return tuple(found)


def parsed(log: bytes, prefix: str) -> Iterator[Commit]:
    """Yield the commits of a log: six fields each, then for each file a raw entry and its path.

    Messages hold any byte but NUL, so only NUL can part the fields. Paths outside `prefix` are left out.
    """
    fields = log.split(b"\0")
    position = 0
    while position + 5 < len(fields):
        start, position = position, position + 6
        paths = []
        while position < len(fields) and fields[position].startswith((b":", b"\n:")):
            paths.append(path(fields[position + 1]))
            position += 2
        while position < len(fields) and not fields[position]:
            position += 1
        inside = {name.removeprefix(prefix) for name in paths if name.startswith(prefix)}
        yield _commit([text(field) for field in fields[start : start + 6]], tuple(sorted(inside)))


def _commit(fields: list[str], paths: tuple[str, ...]) -> Commit:
    sha, parents, author, email, day, message = fields
    subject, _, body = (part.strip() for part in message.strip().partition("\n"))
    return Commit(
        sha=sha,
        parents=tuple(parents.split()),
        subject=subject,
        body=body,
        author=author,
        email=email,
        committed_on=_day(day),
        paths=paths,
        pull_request=pull_request(subject, body),
        trailers=trailers(body),
    )


def _day(text: str) -> date:
    """The day of a commit; one whose clock was broken beyond the calendar counts as the first day of all."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date(1970, 1, 1)


def text(source: bytes) -> str:
    """Return what git printed. Old commits may not name their encoding; Latin-1 is the likeliest, and never fails."""
    try:
        return source.decode()
    except UnicodeDecodeError:
        return source.decode("latin-1")


def path(source: bytes) -> str:
    """Return a path as Python's file functions spell it, whatever bytes it has."""
    return source.decode("utf-8", "surrogateescape")
