"""The database behind the index: one SQLite file, safe with concurrent runs.

One that is damaged, or was made by another version of the engine, is made anew. It holds text and JSON only: whoever
could put a file there could not make anything run.
"""

from __future__ import annotations

import os
import sqlite3

from handbook.model.handbook import Name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

MEMORY = ":memory:"
_AT_ONCE = 1000  #: rows
_PATIENCE = 30.0  #: seconds to wait for another run that is writing

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT NOT NULL, content TEXT NOT NULL, live INTEGER NOT NULL,
                   faults TEXT, waivers TEXT, unread TEXT);
CREATE UNIQUE INDEX version ON file (path, content);
CREATE TABLE disk (folder TEXT PRIMARY KEY, names TEXT NOT NULL, looks TEXT NOT NULL);
CREATE TABLE doubted (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE name (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, UNIQUE (slug, kind));
CREATE TABLE record (file INTEGER NOT NULL, name INTEGER NOT NULL, pointer TEXT, state TEXT, head TEXT, data TEXT, anchors TEXT);
CREATE TABLE alias (file INTEGER NOT NULL, name INTEGER NOT NULL, leads_to INTEGER NOT NULL);
CREATE TABLE mention (file INTEGER NOT NULL, source INTEGER NOT NULL, key TEXT NOT NULL, target INTEGER NOT NULL);
CREATE TABLE hit (file INTEGER NOT NULL, since TEXT, until TEXT, hit TEXT NOT NULL);
CREATE TABLE judged (subject INTEGER NOT NULL, since TEXT, until TEXT, hit TEXT NOT NULL);
"""
_LOOKUPS = """
CREATE INDEX record_name ON record (name);
CREATE INDEX record_file ON record (file);
CREATE INDEX alias_name ON alias (name);
CREATE INDEX alias_file ON alias (file);
CREATE INDEX mention_file ON mention (file);
CREATE INDEX mention_target ON mention (target);
CREATE INDEX hit_file ON hit (file);
CREATE INDEX hit_days ON hit (since, until);
CREATE INDEX file_faults ON file (path) WHERE faults IS NOT NULL;
CREATE INDEX file_waivers ON file (path) WHERE waivers IS NOT NULL;
CREATE INDEX file_unread ON file (unread) WHERE unread IS NOT NULL;
CREATE INDEX judged_subject ON judged (subject);
"""


def _run(db: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the transaction; `executescript` would end it."""
    for statement in statements.split(";"):
        db.execute(statement)


class Store:
    """A database at a path, or in memory and gone after the run. `made_by` is what its content depends on."""

    def __init__(self, path: str, made_by: str) -> None:
        self.path = path
        self.made_by = made_by
        self.fresh = False  #: nothing is known yet
        self._ids: dict[tuple[str, str], int] = {}
        self._waiting: dict[str, list[tuple[object, ...]]] = {}
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._usable(self.path)
        except sqlite3.OperationalError:
            pass  # another run is writing for long, or nothing can be written here: do without
        except sqlite3.DatabaseError:
            self.remove()
            try:
                return self._usable(self.path)
            except sqlite3.DatabaseError:
                pass
        return self._usable(MEMORY)

    def _usable(self, path: str) -> sqlite3.Connection:
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        db.execute(
            "PRAGMA synchronous = OFF"
        )  # a power cut costs the index, which is made anew, and nothing else
        db.execute("BEGIN IMMEDIATE")
        if not self._is_ours(db):
            tables = [table for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            if tables and "meta" not in tables:
                raise sqlite3.OperationalError("this database is somebody else's")
            for table in tables:
                db.execute(f'DROP TABLE "{table}"')
            _run(db, _TABLES)
            db.execute("INSERT INTO meta VALUES ('made_by', ?)", (self.made_by,))
            self.fresh = True
        return db

    def remove(self) -> None:
        """Take the file away, to be made anew by the next run."""
        import contextlib

        for ending in ("", "-journal", "-wal", "-shm"):
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
            for table in ("file", "disk", "doubted", "name", "record", "alias", "mention", "hit", "judged"):
                self.ask(f"DELETE FROM {table}")
            for key in ("base", "astray"):
                self.put(key, None)
            self.put("about", settings)
            self.fresh = self.fresh or bool(self._dropped_lookups())

    def _dropped_lookups(self) -> bool:
        for (name,) in self.ask(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall():
            if name != "version":
                self.ask(f'DROP INDEX "{name}"')
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Keep what was learned, unless something went wrong on the way."""
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")
        self._db.close()

    def filled(self) -> None:
        """Say that the first filling is done: from now on things are looked up."""
        if self.fresh:
            for table in list(self._waiting):
                self._put(table)
            _run(self._db, _LOOKUPS)
            self.fresh = False

    def ask(self, query: str, *values: object) -> sqlite3.Cursor:
        """Run a query; its values are given one by one, or all by name in one mapping."""
        return self._db.execute(query, values[0] if values and isinstance(values[0], dict) else values)

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
        self.later("name", (len(self._ids) + 1, kind, slug))
        return len(self._ids) + 1

    def later(self, table: str, *rows: tuple[object, ...]) -> None:
        """Put rows into a table: in a fresh index many at once, when nobody asks for them yet."""
        waiting = self._waiting.setdefault(table, [])
        waiting += rows
        if not self.fresh or len(waiting) > _AT_ONCE:
            self._put(table)

    def _put(self, table: str) -> None:
        rows = self._waiting.pop(table, [])
        if rows:
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def name(self, id: int) -> Name:
        """Return the name that has a number."""
        kind, slug = self.ask("SELECT kind, slug FROM name WHERE id = ?", id).fetchone()
        return Name(kind, slug)
