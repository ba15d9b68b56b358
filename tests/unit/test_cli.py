"""The command line: exit statuses, help, and what is said where a call cannot be."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook import __version__, cli
from handbook.errors import CLEAN, COULD_NOT_RUN, FINDINGS, WRONG_USE

ROLE = "lead:\n  title: Lead\n  summary: A role.\n  holders: [amara, jonas]\n"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with one role, as the current folder."""
    root = tmp_path / "handbook"
    (root / "processes/catalog").mkdir(parents=True)
    (root / "docs").mkdir()
    (root / "processes/catalog/roles.yaml").write_text(ROLE)
    monkeypatch.chdir(root)
    return root


def check(*arguments: str) -> int:
    return cli.run(["check", "--today", "2026-10-05", *arguments])


def program(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "handbook", *arguments],
        cwd=cwd, env={**os.environ, **environment}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_clean_handbook_has_status_0_and_one_line(handbook: Path, capsys: Output) -> None:
    assert check() == CLEAN
    assert capsys.readouterr() == ("1 file checked: nothing to mend (1 info: --all shows them)\n", "")


def test_a_handbook_with_an_error_has_status_1(handbook: Path, capsys: Output) -> None:
    (handbook / "processes/catalog/roles.yaml").write_text("lead: {}\n")
    assert check() == FINDINGS
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 file checked: 2 errors")


def test_warnings_alone_have_status_0(handbook: Path) -> None:
    (handbook / "handbook.toml").write_text("[rules]\nmissing-key = 'warning'\n")
    (handbook / "processes/catalog/roles.yaml").write_text("lead: {}\n")
    assert check() == CLEAN


def test_infos_are_shown_when_they_are_asked_for(handbook: Path, capsys: Output) -> None:
    assert check("--all") == CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "processes/catalog/roles.yaml:1:1 info unused-record"
    assert lines[-1] == "1 file checked: 1 info"


def test_a_wrong_setting_has_status_1_and_is_shown_with_its_line(handbook: Path, capsys: Output) -> None:
    (handbook / "handbook.toml").write_text("[handbok]\n")
    assert check() == FINDINGS
    assert capsys.readouterr().out.splitlines()[:4] == [
        "handbook.toml:1:2 error invalid-settings",
        '  "handbok" is not a section of the settings; did you mean "handbook"?',
        "   |",
        " 1 | [handbok]",
    ]


