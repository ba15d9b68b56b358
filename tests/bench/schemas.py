"""The schemas in the form that other validators are quickest with, and the records that each of them is for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handbook.model.kinds import KINDS
from handbook.schema import files
from handbook.settings import Settings

#: what a validator has no use for once there are no references
_UNNEEDED = ("$defs", "$id")


def flattened(folder: Path) -> dict[str, Path]:
    """Write the schema of each kind with all that it refers to in place, and return the files by kind.

    Following references takes check-jsonschema half as long again, which says nothing about the handbook.
    """
    folder.mkdir(exist_ok=True)
    made = {name: folder / kind.schema for name, kind in KINDS.items()}
    for name, path in made.items():
        schema = files.load(KINDS[name].schema)
        path.write_text(json.dumps(_whole(schema, schema)))
    return made


def records_by_kind(folder: Path) -> dict[str, list[str]]:
    """Return the paths of the records of a handbook, by kind, relative to it."""
    settings = Settings()
    found: dict[str, list[str]] = {}
    for file in sorted((folder / settings.processes).rglob("*.yaml")):
        path = file.relative_to(folder).as_posix()
        if kind := settings.kind_of(path):
            found.setdefault(kind.name, []).append(path)
    return found


def _whole(part: Any, home: dict[str, Any]) -> Any:
    """Return a part of the schema `home` with what each reference leads to in its place. No schema contains itself."""
    if isinstance(part, list):
        return [_whole(item, home) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: _whole(item, home) for key, item in part.items() if key not in _UNNEEDED}
    if isinstance(reference := made.pop("$ref", None), str):
        name, _, pointer = reference.partition("#/$defs/")
        other = files.load(name) if name else home
        made = _whole(other["$defs"][pointer], other) | made
    return made
