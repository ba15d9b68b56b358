"""Running git as quickly as a commit hook has to: importing `subprocess` takes longer than what git is asked here."""

from __future__ import annotations

import os

from handbook.git.settled import COMMAND, environment, missing

_begun: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}


def begin(root: str, command: tuple[str, ...]) -> None:
    """Start a git command whose answer `ask` will be asked for: it works while this process is still being imported."""
    if hasattr(os, "posix_spawnp"):
        _begun[root, command] = _started(_called(root, command), _settled())


def ask(root: str, *commands: tuple[str, ...]) -> list[bytes | None]:
    """Run git commands at the same time and return what each printed; None for one that failed.

    Raises:
        UserError: git is not installed.
    """
    settled = _settled()
    if not hasattr(os, "posix_spawnp"):
        return [_run(_called(root, command), settled) for command in commands]
    started = [
        _begun.pop((root, command))
        if (root, command) in _begun
        else _started(_called(root, command), settled)
        for command in commands
    ]
    return [_finished(*each) for each in started]


def _called(root: str, command: tuple[str, ...]) -> list[str]:
    return [*COMMAND, "-C", root, *command]


def _settled() -> dict[str, str]:
    """Return the variables that git gets: a hook reads the index that is being committed."""
    return environment(os.environ.get("GIT_INDEX_FILE"))


def _started(arguments: list[str], environment: dict[str, str]) -> tuple[int, int]:
    ours, its = os.pipe()
    actions = [
        (os.POSIX_SPAWN_DUP2, its, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    ]
    try:
        return os.posix_spawnp("git", arguments, environment, file_actions=actions), ours
    except FileNotFoundError:
        raise missing() from None
    finally:
        os.close(its)


def _finished(child: int, pipe: int) -> bytes | None:
    with os.fdopen(pipe, "rb") as stream:
        printed = stream.read()
    _, status = os.waitpid(child, 0)
    return printed if status == 0 else None


def _run(arguments: list[str], environment: dict[str, str]) -> bytes | None:
    import subprocess

    try:
        done = subprocess.run(
            arguments, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        raise missing() from None
    return done.stdout if done.returncode == 0 else None
