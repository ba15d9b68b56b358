"""The settings of a handbook: `handbook.toml` at its root. A missing file means the defaults.

What a setting means is here; how the file is read, and what may be wrong with it, is in `settings_file`.
"""

from __future__ import annotations

from collections.abc import Mapping

from handbook.finding import Fault, Severity
from handbook.frozen import EMPTY, Entity, Frozen
from handbook.model.kinds import KINDS, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

AREAS = {
    "strategy": "Strategy",
    "discovery": "Discovery",
    "planning": "Planning",
    "delivery": "Delivery",
    "release": "Release",
    "learning": "Learning",
    "operations": "Operations",
}


class PathLevels(Frozen):
    """How much rules matter in some files: patterns of paths, and the level of each rule there."""

    paths: tuple[str, ...]
    levels: Mapping[str, Severity]

    def holds(self, path: str) -> bool:
        """Whether a path is one of those that are meant."""
        from handbook.text.glob import matches

        return any(matches(pattern, path) for pattern in self.paths)


class Settings(Entity):
    """What a handbook may set.

    `repository` is the address of the repository at its Git host, for links to commits. `areas` are the
    folders of processes with their titles, in the order of the product lifecycle. `levels` change how
    much a rule matters here, `path_levels` in some of the files; of those the last one that speaks of a rule counts.
    From `fail_on` upwards a finding fails the check. `company` are rules of one's own, as plain tables.
    `release` is the pattern of the tags that name releases. `policy` says whether pages of the site carry one,
    `search` which program searches them, `feedback` where readers say what is wrong: an address with places for the
    title, the page and its file; `visibility` who may read what does not say it itself.
    """

    title: str = "Handbook"
    repository: str = ""
    processes: str = "processes"
    docs: str = "docs"
    areas: Mapping[str, str] = AREAS
    levels: Mapping[str, Severity] = EMPTY
    path_levels: tuple[PathLevels, ...] = ()
    fail_on: Severity = Severity.ERROR
    company: tuple[Mapping[str, Any], ...] = ()
    release: str = "v{year}.{month}.{number}"
    policy: str = "strict"
    feedback: str = ""
    visibility: str = "internal"
    search: str = "material"

    @property
    def folders(self) -> tuple[str, str]:
        return (self.processes, self.docs)

    def level(self, rule: str, default: Severity, path: str) -> Severity:
        """Return how much a rule matters in a file; `default` is its own level."""
        for entry in reversed(self.path_levels):
            if rule in entry.levels and entry.holds(path):
                return entry.levels[rule]
        return self.levels.get(rule, default)

    def is_off(self, rule: str, default: Severity) -> bool:
        """Whether a rule matters nowhere, so that it need not run at all."""
        return not self.levels.get(rule, default) and not any(
            entry.levels.get(rule) for entry in self.path_levels
        )

    def stage(self, area: str) -> int:
        """Return the place of an area in the product lifecycle. One that is not known comes last."""
        return [*self.areas, area].index(area)

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


def read(source: bytes, rules: frozenset[str]) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings in `source`, and what is wrong with it. `rules` are the names of the built-in rules.

    What is wrong is left out, and the rest holds.
    """
    from handbook import settings_file

    return settings_file.read(source, rules)


def to_plain(settings: Settings) -> dict[str, Any]:
    """Return settings as plain values for JSON; `from_plain` makes them again."""
    return {
        "title": settings.title,
        "repository": settings.repository,
        "processes": settings.processes,
        "docs": settings.docs,
        "areas": dict(settings.areas),
        "levels": _words(settings.levels),
        "path_levels": [[list(entry.paths), _words(entry.levels)] for entry in settings.path_levels],
        "fail_on": settings.fail_on.word,
        "company": list(settings.company),
        "release": settings.release,
        "policy": settings.policy,
        "feedback": settings.feedback,
        "visibility": settings.visibility,
        "search": settings.search,
    }


def from_plain(plain: Mapping[str, Any]) -> Settings:
    """Return the settings that `to_plain` made plain."""
    return Settings(
        **{
            **plain,
            "levels": _levels(plain["levels"]),
            "path_levels": tuple(
                PathLevels(tuple(paths), _levels(levels)) for paths, levels in plain["path_levels"]
            ),
            "fail_on": Severity[plain["fail_on"].upper()],
            "company": tuple(plain["company"]),
        }
    )


def _words(levels: Mapping[str, Severity]) -> dict[str, str]:
    return {rule: severity.word for rule, severity in levels.items()}


def _levels(words: Mapping[str, str]) -> dict[str, Severity]:
    return {rule: Severity[word.upper()] for rule, word in words.items()}
