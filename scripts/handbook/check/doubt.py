"""What says that something is nowhere is doubtful while a file cannot be read that may hold it.

A process whose YAML is broken still produces its artifacts, as everybody sees who looks at it. One mistake is told
once: what seems to be missing because of it is left out, for as long as the broken file mentions it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from handbook.check.records import stem
from handbook.sources import Sources
from handbook.triage import Raw

_CITED = re.compile(r'"([^"\s]+)"')
_WORD = re.compile(r"[\w-]+")


def certain(
    found: Iterable[Raw], from_absence: Container[str], broken: Iterable[str], sources: Sources
) -> list[Raw]:
    """Return what was found, without what the rules `from_absence` say of something that a broken file mentions."""
    try:
        texts = [sources[path].decode("utf-8", "replace") for path in sorted(broken)]
    except (OSError, KeyError):  # a file that cannot even be opened may mention everything
        return [raw for raw in found if raw.rule not in from_absence]
    words = frozenset(_WORD.findall(" ".join(texts)))
    return [raw for raw in found if raw.rule not in from_absence or words.isdisjoint(_subjects(raw))]


def _subjects(raw: Raw) -> list[str]:
    """Return the names of which something is said; a page is known by that of its file."""
    return _CITED.findall(raw.message) or [stem(raw.path)]
