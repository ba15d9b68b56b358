"""What changed on a page, section by section. Pure: the old text and the new one in, what is worth knowing out.

New wording alone is not worth knowing. What is: sections that came or went, one that says something else
altogether, and sentences with obligations or numbers, because somebody may act on them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.changes.alike import match, moved, reworded
from handbook.changes.sections import Section, sections, words
from handbook.changes.words import LONGEST, quoted
from handbook.text.words import count, listed

_DUTY = re.compile(r"\b(?:must|shall|requir(?:e[sd]?|ing)|mandatory|obligatory|ha(?:ve|s) to|needs? to|may not|cannot|never|prohibited|forbidden|not allowed)\b", re.I)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w/#.-])[$€£]?[0-9][0-9.,:/-]*(?<![.,:/-])(?:[%$€£]|[a-z]{1,2}\b)?", re.I)
_NEAR = 0.5  #: share of words that two texts have in common when one is a new wording of the other
_ENOUGH = 8  #: words below which a section is too short to tell that it was rewritten
_LEAD = 6  #: words of an excerpt before the first one that differs
_MOST_TITLES, _MOST_LINES = 8, 8  #: of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChange:
    """What happened to a section: added, removed, renamed, moved, reworded, rewritten or restated; `lines` say what it says now.

    Restated means that an obligation, a number or a block of code changed.
    """

    kind: str
    title: str
    lines: tuple[str, ...] = ()


def compare_sections(old: str, new: str) -> tuple[SectionChange, ...]:
    """Return what happened to the sections of a page, in the order in which a reader meets them."""
    before, after = sections(old), sections(new)
    found = match(
        before, after,
        lambda one: tuple(title.casefold() for title in one.way),
        lambda one: (one.title.casefold(), one.words) if one.title else None,
        lambda one: one.words if len(one.words) >= _ENOUGH else None,
    )  # fmt: skip
    renamed = _renamed(found.removed, found.added)
    pairs = [*found.pairs, *renamed]
    went = _went(pairs, before, after)
    changes = {id(new): list(_pair(old, new, id(new) in went)) for old, new in pairs}
    came = {id(one) for one in found.added} - changes.keys()
    gone = [one for one in found.removed if not any(one is old for old, _ in renamed)]
    told = [
        one
        for section in after
        for one in ([_whole("added", section)] if id(section) in came else changes[id(section)])
    ]
    return (*told, *(_whole("removed", section) for section in gone))


def _whole(kind: str, section: Section) -> SectionChange:
    """A section that came or went. What stands before the first heading has no name, but may say something."""
    return SectionChange(kind=kind if section.title else "reworded", title=section.title)


def _renamed(removed: Sequence[Section], added: Sequence[Section]) -> list[tuple[Section, Section]]:
    """Pair sections whose heading changed and whose text did not, or not much."""
    olds = {" ".join(one.words): one for one in removed if len(one.words) >= _ENOUGH}
    news = {" ".join(one.words): one for one in added if len(one.words) >= _ENOUGH}
    return [(olds[old], news[new]) for old, new in reworded(list(olds), list(news))]


def _went(pairs: Sequence[tuple[Section, Section]], before: Sequence[Section], after: Sequence[Section]) -> set[int]:  # fmt: skip
    """The new sections that stand elsewhere: in another order, or below another heading."""
    number = {id(new): str(place) for place, (_, new) in enumerate(pairs)}
    same = {id(old): number[id(new)] for old, new in pairs}
    olds = [same[id(one)] for one in before if id(one) in same]
    news = [number[id(one)] for one in after if id(one) in number]
    order = set(moved(olds, news))
    return {id(new) for old, new in pairs if number[id(new)] in order or len(old.way) != len(new.way)}


def _pair(old: Section, new: Section, went: bool) -> Iterator[SectionChange]:
    if old.title != new.title:
        yield SectionChange(kind="renamed", title=new.title)
    if went:
        yield SectionChange(kind="moved", title=new.title)
    if old.text.strip() == new.text.strip():
        return
    if old.words == new.words and old.code == new.code:
        yield SectionChange(kind="reworded", title=new.title)
        return
    lines = tuple(_lines(old, new))
    if _rewritten(old, new):
        yield SectionChange(kind="rewritten", title=new.title)
    else:
        yield SectionChange(kind="restated" if lines else "reworded", title=new.title, lines=lines)


def _rewritten(old: Section, new: Section) -> bool:
    mine, yours = Counter(old.words), Counter(new.words)
    total = max(mine.total(), yours.total())
    return total >= _ENOUGH and (mine & yours).total() < _NEAR * total


def _lines(old: Section, new: Section) -> Iterator[str]:
    """Yield what a section demands or counts now, and what it demanded or counted before."""
    had, has = {words(one) for one in old.sentences}, {words(one) for one in new.sentences}
    went = [one for one in old.sentences if words(one) not in has]
    came = [one for one in new.sentences if words(one) not in had]
    pairs = reworded(list(dict.fromkeys(went)), list(dict.fromkeys(came)))
    for before, after in pairs:
        if _weight(before) != _weight(after):
            yield f"{_excerpt(after, before)} instead of {_excerpt(before, after)}"
    for one in dict.fromkeys(came):
        if _tells(one) and not any(one == after for _, after in pairs):
            yield f"now says {quoted(one)}"
    for one in dict.fromkeys(went):
        if _tells(one) and not any(one == before for before, _ in pairs):
            yield f"no longer says {quoted(one)}"
    if old.code != new.code:
        yield "the commands or examples changed"


def _excerpt(text: str, other: str) -> str:
    """Return a sentence in quotes; a long one from shortly before the first word in which it differs from another one."""
    mine, yours = text.split(), other.split()
    same = next((at for at, (one, two) in enumerate(zip(mine, yours, strict=False)) if one != two), 0)
    start = max(same - _LEAD, 0) if max(len(text), len(other)) > LONGEST else 0
    return quoted(" ".join(["…", *mine[start:]] if start else mine))


def _weight(sentence: str) -> tuple[object, ...]:
    """What somebody may act on in a sentence: how it obliges, and its numbers."""
    duties = sorted(one.casefold() for one in _DUTY.findall(sentence))
    said = words(sentence) if duties else ()
    return (said, sorted(_NUMBER.findall(sentence)))


def _tells(sentence: str) -> bool:
    return bool(_DUTY.search(sentence) or _NUMBER.search(sentence))


def lines(changes: Sequence[SectionChange]) -> tuple[str, ...]:
    """Return what is worth knowing of a page's sections, as sentences; nothing where only the words changed."""
    came, went = ({one.title for one in changes if one.kind == kind} for kind in ("added", "removed"))
    rewritten = {one.title for one in changes if one.kind == "rewritten"} | (came & went)
    groups = (("New", came - went), ("Gone", went - came), ("Rewritten", rewritten))
    order = list(dict.fromkeys(one.title for one in changes))
    told = [f"{word}: {_titles(sorted(titles, key=order.index))}." for word, titles in groups if titles]
    said = [(one.title, line) for one in changes if one.kind == "restated" for line in one.lines]
    told += [
        f"{quoted(title)}: {line}." if title else f"{line[:1].upper()}{line[1:]}."
        for title, line in said[:_MOST_LINES]
    ]
    if len(said) > _MOST_LINES:
        told.append(f"{count(len(said) - _MOST_LINES, 'more sentence')} with obligations or numbers changed.")
    return tuple(told)


def _titles(titles: Sequence[str]) -> str:
    shown = [quoted(title) if title else "the beginning" for title in titles]
    more = [f"{len(shown) - _MOST_TITLES} more"] if len(shown) > _MOST_TITLES else []
    return listed([*shown[:_MOST_TITLES], *more])
