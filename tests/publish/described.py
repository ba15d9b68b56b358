"""A server made from GitHub's own description of its API: Prism, with the parts of the description that we use."""

from __future__ import annotations

import fcntl
import getpass
import json
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

PACKAGES = ("@stoplight/prism-cli@5.14.2", "@octokit/openapi@23.0.2")
_BELOW = "/repos/{owner}/{repo}/"
_USED = [
    f"{_BELOW}issues/{{issue_number}}/comments",
    f"{_BELOW}issues/comments/{{comment_id}}",
    f"{_BELOW}releases",
    f"{_BELOW}releases/tags/{{tag}}",
    f"{_BELOW}releases/{{release_id}}",
    f"{_BELOW}issues",
    f"{_BELOW}issues/{{issue_number}}",
    f"{_BELOW}issues/{{issue_number}}/sub_issues",
    f"{_BELOW}issues/{{issue_number}}/dependencies/blocked_by",
    f"{_BELOW}labels",
    f"{_BELOW}milestones",
    f"{_BELOW}milestones/{{milestone_number}}",
]
_REFERENCE = re.compile(r'"#/components/([^"/]+)/([^"]+)"')
_SECONDS = 60  #: until a server that does not answer is given up


def installed(name: str = "github", packages: Sequence[str] = PACKAGES) -> Path | None:
    """Return the folder with Prism and the description, or other packages of npm, installed on first use; None without npm."""
    home = Path(tempfile.gettempdir(), f"handbook-tests-{getpass.getuser()}", name)
    done = home / "installed"
    if done.exists():
        return home
    npm = shutil.which("npm")
    if npm is None:
        return None
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    quiet = ("--no-audit", "--no-fund", "--silent")
    with (home / "installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in two processes, and both may want the same packages
        if not done.exists():
            subprocess.run(
                [npm, "install", "--prefix", str(home), *quiet, *packages], check=True, capture_output=True
            )
            done.touch()
    return home


def description(home: Path) -> dict[str, Any]:
    """Return GitHub's description, with what we call and all that this refers to: the whole would take a minute to load."""
    path = home / "node_modules/@octokit/openapi/generated/api.github.com.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    kept = {key: whole[key] for key in ("openapi", "info", "servers")}
    kept["paths"] = {path: whole["paths"][path] for path in _USED}
    components: dict[str, dict[str, Any]] = {}
    queue = [json.dumps(kept["paths"])]
    while queue:
        for kind, name in _REFERENCE.findall(queue.pop()):
            if name not in components.setdefault(kind, {}):
                components[kind][name] = whole["components"][kind][name]
                queue.append(json.dumps(components[kind][name]))
    return {**kept, "components": components}


@contextmanager
def served(home: Path, folder: Path) -> Iterator[str]:
    """Yield the address of a server that refuses whatever the description does not allow."""
    api = folder / "api.json"
    api.write_text(json.dumps(description(home)), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(home / "node_modules/.bin/prism"),
        "mock",
        "--errors",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        str(api),
    ]
    with (folder / "prism.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def _await(address: str) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=1).close()
        except HTTPError:
            return  # it answers, if only to say that nothing is there
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Prism did not start")
