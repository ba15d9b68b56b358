"""`handbook launch learn`: from the end of a launch to a better template."""

from __future__ import annotations

import argparse
import os
import sys

from handbook import files
from handbook.cli.launch.desk import open_desk
from handbook.errors import CLEAN, UserError

EXAMPLE = "handbook launch learn add-on-trial --write"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="LAUNCH", help="the launch, such as shared-dashboards")
    parser.add_argument("--write", action="store_true", help="write into the template what can be written without doubt (default: only show it)")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Print what the launch can teach its template, as the text of a proposal; with --write, begin that proposal."""
    from handbook.model.launch import LaunchTemplate
    from handbook.plan import asked
    from handbook.plan.learned import lessons
    from handbook.text.patch import patched

    desk = open_desk(arguments.root, arguments.id)
    template = asked.record(desk.handbook, LaunchTemplate, desk.launch.template)
    found = lessons(desk.launch, template, desk.diary())
    if not found:
        sys.stdout.write(
            f"{desk.launch.title} has nothing to teach its template; a retrospective may hold learnings\n"
        )
        return CLEAN
    sys.stdout.write(f"## What {desk.launch.title} teaches {template.title}\n\n")
    sys.stdout.writelines(f"- [{'x' if lesson.change else ' '}] {lesson.sentence}\n" for lesson in found)
    changes = [lesson.change for lesson in found if lesson.change]
    if not arguments.write:
        hint = f"handbook launch learn {desk.launch.id} --write" if changes else f"edit {template.at.path}"
        sys.stderr.write(f"\nTo propose it: {hint}\n")
        return CLEAN
    made = patched(desk.workspace.sources()[template.at.path], changes, {})
    if made is None:
        raise UserError(
            f"{template.at.path} is written in a way in which nothing can be put in safely",
            "add the tasks by hand",
        )
    changed = files.write(
        os.path.join(desk.workspace.root, template.at.path), made, within=desk.workspace.root
    )
    sys.stderr.write(
        f"\n{'Written' if changed else 'Nothing to write'}: {template.at.path}; the points without a cross are for you to decide\n"
    )
    return CLEAN
