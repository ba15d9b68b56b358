"""The command `handbook`. `--version` is answered before anything else is imported."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    if sys.argv[1:] == ["--version"]:
        from handbook import __version__

        sys.stdout.write(f"handbook {__version__}\n")
        return 0
    from handbook.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
