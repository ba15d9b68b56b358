"""What there is to know about one file, whatever the others say: what it defines, what it names, what is wrong in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from handbook.check import duties, records
from handbook.check.sync import terms_path
from handbook.finding import Fault, Hit, Place
from handbook.frozen import Entity
from handbook.model.handbook import Name
from handbook.model.record import Record
from handbook.rules.around import Glossary
from handbook.rules.destinations import behind
from handbook.schema.references import mentions
from handbook.schema.shape import shape
from handbook.settings import Settings
from handbook.sources import PAGE_ENDINGS, Sources
from handbook.text.leaks import leaks
from handbook.waivers import waivers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.model.page import Page
    from handbook.rules.registry import Rule

ENVELOPE = frozenset(key.rstrip("_") for key in Record.fields) - {"id", "at", "notes", "extra"}
#: what is kept of a process beside its envelope, and of each of its steps: who does what, in which order and how
#: often. There are so many of them, and they are so long, that their texts are not kept
_OF_PROCESS = frozenset(("trigger", "accountable", "volume"))
_OF_STEP = frozenset(
    ("id", "responsible", "needs", "effort", "duration", "tool", "options", "to", "max", "process")
)


Named = tuple[Name, str, Name]
Test = Callable[[bytes], bool]


class Definition(Entity):
    """A record or page that a file defines. One without a `head` has findings: only its name is known.

    `data` are its other values, of a process only some. `anchors` are those of its page.
    """

    name: Name
    pointer: tuple[str | int, ...] = ()
    head: Mapping[str, Any] | None = None
    data: object = None
    anchors: tuple[str, ...] | None = None
    aliases: tuple[str, ...] = ()


class Facts(Entity):
    """What one file says, and what is wrong with it by itself."""

    definitions: tuple[Definition, ...] = ()
    mentions: tuple[Named, ...] = ()  #: source, key and target, as of a Mention
    faults: tuple[Fault, ...] = ()
    hits: tuple[tuple[str, Hit], ...] = ()
    waivers: tuple[list[Any], ...] = ()
    unread: str | None = None


def glossary(sources: Sources, settings: Settings) -> Glossary:
    """Return the words of a handbook; none where its terms cannot be read."""
    path = terms_path(settings)
    if path not in sources:
        return Glossary()
    entries = records.read(path, sources, settings).entries
    terms: list[Any] = [entry.record() for entry in entries if entry.whole]
    explained = (word for term in terms for word in (term.abbreviation, term.title, *term.also))
    return Glossary(
        avoided={word.lower(): term.title for term in terms for word in term.avoid},
        spelled_out=frozenset(word for word in explained if word),
    )


def examine(path: str, sources: Sources, settings: Settings, words: Callable[[], Glossary]) -> Facts:
    """Read one file, and judge what can be judged without the others, but for the words of the glossary."""
    if path.endswith(PAGE_ENDINGS):
        return _page(path, sources, settings, words)
    file = records.read(path, sources, settings)
    hits = list(file.hits)
    definitions = []
    active: list[Rule] | None = None
    leads: list[Named] = []
    for entry in file.entries:
        record = entry.record() if entry.whole else None
        definitions.append(_definition(entry, record))
        if record is not None:
            leads += _record_leads(record, entry.name, settings)
            active = _active(entry.kind.name, sources[path]) if active is None else active
            hits += _judged(record, active)
            hits += _by_company(entry, settings)
    return Facts(
        definitions=tuple(definitions),
        mentions=(*_mentions(file.entries), *leads),
        faults=(*file.document.faults, *leaks(sources[path]))
        if file.document.data is not None
        else file.document.faults,
        hits=tuple(hits),
        waivers=_waivers(path, sources),
        unread=file.unread,
    )


def page(path: str, sources: Sources) -> Page | None:
    """Return a page; None where it cannot be read."""
    from handbook.model.page import make
    from handbook.text import markdown

    document = records.opened(path, sources, markdown.read)
    if not isinstance(document.data, dict):
        return None
    return make(path, sources[path].decode(), document.data)


def _page(path: str, sources: Sources, settings: Settings, words: Callable[[], Glossary]) -> Facts:
    from handbook.model.page import make
    from handbook.text import markdown

    document = records.opened(path, sources, markdown.read)
    if document.broken or not isinstance(document.data, dict):
        return Facts(definitions=(Definition(name=Name("page", path)),), faults=document.faults)
    source = sources[path]
    found = make(path, source.decode(), document.data)
    front = tuple(shape("page.schema.json", document.data, Place(path)))
    head = {} if front else {key: value for key, value in document.data.items() if key in ENVELOPE}
    return Facts(
        definitions=(
            Definition(
                name=Name("page", path),
                head={"title": path, "summary": "", **head},
                anchors=tuple(sorted(found.outline.anchors)),
            ),
        ),
        mentions=tuple(_leads(found, settings, not front)),
        faults=document.faults,
        hits=(*front, *_judged(found, _active("page", source)), *_worded(found, words)),
        waivers=_waivers(path, sources),
    )


def _leads(page: Page, settings: Settings, sound: bool) -> Iterator[Named]:
    """Yield what a page names: where its links lead, and in its front matter."""
    here = Name("page", page.path)
    yield from {(here, f"#{anchor}", destination(path, settings)) for _, path, anchor in page.ways}
    yield from ((here, "include", Name("file", include.target)) for include in page.outline.includes)
    if sound:
        yield from ((here, key, Name(kind, id)) for key, kind, id in sorted(mentions("page", page.front)))


def _record_leads(record: Record, name: Name, settings: Settings) -> Iterator[Named]:
    """Yield the pages that a record links to."""
    for _, to in behind(record):
        if "://" not in to and not to.startswith("mailto:"):
            way, _, anchor = to.partition("#")
            yield name, f"#{anchor}", destination(f"{settings.docs}/{way}", settings)


def destination(path: str, settings: Settings) -> Name:
    """Return what a link to a path from the root leads to: a page, the page of a record, or another file."""
    from handbook.site.anchors import record_of

    if not path.endswith(PAGE_ENDINGS):
        return Name("file", path)
    return record_of(path.removeprefix(f"{settings.docs}/")) or Name("page", path)


def _by_company(entry: records.Entry, settings: Settings) -> Iterator[tuple[str, Hit]]:
    if settings.company and isinstance(entry.data, dict):
        from handbook.rules.company import checks

        for check in checks(settings):
            yield from check(entry.kind.name, entry.id, entry.data, entry.at)


def _waivers(path: str, sources: Sources) -> tuple[list[Any], ...]:
    try:
        return tuple([waiver.plain() for waiver in waivers(path, sources[path])])
    except OSError:
        return ()


def _definition(entry: records.Entry, record: Record | None) -> Definition:
    data = entry.data
    if record is None or not isinstance(data, dict):
        return Definition(name=entry.name, pointer=entry.at.pointer)
    head = {key: value for key, value in data.items() if key in ENVELOPE}
    from handbook.site import anchors

    return Definition(
        name=entry.name,
        pointer=entry.at.pointer,
        head=head,
        data=_kept(entry.kind.name, data),
        anchors=tuple(sorted(anchors.of(record))),
        aliases=record.aliases,
    )


def _kept(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept of a record beside its envelope."""
    if kind != "process":
        return {key: value for key, value in data.items() if key not in ENVELOPE}
    steps = [{key: value for key, value in step.items() if key in _OF_STEP} for step in data["steps"]]
    return {"steps": steps, **{key: value for key, value in data.items() if key in _OF_PROCESS}}


