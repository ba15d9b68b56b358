"""What is wrong between records: rules on what one of them names, and on what names it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from handbook.check import duties
from handbook.check.index import Index
from handbook.check.plain import SOUND, of_hit
from handbook.check.view import MISSING, View
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
ALIAS = "alias"
WHOLE = 0  #: the subject of what is wrong with the handbook as a whole

#: the records of which naming them is certainly right
_SETTLED = "SELECT name FROM record JOIN file ON file.id = record.file WHERE live AND (state IS NULL OR state = :sound)"
#: whether a page, also that of a record, may lack the section that a link leads to; most have it, as a search in their
#: anchors tells
_MAY_LACK = (
    "(b.kind != 'page' AND :hidden OR key GLOB '*[\"\\]*' OR EXISTS (SELECT 1 FROM record JOIN file f ON f.id = record.file"
    " WHERE name = target AND f.live AND NOT coalesce(instr(anchors, '\"' || substr(key, 2) || '\"'), 0)))"
)


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
        for name, head in self._view.one_by_one(duties.around):
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
        """Whether naming this may be a mistake: it is missing, out of force, an earlier name, or the record itself."""
        target = mention.target
        if target.kind == "file":
            size = self._view.file_size(target.id)
            return size is None or size > LARGE or target.id.endswith(RECORD_ENDINGS)
        if mention.source == target and not mention.key.startswith("#"):
            return True
        state = self._view.state(target) if self._view.resolve(target) == target else ALIAS
        if state == MISSING and target.kind == "page" and self._view.anchors(target.id) is not None:
            state = SOUND  # a page that the site makes, such as the list of all processes
        return state not in (None, SOUND) or self._lacks(target, mention.key)

    def _lacks(self, target: Name, key: str) -> bool:
        """Whether a link leads to a section that its page does not have, as far as one can tell without reading it."""
        if not key.startswith("#") or key == "#":
            return False
        known = self._view.anchors(target.id if target.kind == "page" else self._page_of(target))
        return known is None or key[1:] not in known

    @functools.cache  # noqa: B019  # a judge lives as long as one run
    def _page_of(self, name: Name) -> str:
        from handbook.site.anchors import page_of

        return f"{self._view.docs}/{page_of(name)}"

    def _doubtful(self) -> Iterator[tuple[int, Mention]]:
        """Yield every doubtful mention. Of most of them the index can tell at once that they are not."""
        rows = self._index.ask(
            f"SELECT DISTINCT source, a.kind, a.slug, key, b.kind, b.slug, target IN ({_SETTLED}) FROM mention"
            " JOIN file ON file.id = mention.file JOIN name a ON a.id = source JOIN name b ON b.id = target"
            f" WHERE live AND (source = target OR target NOT IN ({_SETTLED}) OR key GLOB '#?*' AND {_MAY_LACK})"
            " ORDER BY mention.rowid", {"sound": SOUND, "hidden": self._hides_records()},
        )  # fmt: skip
        for source, source_kind, source_slug, key, kind, slug, settled in rows:
            target = Name(kind, slug)
            if settled and key.startswith("#") and not self._lacks(target, key):
                continue
            mention = Mention(Name(source_kind, source_slug), key, target)
            if self._is_doubtful(mention):
                yield source, mention

    def _hides_records(self) -> bool:
        """Whether a page is written by hand where the site makes that of a record: a link leads to what is written."""
        from handbook.site.anchors import record_of

        pages = self._index.ask(
            "SELECT slug FROM record JOIN file ON file.id = record.file JOIN name ON name.id = record.name"
            " WHERE live AND kind = 'page'"
        )
        return any(record_of(path.removeprefix(f"{self._view.docs}/")) for (path,) in pages)

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
            message = (
                f'there are two {KINDS[name.kind].plural.lower()} "{name.id}"; the other one is {first[0]}'
            )
            at = Place(path, tuple(_json(pointer)))
            yield of_hit("duplicate-id", Hit(at, message, "rename one of the two files, or merge them"))


def _json(text: str) -> Any:
    from handbook.text import json

    return json.loads(text)
