"""How `handbook.toml` is read: what may stand in it, and what is wrong with it. Each mistake is left out by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handbook.finding import Fault, Pointer, Severity
from handbook.model.values import is_id
from handbook.settings import PathLevels, Settings
from handbook.text import glob, toml
from handbook.text.near import did_you_mean, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
    "release": {"tag": "How releases are named: {year}, {month} and {number} stand for the parts of a name."},
    "site": {
        "policy": "Which scripts a browser may run in the pages: strict for those of the theme, off for all.",
        "feedback": "Where readers say what is wrong: an address of a mail or a form, in which {title}, {page} and {file} stand for those of the page.",
        "visibility": "Who may read records and pages that do not say it themselves: internal (people of the organisation) or public (everybody).",
        "search": "Which search the site has: material for that of the theme, pagefind for one with filters that suits large handbooks.",
    },
    "check": {"fail_on": "From which level on a finding fails the check: error or warning."},
}
#: sections that may be there several times, each with keys of its own
REPEATED: Mapping[str, str] = {
    "levels": "How much rules matter in some of the files.",
    "company": "A rule of one's own: which records it looks at, and what these must have.",
}
LEVELS = {severity.word: severity for severity in reversed(Severity)}
FAIL_ON = ("error", "warning")
POLICY = ("strict", "off")
VISIBILITY = ("internal", "public")
SEARCH = ("material", "pagefind")

_MAX_FAULTS = 100  #: a hostile file could have a hundred thousand
#: setting -> what it may be, and what is said of anything else
_CHOICES = {
    "policy": (POLICY, "is not a policy"),
    "visibility": (VISIBILITY, "does not say who may read"),
    "search": (SEARCH, "is no search of the site"),
}
_TAKEN = ("catalog", "launches", "onboarding")  #: folders beside the areas


def read(source: bytes, rules: frozenset[str]) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings in `source`, and what is wrong with it. `rules` are the names of the built-in rules."""
    try:
        text, data = toml.read(source)
    except toml.Invalid as error:
        return Settings(), (Fault("invalid-settings", error.span, error.message, error.help),)
    reading = _Reading(toml.Places(text), rules)
    settings = reading.settings(data)
    return settings, tuple(sorted(reading.faults, key=lambda fault: (fault.span.line, fault.span.column)))


