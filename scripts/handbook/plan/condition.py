"""Conditions of a template: whether something applies to a launch, by what the launch filled in."""

from __future__ import annotations

from collections.abc import Mapping

_OPERATORS = ("not in", "in", "==", "!=")


def holds(condition: str, values: Mapping[str, object]) -> bool | None:
    """Whether a condition such as `region in [eu, uk]` holds for these values; None where its variable has none.

    A variable that is a list is `in` another list when they share an entry, and `==` a value when it has it.
    """
    variable, _, rest = condition.partition(" ")
    given = values.get(variable)
    operator = next((sign for sign in _OPERATORS if rest.startswith(f"{sign} ")), None)
    if given is None or operator is None:
        return None
    mine = {_plain(value) for value in given} if isinstance(given, list | tuple) else {_plain(given)}
    asked = {_plain(value) for value in rest[len(operator) :].strip().strip("[]").split(",")}
    return mine.isdisjoint(asked) == (operator in ("not in", "!="))


def _plain(value: object) -> str:
    """Return a value as a condition writes it: `true`, not `True`, and without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value).strip().strip("\"'")
