"""Changes of the small nouns: roles, teams, tools, metrics, artifacts, terms and calendars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.changes import words
from handbook.changes.change import Change
from handbook.changes.fields import Table, amount, choice, day, entries, flag, names, texts, value
from handbook.changes.record import ENVELOPE, target
from handbook.changes.scope import Scope
from handbook.model.catalog import Closure, Freeze, Holiday


def _meaning(scope: Scope, key: str, old: str, new: str) -> Iterator[Change]:
    if old.split() != new.split():
        yield scope.change("meaning-changed", key=key, before=words.quoted(old), after=words.quoted(new))


def _sign_in(it: bool) -> str:
    return "with the company account" if it else "with an account of its own"


def _days(it: Holiday | Closure | Freeze) -> str:
    if isinstance(it, Holiday):
        return f"{words.quoted(it.title)} on {words.value(it.on)}"
    return f"{words.quoted(it.title)} from {words.value(it.from_)} to {words.value(it.to)}"


CATALOG: Mapping[str, Table] = {
    "role": {
        "team": value("home-team", "team"),
        "purpose": ENVELOPE["summary"],
        "decides": texts("authority"),
        "backup": value("backup", "role"),
        "skills": texts("skill"),
        "capacity": amount("capacity"),
        "holders": names("wearer"),
    },
    "team": {
        "lead": value("lead", "role"),
        **dict.fromkeys(("channel", "mail", "tracker", "handle"), value("contact")),
        "calendar": value("base-calendar", "calendar"),
    },
    "tool": {
        "url": value("address"),
        "access": value("access"),
        "used_by": names("user", "role"),
        "integrations": names("integration", "tool"),
        "data_classes": texts("data"),
        "single_sign_on": choice("sign-in", _sign_in),
        "seats": amount("seats"),
        "seats_used": value("usage"),
        "cost_per_year": amount("cost"),
        "contract_end": day("contract"),
    },
    "metric": {
        "formula": value("formula"),
        "unit": value("unit"),
        "direction": choice("direction"),
        "source": value("source", "tool"),
        "cadence": choice("cadence"),
        "target": target(),
        "baseline": value("usage"),
        "certified": value("usage"),
        "needs": names("base-metric", "metric"),
        "dimensions": texts("dimension"),
    },
    "artifact": {
        "format": value("format"),
        "tool": value("work-tool", "tool"),
        "template": value("blank"),
        "accepted_when": texts("criterion"),
        "external": flag("origin"),
        "keep_for": value("retention"),
    },
    "term": {
        "summary": _meaning,
        "abbreviation": value("short-form"),
        "also": texts("synonym"),
        "avoid": texts("avoided-word"),
        "see": names("related-term", "term"),
    },
    "calendar": {
        "extends": value("base-calendar", "calendar"),
        **dict.fromkeys(("country", "subdivision", "time_zone"), value("place")),
        "weekend": names("weekend"),
        "holidays": entries("day-off", _days),
        "closures": entries("day-off", _days),
        "freezes": entries("freeze", _days),
    },
}
