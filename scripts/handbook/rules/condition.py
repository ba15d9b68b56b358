"""Conditions on the values of a record, as company rules state them. They are data, and nothing in them is run.

A condition speaks of the values at a key, such as `steps[].tool`, by one operator; `all`, `any` and `not` put
conditions together. Asked for in `where`, it needs a value that fits. Asked for in `require`, each value that is
there has to fit, and what is absent is only missed by `present`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping

from handbook.finding import Pointer
from handbook.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Test = Callable[["Any"], bool]
Found = tuple[
    Pointer, "Any"
]  #: where a value is, and the value; MISSING at the record or entry that lacks it

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()
GROUPS = ("all", "any", "not")
_CALENDAR_DAYS = {"d": 1.0, "w": 7.0, "mo": 365.25 / 12, "y": 365.25}
_WORKING_DAYS = {"min": 1 / 480, "h": 1 / 8, "d": 1.0, "w": 5.0}


class Values(Frozen):
    """A condition on each value at a key, or with `some` on at least one of them."""

    path: tuple[str, ...]
    operator: str
    test: Test
    some: bool


class Group(Frozen):
    """Conditions put together: all of them, any of them, or not the one."""

    word: str
    parts: tuple[Condition, ...]


Condition = Values | Group


def condition(table: Mapping[str, Any] | list[Any]) -> Condition:
    """Return the condition that a table of the settings states; a list of tables means all of them."""
    if isinstance(table, list):
        return Group("all", tuple([condition(part) for part in table]))
    for word in GROUPS:
        if word in table:
            parts = table[word] if isinstance(table[word], list) else [table[word]]
            return Group(word, tuple([condition(part) for part in parts]))
    key = table.get("key", table.get("some"))
    operator = next(name for name in table if name in OPERATORS)
    return Values(steps(str(key)), operator, OPERATORS[operator](table[operator]), "some" in table)


def steps(key: str) -> tuple[str, ...]:
    """Return the steps of a key: `steps[].tool` is steps, [] and tool."""
    return tuple(key.replace("[]", ".[]").split("."))


def found(data: Any, path: tuple[str, ...], at: Pointer = ()) -> Iterator[Found]:
    """Yield the values at a key, and MISSING wherever the last known mapping on the way lacks it."""
    if not path:
        yield at, data
        return
    step, rest = path[0], path[1:]
    if step == "[]" and isinstance(data, list):
        for index, entry in enumerate(data):
            yield from found(entry, rest, (*at, index))
    elif step == "*" and isinstance(data, dict):
        for name, entry in data.items():
            yield from found(entry, rest, (*at, name))
    elif isinstance(data, dict) and step not in ("[]", "*"):
        if step in data:
            yield from found(data[step], rest, (*at, step))
        else:
            yield at, MISSING


def fitting(wanted: Condition, data: Any) -> Iterator[Found]:
    """Yield where a condition is met: the values that fit, or for conditions put together the data itself."""
    if isinstance(wanted, Values):
        yield from ((at, value) for at, value in found(data, wanted.path) if wanted.test(value))
    elif _combined(wanted, lambda part: holds(part, data)):
        yield (), data


def holds(wanted: Condition, data: Any) -> bool:
    """Whether a condition is met by some value; this is what `where` asks."""
    return next(fitting(wanted, data), None) is not None


def failing(wanted: Condition, data: Any) -> Iterator[Found]:
    """Yield the values that keep a condition from being met; this is what `require` asks."""
    if isinstance(wanted, Values):
        yield from _failing_values(wanted, data)
    elif wanted.word == "all":
        for part in wanted.parts:
            yield from failing(part, data)
    elif wanted.word == "not":
        yield from fitting(wanted.parts[0], data)
    elif not any(_is_met(part, data) for part in wanted.parts):
        yield from _nearest([place for part in wanted.parts for place in failing(part, data)], data)


def _failing_values(wanted: Values, data: Any) -> Iterator[Found]:
    values = list(found(data, wanted.path))
    if wanted.some:
        if not any(wanted.test(value) for _, value in values):
            first = wanted.path[0]
            yield ((first,), MISSING) if isinstance(data, dict) and first in data else ((), MISSING)
        return
    for at, value in values:
        judged = value is not MISSING or wanted.operator == "present"
        if judged and not wanted.test(value):
            yield at, value


def _is_met(wanted: Condition, data: Any) -> bool:
    """Whether nothing is against a condition and some value is for it: one of several may not be met by absence."""
    return holds(wanted, data) and next(failing(wanted, data), None) is None


def _nearest(places: list[Found], data: Any) -> Iterator[Found]:
    """The one value that everything else hangs on, or else the whole."""
    yield places[0] if len({at for at, _ in places}) == 1 else ((), data)


def _combined(group: Group, is_met: Callable[[Condition], bool]) -> bool:
    if group.word == "not":
        return not is_met(group.parts[0])
    return (all if group.word == "all" else any)(map(is_met, group.parts))


def _compared(limit: Any, fits: Callable[[Any, Any], bool], end: int) -> Test:
    """Numbers, days such as 2026-10-05, or times such as 3d and 6mo; of a range its `end` counts."""

    def test(value: Any) -> bool:
        if isinstance(limit, str) and isinstance(value, str):
            for calendar in (False, True):
                asked, given = _days(limit, calendar, end), _days(value, calendar, end)
                if asked is not None and given is not None:
                    return fits(given, asked)
            return _is_day(limit) and _is_day(value) and fits(value, limit)
        return is_number(limit) and is_number(value) and fits(value, limit)

    return test


def _days(text: str, calendar: bool, end: int) -> float | None:
    """Return a time in working days, or in calendar days where it is one; None where it is not."""
    match = re.fullmatch(r"([0-9.]+)(min|mo|h|d|w|y)", text.split("..")[end])
    units = _CALENDAR_DAYS if calendar else _WORKING_DAYS
    if match is None or match[2] not in units or match[1].count(".") > 1 or match[1] == ".":
        return None
    return float(match[1]) * units[match[2]]


def is_measure(value: Any) -> bool:
    """Whether something can be a limit: a number, a day or a time."""
    if isinstance(value, str):
        return _is_day(value) or any(_days(value, calendar, 0) is not None for calendar in (False, True))
    return is_number(value)


def is_number(value: Any) -> bool:
    """Whether something is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _same(value: Any, other: Any) -> bool:
    return value == other and isinstance(value, bool) == isinstance(other, bool)


