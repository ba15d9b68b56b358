"""What is remembered of each file between runs, by its content: what it defines, what it names, what is wrong in it.

A file may be known in several versions, of which one at most is live: the one that is in the handbook being checked.
Turning to another revision is turning other versions live, and nothing has to be read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from handbook.check.store import Store
from handbook.model.handbook import Name
from handbook.text import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.check.plain import Packed

#: one term for each way in which a hit holds, so that each is looked up: most hits are about other days
_HOLDS = (
    "(since IS NULL AND until IS NULL OR since IS NULL AND until >= :day"
    " OR since <= :day AND until IS NULL OR since <= :day AND until >= :day)"
)
_VERSIONS = 4  #: of one file that are kept beside the live one


class Index(Store):
    """What is known of a handbook."""

    def live(self) -> dict[str, str]:
        """Return the content of each file of the handbook, by path."""
        return dict(self.ask("SELECT path, content FROM file WHERE live"))

    def version(self, path: str, content: str) -> int | None:
        """Return the number of a version, or None where it has not been read yet."""
        row = self.ask("SELECT id FROM file WHERE path = ? AND content = ?", path, content).fetchone()
        return int(row[0]) if row else None

    def add(self, path: str, content: str, facts: Packed) -> int:
        """Remember what a version of a file says. In a fresh index it is the live one at once."""
        faults, waivers, unread, records, mentions, hits = facts
        file = self.ask(
            "INSERT INTO file (path, content, live, faults, waivers, unread) VALUES (?, ?, ?, ?, ?, ?)",
            path, content, self.fresh, faults, waivers, unread,
        ).lastrowid  # fmt: skip
        assert file is not None
        id = self.id
        for kind, slug, *values, also in records:
            name = id(kind, slug)
            self.later("record", (file, name, *values))
            self.later("alias", *[(file, id(kind, alias), name) for alias in also])
        self.later("hit", *[(file, *hit) for hit in hits])
        self.later(
            "mention",
            *[
                (file, id(kind, slug), key, id(to_kind, to_slug))
                for kind, slug, key, to_kind, to_slug in mentions
            ],
        )
        return file

    def versions(self) -> list[tuple[str, int]]:
        """Return path and number of every version, live or not."""
        return self.ask("SELECT path, id FROM file").fetchall()

    def known(self) -> frozenset[str]:
        """Return every file that was ever read, and every folder above one."""
        found = set()
        for (path,) in self.ask("SELECT DISTINCT path FROM file"):
            while path:
                found.add(path)
                path = path.rpartition("/")[0]
        return frozenset(found)

    def shown(self, path: str) -> int | None:
        """Return the live version of a file."""
        row = None if self.fresh else self.ask("SELECT id FROM file WHERE path = ? AND live", path).fetchone()
        return int(row[0]) if row else None

    def paths(self, name: Name) -> list[str]:
        """Return the live files that define a name: one, unless two records have the same name."""
        rows = self.ask(
            "SELECT DISTINCT path FROM record JOIN file ON file.id = record.file WHERE name = ? AND live",
            self.id(*name),
        )
        return [path for (path,) in rows.fetchall()]

    def mute(self) -> frozenset[str]:
        """Return the files in which something is wrong and nothing is named: mostly those that could not be read."""
        rows = self.ask(
            "SELECT path FROM file WHERE live AND faults IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM mention WHERE mention.file = file.id)"
        )
        return frozenset([path for (path,) in rows])

    def content(self, path: str) -> str | None:
        """Return the content of a file of the handbook; None where there is no such file."""
        row = self.ask("SELECT content FROM file WHERE path = ? AND live", path).fetchone()
        return row[0] if row else None

    def show(self, path: str, file: int | None) -> None:
        """Make a version of a file the live one, or with None take the file out of the handbook."""
        if not self.fresh:
            self.ask("UPDATE file SET live = 0 WHERE path = ? AND live", path)
        if file is not None:
            self.ask("UPDATE file SET live = 1 WHERE id = ?", file)

    def forget(self, folder: str) -> None:
        """Forget every version of the files below a folder, which ends in `/`."""
        files = self.ask("SELECT id FROM file WHERE substr(path, 1, ?) = ?", len(folder), folder).fetchall()
        self._drop(files)
        self.ask("DELETE FROM disk WHERE substr(folder || '/', 1, ?) = ?", len(folder), folder)

    def forget_old_versions(self) -> None:
        """Drop versions of which there are newer ones enough."""
        old = self.ask(
            "SELECT id FROM (SELECT id, live, row_number() OVER (PARTITION BY path ORDER BY live DESC, id DESC) AS place"
            " FROM file) WHERE place > ?",
            _VERSIONS,
        ).fetchall()
        self._drop(old)

    def _drop(self, files: list[tuple[int]]) -> None:
        for table in ("mention", "alias", "record", "hit"):
            self._db.executemany(f"DELETE FROM {table} WHERE file = ?", files)
        self._db.executemany("DELETE FROM file WHERE id = ?", files)

    def looks(self) -> dict[str, tuple[str, str]]:
        """Return what is remembered of each folder on disk: the names of its files, and how these looked."""
        return {folder: (names, looks) for folder, *(names, looks) in self.ask("SELECT * FROM disk")}

    def remember(self, folders: Mapping[str, tuple[str, str] | None]) -> None:
        """Remember how the files of folders look on disk, and trust in that again."""
        for folder, row in folders.items():
            self.ask("DELETE FROM disk WHERE folder = ?", folder)
            if row:
                self.ask("INSERT INTO disk VALUES (?, ?, ?)", folder, *row)
        self.ask("DELETE FROM doubted")

    def doubt(self, paths: Iterable[str]) -> None:
        """Have files read again next time, however they look on disk."""
        self._db.executemany("INSERT OR IGNORE INTO doubted VALUES (?)", [(path,) for path in paths])

    def doubted(self) -> list[str]:
        """Return the files that are not what they look like."""
        return [path for (path,) in self.ask("SELECT path FROM doubted")]

    # What was found

    def faults(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield path and fault of everything that a reader objects to."""
        for path, faults in self.ask("SELECT path, faults FROM file WHERE live AND faults IS NOT NULL"):
            yield from ((path, fault) for fault in json.loads(faults))

    def hits(self, day: str) -> Iterator[list[Any]]:
        """Yield everything that rules found and that holds on a day, in one file or by looking at several."""
        rows = self.ask(
            # CROSS JOIN: there are fewer such hits than files, and SQLite would begin with these
            f"SELECT hit FROM hit CROSS JOIN file ON file.id = hit.file WHERE live AND {_HOLDS}"
            f" UNION ALL SELECT hit FROM judged WHERE {_HOLDS}", {"day": day},
        )  # fmt: skip
        yield from (json.loads(hit) for (hit,) in rows.fetchall())

    def faults_of(self, path: str) -> list[list[Any]]:
        """Return what a reader objects to in a live file."""
        row = self.ask("SELECT faults FROM file WHERE path = ? AND live", path).fetchone()
        return json.loads(row[0]) if row and row[0] else []

    def hits_of(self, path: str) -> list[list[Any]]:
        """Return what rules found in a live file by itself, on whatever day."""
        rows = self.ask("SELECT hit FROM hit JOIN file ON file.id = hit.file WHERE path = ? AND live", path)
        return [json.loads(hit) for (hit,) in rows.fetchall()]

    def waivers(self) -> dict[str, list[Any]]:
        """Return the waivers of the live files that have some."""
        rows = self.ask("SELECT path, waivers FROM file WHERE live AND waivers IS NOT NULL")
        return {path: json.loads(waivers) for path, waivers in rows}

    def judged(self, subject: int) -> list[list[Any]]:
        """Return what was found about a subject by looking at several files."""
        return [json.loads(hit) for (hit,) in self.ask("SELECT hit FROM judged WHERE subject = ?", subject)]

    def judged_all(
        self, wanted: Callable[[int, str], bool] = lambda subject, hit: True
    ) -> Iterator[tuple[int, list[Any]]]:
        """Yield subject and hit of what was found by looking at several files, as far as it is wanted by subject and JSON."""
        for subject, hit in self.ask("SELECT subject, hit FROM judged ORDER BY rowid").fetchall():
            if wanted(subject, hit):
                yield subject, json.loads(hit)

    def definitions(self, file: int) -> list[Name]:
        """Return the names that a version of a file defines."""
        rows = self.ask(
            "SELECT kind, slug FROM record JOIN name ON name.id = record.name WHERE file = ?", file
        )
        return [Name(*row) for row in rows.fetchall()]

    def defines(self, file: int, name: Name) -> bool:
        """Whether a version of a file defines a name, or gives it as an alias."""
        row = self.ask(
            "SELECT 1 FROM record WHERE file = ? AND name = ? UNION SELECT 1 FROM alias WHERE file = ? AND name = ?",
            file, self.id(*name), file, self.id(*name),
        ).fetchone()  # fmt: skip
        return row is not None

    def judge(self, subject: int, hits: Iterable[list[Any]]) -> None:
        """Put what was found about a subject in the place of what was known."""
        from handbook.check.plain import packed_hit

        self.ask("DELETE FROM judged WHERE subject = ?", subject)
        rows = [(subject, *packed_hit(hit)) for hit in hits]
        self._db.executemany("INSERT INTO judged VALUES (?, ?, ?, ?)", rows)
