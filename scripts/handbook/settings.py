"""The settings of a handbook: `handbook.toml` at its root. A missing file means the defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handbook.finding import START, Fault, Severity, Span
from handbook.model.kinds import KINDS, Kind
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
    """Return the settings in `source`, and what is wrong with it. `rules` are the names that may be set."""
    import tomllib

    try:
        text = source.decode().removeprefix("\ufeff")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        return Settings(), (
            Fault(
                "invalid-settings", START, f"byte {error.start + 1} is not UTF-8", "save it again as UTF-8"
            ),
        )
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(where[1]), int(where[2])) if where else (1, 1)
        message = f"this is not valid TOML: {str(error).partition(' (at')[0].lower()}"
        return Settings(), (
            Fault(
                "invalid-settings",
                Span(line, column, line, column + 1),
                message,
                "compare it with the lines above",
            ),
        )
    except (RecursionError, ValueError):  # nested beyond all measure, or a number of thousands of digits
        return Settings(), (
            Fault(
                "invalid-settings", START, "this is more than settings can be", "start anew from the defaults"
            ),
        )
    faults = tuple(_faults(text, data, rules))
    return (_settings(data) if not faults else Settings()), faults


def _settings(data: Mapping[str, Any]) -> Settings:
    rules = data.get("rules", {})
    paths = {key: path.rstrip("/") for key, path in data.get("paths", {}).items()}
    given = {**data.get("handbook", {}), **paths}
    if areas := data.get("areas"):
        given["areas"] = areas
    return Settings(**given, levels={name: _LEVELS[level] for name, level in rules.items()})


def _faults(text: str, data: Mapping[str, Any], rules: frozenset[str]) -> list[Fault]:
    faults: list[Fault] = []

    def fault(section: str, key: str, message: str, help: str) -> None:
        faults.append(Fault("invalid-settings", _span(text, section, key), message, help))

    for section, content in data.items():
        keys = SECTIONS.get(section)
        if keys is None or not isinstance(content, dict):
            fault(
                "",
                section,
                f'"{section}" is not a section of the settings{did_you_mean(section, SECTIONS)}',
                f"the sections are {listed(SECTIONS, 'and')}",
            )
            continue
        for key, value in content.items():
            if not isinstance(value, str):
                fault(section, key, f'"{key}" is not text', "put the value in double quotes")
            elif "*" not in keys and key not in keys:
                fault(
                    section,
                    key,
                    f'"{key}" is not a setting of [{section}]{did_you_mean(key, keys)}',
                    f"the settings here are {listed(keys, 'and')}",
                )
            elif section == "rules" and key not in rules:
                fault(
                    section,
                    key,
                    f'there is no rule "{key}"{did_you_mean(key, rules)}',
                    "`handbook explain` lists every rule",
                )
            elif section == "rules" and value not in _LEVELS:
                fault(section, key, f'"{value}" is not a level', f"a level is {listed(_LEVELS)}")
            elif section == "paths" and (
                value.startswith(("/", "~")) or ".." in value.split("/") or not value
            ):
                fault(
                    section,
                    key,
                    f'"{value}" is not a folder inside the handbook',
                    "write a path such as processes",
                )
    return faults


def _span(text: str, section: str, key: str) -> Span:
    """The span of a key in a TOML text; tomllib does not tell."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[+\s*\"?([^\]\"]+?)\"?\s*\]", line):
            current = match[1]
            if not section and current == key:
                return Span(number, match.start(1) + 1, number, match.end(1) + 1)
        elif current == section and (match := re.match(rf"\s*(\"?){re.escape(key)}\1\s*=", line)):
            column = line.index(key) + 1
            return Span(number, column, number, column + len(key))
    return START
