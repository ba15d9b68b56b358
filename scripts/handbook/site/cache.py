"""What builds of the site keep for the next one: values by key, in one SQLite file.

A key says everything that its value depends on, so a value never has to be called back. Whatever is wrong with the
file, the build goes on without it: a value that cannot be read is missing, and a damaged file is made anew. Values
are JSON, so a file that somebody else put there makes nothing run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import zlib
from typing import Any

_FORM = 1  #: of the tables; a file of another form is made anew
_PATIENCE = 1.0  #: seconds to wait for another build that is writing
_SPARE = 4  #: what is not used any more goes when there are so many times more values than a build needs
_PROBLEMS = (sqlite3.Error, OSError)


class Cache:
    """The values in a file, for one build. Without a path it keeps nothing.

    With `recent`, the values of this build are kept there too, so that the next one in this process need not read them.
    """

    def __init__(self, path: str | None, recent: dict[str, Any] | None = None) -> None:
        self._path = path
        self._recent = recent
        self.packed = b""  #: the value that was read or kept last, which `unpacked` takes
        self._used: set[str] = set()
        self._db = _opened(path) if path else None

    def get(self, key: str) -> Any:
        """Return the value of a key; None where there is none that can be read."""
        self.packed = b""
        if not self._db:
            return None
        if self._recent and key in self._recent:
            self._used.add(key)
            return self._recent[key]
        try:
            row = self._db.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
            value = unpacked(row[0]) if row else None
        except sqlite3.DatabaseError:
            self._give_up()
            return None
        except (zlib.error, ValueError, TypeError):
            return None
        self._use(key, value)
        self.packed = row[0] if row else b""
        return value

    @property
    def keeps(self) -> bool:
        """Whether what is put here can be had back."""
        return self._db is not None

    def put(self, key: str, value: Any) -> None:
        """Keep a value. It is in the file when the cache is closed, and not before."""
        self.packed = b""
        if self._db:
            self.packed = packed(value)
            self._keep(self._db, key, self.packed)
            self._use(key, value)

    def put_packed(self, key: str, data: bytes) -> None:
        """Keep a value that was packed."""
        if self._db:
            self._keep(self._db, key, data)
            self._used.add(key)

    def _keep(self, db: sqlite3.Connection, key: str, data: bytes) -> None:
        try:
            if not db.in_transaction:
                db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, data))
        except sqlite3.Error as error:
            self._give_up(damaged=not isinstance(error, sqlite3.OperationalError))

    def _use(self, key: str, value: Any) -> None:
        self._used.add(key)
        if self._recent is not None and value is not None:
            self._recent[key] = value

    def close(self) -> None:
        """Write what is new, and take away what no build has needed for long."""
        for key in (self._recent or {}).keys() - self._used:
            del self._recent[key]  # type: ignore[union-attr]
        if not self._db:
            return
        try:
            if self._db.in_transaction:
                self._forget(self._db)
                self._db.execute("COMMIT")
        except sqlite3.Error:
            self._give_up(damaged=False)
        self._shut()

    def _forget(self, db: sqlite3.Connection) -> None:
        known = {key for (key,) in db.execute("SELECT key FROM kept")}
        if len(known) > _SPARE * len(self._used):
            db.executemany("DELETE FROM kept WHERE key = ?", [(key,) for key in known - self._used])

    def _give_up(self, *, damaged: bool = True) -> None:
        """Go on without the file: another build writes into it, or it is damaged."""
        self._shut()
        if damaged and self._path:
            _remove(self._path)

    def _shut(self) -> None:
        if self._db:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._db = None


def key_of(*parts: str) -> str:
    """Return the key of what depends on some texts."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def packed(value: Any) -> bytes:
    """Return a value as a cache keeps it."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def unpacked(data: bytes) -> Any:
    """Return a value that was packed."""
    return json.loads(zlib.decompress(data))


def _opened(path: str) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            return _usable(path)
        except sqlite3.OperationalError:
            return None
        except _PROBLEMS:
            _remove(path)
    return None


def _usable(path: str) -> sqlite3.Connection:
    """Open a file and see that it is ours.

    Raises:
        sqlite3.OperationalError: it cannot be opened or written.
        sqlite3.DatabaseError: it is something else, or damaged.
    """
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        db.execute("PRAGMA synchronous = OFF")  # a power cut costs the cache, and nothing else
        (form,) = db.execute("PRAGMA user_version").fetchone()
        if form != _FORM:
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables:
                raise sqlite3.DatabaseError("another form")
            db.execute("CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
            db.execute(f"PRAGMA user_version = {_FORM}")
    except BaseException:
        db.close()
        raise
    return db


def _remove(path: str) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            os.remove(path + ending)
