"""The command line: which command is meant, and what becomes of its errors.

Each command is a module with `EXAMPLE`, `options(parser)` and `run(arguments)`, which returns the exit
status. A module is imported only when its command, or its help, is asked for.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

from handbook.errors import CLEAN, COULD_NOT_RUN, UserError
from handbook.sources import SETTINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any, Protocol

    class Command(Protocol):
        """What a command module offers."""

        EXAMPLE: str

        def options(self, parser: argparse.ArgumentParser) -> None: ...
        def run(self, arguments: Any) -> int: ...


#: command -> one imperative sentence
COMMANDS = {
    "check": "Check the handbook and list what is wrong, with the place and the remedy.",
    "diff": "Tell what a proposal means: what changes, for whom, what follows, and who should look.",
    "diagram": "Draw a process as a swimlane diagram, for a slide or for a tool that models processes.",
    "fix": "Mend what can be mended without doubt.",
    "explain": "List the rules, or explain one with an example of the mistake and of the right way.",
    "baseline": "Note what is wrong today, so that the check fails only on what is new.",
    "completion": "Print a script that completes commands, options and names in a shell.",
    "launch status": "Show where one launch stands, or every one: what is late, what comes next, the forecast.",
    "launch new": "Write the plan of a launch: a template with every date counted from the launch day.",
    "launch replan": "Move a launch to another day: what is done stays, what is open moves along.",
    "launch upgrade": "Bring the plan of a launch up to its template of today, after showing what that means.",
    "launch done": "Note that tasks are done or gates passed, or how far they are.",
    "launch board": "Show all launches at once: their days, what collides, who has too much to do, what became of the past ones.",
    "launch measure": "Note what a metric was after a launch, beside its target.",
    "launch learn": "Show what a launch can teach its template, and begin that change.",
    "launch note": "Add a status report or a decision to a launch.",
    "onboard": "Give an onboarding path dates for one hire: a checklist, tickets, a calendar or a page to print.",
    "progress board": "Show where hires stand on their paths, and what they have to read again.",
    "progress import": "Take over from another tool what hires have done.",
    "progress done": "Note that a hire has done items of a path, or read a process.",
    "launch export": "Write launches for calendars, slides, tickets and messages.",
    "launch import": "Take over from another tool how far the tasks of launches are.",
    "new": "Write a new record to start from.",
    "notes": "Write release notes: what changed between two revisions, by meaning.",
    "pages": "Write the pages of the site as plain Markdown.",
    "publish": "Publish a comment on a pull request, or a release, at GitHub.",
    "release": "Name, note and tag what has changed since the last release.",
    "review": "Show what has changed since a record was last reviewed, and note that it was.",
    "schema": "Show the keys of a kind of record.",
}


#: what the first word of commands of two words does alone
GROUPS = {"launch": "launch status", "progress": "progress board"}
_MODULES = {
    "launch import": "launch.importing",
    "progress import": "progress.importing",
}  #: commands whose module is called otherwise


def command(name: str) -> Command:
    """Import and return one command. A command of two words is a module in the package of the first."""
    name = _MODULES.get(name, name.replace(" ", "."))
    module: Any = __import__(f"handbook.cli.{name}", fromlist=("run",))  # `importlib` takes a while to import
    found: Command = module
    return found


def parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command, complete with its options."""
    import argparse

    module = command(name)
    made = argparse.ArgumentParser(
        prog=f"handbook {name}",
        description=COMMANDS[name],
        epilog=f"example:\n  {module.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--root",
        metavar="FOLDER",
        help="the handbook to work on (default: the one around the current folder)",
    )
    module.options(made)
    return made


def overview(group: str = "") -> str:
    """Return the help of `handbook` itself, or of the commands that begin with a word."""
    shown = {
        name: sentence for name, sentence in COMMANDS.items() if not group or name.startswith(f"{group} ")
    }
    width = max(map(len, shown))
    rows = "\n".join(f"  {name:<{width}}  {sentence}" for name, sentence in shown.items())
    alone = f"`handbook {group}` alone is `handbook {GROUPS[group]}`.\n\n" if group else ""
    return (
        f"usage: handbook {f'{group} ' if group else ''}COMMAND [options]\n\n"
        "Keep the processes, launch templates and onboarding paths of an organisation in git.\n\n"
        f"commands:\n{rows}\n\n{alone}"
        "options:\n  --help     show this, or with a command its options\n  --version  show the version\n\n"
        f"example:\n  {command(GROUPS[group]).EXAMPLE if group else 'handbook check'}\n"
    )


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status: 0 clean, 1 findings, 2 wrong use, 3 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without a letter shows its number
    try:
        return _run(list(arguments))
    except UserError as error:
        hint = f"\n  = help: {error.hint}" if error.hint else ""
        sys.stderr.write(f"handbook: {error.message}{hint}\n")
        return error.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except OSError as error:
        sys.stderr.write(
            f"handbook: {error.filename or 'a file'}: {(error.strerror or str(error)).lower()}\n"
        )
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        sys.stderr.write("handbook: stopped; nothing was left half written\n")
        return COULD_NOT_RUN


def _named(arguments: list[str]) -> tuple[str, list[str]]:
    """Return the command that is meant, and what follows it."""
    first, *rest = arguments
    if first not in GROUPS:
        return first, rest
    if not rest or rest[0].startswith("-"):
        return GROUPS[first], rest
    return f"{first} {rest[0]}", rest[1:]


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return CLEAN
    if arguments[0] in GROUPS and arguments[1:] in (["-h"], ["--help"]):
        sys.stdout.write(overview(arguments[0]))
        return CLEAN
    name, rest = _named(arguments)
    if name not in COMMANDS:
        from handbook.text.near import did_you_mean

        raise UserError(
            f'there is no command "{name}"{did_you_mean(name, COMMANDS)}',
            f"`handbook {f'{arguments[0]} ' if arguments[0] in GROUPS else ''}--help` lists them",
        )
    if arguments == ["check", "--staged"] and os.path.exists(SETTINGS):
        from handbook.git import trees

        trees.begin(os.getcwd())
    module = command(name)
    known = getattr(module, "KNOWN", {}).get(tuple(rest))  # what hooks say, at every commit
    given = known or parser(name).parse_args(rest)
    gc.freeze()  # what is imported stays; enabling alone would have all of it looked through at once
    gc.set_threshold(
        50_000, 20, 100
    )  # what commands make, they mostly keep: looking for garbage often finds none
    gc.enable()
    return module.run(given)
