"""`handbook completion`: a script that completes commands, options and names in a shell."""

from __future__ import annotations

import argparse
import sys

from handbook import cli
from handbook.completion import SHELLS, script
from handbook.completion.command import command
from handbook.errors import CLEAN

EXAMPLE = "handbook completion bash"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "shell", choices=tuple(SHELLS), metavar="SHELL", help=f"the shell to write for: {', '.join(SHELLS)}"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the script for a shell; its first line says how to load it."""
    commands = (command(name, sentence, cli.parser(name)) for name, sentence in cli.COMMANDS.items())
    sys.stdout.write(script(arguments.shell, commands))
    return CLEAN
