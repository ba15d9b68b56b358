"""What may stand on a command line: the options and arguments of each command, as its parser knows them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

from handbook.model.kinds import KINDS
from handbook.rules.registry import rules

FILES, FOLDERS = "files", "folders"
_PLACES = {"PATH": FILES, "FILE": FILES, "FOLDER": FOLDERS, "DIR": FOLDERS}
#: a shell command that prints the ids in a file of the catalogue: one `sed`, and no Python
IDS = r"sed -n 's/^\([a-z0-9][a-z0-9-]*\):.*/\1/p'"


@dataclass(frozen=True, slots=True)
class Values:
    """What may stand in a place: some words, files or folders, or the ids in a file of the catalogue."""

    name: str
    words: tuple[str, ...] = ()
    paths: str = ""
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """An option. `values` is None where it takes none."""

    names: tuple[str, ...]
    help: str
    values: Values | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its options and its arguments in order; the last one may be `repeated`."""

    name: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Values, ...]
    repeated: bool

    @property
    def with_values(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.values)


def firsts(commands: Iterable[Command]) -> list[str]:
    """Return the words that a command line may begin with."""
    return list(dict.fromkeys(command.name.partition(" ")[0] for command in commands))


def seconds(commands: Iterable[Command]) -> dict[str, list[str]]:
    """Return the first words of commands of two words, each with the words that may follow."""
    found: dict[str, list[str]] = {}
    for command in commands:
        first, space, second = command.name.partition(" ")
        if space:
            found.setdefault(first, []).append(second)
    return found


def command(name: str, sentence: str, parser: argparse.ArgumentParser) -> Command:
    """Return what may stand behind a command, from its parser."""
    actions = parser._actions
    given = [action for action in actions if not action.option_strings]
    found = tuple(
        Option(
            tuple(name for name in action.option_strings if name.startswith("--"))
            or tuple(action.option_strings),
            (action.help or "").replace("%(default)s", str(action.default)),
            None if action.nargs == 0 else _values(action),
        )
        for action in actions
        if action.option_strings
    )
    repeated = bool(given) and given[-1].nargs in ("*", "+")
    return Command(name, sentence, found, tuple(map(_values, given)), repeated)


def _values(action: argparse.Action) -> Values:
    name = str(action.metavar or action.dest.upper())
    kind = next((kind for kind in KINDS.values() if kind.catalogue and kind.name.upper() == name), None)
    if action.choices:
        return Values(name, words=tuple(map(str, action.choices)))
    if name in ("RULE", "KIND"):
        return Values(name, words=tuple(rules() if name == "RULE" else KINDS))
    return Values(name, paths=_PLACES.get(name, ""), catalogue=f"processes/{kind.folder}" if kind else "")
