"""Sites as a browser meets them: built, served on this machine, and watched."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page

#: where the theme keeps what its search knows
INDEX = "search/search_index.json"

#: a page of each kind
KINDS = [
    "",
    "404.html",
    "processes/",
    "processes/go-no-go/",
    "processes/strategy/print/",
    "launch-templates/",
    "launch-templates/tier-1/",
    "launches/",
    "launches/shared-dashboards/",
    "experiments/",
    "experiments/sample-data/",
    "onboarding/",
    "onboarding/product-manager/",
    "roles/",
    "roles/product-manager/",
    "teams/",
    "teams/product-operations/",
    "tools/",
    "tools/issue-tracker/",
    "metrics/",
    "metrics/activation-rate/",
    "artifacts/",
    "artifacts/launch-brief/",
    "terms/",
    "terms/gate/",
    "calendars/",
    "calendars/company/",
    "guides/first-day/",
    "changes/",
    "changes/for/product-manager/",
    "health/",
    "tool-access/",
    "explanation/trust/",
    "how-to/add-a-process/",
    "reference/commands/",
    "reference/records/process/",
    "reference/rules/",
    "reference/settings/",
    "tutorial/",
]


_TEXT = {".css", ".html", ".js", ".json", ".svg", ".xml"}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: requests are no results."""


class _Packed(_Quiet):
    """Sends text in packed form, as hosts on the web do."""

    packed: ClassVar[dict[Path, bytes]] = {}

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        if path.suffix not in _TEXT or not path.is_file():
            return super().do_GET()
        if path not in self.packed:
            self.packed[path] = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(self.packed[path])))
        self.end_headers()
        self.wfile.write(self.packed[path])
        return None


def built(root: Path, out: Path, *, strict: bool = True) -> Path:
    """Build the site of a handbook in a process of its own, as people do; return the folder that it is in."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *(["--strict"] if strict else []), "--quiet", "--site-dir", str(out)],
        cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@contextmanager
def at(folder: Path, *, packed: bool = False) -> Iterator[str]:
    """Serve a folder, its text packed or not; the value is its address."""
    handler = functools.partial(_Packed if packed else _Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def opened(browser: Browser, address: str, **how: Any) -> Iterator[Page]:
    """An empty page in a context of its own. At its end, nothing may have gone to another host or into the console as an error."""
    context = browser.new_context(**how)
    page = context.new_page()
    faults = watched(page, urlsplit(address).netloc)
    yield page
    context.close()
    assert faults == []


def watched(page: Page, ours: str) -> list[str]:
    """Return a list to which everything is added that no page may do: ask other hosts, miss a file, or complain."""
    faults: list[str] = []

    def note(fault: str | None) -> None:
        if fault:
            faults.append(fault)

    page.on("request", lambda request: note(_foreign(request.url, ours)))
    page.on("console", lambda message: note(_complaint(message)))
    page.on("pageerror", lambda error: note(str(error)))
    page.on(
        "response",
        lambda answer: note(
            f"{answer.status} {answer.url}" if answer.status >= 400 and not _is_icon(answer.url) else None
        ),
    )
    return faults


def settled(page: Page) -> None:
    """Wait until nothing on a page moves or fades any more: what is half faded in has too little contrast.

    What follows the scrolling of something moves with that only, and never ends.
    """
    page.wait_for_function(
        "() => document.getAnimations().every(one => one.playState !== 'running' || one.timeline !== document.timeline)"
    )


def _complaint(message: ConsoleMessage) -> str | None:
    return message.text if message.type == "error" and not _is_icon(message.location["url"]) else None


def _is_icon(url: str) -> bool:
    """Whether a browser asks for this by itself, when it shows a drawing without a page around it."""
    return url.endswith("/favicon.ico")


def _foreign(url: str, ours: str) -> str | None:
    return f"asked for {url}" if urlsplit(url).netloc not in ("", ours) else None


@contextmanager
def showing(root: Path) -> Iterator[str]:
    """Run `mkdocs serve` on a handbook, as people do while they write; the value is its address once the site is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", place]
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=said, stderr=said)
        try:
            _wait(server, place)
            yield f"http://{place}/"
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read())
            raise
        finally:
            server.terminate()
            server.wait(10)


def _wait(server: subprocess.Popen[bytes], place: str) -> None:
    host, _, port = place.partition(":")
    until = time.monotonic() + 300
    while server.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("mkdocs serve does not answer")
