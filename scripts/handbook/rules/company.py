"""Rules of one's own: tables `[[company]]` in handbook.toml, which select records and say what these must have.

They are read as data and judged on the plain values of one record. What may be wrong with a table is found when
the settings are read, by `company_form`; here every table is good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from handbook.finding import Hit, Place, Severity
from handbook.frozen import Entity
from handbook.rules.condition import MISSING, Condition, condition, failing, found, holds, steps
from handbook.settings import Settings
from handbook.text.glob import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.rules.registry import Rule

GROUP = "company"
GROUP_TITLE = "Rules of this company, from handbook.toml"
LEVEL = Severity.WARNING  #: of a company rule that names none
HELP = "see `handbook explain {}`"
PLACEHOLDER = re.compile(r"\{([a-z]+(?:\.[A-Za-z0-9_-]+)?)\}")
_LONGEST_VALUE = 80

#: from a kind, an id, the plain values of a record and its place to the rules that it breaks
Check = Callable[[str, str, "Mapping[str, Any]", Place], Iterator[tuple[str, Hit]]]


class CompanyRule(Entity):
    """One rule, ready to be judged by. `each` is the way to the entries that it looks at one by one, if not the record."""

    name: str
    kinds: tuple[str, ...]
    paths: tuple[str, ...]
    each: tuple[str, ...]
    where: Condition | None
    require: Condition
    message: str
    help: str

    def __call__(self, kind: str, id: str, data: Mapping[str, Any], at: Place) -> Iterator[tuple[str, Hit]]:
        """Yield the name of the rule and a hit for each value of a record that breaks it."""
        if kind not in self.kinds or not self._is_meant(at.path):
            return
        record = {"status": "active", **data}  # what the schemas say of a record without one
        for entry_at, entry in found(record, self.each):
            if entry is MISSING or (self.where is not None and not holds(self.where, entry)):
                continue
            for value_at, value in failing(self.require, entry):
                place = Place(at.path, (*at.pointer, *entry_at, *value_at))
                said = {"id": id, "title": data.get("title", id), "value": value}
                yield self.name, Hit(place, _filled(self.message, said, entry), self.help)

    def _is_meant(self, path: str) -> bool:
        return not self.paths or any(matches(pattern, path) for pattern in self.paths)


def checks(settings: Settings) -> tuple[Check, ...]:
    """Return the company rules of a handbook as functions."""
    return tuple([_made(table) for table in settings.company])


def levels(settings: Settings) -> dict[str, Severity]:
    """Return the level of each company rule, as its own table gives it."""
    return {table["name"]: Severity[table.get("level", LEVEL.word).upper()] for table in settings.company}


def rules(settings: Settings) -> dict[str, Rule]:
    """Return the company rules as they are explained, beside the built-in ones."""
    from handbook.rules.company_doc import document
    from handbook.rules.registry import Rule

    levelled = levels(settings)
    return {
        table["name"]: Rule(
            name=table["name"], group=GROUP, severity=levelled[table["name"]], doc=document(table),
            on=(), scope="record", fix="none", module=__name__, run=None,
        )
        for table in settings.company
    }  # fmt: skip


def _made(table: Mapping[str, Any]) -> CompanyRule:
    kinds = table["kind"]
    return CompanyRule(
        name=table["name"],
        kinds=(kinds,) if isinstance(kinds, str) else tuple(kinds),
        paths=tuple(table.get("paths", ())),
        each=steps(table["each"]) if "each" in table else (),
        where=condition(table["where"]) if "where" in table else None,
        require=condition(table["require"]),
        message=table["message"],
        help=table.get("help", HELP.format(table["name"])),
    )


def _filled(message: str, said: Mapping[str, Any], entry: Any) -> str:
    """Return a message with the values that its placeholders stand for."""

    def value(match: re.Match[str]) -> str:
        name, _, key = match[1].partition(".")
        return _spoken(
            entry.get(key, MISSING) if key and isinstance(entry, dict) else said.get(name, MISSING)
        )

    return PLACEHOLDER.sub(value, message)


def _spoken(value: Any) -> str:
    """Return a value as part of a sentence, in one line and not too long."""
    if value is MISSING:
        return "nothing"
    if isinstance(value, list | dict):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
