"""What is wrong between records: rules on what one of them names, and on what names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.check import duties
from handbook.check.index import SOUND, Index
from handbook.check.plain import of_hit
from handbook.check.view import View
from handbook.finding import Hit, Place
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.rules.around import Mention
from handbook.sources import RECORD_ENDINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGE = 500_000  #: bytes of an image that are too many for a page
WHOLE = 0  #: the subject of what is wrong with the handbook as a whole


class Judge:
    """Runs the rules that look further than one file, over all subjects or over those that a change concerns."""

    def __init__(self, index: Index, view: View) -> None:
        self._index, self._view = index, view

    def everything(self) -> None:
        """Judge all subjects, and the whole."""
        index = self._index
        index.ask("DELETE FROM judged")
        doubtful: dict[int, list[Mention]] = {}
        for source, mention in self._doubtful():
            doubtful.setdefault(source, []).append(mention)
        for name, head in self._view.all_heads():
            number = index.id(*name)
            hits = [*self._about(doubtful.pop(number, ())), *self._of_record(name, head)]
            if hits:
                index.judge(number, hits)
        for number, mentions in doubtful.items():  # pages, and records with errors of their own
            index.judge(number, [*self._about(mentions), *self._of_page(mentions[0].source)])
        for name in self._doubled():
            number = index.id(*name)
            index.judge(number, [*index.judged(number), *self._twins(name)])
        self.whole()

    def whole(self) -> None:
        """Judge what only the whole handbook shows."""
        self._index.judge(WHOLE, self._whole())

    def these(self, subjects: Iterable[int]) -> None:
        """Judge some subjects anew. What is wrong with the whole is left as it is."""
        for number in subjects:
            name = self._index.name(number)
            head = self._view.head(name)
            mentions = [mention for mention in self._view.outgoing(name) if self._is_doubtful(mention)]
            hits = [*self._about(mentions), *self._twins(name), *(self._of_page(name) if mentions else ())]
            if head is not None and (head.kind, head.id) == name:
                hits += self._of_record(name, head)
            self._index.judge(number, hits)

    def _about(self, mentions: Iterable[Mention]) -> Iterator[list[Any]]:
        for mention in mentions:
            for rule in duties.around(duties.MENTION):
                assert rule.run is not None
                yield from (of_hit(rule.name, hit) for hit in rule.run(mention, self._view))

    def _of_record(self, name: Name, head: Record) -> Iterator[list[Any]]:
        for rule in duties.head(name.kind):
            assert rule.run is not None
            yield from (of_hit(rule.name, hit) for hit in rule.run(head, self._view))
        special = duties.around(name.kind)
        if special and (record := self._view.record(name)) is not None:
            for rule in special:
                assert rule.run is not None
                yield from (of_hit(rule.name, hit) for hit in rule.run(record, self._view))

    def _of_page(self, name: Name) -> Iterator[list[Any]]:
        """Judge a page that leads to something doubtful."""
        page = self._view.page(name.id) if name.kind == "page" else None
        for rule in duties.around("page") if page else ():
            assert rule.run is not None
            yield from (of_hit(rule.name, hit) for hit in rule.run(page, self._view))

    def _whole(self) -> Iterator[list[Any]]:
        for rule in duties.whole():
            assert rule.run is not None
            yield from (of_hit(rule.name, hit) for hit in rule.run(self._view))

    def _is_doubtful(self, mention: Mention) -> bool:
        target = mention.target
        if target.kind == "file":
            size = self._view.file_size(target.id)
            return size is None or size > LARGE or target.id.endswith(RECORD_ENDINGS)
        if mention.key.startswith("#"):
            known = self._view.anchors(self._page_of(target))
            return known is None or mention.key not in ("#", *(f"#{anchor}" for anchor in known)) or self._is_unsettled(target)
        return mention.source == target or self._view.resolve(target) != target or self._is_unsettled(target)

    def _page_of(self, name: Name) -> str:
        from handbook.site.anchors import page_of

        return name.id if name.kind == "page" else f"{self._view.docs}/{page_of(name)}"

    def _is_unsettled(self, name: Name) -> bool:
        return self._view.state(name) not in (None, SOUND)

    def _doubtful(self) -> Iterator[tuple[int, Mention]]:
        """Yield what is named and missing, out of force, called by an earlier name, or the record itself.

        The index knows at once that most is not; what it cannot tell is looked into.
        """
        rows = self._index.ask(
            "SELECT DISTINCT source, a.kind, a.slug, key, b.kind, b.slug FROM mention"
            " JOIN file ON file.id = mention.file JOIN name a ON a.id = source JOIN name b ON b.id = target"
            " WHERE live AND (source = target OR key LIKE '#_%' OR target NOT IN"
            " (SELECT name FROM record JOIN file ON file.id = record.file WHERE live AND (state IS NULL OR state = ?)))"
            " ORDER BY mention.rowid", SOUND,
        )  # fmt: skip
        for source, source_kind, source_slug, key, kind, slug in rows:
            mention = Mention(Name(source_kind, source_slug), key, Name(kind, slug))
            if self._is_doubtful(mention):
                yield source, mention

    def _doubled(self) -> list[Name]:
        rows = self._index.ask(
            "SELECT kind, slug FROM record JOIN file ON file.id = record.file JOIN name ON name.id = record.name"
            " WHERE live GROUP BY record.name HAVING count(*) > 1"
        )
        return [Name(*row) for row in rows.fetchall()]

    def _twins(self, name: Name) -> Iterator[list[Any]]:
        """Yield a hit for each further record of the same name."""
        first, *others = self._index.ask(
            "SELECT path, pointer FROM record JOIN file ON file.id = record.file WHERE name = ? AND live ORDER BY path",
            self._index.id(*name),
        ).fetchall() or [None]
        for path, pointer in others:
            message = f'there are two {KINDS[name.kind].plural.lower()} "{name.id}"; the other one is {first[0]}'
            at = Place(path, tuple(_json(pointer)))
            yield of_hit("duplicate-id", Hit(at, message, "rename one of the two files, or merge them"))


def _json(text: str) -> Any:
    import json

    return json.loads(text)
