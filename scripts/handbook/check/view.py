"""The handbook as rules see it: through the index, which holds envelopes and mentions, and whole files where they are needed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence

from handbook.check import records
from handbook.check.index import Index
from handbook.finding import Place
from handbook.model.build import build, envelope
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.model.visibility import PUBLIC
from handbook.rules.around import Mention, Whole
from handbook.settings import Settings
from handbook.sources import SITE, Sources, beside, size
from handbook.text import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from handbook.model.page import Page
    from handbook.text.confirm import Referee

    R = TypeVar("R", bound=Record)

MISSING = "missing"
_KEPT = 512  #: records that are kept ready; there are more processes than fit into memory


class View(Whole):
    """The live files of an index."""

    def __init__(self, index: Index, sources: Sources, settings: Settings) -> None:
        self._index, self._sources, self._settings = index, sources, settings
        self.docs, self.visibility = settings.docs, settings.visibility
        self._anchors: dict[
            str, frozenset[str] | str | None
        ] = {}  #: as JSON, which takes a fifth of the memory
        self._records: dict[Name, Record | None] = {}
        self._heads: dict[Name, Record | None] = {}
        unread = index.ask("SELECT DISTINCT unread FROM file WHERE live AND unread IS NOT NULL")
        self._unread = {kind for (kind,) in unread}

    def head(self, name: Name) -> Record | None:
        if name not in self._heads:
            if len(self._heads) > 8 * _KEPT:
                self._heads.clear()
            self._heads[name] = self._head(self.resolve(name))
        return self._heads[name]

    def _head(self, name: Name) -> Record | None:
        row = self._row(name, "head")
        if row is None or row[2] is None:
            return None
        return envelope(*name, json.loads(row[2]), Place(row[0], tuple(json.loads(row[1]))))

    def _row(self, name: Name, columns: str) -> tuple[Any, ...] | None:
        """Return path, pointer and other columns of a record."""
        row: tuple[Any, ...] | None = self._index.ask(
            f"SELECT path, pointer, {columns} FROM record JOIN file ON file.id = record.file"
            " WHERE name = ? AND live ORDER BY path LIMIT 1",
            self._index.id(*name),
        ).fetchone()
        return row

    def record(self, name: Name) -> Record | None:
        """Return a record with its fields, as far as they are kept; None where it is missing or has errors."""
        name = self.resolve(name)
        if name not in self._records:
            self._keep(name, self._record(name))
        return self._records[name]

    def _keep(self, name: Name, record: Record | None) -> None:
        if len(self._records) > _KEPT:
            self._records.clear()
        self._records[name] = record

    def _record(self, name: Name) -> Record | None:
        row = self._row(name, "head, data")
        if row is None or row[3] is None:  # missing, with errors, or a page
            return None
        path, pointer, head, data = row
        return self._built(name, path, pointer, head, data)

    def _built(self, name: Name, path: str, pointer: str, head: str, data: str) -> Record:
        values = json.loads(head) | json.loads(data)
        return build(KINDS[name.kind], name.id, values, Place(path, tuple(json.loads(pointer))))

    def written(self, name: Name) -> Record | None:
        row = self._row(name, "1")
        found = records.read(row[0], self._sources, self._settings).entries if row else ()
        return next((entry.record() for entry in found if entry.name == name and entry.whole), None)

    def find(self, entity: type[R], id: str | None) -> R | None:
        found = None if id is None else self.record(Name(entity.kind, id))
        return found if isinstance(found, entity) else None

    def knows(self, name: Name) -> bool:
        return name.kind in self._unread or self.state(self.resolve(name)) != MISSING

    def state(self, name: Name) -> str | None:
        """Return whether naming a record is right: its state in the index, or MISSING; None where it has errors."""
        row = self._row(name, "state")
        return row[2] if row else MISSING

    def resolve(self, name: Name) -> Name:
        return self._aliases.get(name, name)

    @functools.cached_property
    def _aliases(self) -> dict[Name, Name]:
        """What each alias leads to, unless it is the id of a record itself. There are few of them."""
        rows = self._index.ask(
            "SELECT name, leads_to FROM alias JOIN file ON file.id = alias.file WHERE live"
            " AND NOT EXISTS (SELECT 1 FROM record JOIN file own ON own.id = record.file WHERE record.name = alias.name AND own.live)"
        )
        return {self._index.name(alias): self._index.name(leads_to) for alias, leads_to in rows.fetchall()}

    def ids(self, kind: str) -> list[str]:
        rows = self._index.ask(
            "SELECT DISTINCT slug FROM record JOIN file ON file.id = record.file JOIN name ON name.id = record.name"
            " WHERE live AND kind = ?", kind,
        )  # fmt: skip
        return [slug for (slug,) in rows]

    def outgoing(self, name: Name, *keys: str) -> tuple[Mention, ...]:
        return self._outgoing_at(name, keys) if keys else self._outgoing(name)

    @functools.lru_cache(maxsize=16 * _KEPT)  # noqa: B019  # a view lives as long as one run
    def _outgoing_at(self, name: Name, keys: tuple[str, ...]) -> tuple[Mention, ...]:
        return self._outgoing(name, *keys)

    def _outgoing(self, name: Name, *keys: str) -> tuple[Mention, ...]:
        number = self._index.id(*name)
        rows = self._index.ask(
            "SELECT DISTINCT key, kind, slug FROM record JOIN file ON file.id = record.file"
            " JOIN mention ON mention.file = record.file AND source = record.name JOIN name ON name.id = target"
            f" WHERE record.name = ? AND live {f'AND key IN ({_marks(keys)})' if keys else ''}", number, *keys,
        )  # fmt: skip
        return tuple([
            Mention.taking({"source": name, "key": key, "target": Name(kind, slug)})
            for key, kind, slug in rows
        ])  # fmt: skip

    @functools.lru_cache(maxsize=4)  # noqa: B019  # rule after rule asks it of the same record
    def incoming(self, name: Name, *keys: str) -> tuple[Mention, ...]:
        found = []
        for target in self._called(name):
            rows = self._index.ask(
                "SELECT DISTINCT kind, slug, key FROM mention JOIN file ON file.id = mention.file JOIN name ON name.id = source"
                f" WHERE target = ? AND live {f'AND key IN ({_marks(keys)})' if keys else ''} ORDER BY kind, slug, key",
                self._index.id(*target), *keys,
            )  # fmt: skip
            found += [
                Mention.taking({"source": Name(kind, slug), "key": key, "target": target})
                for kind, slug, key in rows
            ]
        return tuple(found)

    def naming(self, name: Name, *keys: str) -> list[Name]:
        targets = [self._index.id(*target) for target in self._called(name)]
        rows = self._index.ask(
            "SELECT DISTINCT kind, slug FROM mention JOIN file ON file.id = mention.file JOIN name ON name.id = source"
            f" WHERE target IN ({_marks(targets)}) AND live AND key IN ({_marks(keys)}) ORDER BY kind, slug", *targets, *keys,
        )  # fmt: skip
        return [Name(*row) for row in rows.fetchall()]

    def is_named(self, name: Name) -> bool:
        query = "SELECT 1 FROM mention JOIN file ON file.id = mention.file WHERE target = ? AND live AND source != target LIMIT 1"
        return any(
            self._index.ask(query, self._index.id(*target)).fetchone() for target in self._called(name)
        )

    def _called(self, name: Name) -> list[Name]:
        """Return a name and its aliases."""
        return [name, *(alias for alias, now in self._aliases.items() if now == name)]

    @functools.cached_property
    def referee(self) -> Referee:
        from handbook.text import dialect
        from handbook.text.confirm import Referee

        return Referee(dialect.read(beside(self._sources, SITE)))

    @functools.lru_cache(maxsize=16)  # noqa: B019  # of one link it is asked twice
    def anchors(self, path: str) -> frozenset[str] | None:
        if path not in self._anchors:
            self._anchors[path] = self._found_anchors(path)
        found = self._anchors[path]
        return frozenset(json.loads(found)) if isinstance(found, str) else found

    def _found_anchors(self, path: str) -> frozenset[str] | str | None:
        row = self._row(Name("page", path), "anchors")
        if row is not None:
            return row[2] or "[]"
        if not path.startswith(f"{self.docs}/"):
            return None
        from handbook.site import anchors

        below = path.removeprefix(f"{self.docs}/")
        if (name := anchors.record_of(below)) is not None:
            row = self._row(self.resolve(name), "anchors")
            if row is not None and row[2] is not None:
                return str(row[2])
            record = self.record(name)
            return anchors.of(record) if record is not None else frozenset() if self.knows(name) else None
        if (kind := anchors.list_of(below)) is not None:
            return anchors.of_list(kind, self._listed(kind), self._settings.areas)
        return anchors.of_reference(below)

    def _listed(self, kind: str) -> Iterator[Record]:
        if kind == "process":  # what groups their list is the folder that they are in
            yield from self._in_areas()
            return
        for id in sorted(self.ids(kind)):
            if (record := self.record(Name(kind, id))) is not None:
                yield record

    def _in_areas(self) -> Iterator[Record]:
        for head in self.heads("process"):
            head.__dict__["area"] = head.at.path.rsplit("/", 2)[-2]
            yield head

    def page(self, path: str) -> Page | None:
        from handbook.check.facts import page

        if self._row(Name("page", path), "state") is None:
            return None
        return page(path, self._sources)

    def file_size(self, path: str) -> int | None:
        return size(self._sources, path)

    def heads(self, kind: str) -> Iterator[Record]:
        rows = self._index.ask(
            "SELECT slug, path, pointer, head FROM record JOIN file ON file.id = record.file"
            " JOIN name ON name.id = record.name WHERE live AND head IS NOT NULL AND kind = ? ORDER BY slug", kind,
        )  # fmt: skip
        for slug, path, pointer, head in rows:
            yield envelope(kind, slug, json.loads(head), Place(path, tuple(json.loads(pointer))))

    def published(self) -> Iterator[tuple[Name, Record]]:
        # most say nothing: unless the settings speak for them, they are passed over in the database
        word = "" if self.visibility == PUBLIC else '"visibility"'
        rows = self._index.ask(
            "SELECT kind, slug, path, pointer, head FROM record JOIN file ON file.id = record.file"
            " JOIN name ON name.id = record.name WHERE live AND instr(head, ?) ORDER BY kind, slug, path", word,
        )  # fmt: skip
        for kind, slug, path, pointer, head in rows:
            name = Name(kind, slug)
            found = envelope(*name, json.loads(head), Place(path, tuple(json.loads(pointer))))
            if (found.visibility or self.visibility) == PUBLIC:
                yield name, found

    def one_by_one(self, complete: Callable[[str], Any]) -> Iterator[tuple[Name, Record]]:
        """Yield every record, by kind and id: `complete` says of which kinds with all that is kept, of others the envelope."""
        rows = self._index.ask(
            "SELECT kind, slug, path, pointer, head, data FROM record JOIN file ON file.id = record.file"
            " JOIN name ON name.id = record.name WHERE live AND head IS NOT NULL AND kind != 'page' ORDER BY kind, slug, path"
        )
        before = None
        for kind, slug, path, pointer, head, data in rows:
            name = Name(kind, slug)
            # a second one of a name is not what it stands for
            if data is not None and complete(kind) and name != before:
                record = self._built(name, path, pointer, head, data)
                self._keep(name, record)
            else:
                record = envelope(*name, json.loads(head), Place(path, tuple(json.loads(pointer))))
            yield name, record
            before = name

    def all(self, entity: type[R]) -> Iterator[R]:
        for id in sorted(self.ids(entity.kind)):
            if (found := self.find(entity, id)) is not None and found.id == id:
                yield found

    def mentions(self, kind: str, key: str = "") -> Iterator[Mention]:
        rows = self._index.ask(
            "SELECT a.kind, a.slug, key, b.kind, b.slug FROM mention JOIN file ON file.id = mention.file"
            " JOIN name a ON a.id = source JOIN name b ON b.id = target WHERE live AND b.kind = ? AND (? = '' OR key = ?)"
            " ORDER BY a.kind, a.slug, key", kind, key, key,
        )  # fmt: skip
        for source_kind, source, at, target_kind, target in rows:
            yield Mention(Name(source_kind, source), at, Name(target_kind, target))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
