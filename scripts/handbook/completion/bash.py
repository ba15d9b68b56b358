"""Completion in bash, from version 3.2, which macOS has, on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.completion.command import IDS, Command, Values, firsts, seconds


def script(commands: Sequence[Command]) -> Iterator[str]:
    """Yield the lines of the script."""
    names = " ".join([*firsts(commands), "--help", "--version"])
    pairs = {command.name.replace(" ", ":"): command for command in commands if " " in command.name}
    yield '# Completion of handbook for bash. In ~/.bashrc: eval "$(handbook completion bash)"'
    yield "_handbook() {"
    yield "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}"
    yield "    local words= paths= place=0 first=2 i"
    if pairs:
        yield f"    case $command:${{COMP_WORDS[2]}} in {'|'.join(pairs)})"
        yield '        if ((COMP_CWORD > 2)); then command="$command ${COMP_WORDS[2]}" first=3; fi ;;'
        yield "    esac"
    yield "    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi"
    yield "    for ((i = first; i < COMP_CWORD; i++)); do"
    yield "        case $command:${COMP_WORDS[i]} in"
    yield f"            {_names(commands)}) ((i++)); if [[ ${{COMP_WORDS[i]}} == = ]]; then ((i++)); fi ;;"
    yield "            *:-*) ;;"
    yield "            *) ((place++)) ;;"
    yield "        esac"
    yield "    done"
    yield f"    if ((COMP_CWORD == 1)); then words={_quoted(names)}; else case $command:$before in"
    for command in commands:
        for option in command.with_values:
            patterns = "|".join(f"{_key(command)}:{name}" for name in option.names)
            yield f"        {patterns}) {_values(option.values)} ;;"
    yield "        *) case $command:$place:$word in"
    for group, actions in seconds(commands).items():
        yield f"            {group}:0:*) words={_quoted(' '.join(actions))} ;;"
    for command in commands:
        flags = " ".join(name for option in command.options for name in option.names)
        yield f"            {_key(command)}:*:-*) words={_quoted(flags)} ;;"
        for place, values in enumerate(command.arguments):
            at = "*" if command.repeated and values is command.arguments[-1] else place
            yield f"            {_key(command)}:{at}:*) {_values(values)} ;;"
    yield "        esac ;;"
    yield "    esac; fi"
    yield "    # Without an answer of ours, readline completes files; where none belong, that is switched off."
    yield "    if [[ $paths == folders ]]; then compopt -o dirnames +o default 2>/dev/null; fi"
    yield "    if [[ -z $paths ]]; then compopt +o default 2>/dev/null; fi"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "}"
    yield "complete -o default -F _handbook handbook"


def _names(commands: Sequence[Command]) -> str:
    pairs = [
        f"{_key(command)}:{name}"
        for command in commands
        for option in command.with_values
        for name in option.names
    ]
    return "|".join(pairs)


def _values(values: Values | None) -> str:
    if values is None or not (values.words or values.paths or values.catalogue):
        return ":"
    if values.paths:
        return f"paths={values.paths}"
    if values.catalogue:
        return f"words=$({IDS} {values.catalogue} 2>/dev/null)"
    return f"words={_quoted(' '.join(values.words))}"


def _key(command: Command) -> str:
    """The name of a command as a pattern."""
    return _quoted(command.name) if " " in command.name else command.name


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
