"""The inline half of Python-Markdown, several times as fast on short texts: an extension that changes no result.

Python-Markdown tries each of some fifteen patterns on each text, such as a cell of a table. Most need a sign that the
text does not have: there is no link without `[`, and no entity without `&`. Those are not tried here. A pattern that
is not known is tried always, and with another kind of Python-Markdown, or an inline half of another extension,
nothing is done.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from markdown import Markdown, inlinepatterns  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.treeprocessors import InlineProcessor  # type: ignore[import-untyped]
from markdown.util import AtomicString  # type: ignore[import-untyped]

#: what Python-Markdown calls the two steps within it; names of its own, which it may change
_TRY, _TRY_ALL = "_InlineProcessor__applyPattern", "_InlineProcessor__handleInline"
#: names of patterns in Python-Markdown, and the signs of which one has to be in a text
_NAMES = {
    "BACKTICK_RE": "`",
    "ESCAPE_RE": "\\",
    "LINK_RE": "[",
    "IMAGE_LINK_RE": "!",
    "AUTOLINK_RE": "<",
    "AUTOMAIL_RE": "<",
    "HTML_RE": "<",
    "ENTITY_RE": "&",
    "LINE_BREAK_RE": "\n",
}
Tried = tuple[str, bool, int]  #: the text now, whether the pattern was found, and where to look for it next

_EMPHASIS = r"\*|_"
_FOOTNOTE = r"\[\^([^\]]*)\]"
_SIGNS: Mapping[str, frozenset[str]] = {
    **{getattr(inlinepatterns, name): frozenset(signs) for name, signs in _NAMES.items()},
    _EMPHASIS: frozenset("*_"),
    _FOOTNOTE: frozenset("^"),
}


class Inline(InlineProcessor):  # type: ignore[misc]
    """Tries on a text only patterns that it has the signs for."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: list[tuple[object, frozenset[str] | None]] = []
        self._every: frozenset[str] = frozenset()  #: the signs that matter
        self._steps: dict[frozenset[str], list[int]] = {}  #: the patterns to try, by the signs in a text

    def _InlineProcessor__handleInline(self, text: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  # its name
        return text if isinstance(text, AtomicString) else self._applied(text, patternIndex)

    def _applied(self, data: str, first: int) -> str:
        """Put placeholders in the place of what the patterns from the `first` on find in a text."""
        if not self._patterns:  # not before all extensions have put theirs in
            self._learn()
        steps = self._possible(data)
        place, start = bisect_left(steps, first), 0
        while place < len(steps):
            index = steps[place]
            tried: Tried = self._InlineProcessor__applyPattern(self._patterns[index][0], data, index, start)
            data, found, start = tried
            if not found:
                place += 1
                continue
            steps = self._possible(data)  # the text is another one now
            place = bisect_left(steps, index)
            if place < len(steps) and steps[place] != index:
                start = 0
        return data

    def _learn(self) -> None:
        self._patterns = [
            (pattern, _SIGNS.get(pattern.getCompiledRegExp().pattern)) for pattern in self.inlinePatterns
        ]
        self._every = frozenset().union(*(signs for _, signs in self._patterns if signs))

    def _possible(self, data: str) -> list[int]:
        present = self._every.intersection(data)
        if present not in self._steps:
            self._steps[present] = [
                index
                for index, (_, signs) in enumerate(self._patterns)
                if signs is None or not signs.isdisjoint(present)
            ]
        return self._steps[present]


class Quicker(Extension):  # type: ignore[misc]
    """Puts the inline half in the place of the usual one."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Python-Markdown's
        """Do so where the usual one is there, and is made as this one expects."""
        known = md.treeprocessors
        is_usual = "inline" in known and type(known["inline"]) is InlineProcessor
        if is_usual and all(hasattr(InlineProcessor, name) for name in (_TRY, _TRY_ALL)):
            known.register(Inline(md), "inline", 20)


def makeExtension(**settings: object) -> Quicker:  # noqa: N802  # the name is Python-Markdown's
    """Return the extension."""
    return Quicker(**settings)
