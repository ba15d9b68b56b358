"""A handbook in a real git repository, and what the hook says of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILES = {
    "handbook.toml": "[handbook]\ntitle = 'Small'\n",
    "mkdocs.yml": "site_name: Small\n",
    "processes/catalog/roles.yaml": (
        "lead: {title: Lead, summary: Leads., team: ops, backup: tester}\n"
        "tester: {title: Tester, summary: Tests., team: ops, backup: lead}\n"
    ),
    "processes/catalog/teams.yaml": (
        "ops: {title: Operations, summary: A team., lead: lead, channel: '#ops', tracker: https://example.com/ops}\n"
    ),
    "processes/release/ship.yaml": (
        "title: Ship\nsummary: Ship it.\nstatus: active\nowner: ops\nreviewed: 2026-10-01\nreview_every: 1y\n"
        "purpose: To ship.\ntrigger: {event: Something is ready}\noutcome: It is shipped\naccountable: lead\n"
        "steps:\n"
        "  - {id: build, title: Build it, responsible: lead, duration: 1d, effort: 3h}\n"
        "  - {id: test, title: Test it, responsible: tester, needs: [build], duration: 1d, effort: 3h}\n"
    ),
    "processes/release/check.yaml": (
        "title: Check\nsummary: Check it.\nstatus: active\nowner: ops\nreviewed: 2026-10-01\nreview_every: 1y\n"
        "purpose: To check.\ntrigger: {event: It is shipped, from: ship}\noutcome: It is checked\naccountable: lead\n"
        "steps:\n"
        "  - {id: look, title: Look at it, responsible: tester, duration: 1d, effort: 3h}\n"
        "  - {id: tell, title: Tell the team, responsible: lead, duration: 1d, effort: 3h}\n"
    ),
    "docs/index.md": (
        "---\ntitle: Home\nsummary: Home.\nowner: ops\n---\n\n# Home\n\n"
        "Read [the guide](guide.md), above all [how to test](guide.md#how-to-test).\n"
        "The process is [Ship](processes/ship.md), with its [test](processes/ship.md#step-test).\n"
    ),
    "docs/guide.md": (
        "---\ntitle: Guide\nsummary: A guide.\nowner: ops\n---\n\n# Guide\n\n## How to test\n\nCarefully, and [from home](index.md).\n"
    ),
}


class Clone:
    """A clone in a folder, whose first commit is the handbook above."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in FILES.items():
            self.write(path, text)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit("Begin")

    def write(self, path: str, text: str) -> None:
        full = self.folder / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def age(self) -> None:
        """Make every file look as if it was written a while ago."""
        for path in self.folder.rglob("*.*"):
            if ".git" not in path.parts:
                os.utime(path, (1_790_000_000, 1_790_000_000))

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit(self, subject: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "handbook", "check", "--format", "concise", "--today", "2026-11-24", *arguments],
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def check(self, *arguments: str) -> list[str]:
        """Run the check, and return path:line rule of each finding, with the file that is to blame where one is named."""
        done = self.run(*arguments)
        assert done.stderr == "", done.stderr
        return [_short(line) for line in done.stdout.splitlines()]

    def staged(self) -> list[str]:
        return self.check("--staged")


def _short(line: str) -> str:
    place, _, rest = line.partition(" ")
    path, number, _ = place.rsplit(":", 2)[0], place.split(":")[1], ""
    rule = next(word.rstrip(":") for word in rest.split() if "-" in word)
    blamed = (
        f" <- {line.partition('broken by your change to ')[2].partition(')')[0]}"
        if "broken by" in line
        else ""
    )
    return f"{path.partition(':')[0]}:{number} {rule}{blamed}"
