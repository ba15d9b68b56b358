"""What is remembered of each file between runs, by its content: what it defines, what it names, what is wrong in it.

A file may be known in several versions, of which one at most is live: the one that is in the handbook being checked.
Turning to another revision is turning other versions live, and nothing has to be read again.

One SQLite file, safe with concurrent runs; one that is damaged, or was made by other rules, is made anew. It holds
text and JSON only: whoever could put a file there could not make anything run.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from handbook.model.handbook import Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.check.plain import Packed

MEMORY = ":memory:"
_VERSIONS = 4  #: of one file that are kept beside the live one
_PATIENCE = 30.0  #: seconds to wait for another run that is writing

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT NOT NULL, content TEXT NOT NULL, live INTEGER NOT NULL,
                   faults TEXT, hits TEXT, waivers TEXT, unread TEXT);
CREATE UNIQUE INDEX version ON file (path, content);
CREATE TABLE disk (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, UNIQUE (slug, kind));
CREATE TABLE record (file INTEGER NOT NULL, name INTEGER NOT NULL, pointer TEXT, state TEXT, head TEXT, data TEXT, anchors TEXT);
CREATE TABLE alias (file INTEGER NOT NULL, name INTEGER NOT NULL, leads_to INTEGER NOT NULL);
CREATE TABLE mention (file INTEGER NOT NULL, source INTEGER NOT NULL, key TEXT NOT NULL, target INTEGER NOT NULL);
CREATE TABLE judged (subject INTEGER NOT NULL, hit TEXT NOT NULL);
"""
_LOOKUPS = """
CREATE INDEX record_name ON record (name);
CREATE INDEX record_file ON record (file);
CREATE INDEX alias_name ON alias (name);
CREATE INDEX alias_file ON alias (file);
CREATE INDEX mention_file ON mention (file);
CREATE INDEX mention_target ON mention (target);
CREATE INDEX judged_subject ON judged (subject);
"""


