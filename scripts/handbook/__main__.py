"""The command `handbook`. `--version` is answered before anything else is imported."""

import gc
import os
import sys


def main() -> int:
    """Run the command line and return its exit status."""
    if sys.argv[1:] == ["--version"]:
        from handbook import __version__

        sys.stdout.write(f"handbook {__version__}\n")
        return 0
    gc.disable()  # nothing that is imported can go again; looking for it takes a while
    from handbook.cli import run

    return run(sys.argv[1:])


def command() -> None:
    """Run the command line, and end the process with its exit status.

    Taking an interpreter down in good order takes half as long as starting it. All that is left to do here is to write
    what is waiting: files are closed, and the index is committed.
    """
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(status)


if __name__ == "__main__":
    command()
