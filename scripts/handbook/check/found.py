"""From the index to what is wrong on a day: hits that hold then, with their spans and with edits that mend them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from handbook.check.index import Index
from handbook.check.plain import to_fault, to_hit
from handbook.finding import HERE, START, Hit, Place, Span
from handbook.rules.around import Mention
from handbook.settings import Settings
from handbook.sources import PAGE_ENDINGS, Sources
from handbook.triage import Raw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Found = tuple[Place, str, Hit]  #: where, which rule, and what it says


def raws(
    index: Index,
    sources: Sources,
    settings: Settings,
    faults: Iterable[tuple[str, list[Any]]],
    hits: Iterable[list[Any]],
    holds: Callable[[str, Hit], bool],
    is_shown: Callable[[str, str], bool],
) -> Iterator[Raw]:
    """Yield what is wrong: faults of readers, with their paths, and of what rules hit on, only what `holds`.

    Where a finding is only counted, and not shown (by rule and path), nobody looks up its span.
    """
    for path, kept in faults:
        fault = to_fault(kept)
        yield Raw(
            path=path, span=fault.span, rule=fault.rule, message=fault.message, help=fault.help, fix=fault.fix
        )
    by_path: dict[str, list[Found]] = {}
    for kept in hits:
        rule, hit = to_hit(kept)
        if holds(rule, hit):
            for at in _places(hit.at, index, sources, settings):
                by_path.setdefault(at.path, []).append((at, rule, hit))
    for path, found in sorted(by_path.items()):
        shown = [each for each in found if is_shown(each[1], path)]
        yield from (
            Raw(path=path, span=START, rule=rule, message=hit.message)
            for _, rule, hit in found
            if not is_shown(rule, path)
        )
        if shown:
            yield from _located(path, shown, sources)


def _places(at: Place | Mention, index: Index, sources: Sources, settings: Settings) -> Iterator[Place]:
    """Yield where a hit is: the place itself, or every place in which a record names another at a key."""
    if isinstance(at, Place):
        yield at
        return
    from handbook.check import records
    from handbook.schema.references import key_of

    for path in index.paths(at.source):
        for entry in records.read(path, sources, settings).entries:
            if entry.name == at.source:
                for reference in entry.references():
                    pointer = reference.at.pointer[len(entry.at.pointer) :]
                    if reference.target == at.target and key_of(pointer) == at.key:
                        yield reference.at


def _located(path: str, hits: list[Found], sources: Sources) -> Iterator[Raw]:
    try:
        source = sources[path]
    except (OSError, KeyError):
        source = None
    spans = _spans(path, [at for at, _, _ in hits], source)
    for at, rule, hit in hits:
        fix = None
        if hit.change is not None and source is not None:
            from handbook.text.edit import edits

            fix = edits(source, hit.change.replaced(at=at) if hit.change.at == HERE else hit.change)
        yield Raw(path=path, span=spans[at], rule=rule, message=hit.message, help=hit.help, fix=fix,
                  since=hit.since, until=hit.until)  # fmt: skip


def _spans(path: str, places: list[Place], source: bytes | None) -> Mapping[Place, Span]:
    spans = {place: place.span or START for place in places}
    sought = [place for place in places if place.span is None]
    if source is not None and sought:
        from handbook.text import markdown, yaml

        text, above = markdown.front_matter(source) if path.endswith(PAGE_ENDINGS) else (source, 0)
        spans |= yaml.locate(text, sought, above)
    return spans
