"""A launch that somebody works on: found by its name, read from its file, and written back whole or not at all."""

from __future__ import annotations

import os
import sys
from datetime import date

from handbook import files
from handbook.check import load
from handbook.frozen import Frozen
from handbook.model.handbook import Handbook
from handbook.model.launch import Launch
from handbook.plan import asked
from handbook.plan.diary import Diary, diaries
from handbook.plan.public import public_holidays
from handbook.workspace import Workspace, open_workspace


class Desk(Frozen):
    """A launch, its handbook and the bytes of its file."""

    workspace: Workspace
    handbook: Handbook
    launch: Launch
    source: bytes

    def diary(self, *days: date) -> Diary:
        """Return the working days of the launch, public holidays included."""
        return diaries(self.handbook, [self.launch], days, public_holidays)[self.launch.id]

    def save(self, made: bytes, said: str) -> None:
        """Write the file of the launch and say what was done, or that there was nothing to do.

        Raises:
            OSError: the file cannot be written, or leads out of the handbook.
        """
        path = os.path.join(self.workspace.root, self.launch.at.path)
        if files.write(path, made, within=self.workspace.root):
            sys.stdout.write(f"{said}\nWritten: {self.launch.at.path}\n")
        else:
            sys.stdout.write(f"Nothing to do: {self.launch.at.path} says so already\n")


def open_desk(root: str | None, id: str) -> Desk:
    """Return the launch of a name in the handbook around the current folder, or in `root`.

    Raises:
        UserError: there is no such launch, or its file has errors.
    """
    workspace = open_workspace(root)
    sources = workspace.sources()
    handbook = load(sources, workspace.settings).handbook
    launch = asked.record(handbook, Launch, id)
    return Desk(workspace, handbook, launch, sources[launch.at.path])
