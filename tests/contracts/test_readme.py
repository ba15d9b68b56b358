"""What the README and the pages about the tool show is what happens."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from handbook import cli
from handbook.cli import COMMANDS, GROUPS

FENCE = re.compile(r"```(text|markdown)\n(.*?)```", re.DOTALL)
MAKE = re.compile(r"(?:`|^\$? ?|\n)make ([a-z-]+)", re.MULTILINE)
COMMAND = re.compile(r"(?:`|^\$ )(?:\.venv/bin/)?handbook ([a-z]+(?: [a-z]+)?)", re.MULTILINE)


def shown(readme: str, kind: str) -> str:
    bodies: list[str] = [body for language, body in FENCE.findall(readme) if language == kind]
    return bodies[0]


@pytest.fixture
def copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this repository's handbook, in which the README's change can be made."""
    for name in ("processes", "docs"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "handbook.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(handbook: Path, role: str) -> None:
    """Let a role be asked about release quality, as the README tells it."""
    path = handbook / "processes/release/go-no-go.yaml"
    text = path.read_text()
    step = "title: Confirm release quality\n    responsible: qa-lead\n"
    assert step in text
    path.write_text(text.replace(step, f"{step}    consulted: [{role}]\n"))


def test_the_finding_in_the_readme_is_what_check_prints(
    root: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(copy, "security-led")
    assert cli.run(["check", "--today", "2026-11-22"]) == 1
    assert shown((root / "README.md").read_text(), "text") in capsys.readouterr().out


def test_the_plan_in_the_readme_is_what_launch_new_prints(
    root: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line, expected) = re.findall(
        r"```console\n\$ handbook (.*?)\n(.*?)```", (root / "README.md").read_text(), re.DOTALL
    )[0]
    assert cli.run(line.split()) == 0
    assert capsys.readouterr().out.replace("\u00a0", " ") == expected


def test_the_notes_in_the_pages_are_what_notes_prints(
    root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-22T12:00:00Z")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Amara Osei")
    expected = shown((root / "README.md").read_text(), "markdown")
    why, effective = re.findall(r"\*(Why: .*|Effective: .*)\*", expected)

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=copy, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    git("tag", "v2026.4")
    ask(copy, "security-lead")
    git("commit", "-q", "-a", "-m", f"Ask security about release quality (#47)\n\n{why}\n{effective}\n")
    git("tag", "v2026.5")
    assert cli.run(["notes", "v2026.4..v2026.5"]) == 0
    assert without_ids(capsys.readouterr().out) == without_ids(expected)
    page = (root / "docs/how-to/write-release-notes.md").read_text()
    everybody, security_lead = re.findall(r"```markdown\n(# .*?)```", page, re.DOTALL)
    assert without_ids(everybody) == without_ids(expected)
    assert cli.run(["notes", "v2026.4..v2026.5", "--for", "role:security-lead"]) == 0
    assert without_ids(capsys.readouterr().out) == without_ids(security_lead)


def without_ids(text: str) -> str:
    """The id of a commit depends on everything in it, so it is different at each change of the handbook."""
    return re.sub(r"\b[0-9a-f]{7}\b", "0000000", text).strip()


def pages(root: Path) -> list[Path]:
    about = [
        page
        for folder in ("tutorial", "how-to", "reference", "explanation")
        for page in (root / "docs" / folder).glob("*.md")
    ]
    return [root / "README.md", root / "CONTRIBUTING.md", *about]


def command(words: str) -> str:
    """The command that begins a line of words."""
    first, _, second = words.partition(" ")
    if first not in GROUPS:
        return first
    return f"{first} {second}" if second else GROUPS[first]


def test_every_target_and_command_that_the_pages_name_is_there(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    text = "\n".join(page.read_text() for page in pages(root))
    named_targets, named_commands = set(MAKE.findall(text)), set(map(command, COMMAND.findall(text)))
    assert {"handbook", "test", "check"} <= named_targets <= targets
    assert set(COMMANDS) <= named_commands
    assert named_commands <= set(COMMANDS)
