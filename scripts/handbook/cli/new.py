"""`handbook new`: a record to start from, in the right file."""

from __future__ import annotations

import argparse
import os
import sys

from handbook import files
from handbook.check import load
from handbook.errors import CLEAN, UserError
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS, Kind
from handbook.model.values import is_id
from handbook.schema.starter import starter
from handbook.text import yaml
from handbook.text.near import did_you_mean, listed
from handbook.workspace import Workspace, open_workspace

EXAMPLE = 'handbook new process release/hotfix --title "Hotfix release" --owner engineering'


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("kind", metavar="KIND", help=f"what to write: {', '.join(KINDS)}")
    parser.add_argument(
        "id", metavar="ID", help="its id, such as hotfix; for a process with its area: release/hotfix"
    )
    parser.add_argument("--title", help="the name that people read (default: made from the id)")
    parser.add_argument("--summary", help="one sentence on what it is for (default: an example)")
    parser.add_argument(
        "--owner", metavar="TEAM", help="the team that keeps it true (default: a team of the handbook)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the record and say where it is. An existing record is never touched."""
    workspace = open_workspace(arguments.root)
    kind, area, id = _named(arguments.kind, arguments.id, workspace)
    handbook = load(workspace.sources(), workspace.settings).handbook
    if place := handbook.places.get(Name(kind.name, id)):
        raise UserError(
            f'there is a {kind.title.lower()} "{id}" already: {place.path}',
            "choose another id, or edit that file",
        )
    given = {
        key: value for key in ("title", "summary", "owner") if (value := getattr(arguments, key)) is not None
    }
    if "owner" in given and not handbook.knows(Name("team", given["owner"])):
        near = did_you_mean(given["owner"], handbook.ids("team"))
        raise UserError(
            f'there is no team "{given["owner"]}"{near}',
            f"the teams are {listed(sorted(handbook.ids('team')), 'and')}",
        )
    path = _path(kind, area, id, workspace)
    _write(
        workspace,
        kind,
        id,
        path,
        starter(kind, id, given, _known(handbook), _schema_path(workspace, kind, path)),
    )
    sys.stdout.write(
        f"Wrote {path}. It is a draft with examples: change each line, then run `handbook check`.\n"
    )
    return CLEAN


def _named(kind_name: str, id: str, workspace: Workspace) -> tuple[Kind, str, str]:
    kind = KINDS.get(kind_name)
    if kind is None:
        raise UserError(
            f'there is no kind of record "{kind_name}"{did_you_mean(kind_name, KINDS)}',
            f"the kinds are {listed(KINDS, 'and')}",
        )
    area, _, slug = id.rpartition("/")
    if not is_id(slug):
        raise UserError(
            f'"{slug}" cannot be an id',
            "use lower-case letters, digits and single hyphens, such as release-review",
        )
    areas = workspace.settings.areas
    if kind.name == "process" and area not in areas:
        about = f'"{area}" is not an area{did_you_mean(area, areas)}' if area else "a process needs an area"
        raise UserError(
            about, f"write one of {', '.join(areas)} before the id, such as {next(iter(areas))}/{slug}"
        )
    if kind.name != "process" and area:
        raise UserError(
            f'the id of a {kind.title.lower()} has no folder before it, but "{id}" has', f"write {slug}"
        )
    return kind, area, slug


def _path(kind: Kind, area: str, id: str, workspace: Workspace) -> str:
    below = kind.folder if kind.catalogue else f"{kind.folder or area}/{id}.yaml"
    return f"{workspace.settings.processes}/{below}"


def _schema_path(workspace: Workspace, kind: Kind, path: str) -> str:
    """The way from a record to its schema, for editors; empty where the handbook has no schemas beside it."""
    if not os.path.isfile(os.path.join(workspace.root, "schemas", kind.schema)):
        return ""
    return "../" * path.count("/") + f"schemas/{kind.schema}"


def _known(handbook: Handbook) -> dict[str, list[str]]:
    return {kind: sorted(handbook.ids(kind)) for kind in KINDS}


def _write(workspace: Workspace, kind: Kind, id: str, path: str, text: str) -> None:
    full = os.path.join(workspace.root, path)
    if kind.catalogue and os.path.exists(full):
        with open(full, "rb") as file:
            before = file.read()
        text = _appended(path, before, text, id)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    files.write(full, text)


def _appended(path: str, before: bytes, text: str, id: str) -> str:
    """Return a catalogue with a record added at its end, in the line breaks that it has.

    Raises:
        UserError: it cannot be read, or more than the new record would change.
    """
    line_break = "\r\n" if b"\r\n" in before else "\n"
    added = f"\n\n{text}".replace("\n", line_break)
    after = before.rstrip() + added.encode()
    old, new = yaml.read(path, before), yaml.read(path, after)
    was = old.data if isinstance(old.data, dict) else {}
    now = new.data if isinstance(new.data, dict) else None
    if old.broken or new.broken or now is None or {key: now[key] for key in now if key != id} != was:
        message = f"{path} has to be mended before something can be added to it"
        raise UserError(message, f"`handbook check {path}` says what is wrong")
    return after.decode()
