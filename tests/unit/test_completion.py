"""Completion: the scripts do in real shells what the parsers say. A shell that is not installed is skipped."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from handbook.completion import SHELLS, script
from handbook.completion.command import Command, Option, Values, command
from handbook.model.kinds import KINDS
from handbook.rules.registry import rules


def check() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--all", action="store_true", help="it's [all]: 'everything' $(exit) `x` \\")
    parser.add_argument(
        "--format", choices=("text", "sarif"), default="text", help="how (default: %(default)s)"
    )
    parser.add_argument("--root", metavar="FOLDER", help="where")
    return parser


def explain() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("rules", nargs="*", metavar="RULE")
    return parser


def new() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--owner", metavar="TEAM", help="the team")
    return parser


COMMANDS = (
    command("check", "Check it: now, it's time.", check()),
    command("explain", "Explain a rule.", explain()),
    command("new", "Write a record.", new()),
    command("launch board", "Show all launches.", check()),
    command("launch new", "Write a plan.", new()),
)


def test_a_command_is_known_by_its_parser() -> None:
    assert command("check", "Check it.", check()) == Command(
        name="check",
        help="Check it.",
        options=(
            Option(("--help",), "show this help message and exit", None),
            Option(("--all",), "it's [all]: 'everything' $(exit) `x` \\", None),
            Option(("--format",), "how (default: text)", Values("FORMAT", words=("text", "sarif"))),
            Option(("--root",), "where", Values("FOLDER", paths="folders")),
        ),
        arguments=(Values("PATH", paths="files"),),
        repeated=True,
    )


def test_rules_kinds_and_ids_are_known_by_the_name_of_their_place() -> None:
    rule, (kind, id), owner = (
        COMMANDS[1].arguments[0],
        COMMANDS[2].arguments,
        COMMANDS[2].with_values[0].values,
    )
    assert (rule.words, kind.words, id.words) == (tuple(rules()), tuple(KINDS), ())
    assert owner == Values("TEAM", catalogue="processes/catalog/teams.yaml")


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the teams of a handbook, a page with a space in its name, and the script of each shell."""
    (tmp_path / "processes/catalog").mkdir(parents=True)
    (tmp_path / "processes/catalog/teams.yaml").write_text(
        "# teams\nproduct-operations:\n  title: x\nsupport:\n  title: x\n"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/first week.md").write_text("x")
    for shell in SHELLS:
        (tmp_path / f"script.{shell}").write_text(script(shell, COMMANDS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def installed(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


OFFERED: dict[str, tuple[list[str], list[str]]] = {
    "commands": ([""], ["--help", "--version", "check", "explain", "launch", "new"]),
    "the beginning of a command": (["ex"], ["explain"]),
    "a command that is not there": (["nothing", ""], []),
    "options": (["check", "--"], ["--all", "--format", "--help", "--root"]),
    "options after an argument": (["check", "docs", "--f"], ["--format"]),
    "choices of an option": (["check", "--format", ""], ["sarif", "text"]),
    "choices behind an equals sign": (["check", "--format", "=", "s"], ["sarif"]),
    "nothing yet behind an equals sign": (["check", "--format", "="], ["sarif", "text"]),
    "rules": (["explain", "unknown-ref"], ["unknown-reference"]),
    "a second rule": (["explain", "unknown-key", "unknown-ref"], ["unknown-reference"]),
    "kinds": (["new", "pro"], ["process"]),
    "kinds after an option with its value": (["new", "--owner", "support", "pro"], ["process"]),
    "kinds after an option with an equals sign": (["new", "--owner", "=", "support", "pro"], ["process"]),
    "an id that is free": (["new", "process", ""], []),
    "the second word of a command": (["launch", ""], ["board", "new"]),
    "the beginning of a second word": (["launch", "bo"], ["board"]),
    "options of a command of two words": (["launch", "new", "--o"], ["--owner"]),
    "arguments of a command of two words": (["launch", "new", "--owner", "support", "pro"], ["process"]),
    "choices of an option of a command of two words": (["launch", "board", "--format", ""], ["sarif", "text"]),
    "teams of the handbook": (["new", "--owner", ""], ["product-operations", "support"]),
}  # fmt: skip


@pytest.mark.parametrize(("words", "offered"), OFFERED.values(), ids=list(OFFERED))
def test_bash_offers_what_can_stand_there(handbook: Path, words: list[str], offered: list[str]) -> None:
    program = 'source script.bash; COMP_WORDS=(handbook "$@"); COMP_CWORD=$#; _handbook; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        [installed("bash"), "--norc", "--noprofile", "-c", program, "bash", *words],
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    assert (sorted(done.stdout.split()), done.stderr) == (offered, "")


@pytest.mark.parametrize(("words", "offered"), OFFERED.values(), ids=list(OFFERED))
def test_fish_offers_what_can_stand_there(handbook: Path, words: list[str], offered: list[str]) -> None:
    line = " ".join(["handbook", *words]).replace(" = ", "=").replace(" =", "=")
    done = subprocess.run(
        [installed("fish"), "--no-config", "-c", "source script.fish; complete -C $argv[1]", line],
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    found = {row.partition("\t")[0].removeprefix("--format=") for row in done.stdout.splitlines()}
    # fish shows options only behind a dash
    assert found == {word for word in offered if words[-1].startswith("-") or not word.startswith("--")}
    assert done.stderr == ""


def test_fish_offers_folders_where_a_folder_is_meant(handbook: Path) -> None:
    line = "source script.fish; complete -C 'handbook check --root '"
    done = subprocess.run(
        [installed("fish"), "--no-config", "-c", line], capture_output=True, text=True, check=True, timeout=30
    )
    assert {row.partition("\t")[0] for row in done.stdout.splitlines()} == {"docs/", "processes/"}


def typed(shell: list[str], setup: str, keys: str) -> str:
    """Type into a real terminal, end the line, and return the words that the command was called with."""
    terminal, inside = os.openpty()
    child = subprocess.Popen(
        shell,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
        env={**os.environ, "TERM": "dumb"},
    )
    os.close(inside)
    os.write(terminal, f"{setup}\n".encode())
    seen = ""
    try:
        seen = _read_until(terminal, "ready-42")
        os.write(terminal, f"{keys}\n".encode())
        seen = _read_until(terminal, "}}")
    finally:
        child.kill()
        child.wait()
        os.close(terminal)
    return seen.rpartition("{{")[2].partition("}}")[0].strip()


def _read_until(terminal: int, mark: str) -> str:
    os.set_blocking(terminal, False)
    seen, end = "", time.monotonic() + 20
    while mark not in seen:
        assert time.monotonic() < end, f"the shell did not answer: {seen!r}"
        try:
            seen += os.read(terminal, 65536).decode(errors="replace")
        except BlockingIOError:
            time.sleep(0.02)
    return seen


COMPLETED = {
    "a command": ("handbook expl\t", "explain"),
    "a second word": ("handbook launch bo\t", "launch|board"),
    "an option of a command of two words": ("handbook launch board --al\t", "launch|board|--all"),
    "an option": ("handbook check --al\t", "check|--all"),
    "a choice": ("handbook check --format sa\t", "check|--format|sarif"),
    "a rule": ("handbook explain unknown-ref\t", "explain|unknown-reference"),
    "a kind after an option": ("handbook new --owner sup\tpro\t", "new|--owner|support|process"),
    "a file with a space": ("handbook check docs/fi\t", "check|docs/first week.md"),
    "a folder": ("handbook check --root pro\t", "check|--root|processes"),
}
SETUP = {
    "bash": 'source script.bash; handbook() { local IFS=\'|\'; echo "{""{$*}""}"; }; echo ready-$((41+1))',
    "zsh": "PS1='> '; autoload -U compinit; compinit -u -D; source script.zsh; "
    "handbook() { print -r -- '{''{'${(j:|:)@}'}''}' }; print ready-$((41+1))",
}
OPTIONS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"]}


@pytest.mark.parametrize("shell", SETUP)
@pytest.mark.parametrize(("keys", "words"), COMPLETED.values(), ids=list(COMPLETED))
def test_the_tab_key_completes(handbook: Path, shell: str, keys: str, words: str) -> None:
    assert typed([installed(shell), *OPTIONS[shell]], SETUP[shell], keys).rstrip("/") == words


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_says_how_to_load_it_and_is_the_same_each_time(shell: str) -> None:
    text = script(shell, COMMANDS)
    assert f"handbook completion {shell}" in "".join(text.splitlines()[:2])
    assert text == script(shell, COMMANDS)
