"""How values are said in a sentence about a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from handbook.model.values import Duration, Effort, Offset, Period, Quantity, Target
from handbook.text import words

_PATH = re.compile(r"((?:[\w-]+/)*[\w-]+)\.md(?:#([\w-]+))?")  #: of a page below the folder of pages
LONGEST = 160  #: characters of a text that a sentence still carries


def value(it: object) -> str:
    """Return a value in words: a day, a duration, a text in quotes, yes or no."""
    if it is None or it in ("", ()):
        return "nothing"
    say = _SAID.get(type(it), lambda other: quoted(str(other)))
    return say(it)


def quoted(text: str) -> str:
    """Return a text in quotes, cut where it is too long for a sentence."""
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + '…'}”"


def text_or_page(text: str) -> str:
    """Return a text in quotes; of one that is the path of a page, its words, with its folders before it."""
    path = _PATH.fullmatch(text)
    if not path:
        return quoted(text)
    names = [name for name in path[1].split("/") if name != "index"] or ["index"]
    page = f"the page {quoted(': '.join(map(_spoken, names)))}"
    return f"{quoted(_spoken(path[2]))} on {page}" if path[2] else page


def _spoken(name: str) -> str:
    said = name.replace("-", " ").replace("_", " ").strip()
    return said[:1].upper() + said[1:]


def number_of_day(offset: Offset) -> str:
    """Return a working day by its number: −10, 0, 5."""
    return f"−{-offset.days}" if offset.days < 0 else str(offset.days)


def from_anchor(offset: Offset, anchor: str) -> str:
    """Return an offset in words: 10 working days before “Launch day”, on “Launch day”."""
    if not offset.days:
        return f"on {quoted(anchor)}"
    side = "before" if offset.days < 0 else "after"
    return f"{words.count(abs(offset.days), 'working day')} {side} {quoted(anchor)}"


def label(key: str) -> str:
    """Return a key as a reader would say it: cost_per_year becomes cost per year."""
    return _LABELS.get(key) or key.rstrip("_").replace("_", " ")


def with_article(noun: str) -> str:
    """Return a noun as it stands after "has": a purpose, notes."""
    return noun if noun.endswith("s") else f"a{'n' if noun[0] in 'aeiou' else ''} {noun}"


#: keys whose words do not name what they hold
_LABELS = {
    "certified": "last certification",
    "decided_on": "day of the decision",
    "done_on": "day of completion",
    "measured_on": "day of measurement",
    "why": "reason",
}


_SAID: Mapping[type, Callable[[Any], str]] = {
    bool: lambda it: "yes" if it else "no",
    int: words.number,
    float: words.number,
    str: text_or_page,
    date: words.day,
    Duration: words.duration,
    Effort: words.effort,
    Period: words.period,
    Offset: number_of_day,
    Target: words.target,
    Quantity: words.quantity,
    dict: lambda it: ", ".join(f"{key}: {value(item)}" for key, item in it.items()),
    list: lambda it: words.listed(map(value, it)),
    tuple: lambda it: words.listed(map(value, it)),
}