def _mentions(entries: Iterable[records.Entry]) -> Iterator[Named]:
    for entry in entries:
        name = entry.name
        for key, kind, id in sorted(mentions(entry.kind.name, entry.data)):
            yield name, key, Name(kind, id)


def _worded(page: Page, words: Callable[[], Glossary]) -> Iterator[tuple[str, Hit]]:
    for rule in duties.worded("page"):
        assert rule.run is not None
        for hit in rule.run(page, words()):
            yield rule.name, hit


def _active(kind: str, source: bytes) -> list[Rule]:
    """Return the rules on one kind of record that may have something to say of a file."""
    plain, signed, signs = _by_signs(kind)
    if not signed:
        return plain
    lower = source.lower()
    found = {sign for sign, is_in in signs if is_in(lower)}
    return [*plain, *(rule for rule in signed if not found.isdisjoint(rule.signs))] if found else plain


@functools.cache
def _by_signs(kind: str) -> tuple[list[Rule], list[Rule], list[tuple[bytes, Test]]]:
    """Return the rules that always have to look, those that look for words, and these words, each with its test."""
    plain = [rule for rule in duties.alone(kind) if not rule.signs]
    signed = [rule for rule in duties.alone(kind) if rule.signs]
    return plain, signed, [(sign, _test(sign)) for sign in {sign for rule in signed for sign in rule.signs}]


def _test(sign: bytes) -> Test:
    """Return the test whether something has a sign. A pattern takes longer, and is made for those that need one."""
    if not sign.endswith(b"[a-z]"):
        return lambda lower: sign in lower
    search = re.compile(re.escape(sign.removesuffix(b"[a-z]")) + b"[a-z]").search
    return lambda lower: search(lower) is not None


def _judged(record: Entity, active: Iterable[Rule]) -> Iterator[tuple[str, Hit]]:
    """Run rules that see one record or page, and nothing else."""
    for rule in active:
        assert rule.run is not None
        for hit in rule.run(record):
            yield rule.name, hit
