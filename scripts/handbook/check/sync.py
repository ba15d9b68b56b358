"""Bringing the index in step with a handbook: read what changed, and tell what that concerns."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping

from handbook.check.index import Index
from handbook.model.kinds import KINDS
from handbook.settings import Settings
from handbook.sources import Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Tell = Callable[[int, int], None]  #: is told how many files of how many are read
Version = int | None  #: of a file; None where the file is not there


_SHA1 = 40  #: digits of an id; a repository with longer ones uses SHA-256


def content_id(source: bytes, digits: int = _SHA1) -> str:
    """Return the id of a content, the one that git gives it, in a repository whose ids have so many digits."""
    found: str = _sha(digits)(b"blob %d\0%s" % (len(source), source), usedforsecurity=False).hexdigest()
    return found


def _sha(digits: int) -> Callable[..., Any]:
    """Return the quickest way to hash. `hashlib` takes longer to import than a file to hash; whoever has many imports it first."""
    if digits == _SHA1 and "hashlib" not in sys.modules:
        try:
            from _sha1 import sha1 as quick  # type: ignore[import-not-found]
        except ImportError:
            pass  # another Python than the usual one
        else:
            return quick  # type: ignore[no-any-return]
    import hashlib

    return hashlib.sha1 if digits == _SHA1 else hashlib.sha256


def content(path: str, sources: Sources) -> str:
    """Return the id of a file's content; of one that cannot be read, the reason."""
    try:
        return content_id(sources[path])
    except OSError as error:
        return f"unreadable: {error.strerror or error}"


def terms_path(settings: Settings) -> str:
    """Return where the terms of a handbook are."""
    return f"{settings.processes}/{KINDS['term'].folder}"


class Change:
    """What became of files: their versions before and after."""

    def __init__(self) -> None:
        self.before: dict[str, Version] = {}
        self.after: dict[str, Version] = {}

    def __bool__(self) -> bool:
        return bool(self.after)


def turn(index: Index, versions: Mapping[str, Version]) -> Change:
    """Make versions live, and return what is different now."""
    change = Change()
    for path, version in versions.items():
        before = index.shown(path)
        if before != version:
            change.before[path], change.after[path] = before, version
            index.show(path, version)
    index.doubt(change.after)
    return change


def learned(
    index: Index, contents: Mapping[str, str], sources: Sources, settings: Settings, tell: Tell | None = None
) -> dict[str, Version]:
    """Return the version of each file by its content, after reading those that are not known yet."""
    versions: dict[str, Version] = {}
    unknown = []
    for path, content in contents.items():
        found = None if index.fresh else index.version(path, content)
        if found is None:
            unknown.append(path)
        else:
            versions[path] = found
    if unknown:
        from handbook.check.bulk import examined

        for done, (path, found_content, facts) in enumerate(examined(unknown, sources, settings), 1):
            versions[path] = index.add(path, found_content, facts)
            if tell:
                tell(done, len(unknown))
    return versions


def concerned(index: Index, change: Change) -> set[int] | None:
    """Return the subjects whose judgement a change may alter; None where that may be any."""
    changed: set[int] = set()
    touched: set[int] = set()
    for path, after in change.after.items():
        old, new = _said(index, change.before[path]), _said(index, after)
        if old.unread != new.unread:
            return None
        different = {
            name for name in old.names.keys() | new.names.keys() if old.names.get(name) != new.names.get(name)
        }
        changed |= different | old.aliases ^ new.aliases
        touched |= new.partly_known
        for name in different:
            touched |= old.targets.get(name, set()) | new.targets.get(name, set())
    return changed | touched | _naming(index, changed)


class _Said:
    """What a version of a file says, as far as others can see it: each name with its fields, and what it names."""

    def __init__(self) -> None:
        self.unread: str | None = None
        self.names: dict[int, tuple[object, ...]] = {}
        self.aliases: set[int] = set()
        self.targets: dict[int, set[int]] = {}
        self.partly_known: set[int] = (
            set()
        )  #: of which not all values are here, so that nobody can tell what changed


def _said(index: Index, version: Version) -> _Said:
    said = _Said()
    if version is None:
        return said
    said.unread = index.ask("SELECT unread FROM file WHERE id = ?", version).fetchone()[0]
    named: dict[int, set[tuple[str, int]]] = {}
    for source, key, target in index.ask("SELECT source, key, target FROM mention WHERE file = ?", version):
        named.setdefault(source, set()).add((key, target))
        said.targets.setdefault(source, set()).add(target)
    for name, head, data, anchors in index.ask(
        "SELECT name, head, data, anchors FROM record WHERE file = ?", version
    ):
        said.names[name] = (head, data, anchors, frozenset(named.get(name, ())))
        said.partly_known |= {name} if data is None else set()
    said.aliases = {name for (name,) in index.ask("SELECT name FROM alias WHERE file = ?", version)}
    return said


def _naming(index: Index, names: Iterable[int]) -> set[int]:
    """Return what names one of these now, also by an alias; of what extends one of them, what names that, too."""
    found: set[int] = set()
    queue = list(names)
    for name in queue:
        rows = index.ask(
            "SELECT source, key FROM mention JOIN file ON file.id = mention.file WHERE live AND"
            " (target = ? OR target IN (SELECT alias.name FROM alias WHERE leads_to = ?))", name, name,
        )  # fmt: skip
        for source, key in rows.fetchall():
            if key == "extends" and source not in found:
                queue.append(source)
            found.add(source)
    return found
