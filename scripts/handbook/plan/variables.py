"""What a launch fills in for the variables of its template: read from a command line, and checked by type."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

from handbook.errors import UserError
from handbook.model.launch import Variable
from handbook.text.near import did_you_mean, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_YES = {"true": True, "yes": True, "false": False, "no": False}


def filled(variables: Mapping[str, Variable], given: Iterable[str]) -> dict[str, Any]:
    """Return the value of every variable: what `given` says as `name=value`, else its default.

    One without a value is left out. A list is written with commas between its entries.

    Raises:
        UserError: there is no such variable, it is given twice, or it cannot have the value.
    """
    said: dict[str, Any] = {}
    for entry in given:
        name, sign, text = entry.partition("=")
        name = name.strip().replace("-", "_")
        if not sign:
            raise UserError(f'"{entry}" sets nothing', "write a name and a value: --set region=eu")
        if name not in variables:
            near = did_you_mean(name, variables)
            hint = f"the variables are {listed(variables, 'and')}" if variables else "leave it out"
            raise UserError(f'the template has no variable "{name}"{near}', hint)
        if name in said:
            raise UserError(
                f'"{name}" is given twice', "write several values of a list with commas between them"
            )
        said[name] = _value(name, variables[name], text.strip())
    defaults = {name: _plain(one.default) for name, one in variables.items() if one.default is not None}
    return {
        name: said.get(name, defaults.get(name)) for name in variables if name in said or name in defaults
    }


def _value(name: str, variable: Variable, text: str) -> object:
    if variable.type == "list":
        return [_chosen(name, variable, part.strip()) for part in text.split(",") if part.strip()]
    if variable.type == "boolean":
        if text.lower() not in _YES:
            raise _wrong(name, text, "write yes or no")
        return _YES[text.lower()]
    if variable.type == "number":
        return _number(name, text)
    if variable.type == "date":
        return _day(name, text)
    if not text:
        raise _wrong(name, text, f"write a value: --set {name}=…")
    return _chosen(name, variable, text)


def _chosen(name: str, variable: Variable, text: str) -> str:
    if variable.choices and text not in variable.choices:
        raise _wrong(
            name, text, f"choose from {listed(variable.choices, 'and')}", did_you_mean(text, variable.choices)
        )
    return text


def _number(name: str, text: str) -> int | float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(name, text, "write a number, such as 3 or 2.5")
    return int(number) if number.is_integer() else number


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _wrong(name, text, "write a day as year-month-day, such as 2027-01-26") from None


def _wrong(name: str, text: str, hint: str, near: str = "") -> UserError:
    return UserError(f'"{name}" cannot be "{text}"{near}', hint)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
