"""A commit as a value: how it is read from a log, and what its message says. Nothing here talks to git."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date

from handbook.frozen import Entity
from handbook.git.people import Person, co_authors

#: how Git hosts write the number of a pull request into the subject of a merge commit
_MERGES = (
    re.compile(r"Merge pull request #([0-9]{1,9})\b"),  # GitHub
    re.compile(r"Merged in .+ \(pull request #([0-9]{1,9})\)$"),  # Bitbucket
)
_MERGE_REQUEST = re.compile(r"^See merge request \S*!([0-9]{1,9})$", re.MULTILINE)  # GitLab, merge and squash
#: a name as git writes it; those that mean something here in any case, for people type them
_TRAILER = re.compile(r"([A-Z][A-Za-z-]*|(?i:why|effective|release-note)):(?: +(\S.*))?")
_LIKE_TRAILER = re.compile(r"\s*(?:[A-Z][A-Za-z-]*|(?i:why|effective|release-note)):")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_PICKED = re.compile(r"\(cherry picked from commit ([0-9a-f]{40,64})\)")
_ENTRY = re.compile(r"\n?:+[0-7]{6} [0-7 ]+ [0-9a-f ]+ [A-Z]+")  #: before the path of a file
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
        for pattern in _MERGES if "Merge" in subject else ():
            if match := pattern.search(subject):
                return int(match[1])
        _, begun, rest = subject.rpartition("(#")  # GitHub, squash: a subject that ends in (#12)
        number = rest[:-1]
        if begun and rest[-1:] == ")" and number.isdecimal() and number.isascii() and len(number) < 10:
            return int(number)
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
        if not _LIKE_TRAILER.match(paragraph):  # most are prose
            continue
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
    fields: list[str] = []
    rest = b""
    for piece in log:
        whole, nul, rest = (rest + piece).rpartition(b"\0")
        if nul:
            fields += _texts(whole, fields[-1] if fields else "")
            done = 0
            # of the last one nobody knows whether all its files are here
            while (end := _end(fields, done)) < len(fields):
                yield _commit(fields[done:end], prefix)
                done = end
            del fields[:done]
    done = 0
    while done + 5 < len(fields):
        end = _end(fields, done)
        yield _commit(fields[done:end], prefix)
        done = end


def _texts(fields: bytes, before: str) -> list[str]:
    """Return fields as text; `before` is the one that came before."""
    try:
        return fields.decode().split("\0")  # one call is quicker than one for each
    except UnicodeDecodeError:
        found = [before]
        for field in fields.split(b"\0"):
            found.append(path(field) if _ENTRY.fullmatch(found[-1]) else text(field))
        return found[1:]


def _end(fields: list[str], start: int) -> int:
    """Return where the commit ends that begins at a field. git puts an empty field before the entries of a merge, and after those of any."""
    position, last = start + 6, len(fields)
    while position < last and (not (field := fields[position]) or field[0] in ":\n"):
        position += 2 if field else 1
    return position


def _commit(fields: list[str], prefix: str) -> Commit:
    sha, parents, author, email, day, message, *files = fields
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
        "files": _files(files, prefix) if files else (),
        "pull_request": pull_request(subject, body),
        "trailers": trailers(body) if ":" in body else (),
    })  # fmt: skip


def _files(fields: list[str], prefix: str) -> tuple[Touched, ...]:
    inside = {}
    following = iter(fields)
    for entry in following:
        if entry:
            name = next(following)
            if name.startswith(prefix):
                inside[name] = _touched(entry, name[len(prefix) :])
    return tuple([inside[name] for name in sorted(inside)] if len(inside) > 1 else inside.values())


def _touched(entry: str, name: str) -> Touched:
    """Read a raw entry: a colon for each parent, the modes before and after, the ids before and after, a letter."""
    words = entry.lstrip("\n:").split(" ")
    if len(words) == 5:  # one parent, as mostly
        was, mode, old, new, _ = words
        before: tuple[str | None, ...] = (old if was in _FILES else None,)
        after = new if mode in _FILES else None
    else:
        parents = len(words) // 2 - 1
        modes, ids = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
        *several, after = [id if mode in _FILES else None for mode, id in zip(modes, ids, strict=True)]
        before = tuple(several)
    return Touched.taking({"path": name, "before": before, "after": after})


@functools.cache  # many commits have the same
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