WRONG: dict[str, tuple[list[str], str]] = {
    "unknown command": (["chek"], 'there is no command "chek"; did you mean "check"?'),
    "unknown command that resembles nothing": (["xyz"], 'there is no command "xyz"'),
    "file that is not there": (["check", "processes/none.yaml"], 'there is no file or folder "processes/none.yaml"'),
    "folder that is not there": (["check", "--root", "none"], 'there is no folder "none"'),
    "file instead of a folder": (["check", "--root", "processes/catalog/roles.yaml"], 'there is no folder "processes/catalog/roles.yaml"'),
    "folder without a handbook": (["check", "--root", "docs"], 'there is no handbook in "docs"'),
    "unknown rule": (["explain", "unknown-refrence"], 'there is no rule "unknown-refrence"; did you mean "unknown-reference"?'),
    "unknown kind": (["schema", "proces"], 'there is no kind of record "proces"; did you mean "process"?'),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_call_has_status_2_and_a_message_with_a_hint(
    handbook: Path, arguments: list[str], message: str, capsys: Output
) -> None:
    assert cli.run(arguments) == WRONG_USE
    out, err = capsys.readouterr()
    first, second = err.splitlines()
    assert (out, first) == ("", f"handbook: {message}")
    assert second.startswith("  = help: ")


@pytest.mark.parametrize(
    "arguments",
    [["check", "--nonsense"], ["check", "--format", "xml"], ["check", "--today", "tomorrow"], ["new"]],
)
def test_a_wrong_option_has_status_2(handbook: Path, arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.run(arguments)
    assert stop.value.code == WRONG_USE
    assert capsys.readouterr().err.startswith("usage: handbook ")


def test_a_path_outside_the_handbook_is_refused(handbook: Path, capsys: Output) -> None:
    (handbook.parent / "other.yaml").write_text("")
    assert check("../other.yaml") == WRONG_USE
    assert '"../other.yaml" is outside the handbook' in capsys.readouterr().err


def test_where_no_folder_around_is_a_handbook_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert check() == WRONG_USE
    assert capsys.readouterr().err.splitlines()[0] == "handbook: there is no handbook here"


def test_a_handbook_is_found_from_any_folder_inside_it(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(handbook / "processes/catalog")
    assert check() == CLEAN
    assert capsys.readouterr().out.startswith("1 file checked")


def test_a_path_narrows_the_report_to_itself_and_not_the_check(handbook: Path, capsys: Output) -> None:
    (handbook / "processes/catalog/teams.yaml").write_text("ops: {}\n")
    assert check("processes/catalog/roles.yaml") == CLEAN
    assert capsys.readouterr().out.startswith("1 file checked")
    assert check("processes/catalog") == FINDINGS
    assert capsys.readouterr().out.splitlines()[-1].startswith("2 files checked: 2 errors")


def test_settings_that_cannot_be_read_have_status_3(handbook: Path, capsys: Output) -> None:
    (handbook / "handbook.toml").mkdir()
    assert check() == COULD_NOT_RUN
    assert "handbook.toml cannot be read" in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_of_pages_has_status_3(handbook: Path, capsys: Output) -> None:
    (handbook / "docs").rmdir()
    (handbook / "docs").write_text("x")
    assert check() == COULD_NOT_RUN
    assert capsys.readouterr().err.startswith('handbook: the folder "docs" cannot be listed')


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["-h"], ["help"]], ids=["nothing", "--help", "-h", "help"]
)
def test_the_help_names_every_command(arguments: list[str], capsys: Output) -> None:
    assert cli.run(arguments) == CLEAN
    out = capsys.readouterr().out
    for name, sentence in cli.COMMANDS.items():
        assert f"  {name} " in out
        assert sentence in out
    assert "\nexample:\n  handbook " in out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_help_of_a_command_is_a_sentence_its_options_and_an_example(name: str, capsys: Output) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.run([name, "--help"])
    out = capsys.readouterr().out
    assert stop.value.code == CLEAN
    assert cli.COMMANDS[name].endswith(".")
    assert cli.COMMANDS[name] in " ".join(out.split())
    assert out.rstrip().splitlines()[-2:] == ["example:", f"  {cli.command(name).EXAMPLE}"]
    assert cli.command(name).EXAMPLE.startswith(f"handbook {name}")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_help_of_an_option_says_what_it_is_for_and_its_default(name: str) -> None:
    for action in cli.parser(name)._actions:
        assert action.help, f"{action.dest} has no help"
        optional = not action.required and action.nargs != 0
        if optional and not isinstance(action, argparse._HelpAction):
            assert "(default: " in action.help, f"{action.dest} does not show its default"


def test_the_version_is_one_line(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    from handbook.__main__ import main

    monkeypatch.setattr(sys, "argv", ["handbook", "--version"])
    assert main() == CLEAN
    assert capsys.readouterr().out == f"handbook {__version__}\n"


def test_the_module_runs_like_the_command(handbook: Path) -> None:
    done = program("check", "--today", "2026-10-05", cwd=handbook)
    assert (done.returncode, done.stderr) == (CLEAN, b"")
    assert done.stdout.startswith(b"1 file checked")


def test_output_into_a_file_has_no_colour(handbook: Path) -> None:
    (handbook / "processes/catalog/roles.yaml").write_text("lead: {}\n")
    assert b"\x1b" not in program("check", cwd=handbook).stdout


class Terminal:
    """A terminal that remembers what was written."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("value", "coloured"), [(None, True), ("", True), ("1", False)], ids=["unset", "empty", "set"]
)
def test_a_terminal_gets_colour_unless_no_color_is_set(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, coloured: bool
) -> None:
    (handbook / "processes/catalog/roles.yaml").write_text("lead: {}\n")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert check() == FINDINGS
    assert ("\x1b[1;31merror" in terminal.text) is coloured
    assert "error missing-key" in terminal.text.replace("\x1b[1;31m", "")


def test_a_terminal_without_these_letters_gets_others_and_no_traceback(handbook: Path) -> None:
    (handbook / "processes/catalog/roles.yaml").write_text("Größe: {title: é, summary: A role.}\n")
    done = program("check", cwd=handbook, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == FINDINGS
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_whose_name_is_not_utf_8_is_reported(handbook: Path, form: str) -> None:
    try:
        with open(os.fsencode(handbook / "processes/catalog") + b"/\xe9.yaml", "w"):
            pass
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    done = program("check", "--format", form, cwd=handbook)
    assert done.returncode == FINDINGS
    assert b"misplaced-file" in done.stdout
    assert b"Traceback" not in done.stderr


def check_for_a_reader_that_is_gone(handbook: Path) -> subprocess.CompletedProcess[bytes]:
    read, write = os.pipe()
    os.close(read)
    try:
        return subprocess.run(
            [sys.executable, "-m", "handbook", "check"],
            cwd=handbook, stdout=write, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(write)


def test_a_reader_that_stops_early_causes_no_traceback(handbook: Path) -> None:
    (handbook / "processes/catalog/roles.yaml").write_text("".join(f"role-{n}: {{}}\n" for n in range(2000)))
    done = check_for_a_reader_that_is_gone(handbook)
    assert done.stderr == b""
    assert done.returncode in (FINDINGS, COULD_NOT_RUN)


def test_a_reader_that_stops_early_causes_no_traceback_when_little_is_written(handbook: Path) -> None:
    done = check_for_a_reader_that_is_gone(handbook)
    assert done.stderr == b""
