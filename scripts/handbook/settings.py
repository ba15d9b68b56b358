"""The settings of a handbook: `handbook.toml` at its root. A missing file means the defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handbook.finding import START, Fault, Severity, Span
from handbook.model.kinds import KINDS, Kind
from handbook.model.values import is_id
from handbook.text.near import did_you_mean, listed

AREAS = {
    "strategy": "Strategy",
    "discovery": "Discovery",
    "planning": "Planning",
    "delivery": "Delivery",
    "release": "Release",
    "learning": "Learning",
    "operations": "Operations",
}

_TAKEN = ("catalog", "launches", "onboarding")  #: folders beside the areas
_LEVELS = {severity.word: severity for severity in reversed(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a handbook may set.

    `repository` is the address of the repository at its Git host, for links to commits. `areas` are the
    folders of processes with their titles, in the order of the product lifecycle. `levels` change how
    much a rule matters here.
    """

    title: str = "Handbook"
    repository: str = ""
    processes: str = "processes"
    docs: str = "docs"
    areas: Mapping[str, str] = field(default_factory=lambda: AREAS)
    levels: Mapping[str, Severity] = field(default_factory=dict)

    @property
    def folders(self) -> tuple[str, str]:
        return (self.processes, self.docs)

    def kind_of(self, path: str) -> Kind | None:
        """Return the kind of record that a file holds, by its folder, or None where it has no place."""
        below = path.removeprefix(f"{self.processes}/")
        folder, _, name = below.rpartition("/")
        stem = below.removesuffix(".yml").removesuffix(".yaml")
        for kind in KINDS.values():
            if kind.catalogue and f"{stem}.yaml" == kind.folder:
                return kind
            if not kind.catalogue and kind.folder and folder == kind.folder:
                return kind
        return KINDS["process"] if folder in self.areas and name else None


#: section -> key -> what it is for; with "*" any key is allowed
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "handbook": {
        "title": "The name of the handbook.",
        "repository": "The address of its repository at the Git host, for links to commits and files.",
    },
    "paths": {
        "processes": "The folder of the records.",
        "docs": "The folder of the pages.",
    },
    "areas": {"*": "The folders of processes, each with its title, in the order of the product lifecycle."},
    "rules": {"*": "How much a rule matters here: off, info, warning or error."},
}


def read(source: bytes, rules: frozenset[str]) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings in `source`, and what is wrong with it. `rules` are the names that may be set.

    What is wrong is left out, and the rest holds.
    """
    try:
        text, data = _parsed(source)
    except _Unreadable as error:
        return Settings(), (error.fault,)
    good: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    faults: list[Fault] = []
    for section, key, value in _entries(data):
        if complaint := _complaint(section, key, value, rules):
            faults.append(Fault("invalid-settings", _span(text, section, key), *complaint))
        elif key:
            good[section][key] = value
    return _settings(good), tuple(faults)


class _Unreadable(Exception):
    """The settings are not TOML at all."""

    def __init__(self, message: str, help: str, span: Span = START) -> None:
        super().__init__(message)
        self.fault = Fault("invalid-settings", span, message, help)


def _parsed(source: bytes) -> tuple[str, dict[str, Any]]:
    import tomllib

    try:
        text = source.decode().removeprefix("\ufeff")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _Unreadable(f"byte {error.start + 1} is not UTF-8", "save it again as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(where[1]), int(where[2])) if where else (1, 1)
        message = f"this is not valid TOML: {str(error).partition(' (at')[0].lower()}"
        help = "compare it with the lines above"
        raise _Unreadable(message, help, Span(line, column, line, column + 1)) from None
    except (RecursionError, ValueError):  # nested beyond all measure, or a number of thousands of digits
        raise _Unreadable("this is more than settings can be", "start anew from the defaults") from None


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield section, key and value of each setting; for a section that is none, or empty, the key is empty."""
    for section, content in data.items():
        if section in SECTIONS and isinstance(content, dict):
            yield from ((section, key, value) for key, value in content.items())
        else:
            yield section, "", content


def _complaint(section: str, key: str, value: Any, rules: frozenset[str]) -> tuple[str, str] | None:
    """What is wrong with a setting, and the remedy."""
    if not key:
        message = f'"{section}" is not a section of the settings{did_you_mean(section, SECTIONS)}'
        return message, f"the sections are {listed(SECTIONS, 'and')}"
    if not isinstance(value, str):
        return f'"{key}" is not text', "put the value in double quotes"
    if section == "rules":
        return _about_level(key, value, rules)
    if section == "areas":
        return _about_area(key)
    if key not in SECTIONS[section]:
        message = f'"{key}" is not a setting of [{section}]{did_you_mean(key, SECTIONS[section])}'
        return message, f"the settings here are {listed(SECTIONS[section], 'and')}"
    if section == "paths" and (value.startswith(("/", "~")) or ".." in value.split("/") or not value):
        return f'"{value}" is not a folder inside the handbook', "write a path such as processes"
    return None


def _about_area(folder: str) -> tuple[str, str] | None:
    if is_id(folder) and folder not in _TAKEN:
        return None
    help = f"use lower-case letters, digits and hyphens; {listed(_TAKEN, 'and')} hold other records"
    return f'"{folder}" cannot be the folder of an area', help


def _about_level(rule: str, level: str, rules: frozenset[str]) -> tuple[str, str] | None:
    if rule not in rules:
        return f'there is no rule "{rule}"{did_you_mean(rule, rules)}', "`handbook explain` lists every rule"
    if level not in _LEVELS:
        return f'"{level}" is not a level', f"a level is {listed(_LEVELS)}"
    return None


def _settings(good: Mapping[str, Mapping[str, str]]) -> Settings:
    given: dict[str, Any] = {**good["handbook"]}
    given |= {key: path.rstrip("/") for key, path in good["paths"].items()}
    if good["areas"]:
        given["areas"] = good["areas"]
    return Settings(**given, levels={rule: _LEVELS[level] for rule, level in good["rules"].items()})


def _span(text: str, section: str, key: str) -> Span:
    """The span of a key, or without one of a section, in a TOML text; tomllib does not tell."""
    inside, wanted = (section, key) if key else ("", section)
    heading = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[+\s*\"?([^\]\"]+?)\"?\s*\]", line):
            heading = match[1]
            if not key and heading == section:
                return Span(number, match.start(1) + 1, number, match.end(1) + 1)
        elif heading == inside and (match := re.match(rf"\s*\"?({re.escape(wanted)})\"?\s*=", line)):
            return Span(number, match.start(1) + 1, number, match.end(1) + 1)
    return START
