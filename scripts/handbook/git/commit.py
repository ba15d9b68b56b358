"""A commit as a value: how it is read from a log, and what its message says. Nothing here talks to git."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from handbook.frozen import Entity
from handbook.git.people import Person, co_authors

FORMAT = "%H%x00%P%x00%aN%x00%aE%x00%cs%x00%B"  #: what `git log -z --raw` prints for `parsed` to read

#: how Git hosts write the number of a pull request into a subject
_PULL_REQUESTS = (
    re.compile(r"Merge pull request #([0-9]{1,9})\b"),  # GitHub, merge commit
    re.compile(r"Merged in .+ \(pull request #([0-9]{1,9})\)$"),  # Bitbucket, merge commit
    re.compile(r"\(#([0-9]{1,9})\)$"),  # GitHub, squash
)
_MERGE_REQUEST = re.compile(r"^See merge request \S*!([0-9]{1,9})$", re.MULTILINE)  # GitLab, merge and squash
#: a name as git writes it; those that mean something here in any case, for people type them
_TRAILER = re.compile(r"([A-Z][A-Za-z-]*|(?i:why|effective|release-note)):(?: +(\S.*))?")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_PICKED = re.compile(r"\(cherry picked from commit ([0-9a-f]{40,64})\)")
_FILES = ("100644", "100755")  #: what is a file; a symbolic link or a submodule counts as none


class Touched(Entity):
    """A file that a commit changed: the ids of its content in each parent and after it; None where it is no file."""

    path: str
    before: tuple[str | None, ...]
    after: str | None


class Commit(Entity):
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
    if "#" in subject:
        for pattern in _PULL_REQUESTS:
            if match := pattern.search(subject):
                return int(match[1])
    match = _MERGE_REQUEST.search(body) if "See merge request" in body else None
    return int(match[1]) if match else None


def trailers(body: str) -> tuple[tuple[str, str], ...]:
    """Return the trailers of a message, such as `Why: the audit asked for it`.

    git knows them only in the last paragraph. Here any paragraph that begins with one counts, because a
    squash joins several messages, and a line that begins with no trailer continues the one above, because
    people wrap lines without indenting them. One without a value, as in a form that nobody filled in, is none.
    """
    found: list[tuple[str, str]] = []
    for paragraph in _PARAGRAPH.split(body):
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


def parsed(log: Iterable[bytes], prefix: str) -> Iterator[Commit]:
    """Yield the commits of a log that comes in pieces: six fields each, then for each file a raw entry and its path.

    Messages hold any byte but NUL, so only NUL can part the fields. Paths outside `prefix` are left out.
    """
    fields: list[bytes] = []
    rest = b""
    for piece in log:
        more = (rest + piece).split(b"\0")
        rest = more.pop()
        fields += more
        done = 0
        while (end := _end(fields, done)) < len(
            fields
        ):  # of the last one nobody knows whether all its files are here
            yield _commit(fields, done, end, prefix)
            done = end
        del fields[:done]
    done = 0
    while done + 5 < len(fields):
        end = _end(fields, done)
        yield _commit(fields, done, end, prefix)
        done = end


def _end(fields: list[bytes], start: int) -> int:
    """Return where the commit ends that begins at a field. git puts an empty field before the entries of a merge, and after those of any."""
    position, last = start + 6, len(fields)
    while position < last and (not fields[position] or fields[position].startswith((b":", b"\n:"))):
        position += 2 if fields[position] else 1
    return position


def _commit(fields: list[bytes], start: int, end: int, prefix: str) -> Commit:
    sha, parents, author, email, day, message = _texts(fields[start : start + 6])
    if "\r" in message:
        message = message.replace("\r\n", "\n")
    subject, _, body = message.strip().partition("\n")
    subject, body = subject.strip(), body.strip()
    return Commit.taking({
        "sha": sha,
        "parents": tuple(parents.split()),
        "subject": subject,
        "body": body,
        "author": author,
        "email": email,
        "committed_on": _day(day),
        "co_authors": co_authors(body) if "@" in body else (),
        "files": _files(fields, start + 6, end, prefix) if end > start + 6 else (),
        "pull_request": pull_request(subject, body),
        "trailers": trailers(body) if ":" in body else (),
    })  # fmt: skip


def _texts(fields: list[bytes]) -> list[str]:
    try:
        return b"\0".join(fields).decode().split("\0")  # one call is quicker than six
    except UnicodeDecodeError:
        return [text(field) for field in fields]


def _files(fields: list[bytes], position: int, end: int, prefix: str) -> tuple[Touched, ...]:
    inside = {}
    while position < end:
        if fields[position]:
            name = path(fields[position + 1])
            if name.startswith(prefix):
                inside[name] = _touched(fields[position], name[len(prefix) :])
            position += 1
        position += 1
    return tuple(inside[name] for name in sorted(inside))


def _touched(entry: bytes, name: str) -> Touched:
    """Read a raw entry: a colon for each parent, the modes before and after, the ids before and after, a letter."""
    marks = entry.lstrip(b"\n")
    words = marks.lstrip(b":").decode().split(" ")
    parents = len(words) // 2 - 1
    modes, ids = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    *before, after = [id if mode in _FILES else None for mode, id in zip(modes, ids, strict=True)]
    return Touched.taking({"path": name, "before": tuple(before), "after": after})


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