def _run(db: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the transaction; `executescript` would end it."""
    for statement in statements.split(";"):
        db.execute(statement)


class Index:
    """The index at a path, or one in memory that is gone after the run. `made_by` is what its content depends on."""

    def __init__(self, path: str, made_by: str) -> None:
        self.path = path
        self.made_by = made_by
        self.fresh = False  #: nothing is known yet
        self._ids: dict[tuple[str, str], int] = {}
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._usable(self.path)
        except sqlite3.OperationalError:
            pass  # another run is writing for long, or nothing can be written here: do without
        except sqlite3.DatabaseError:
            self._remove()
            with contextlib.suppress(sqlite3.DatabaseError):
                return self._usable(self.path)
        return self._usable(MEMORY)

    def _usable(self, path: str) -> sqlite3.Connection:
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        db.execute("PRAGMA synchronous = OFF")  # a power cut costs the index, which is made anew, and nothing else
        if path != MEMORY:
            db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        if not self._is_ours(db):
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                db.execute(f'DROP TABLE "{table}"')
            _run(db, _TABLES)
            db.execute("INSERT INTO meta VALUES ('made_by', ?)", (self.made_by,))
            self.fresh = True
        return db

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                os.remove(self.path + ending)

    def _is_ours(self, db: sqlite3.Connection) -> bool:
        try:
            row = db.execute("SELECT value FROM meta WHERE key = 'made_by'").fetchone()
        except sqlite3.OperationalError:
            return False
        return row is not None and row[0] == self.made_by

    def is_about(self, settings: str) -> None:
        """Forget everything that was found under other settings than these."""
        if self.get("about") != settings:
            for table in ("file", "disk", "name", "record", "alias", "mention", "judged"):
                self.ask(f"DELETE FROM {table}")  # noqa: S608
            for key in ("base", "astray"):
                self.put(key, None)
            self.put("about", settings)
            self.fresh = self.fresh or bool(self._dropped_lookups())

    def _dropped_lookups(self) -> bool:
        for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall():
            if name != "version":
                self.ask(f'DROP INDEX "{name}"')
        return True

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Keep what was learned, unless something went wrong on the way."""
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")
        self._db.close()

    def filled(self) -> None:
        """Say that the first filling is done: from now on things are looked up."""
        if self.fresh:
            _run(self._db, _LOOKUPS)
            self.fresh = False

    def ask(self, query: str, *values: object) -> sqlite3.Cursor:
        """Run a query."""
        return self._db.execute(query, values)

    def get(self, key: str) -> str | None:
        """Return a remark on the index, such as the commit that it was last brought in step with."""
        row = self.ask("SELECT value FROM meta WHERE key = ?", key).fetchone()
        return row[0] if row else None

    def put(self, key: str, value: str | None) -> None:
        """Remember or forget a remark."""
        if value is None:
            self.ask("DELETE FROM meta WHERE key = ?", key)
        else:
            self.ask("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)

    # Names

    def id(self, kind: str, slug: str) -> int:
        """Return the number of a name; a name that is not known yet gets one."""
        found = self._ids.get((kind, slug))
        if found is None:
            found = self._ids[kind, slug] = self._number(kind, slug)
        return found

    def _number(self, kind: str, slug: str) -> int:
        if not self.fresh:
            row = self.ask("SELECT id FROM name WHERE slug = ? AND kind = ?", slug, kind).fetchone()
            if row:
                return int(row[0])
        return int(self.ask("INSERT INTO name (kind, slug) VALUES (?, ?)", kind, slug).lastrowid or 0)

    def name(self, id: int) -> Name:
        """Return the name that has a number."""
        kind, slug = self.ask("SELECT kind, slug FROM name WHERE id = ?", id).fetchone()
        return Name(kind, slug)

    # Versions of files

    def live(self) -> dict[str, str]:
        """Return the content of each file of the handbook, by path."""
        return dict(self.ask("SELECT path, content FROM file WHERE live"))

    def version(self, path: str, content: str) -> int | None:
        """Return the number of a version, or None where it has not been read yet."""
        row = self.ask("SELECT id FROM file WHERE path = ? AND content = ?", path, content).fetchone()
        return int(row[0]) if row else None

    def add(self, path: str, content: str, facts: Packed) -> int:
        """Remember what a version of a file says. In a fresh index it is the live one at once."""
        faults, hits, waivers, unread, records, mentions = facts
        file = self.ask(
            "INSERT INTO file (path, content, live, faults, hits, waivers, unread) VALUES (?, ?, ?, ?, ?, ?, ?)",
            path, content, self.fresh, faults, hits, waivers, unread,
        ).lastrowid  # fmt: skip
        assert file is not None
        id = self.id
        rows, aliases = [], []
        for kind, slug, *values, also in records:
            name = id(kind, slug)
            rows.append((file, name, *values))
            aliases += [(file, id(kind, alias), name) for alias in also]
        self._db.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        if aliases:
            self._db.executemany("INSERT INTO alias VALUES (?, ?, ?)", aliases)
        self._db.executemany(
            "INSERT INTO mention VALUES (?, ?, ?, ?)",
            [(file, id(kind, slug), key, id(to_kind, to_slug)) for kind, slug, key, to_kind, to_slug in mentions],
        )
        return file

    def versions(self) -> list[tuple[str, int]]:
        """Return path and number of every version, live or not."""
        return self.ask("SELECT path, id FROM file").fetchall()

    def shown(self, path: str) -> int | None:
        """Return the live version of a file."""
        row = None if self.fresh else self.ask("SELECT id FROM file WHERE path = ? AND live", path).fetchone()
        return int(row[0]) if row else None

    def paths(self, name: Name) -> list[str]:
        """Return the live files that define a name: one, unless two records have the same name."""
        rows = self.ask("SELECT DISTINCT path FROM record JOIN file ON file.id = record.file WHERE name = ? AND live", self.id(*name))
        return [path for (path,) in rows.fetchall()]

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

    def forget_old_versions(self) -> None:
        """Drop versions of which there are newer ones enough."""
        old = self.ask(
            "SELECT id FROM (SELECT id, live, row_number() OVER (PARTITION BY path ORDER BY live DESC, id DESC) AS place"
            " FROM file) WHERE place > ?",
            _VERSIONS,
        ).fetchall()
        self._drop(old)

    def _drop(self, files: list[tuple[int]]) -> None:
        for table, column in (("mention", "file"), ("alias", "file"), ("record", "file"), ("file", "id")):
            self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", files)  # noqa: S608

    def stamps(self) -> dict[str, str]:
        """Return what is remembered of each file on disk: times and sizes, which say cheaply that nothing changed."""
        return dict(self.ask("SELECT path, stamp FROM disk"))

    def stamp(self, rows: Iterable[tuple[str, str]]) -> None:
        """Remember how files look on disk."""
        self._db.executemany("INSERT OR REPLACE INTO disk VALUES (?, ?)", rows)

    def unstamp(self, paths: Iterable[str]) -> None:
        """Forget how files look on disk: they are read again next time."""
        self._db.executemany("DELETE FROM disk WHERE path = ?", [(path,) for path in paths])

    # What was found

    def faults(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield path and fault of everything that a reader objects to."""
        for path, faults in self.ask("SELECT path, faults FROM file WHERE live AND faults IS NOT NULL"):
            yield from ((path, fault) for fault in json.loads(faults))

    def hits(self) -> Iterator[list[Any]]:
        """Yield everything that rules found, in one file or by looking at several."""
        for (hits,) in self.ask("SELECT hits FROM file WHERE live AND hits IS NOT NULL"):
            yield from json.loads(hits)
        yield from (hit for _, hit in self.judged_all())

    def faults_of(self, path: str) -> list[list[Any]]:
        """Return what a reader objects to in a live file."""
        return self._of(path, "faults")

    def hits_of(self, path: str) -> list[list[Any]]:
        """Return what rules found in a live file by itself."""
        return self._of(path, "hits")

    def _of(self, path: str, column: str) -> list[list[Any]]:
        row = self.ask(f"SELECT {column} FROM file WHERE path = ? AND live", path).fetchone()  # noqa: S608
        return json.loads(row[0]) if row and row[0] else []

    def waivers(self) -> dict[str, list[Any]]:
        """Return the waivers of the live files that have some."""
        rows = self.ask("SELECT path, waivers FROM file WHERE live AND waivers IS NOT NULL")
        return {path: json.loads(waivers) for path, waivers in rows}

    def judged(self, subject: int) -> list[list[Any]]:
        """Return what was found about a subject by looking at several files."""
        return [json.loads(hit) for (hit,) in self.ask("SELECT hit FROM judged WHERE subject = ?", subject)]

    def judged_all(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield subject and hit of everything that was found by looking at several files."""
        for subject, hit in self.ask("SELECT subject, hit FROM judged ORDER BY rowid").fetchall():
            yield subject, json.loads(hit)

    def names_a_definition(self, source: int, file: int) -> bool:
        """Whether a record names something that a version of a file defines."""
        row = self.ask(
            "SELECT 1 FROM mention JOIN file ON file.id = mention.file WHERE live AND source = ? AND"
            " target IN (SELECT name FROM record WHERE file = ? UNION SELECT name FROM alias WHERE file = ?) LIMIT 1",
            source, file, file,
        ).fetchone()  # fmt: skip
        return row is not None

    def judge(self, subject: int, hits: Iterable[list[Any]]) -> None:
        """Put what was found about a subject in the place of what was known."""
        self.ask("DELETE FROM judged WHERE subject = ?", subject)
        self._db.executemany("INSERT INTO judged VALUES (?, ?)", [(subject, json.dumps(hit)) for hit in hits])
