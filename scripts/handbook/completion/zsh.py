"""Completion in zsh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.completion.command import FILES, IDS, Command, Values, firsts, seconds


def script(commands: Sequence[Command]) -> Iterator[str]:
    """Yield the lines of the script."""
    yield "#compdef handbook"
    yield "# Completion of handbook for zsh. In ~/.zshrc, after compinit: source <(handbook completion zsh)"
    yield f"_handbook_ids() {{ compadd -- $({IDS} $1 2>/dev/null) }}"
    yield "_handbook() {"
    yield "    local -a commands=("
    groups = seconds(commands)
    single = {command.name: command.help for command in commands if " " not in command.name}
    offered = {
        name: single.get(name, f"Commands: {', '.join(groups.get(name, ()))}") for name in firsts(commands)
    }
    yield from (f"        {_quoted(f'{name}:{help}')}" for name, help in offered.items())
    yield "    )"
    yield "    if ((CURRENT == 2)); then _describe command commands; return; fi"
    yield "    local command=$words[2]"
    yield "    shift words"
    yield "    ((CURRENT--))"
    for group, actions in groups.items():
        yield f"    if [[ $command == {group} ]]; then"
        yield f"        if ((CURRENT == 2)); then compadd -- {' '.join(actions)}; return; fi"
        yield '        command="$command $words[2]"'
        yield "        shift words"
        yield "        ((CURRENT--))"
        yield "    fi"
    yield "    case $command in"
    for command in commands:
        yield f"        {_quoted(command.name) if ' ' in command.name else command.name}) _arguments {' '.join(map(_quoted, _words(command)))} ;;"
    yield "    esac"
    yield "}"
    yield "if [[ $funcstack[1] == _handbook ]]; then _handbook; else compdef _handbook handbook; fi"


def _words(command: Command) -> Iterator[str]:
    for option in command.options:
        for name in option.names:
            values = f":{option.values.name}:{_values(option.values)}" if option.values else ""
            takes = "=" if values and name.startswith("--") else ""
            yield f"{name}{takes}[{_text(option.help)}]{values}"
    for place, argument in enumerate(command.arguments, 1):
        at = "*" if command.repeated and argument is command.arguments[-1] else place
        yield f"{at}:{argument.name}:{_values(argument)}"


def _values(values: Values) -> str:
    if values.paths:
        return "_files" if values.paths == FILES else "_files -/"
    if values.catalogue:
        return f" _handbook_ids {values.catalogue}"  # the space: to be called as it is
    return f"({' '.join(values.words)})" if values.words else " "


def _text(text: str) -> str:
    for sign in "\\[]:":
        text = text.replace(sign, f"\\{sign}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
