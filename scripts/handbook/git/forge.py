"""The Git host of a repository: its address in the browser, and that of a commit or a pull request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

_WEB = re.compile(r"https?://(?:[^/@]*@)?([^/@:?#\s]+(?::[0-9]+)?)/([^?#\s]+)")
_SSH = re.compile(r"(?:ssh|git)(?:\+ssh)?://(?:[^/@]*@)?([^/@:?#\s]+)(?::[0-9]+)?/([^?#\s]+)")
_SCP = re.compile(
    r"(?:[^/@\s]+@)?([^/@:\s]+\.[^/@:\s]+):/*([^\s]+)"
)  # a host without a dot is somebody's own alias
_LINKABLE = re.compile(r"https?://[A-Za-z0-9.:-]+/[A-Za-z0-9._~/+%-]+")
_SAFE = re.compile(r"https://[A-Za-z0-9.:-]+/[A-Za-z0-9._~/+%-]+")


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where a host has its commits and its pull requests, below the address of the repository."""

    commit: str = "commit"
    pull_request: str = "pull"
    release: str = "releases/tag"


_HOSTS = {
    "gitlab": _Ways("-/commit", "-/merge_requests", "-/releases"),
    "bitbucket": _Ways("commits", "pull-requests", "src"),
}


def address(remote: str) -> str:
    """Return where a repository is in the browser, from what git calls its remote.

    A name or password in it is left out. Empty for a local path, or where no address can be told.
    """
    for pattern in (_WEB, _SSH, _SCP):
        if match := pattern.fullmatch(remote.strip()):
            found = f"https://{match[1]}/{match[2].rstrip('/').removesuffix('.git').strip('/')}"
            return found if _SAFE.fullmatch(found) else ""
    return ""


def linkable(repository: str) -> str:
    """Return the address of a repository if a link may lead there, else nothing: whoever proposes a change can set it."""
    return repository if _LINKABLE.fullmatch(repository) else ""


def commit(repository: str, sha: str) -> str:
    """Return the address of a commit."""
    return f"{repository.rstrip('/')}/{_ways(repository).commit}/{sha}"


def pull_request(repository: str, number: int) -> str:
    """Return the address of a pull request."""
    return f"{repository.rstrip('/')}/{_ways(repository).pull_request}/{number}"


def release(repository: str, tag: str) -> str:
    """Return the address of the release of a tag."""
    return f"{repository.rstrip('/')}/{_ways(repository).release}/{quoted(tag)}"


def quoted(text: str) -> str:
    """Return a text as a part of an address."""
    return quote(text, safe="")


def _ways(repository: str) -> _Ways:
    host = repository.partition("://")[2].partition("/")[0]
    return next((ways for name, ways in _HOSTS.items() if name in host), _Ways())