class _Reading:
    """One pass over the settings. `rules` grows by the company's own, which may then be given levels."""

    def __init__(self, places: toml.Places, rules: frozenset[str]) -> None:
        self.places = places
        self.rules = rules
        self.faults: list[Fault] = []

    def settings(self, data: Mapping[str, Any]) -> Settings:
        company = tuple(self._company(self._tables(data, "company")))
        good: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
        for section, key, value in _entries(data):
            if complaint := _complaint(section, key, value, self.rules):
                self._fault((section, key) if key else (section,), *complaint)
            elif key:
                good[section][key] = value
        path_levels = tuple(self._path_levels(self._tables(data, "levels")))
        return Settings(**_given(good), path_levels=path_levels, company=company)

    def _fault(self, at: Pointer, message: str, help: str) -> None:
        if len(self.faults) < _MAX_FAULTS:
            self.faults.append(Fault("invalid-settings", self.places.span(at), message, help))

    def _tables(self, data: Mapping[str, Any], section: str) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
        """Yield the tables of a section that may be there several times."""
        tables = data.get(section, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            message = f'"{section}" is written in two brackets, as it may be there several times'
            self._fault((section,), message, f"write [[{section}]] above its lines")
            return
        for number, table in enumerate(tables):
            yield (section, number), table

    def _company(self, tables: Iterable[tuple[Pointer, Mapping[str, Any]]]) -> Iterator[Mapping[str, Any]]:
        for at, table in tables:
            from handbook.rules import company_form

            wrong = list(company_form.complaints(table, self.rules))
            for below, message, help in wrong:
                self._fault((*at, *below), message, help)
            if isinstance(name := table.get("name"), str):
                self.rules |= {name}  # that it is wrong is enough to say, also where it is given a level
            if not wrong:
                yield table

    def _path_levels(self, tables: Iterable[tuple[Pointer, Mapping[str, Any]]]) -> Iterator[PathLevels]:
        for at, table in tables:
            levels: dict[str, Severity] = {}
            for key, value in table.items():
                if key in LEVELS:
                    levels |= dict.fromkeys(self._names((*at, key), value), LEVELS[key])
                elif key != "paths":
                    known = ("paths", *LEVELS)
                    message = f'"{key}" is not a key of [[levels]]{did_you_mean(key, known)}'
                    self._fault((*at, key), message, f"the keys here are {listed(known, 'and')}")
            paths = self._patterns(at, table.get("paths"))
            if not set(table) & set(LEVELS):
                help = 'write a level and its rules, such as off = ["unused-record"]'
                self._fault(at, "this [[levels]] gives no rule a level", help)
            if paths and levels:
                yield PathLevels(paths, levels)

    def _names(self, at: Pointer, value: object) -> Iterator[str]:
        for number, name in enumerate(self._list(at, value)):
            if name in self.rules:
                yield name
            else:
                self._fault((*at, number), *_no_rule(name, self.rules))

    def _patterns(self, at: Pointer, value: object) -> tuple[str, ...]:
        if value is None:
            help = 'write paths = ["processes/launches"]; for all files there is [rules]'
            self._fault(at, 'this [[levels]] has no "paths"', help)
            return ()
        good = []
        for number, pattern in enumerate(self._list((*at, "paths"), value)):
            if said := glob.objection(pattern):
                self._fault(
                    (*at, "paths", number),
                    said,
                    "write a path such as processes/release, or a pattern such as *.md",
                )
            else:
                good.append(pattern)
        return tuple(good)

    def _list(self, at: Pointer, value: object) -> list[str]:
        if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
            return value
        self._fault(at, f'"{at[-1]}" is not a list of texts', f'write {at[-1]} = ["…", "…"]')
        return []


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield section, key and value of each setting; for a section that is none, or empty, the key is empty."""
    for section, content in data.items():
        if section in SECTIONS and isinstance(content, dict):
            yield from ((section, key, value) for key, value in content.items())
        elif section not in REPEATED:
            yield section, "", content


def _complaint(section: str, key: str, value: Any, rules: frozenset[str]) -> tuple[str, str] | None:
    """What is wrong with a setting, and the remedy."""
    if not key:
        sections = [*SECTIONS, *REPEATED]
        message = f'"{section}" is not a section of the settings{did_you_mean(section, sections)}'
        return message, f"the sections are {listed(sections, 'and')}"
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
    if section == "paths" and value.strip("./") == "":
        return f'"{value}" is the root of the handbook', "records and pages each have a folder of their own"
    if section == "release":
        return _about_release(value)
    if key == "fail_on" and value not in FAIL_ON:
        return f'a check cannot fail on "{value}"', f'"fail_on" is {listed(FAIL_ON)}'
    if key == "feedback":
        return _about_feedback(value)
    if key in _CHOICES and value not in _CHOICES[key][0]:
        allowed, complaint = _CHOICES[key]
        return f'"{value}" {complaint}{did_you_mean(value, allowed)}', f'"{key}" is {listed(allowed)}'
    return None


def _about_area(folder: str) -> tuple[str, str] | None:
    if is_id(folder) and folder not in _TAKEN:
        return None
    help = f"use lower-case letters, digits and hyphens; {listed(_TAKEN, 'and')} hold other records"
    return f'"{folder}" cannot be the folder of an area', help


def _about_release(pattern: str) -> tuple[str, str] | None:
    from handbook.changes import version

    if why := version.objection(pattern):
        return f'"{pattern}" cannot name releases: {why}', f'write "{version.DEFAULT}", for example'
    return None


def _about_feedback(pattern: str) -> tuple[str, str] | None:
    from handbook.site import feedback

    why = feedback.objection(pattern) if pattern else None
    help = 'write "mailto:handbook@example.com?subject={title}", for example'
    return (f'"{pattern}" cannot take feedback: {why}', help) if why else None


def _about_level(rule: str, level: str, rules: frozenset[str]) -> tuple[str, str] | None:
    if rule not in rules:
        return _no_rule(rule, rules)
    if level not in LEVELS:
        return f'"{level}" is not a level', f"a level is {listed(LEVELS)}"
    return None


def _no_rule(name: str, rules: frozenset[str]) -> tuple[str, str]:
    return f'there is no rule "{name}"{did_you_mean(name, rules)}', "`handbook explain` lists every rule"


def _given(good: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    given: dict[str, Any] = {**good["handbook"]}
    given |= {key: path.rstrip("/") for key, path in good["paths"].items()}
    if good["areas"]:
        given["areas"] = good["areas"]
    if good["release"]:
        given["release"] = good["release"]["tag"]
    given |= good["site"]
    if good["check"]:
        given["fail_on"] = LEVELS[good["check"]["fail_on"]]
    given["levels"] = {rule: LEVELS[level] for rule, level in good["rules"].items()}
    return given
