"""Completion of the command line by shells: static scripts, made from the parsers of all commands."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.completion import bash, fish, zsh
from handbook.completion.command import Command

SHELLS = {"bash": bash.script, "zsh": zsh.script, "fish": fish.script}


def script(shell: str, commands: Iterable[Command]) -> str:
    """Return the script for a shell. It starts nothing of ours when the tab key is pressed."""
    return "\n".join(SHELLS[shell](tuple(commands))) + "\n"
