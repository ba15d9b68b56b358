"""A commit as a value: how it is read from a log, and what its message says. Nothing here talks to git."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from handbook.git.people import Person, co_authors

FORMAT = "%H%x00%P%x00%aN%x00%aE%x00%cs%x00%B"  #: what `git log -z --raw` prints for `parsed` to read

#: how Git hosts write the number of a pull request into a subject
_PULL_REQUESTS = (
    re.compile(r"Merge pull request #([0-9]{1,9})\b"),  # GitHub, merge commit
    re.compile(r"Merged in .+ \(pull request #([0-9]{1,9})\)$"),  # Bitbucket, merge commit
    re.compile(r"\(#([0-9]{1,9})\)$"),  # GitHub, squash
)
_MERGE_REQUEST = re.compile(r"^See merge request \S*!([0-9]{1,9})$", re.MULTILINE)  # GitLab, merge and squash
_TRAILER = re.compile(r"([A-Z][A-Za-z-]*):(?: +(\S.*))?")
_PICKED = re.compile(r"\(cherry picked from commit ([0-9a-f]{40,64})\)")
_FILES = (b"100644", b"100755")  #: what is a file; a symbolic link or a submodule counts as none


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A file that a commit changed: the ids of its content in each parent and after it; None where it is no file."""

    path: str
    before: tuple[str | None, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit. `files` are what it changed, relative to the handbook; `committed_on` is local to its committer.

    `pull_request` is what the message itself names. `trailers` are pairs such as ("Why", "the audit asked for it").
    """

    sha: str
    parents: tuple[str, ...]
    subject: str
    body: str
    author: str
    email: str
    committed_on: date
    co_authors: tuple[Person, ...] = ()
    files: tuple[Touched, ...] = ()
    pull_request: int | None = None
    trailers: tuple[tuple[str, str], ...] = ()

    @property
    def short(self) -> str:
        """The first seven digits, as people quote a commit."""
        return self.sha[:7]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it changed."""
        return tuple(file.path for file in self.files)

    @property
    def picked_from(self) -> tuple[str, ...]:
        """The commits of which its message says that it is a copy of them (`git cherry-pick -x`)."""
        return tuple(_PICKED.findall(self.body))

    @property
    def people(self) -> tuple[Person, ...]:
        """Who made it: its author, then those whom its message names."""
        return (Person(self.author, self.email), *self.co_authors)

    @property
    def is_plain_merge(self) -> bool:
        """Whether it only brings what others did: a merge that changed no file by itself."""
        return len(self.parents) > 1 and not self.files

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
    people wrap lines without indenting them. One without a value, as in a form that nobody filled in, is none.
    """
    found: list[tuple[str, str]] = []
    for paragraph in re.split(r"\n[ \t]*\n", body):
        lines = paragraph.strip().splitlines()
        if not lines or not _TRAILER.fullmatch(lines[0].strip()):
            continue
        for line in map(str.strip, lines):
            if match := _TRAILER.fullmatch(line):
                found.append((match[1], match[2] or ""))
            else:
                key, value = found[-1]
                found[-1] = (key, f"{value} {line}".strip())
    return tuple((key, value) for key, value in found if value)


def parsed(log: bytes, prefix: str) -> Iterator[Commit]:
    """Yield the commits of a log: six fields each, then for each file a raw entry and its path.

    Messages hold any byte but NUL, so only NUL can part the fields. Paths outside `prefix` are left out.
    """
    fields = log.split(b"\0")
    position = 0
    while position + 5 < len(fields):
        start, position = position, position + 6
        files = []
        # git puts an empty field before the entries of a merge, and after those of any commit
        while position < len(fields) and (
            not fields[position] or fields[position].startswith((b":", b"\n:"))
        ):
            if fields[position]:
                files.append(_touched(fields[position], path(fields[position + 1])))
            position += 2 if fields[position] else 1
        inside = {
            file.path: replace(file, path=file.path.removeprefix(prefix))
            for file in files
            if file.path.startswith(prefix)
        }
        found = tuple(inside[name] for name in sorted(inside))
        yield _commit([text(field) for field in fields[start : start + 6]], found)


def _touched(entry: bytes, name: str) -> Touched:
    """Read a raw entry: a colon for each parent, the modes before and after, the ids before and after, a letter."""
    marks = entry.lstrip(b"\n")
    words = marks.lstrip(b":").split(b" ")
    parents = len(marks) - len(marks.lstrip(b":"))
    modes, ids = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    *before, after = (id.decode() if mode in _FILES else None for mode, id in zip(modes, ids, strict=True))
    return Touched(path=name, before=tuple(before), after=after)


def _commit(fields: list[str], files: tuple[Touched, ...]) -> Commit:
    sha, parents, author, email, day, message = fields
    plain = message.replace("\r\n", "\n").strip()
    subject, _, body = (part.strip() for part in plain.partition("\n"))
    return Commit(
        sha=sha,
        parents=tuple(parents.split()),
        subject=subject,
        body=body,
        author=author,
        email=email,
        committed_on=_day(day),
        co_authors=co_authors(body),
        files=files,
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
