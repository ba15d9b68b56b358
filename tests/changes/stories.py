"""Stories: what happened in a repository, step by step, and what the notes say of it, line by line."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from handbook.changes.history import history
from handbook.changes.notes import notes
from handbook.changes.told import Entry, Notes
from handbook.git.repository import open_repository
from tests.changes.books import BASE, RELEASE, ROLES, Edit, Files, put
from tests.changes.repositories import Repository

_SHA = re.compile(r"\b[0-9a-f]{7}\b")


class Story(Repository):
    """A repository whose first commit is the small handbook, released as v1; later ones edit it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.files: Files = copy.deepcopy(dict(BASE))
        self.before, self.after = "v1", "HEAD"
        self.commit("The handbook", self.files, tag="v1")

    def change(self, message: str, *edits: Edit, tag: str = "") -> str:
        """Edit the handbook as it is on disk for this story, and commit it."""
        for edit in edits:
            edit(self.files)
        return self.commit(message, self.files if edits else None, tag=tag)

    def undo(self, commit: str = "HEAD", message: str = "") -> str:
        """Revert a commit as git does it, perhaps with a message of one's own."""
        self.git("revert", "--no-edit", commit)
        if message:
            self.git("commit", "--quiet", "--amend", "--message", message)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "HEAD") -> None:
        self.git("checkout", "--quiet", "-b", name, start)

    def main(self) -> None:
        self.git("checkout", "--quiet", "main")

    def merge(self, name: str, message: str, *how: str) -> None:
        self.git("merge", "--quiet", "--no-ff", name, *how, "--message", message)
        self.day += 1

    def notes(self) -> Notes:
        return notes(history(open_repository(str(self.root)), self.before, self.after), "Our handbook", "")

    def told(self) -> list[str]:
        """Return what the notes say: for each record or page a line, then its reasons, then where it comes from.

        Commits are named by their subjects, so that the expectation can be written down. Thanks to the one
        who makes the commits of tests are left out.
        """
        listed = self.git("log", "--all", "--reflog", "--format=%h %s", "--abbrev=7", "--encoding=UTF-8")
        subjects = {line[:7]: line[8:] or "no message" for line in listed.split("\n")}
        found = []
        for section in self.notes().sections:
            if section.text and section.text != "Thanks to Test Person.":
                found.append(section.text)
            found += [_line(entry, subjects) for entry in section.entries]
        return found


def _line(entry: Entry, subjects: Mapping[str, str]) -> str:
    reasons = (
        f"{name}: {_SHA.sub(lambda found: f'<{subjects.get(found[0], found[0])}>', text)}"
        for name, text in entry.reasons
    )
    said = [*entry.lines, *reasons, *entry.consequences]
    kind = _SHA.sub(lambda found: f"<{subjects.get(found[0], found[0])}>", entry.kind)
    came = ", ".join(subjects.get(link.label, link.label) for link in entry.sources)
    return f"{entry.title} ({kind}) | {' | '.join(said)}" + (f" | from {came}" if came else "")


Tell = Callable[[Story], object]
CASES: dict[str, tuple[Tell, list[str]]] = {}


def case(name: str, *expected: str) -> Callable[[Tell], Tell]:
    """Declare a story, and exactly what the notes say of it."""

    def declare(tell: Tell) -> Tell:
        assert name not in CASES
        CASES[name] = (tell, list(expected))
        return tell

    return declare


def review(files: Files) -> None:
    """Ask Security before launch day is decided on."""
    step = {"id": "security", "title": "Security review", "responsible": "security-lead"}
    files[RELEASE]["steps"].insert(2, step)


def hours(role: str, text: str) -> Edit:
    return put(ROLES, role, "capacity", text)


def page(path: str, text: str) -> Edit:
    return lambda files: files.__setitem__(path, text)


REVIEW = "Launch management (process) | “Security review” is now required before “Go or stop?”; responsible: Security lead."
SIX = "Product manager (role) | Product manager has 6 hours a week for process work."
QA = "QA lead (role) | QA lead has 2 hours a week for process work."
