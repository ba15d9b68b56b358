"""Who made a change: authors, and co-authors that a message names. Pure; no address leaves this module in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_CO_AUTHOR = re.compile(r"^[ \t]*co-authored-by:[ \t]*([^<>\n]*?)[ \t]*<([^<>\s]*)>[ \t]*$", re.I | re.M)
_GITHUB = re.compile(r"(?:[0-9]+\+)?([^@+]+)@users\.noreply\.github\.com", re.I)
_NOBODY = re.compile(r"(?:no-?reply|donotreply)@", re.I)  #: addresses that nobody reads are those of machines
_PLACEHOLDERS = ("", "root", "unknown", "nobody")

#: machines that work in many repositories and whose names do not end in [bot]
_BOTS = frozenset((
    "actions-user", "allcontributors", "codecov-io", "copilot", "dependabot", "dependabot-preview", "fossabot", "github-actions",
    "github-merge-queue", "gitbook-bot", "gitlab-bot", "greenkeeper", "greenkeeperio-bot", "imgbot", "jenkins", "k8s-ci-robot",
    "k8s-merge-robot", "mergify", "netlify", "pre-commit-ci", "pyup-bot", "release-please", "renovate", "renovate-bot",
    "semantic-release-bot", "snyk-bot", "travis-ci", "web-flow", "weblate",
))  # fmt: skip


class Person(NamedTuple):
    """A name and an address, as a commit has them."""

    name: str
    email: str

    @property
    def key(self) -> str:
        """What tells people apart: the address, or the account that an address of GitHub's own belongs to."""
        account = self._account
        return f"@{account}" if account else self.email.lower() or self.name.casefold()

    @property
    def shown(self) -> str:
        """The name for readers. One that is an address is cut short: addresses are never told."""
        return " ".join(self.name.partition("@")[0].split())

    @property
    def is_bot(self) -> bool:
        """Whether a machine did it."""
        names = {self.name.casefold().replace(" ", "-"), self._account, self.email.partition("@")[0].lower()}
        return bool(_NOBODY.match(self.email)) or any(
            name.endswith(("[bot]", "-[bot]")) or name in _BOTS for name in names
        )

    @property
    def _account(self) -> str:
        found = _GITHUB.fullmatch(self.email)
        return found[1].lower() if found else ""


def co_authors(body: str) -> tuple[Person, ...]:
    """Return the people that a message names as co-authors, wherever in it these lines stand."""
    if "co-authored-by:" not in body.lower():  # much quicker to find out
        return ()
    return tuple([Person(name, email) for name, email in _CO_AUTHOR.findall(body)])


def names(people: Iterable[Person]) -> list[str]:
    """Return the names of people by the alphabet, each person once, by the name of the latest commit.

    Who has an address of GitHub's own and another one is the same person where the name is the same.
    """
    latest = {person.key: person.shown for person in people if not person.is_bot}
    found = {name.casefold(): name for name in latest.values() if name.casefold() not in _PLACEHOLDERS}
    return [found[key] for key in sorted(found)]