@functools.cache
def pattern(text: str) -> Test:
    """Return the test of a regular expression, by an engine that takes time in proportion to the text, whatever it is.

    Raises:
        ValueError: it is none, or more than such an engine can do.
    """
    import jsonschema_rs

    schema = {"type": "string", "pattern": text}
    options = jsonschema_rs.RegexOptions(size_limit=1_000_000, dfa_size_limit=1_000_000)
    return jsonschema_rs.Draft202012Validator(schema, pattern_options=options).is_valid


#: operator -> from what is asked for to a test of one value
OPERATORS: dict[str, Callable[[Any], Test]] = {
    "equals": lambda wanted: lambda value: _same(value, wanted),
    "in": lambda wanted: lambda value: any(_same(value, each) for each in wanted),
    "matches": lambda wanted: lambda value: value is not MISSING and pattern(wanted)(value),
    "present": lambda wanted: lambda value: value is not MISSING,
    "absent": lambda wanted: lambda value: value is MISSING,
    "at_least": lambda wanted: _compared(wanted, lambda value, limit: value >= limit, 0),
    "at_most": lambda wanted: _compared(wanted, lambda value, limit: value <= limit, -1),
    "length_at_least": lambda wanted: lambda value: isinstance(value, str | list) and len(value) >= wanted,
    "length_at_most": lambda wanted: lambda value: isinstance(value, str | list) and len(value) <= wanted,
}
