"""Pages kept from one build to the next in one process, as long as what they asked the handbook for is the same.

A page is a function of the handbook, and looks up in it what it needs. Those questions and their answers are noted:
where every answer is the same in the next handbook, so is the page, and it is not made again. Each page gets a
handbook of its own to ask, so that whatever is remembered about a handbook is not taken for known by another page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from handbook.model.handbook import Handbook
from handbook.settings import Settings
from handbook.site.around import Around
from handbook.site.page import Here, Page

_WHOLE = object()  #: the question for all that a mapping holds
_NOTHING = object()  #: the answer where there is nothing
_MAPPINGS = ("records", "places", "aliases", "_by_kind", "_incoming", "_outgoing")

Made = Page | tuple[Page, ...]
Answers = dict[tuple[str, Any], Any]  #: from the name of a mapping and a key to what was there


class _Note(NamedTuple):
    """What a function made, what it was given, and what it asked for."""

    made: Made
    given: tuple[Any, ...]
    answers: Answers


class Memory:
    """What the functions that make pages have made, and what they asked for."""

    def __init__(self) -> None:
        self._notes: dict[tuple[object, str], _Note] = {}
        self._used: dict[tuple[object, str], _Note] = {}
        self._beside: tuple[Settings, Around, Any] | None = None

    def begin(self, settings: Settings, around: Around, handbook: Handbook) -> None:
        """Begin with a build. With other settings, or another day, history or page by hand, nothing holds any more."""
        beside = (settings, around, handbook.unread)
        self._notes = self._used if beside == self._beside else {}
        self._used, self._beside = {}, beside

    def make(self, function: Callable[..., Page | Iterable[Page]], here: Here, *given: Any) -> Made:
        """Return what a function makes from a place in the handbook and what else it is given."""
        key = (function, here.path)
        note = self._notes.get(key)
        if note is None or note.given != given or not _holds(note.answers, here.handbook):
            answers: Answers = {}
            made = function(replace(here, handbook=_noting(here.handbook, answers)), *given)
            note = _Note(made if isinstance(made, Page) else tuple(made), given, answers)
        self._used[key] = note
        return note.made


def _holds(answers: Answers, handbook: Handbook) -> bool:
    mappings = handbook.__dict__
    return all(
        (mappings[name] if key is _WHOLE else mappings[name].get(key, _NOTHING)) == answer
        for (name, key), answer in answers.items()
    )


def _noting(handbook: Handbook, answers: Answers) -> Handbook:
    """Return a handbook that notes what it is asked for. It has no list of all references, which nobody could note."""
    mappings = {name: _Noting(name, handbook.__dict__[name], answers) for name in _MAPPINGS}
    return Handbook.taking({**mappings, "unread": handbook.unread})


class _Noting(Mapping[Any, Any]):
    """A mapping that notes what it is asked for."""

    def __init__(self, name: str, known: Mapping[Any, Any], answers: Answers) -> None:
        self._name, self._known, self._answers = name, known, answers

    def _ask(self, key: Any) -> Any:
        answer = self._known.get(key, _NOTHING)
        self._answers[self._name, key] = answer
        return answer

    def __getitem__(self, key: Any) -> Any:
        answer = self._ask(key)
        if answer is _NOTHING:
            raise KeyError(key)
        return answer

    def get(self, key: Any, default: Any = None) -> Any:
        answer = self._ask(key)
        return default if answer is _NOTHING else answer

    def __contains__(self, key: object) -> bool:
        return self._ask(key) is not _NOTHING

    def __iter__(self) -> Iterator[Any]:
        self._answers[self._name, _WHOLE] = self._known
        return iter(self._known)

    def __len__(self) -> int:
        self._answers[self._name, _WHOLE] = self._known
        return len(self._known)
