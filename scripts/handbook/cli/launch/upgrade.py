"""`handbook launch upgrade`: a running launch and its template of today, brought together."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from handbook.cli.launch.desk import Desk, open_desk
from handbook.cli.today import option
from handbook.errors import CLEAN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.diary import Diary
    from handbook.plan.origin import State
    from handbook.plan.upgrade import Step

EXAMPLE = "handbook launch upgrade shared-dashboards --write"
_HEADS = {
    "add": "To add",
    "change": "To change",
    "drop": "To drop",
    "keep": "Kept as people wrote it",
    "leave": "Left out",
}


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="LAUNCH", help="the launch, such as shared-dashboards")
    parser.add_argument(
        "--write",
        action="store_true",
        help="write it (default: only show what it would add, change and drop)",
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show what the template of today would change in the launch; with --write, change it."""
    from handbook.finding import Change
    from handbook.plan.origin import state
    from handbook.plan.record import write
    from handbook.plan.upgrade import upgrade

    desk = open_desk(arguments.root, arguments.id)
    launch, today = desk.launch, arguments.today or date.today()
    diary = desk.diary(today)
    now = state(desk.handbook, launch, launch.anchor, diary)
    if now is None:
        raise UserError(
            f'the template "{launch.template}" of this launch is not in the handbook',
            "correct `template` in the plan",
        )
    base = _base(desk, diary)
    steps = upgrade(launch, base, now, today)
    commit = _commit(desk)
    said = (
        "\n".join(_said(steps, known=base is not None)) or "Nothing to do: the plan is what its template says"
    )
    if not arguments.write:
        sys.stdout.write(f"{said}\n")
        if any(step.changes for step in steps):
            sys.stdout.write(f"\nTo write it: handbook launch upgrade {launch.id} --write\n")
        return CLEAN
    changes = [change for step in steps for change in step.changes]
    if commit and commit[:12] != launch.template_commit:
        changes.append(Change(launch.at / "template_commit", commit[:12]))
    desk.save(write(desk.source, launch, changes), said)
    return CLEAN


def _base(desk: Desk, diary: Diary) -> State | None:
    """Return what the template said when the launch was made; None where that is not known."""
    from handbook.check import load
    from handbook.git.repository import open_repository
    from handbook.plan.origin import state

    commit = desk.launch.template_commit
    if commit is None:
        return None
    settings = desk.workspace.settings
    try:
        sources = open_repository(desk.workspace.root).sources(commit, settings.folders)
    except UserError as error:
        sys.stderr.write(f"handbook: the template as it was at {commit} cannot be read: {error.message}\n")
        return None
    then = load(sources, settings).handbook
    return state(then, desk.launch, desk.launch.anchor, diary)


def _commit(desk: Desk) -> str | None:
    from handbook.git.latest import latest
    from handbook.git.repository import open_repository
    from handbook.model.launch import LaunchTemplate

    templates = [
        desk.handbook.find(LaunchTemplate, id) for id in (desk.launch.template, *desk.launch.overlays)
    ]
    try:
        repository = open_repository(desk.workspace.root)
    except UserError:
        return None
    return latest(repository, [template.at.path for template in templates if template])


def _said(steps: list[Step], *, known: bool) -> Iterator[str]:
    if not known and steps:
        yield "What the template said when this launch was made is not known, so only what is missing is added."
    for action, head in _HEADS.items():
        found = [step for step in steps if step.action == action]
        if found:
            yield f"{head}:"
            yield from (f'  {step.word} "{step.title}" ({step.id}): {step.about}' for step in found)
