"""Completion in bash, from version 3.2, which macOS has, on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.completion.command import IDS, Command, Values


def script(commands: Sequence[Command]) -> Iterator[str]:
    """Yield the lines of the script."""
    names = " ".join([*(command.name for command in commands), "--help", "--version"])
    yield '# Completion of handbook for bash. In ~/.bashrc: eval "$(handbook completion bash)"'
    yield "_handbook() {"
    yield "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}"
    yield "    local words= paths= place=0 i"
    yield "    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi"
    yield "    for ((i = 2; i < COMP_CWORD; i++)); do"
    yield "        case $command:${COMP_WORDS[i]} in"
    yield f"            {_names(commands)}) ((i++)); if [[ ${{COMP_WORDS[i]}} == = ]]; then ((i++)); fi ;;"
    yield "            *:-*) ;;"
    yield "            *) ((place++)) ;;"
    yield "        esac"
    yield "    done"
    yield f"    if ((COMP_CWORD == 1)); then words={_quoted(names)}; else case $command:$before in"
    for command in commands:
        for option in command.with_values:
            patterns = "|".join(f"{command.name}:{name}" for name in option.names)
            yield f"        {patterns}) {_values(option.values)} ;;"
    yield "        *) case $command:$place:$word in"
    for command in commands:
        flags = " ".join(name for option in command.options for name in option.names)
        yield f"            {command.name}:*:-*) words={_quoted(flags)} ;;"
        for place, values in enumerate(command.arguments):
            at = "*" if command.repeated and values is command.arguments[-1] else place
            yield f"            {command.name}:{at}:*) {_values(values)} ;;"
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
        f"{command.name}:{name}"
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


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
