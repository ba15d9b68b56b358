"""Runs one program and tells what it took: `python -I -S once.py ERRORS FOLDER PROGRAM ARGUMENT…`.

A program of its own, and a small one: the system counts the memory of whoever starts a program to that program,
so a large bench would hide what a small check needs. It prints seconds of wall clock and of CPU, the peak of
memory as the system counts it, and the exit status; what the program says about errors goes to the file ERRORS.
"""

import os
import sys
from time import perf_counter


def main() -> None:
    """Run the program of the command line."""
    errors, folder, *command = sys.argv[1:]
    os.chdir(folder)
    streams = (
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    )
    begun = perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=streams)
    _, status, usage = os.wait4(child, 0)
    wall = perf_counter() - begun
    print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))


main()
