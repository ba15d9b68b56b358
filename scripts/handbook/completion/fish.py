"""Completion in fish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.completion.command import FILES, IDS, Command, Values, firsts, seconds


def script(commands: Sequence[Command]) -> Iterator[str]:
    """Yield the lines of the script."""
    yield "# Completion of handbook for fish. In ~/.config/fish/config.fish: handbook completion fish | source"
    yield "function __handbook_at # the command is this one, and as many arguments are given; the rest are options with a value"
    yield "    set -l words (commandline -opc)"
    yield "    set -l name (string split ' ' -- $argv[1])"
    yield "    set -l size (math (count $name) + 1)"
    yield '    test (count $words) -ge $size; and test "$words[2..$size]" = "$argv[1]"; or return 1'
    yield "    set -l place 0"
    yield "    set -l skip 0"
    yield "    set -e words[1..$size]"
    yield "    for word in $words"
    yield "        if test $skip = 1"
    yield "            set skip 0"
    yield "        else if contains -- $word $argv[3..-1]"
    yield "            set skip 1"
    yield "        else if not string match -q -- '-*' $word"
    yield "            set place (math $place + 1)"
    yield "        end"
    yield "    end"
    yield "    test $argv[2] = any; or test $place = $argv[2]"
    yield "end"
    yield "complete -c handbook -f"
    yield "complete -c handbook -n 'test (count (commandline -opc)) = 1' -l help -d 'Show the commands'"
    yield "complete -c handbook -n 'test (count (commandline -opc)) = 1' -l version -d 'Show the version'"
    single = {command.name: command.help for command in commands}
    for first in firsts(commands):
        help = f" -d {_quoted(single[first])}" if first in single else ""
        yield f"complete -c handbook -n 'test (count (commandline -opc)) = 1' -a {first}{help}"
    for group, actions in seconds(commands).items():
        for action in actions:
            help = _quoted(single[f"{group} {action}"])
            yield f"complete -c handbook -n '__handbook_at {group} 0' -a {action} -d {help}"
    for command in commands:
        name = f'"{command.name}"' if " " in command.name else command.name
        for option in command.options:
            names = " ".join(
                f"-{'l' if name.startswith('--') else 's'} {name.lstrip('-')}" for name in option.names
            )
            takes = (
                f" {'-r' if option.values.paths == FILES else '-x'} {_values(option.values)}".rstrip()
                if option.values
                else ""
            )
            yield f"complete -c handbook -n '__handbook_at {name} any' {names}{takes} -d {_quoted(option.help)}"
        skipped = " ".join(name for option in command.with_values for name in option.names)
        for place, argument in enumerate(command.arguments):
            at = "any" if command.repeated and argument is command.arguments[-1] else place
            if offered := _values(argument):
                yield f"complete -c handbook -n '__handbook_at {name} {at} {skipped}' {offered}"


def _values(values: Values) -> str:
    if values.paths:
        return "-F" if values.paths == FILES else "-a '(__fish_complete_directories)'"
    if values.catalogue:
        return f"-a {_quoted(f'({IDS} {values.catalogue} 2>/dev/null)')}"
    return f"-a {_quoted(' '.join(values.words))}" if values.words else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
