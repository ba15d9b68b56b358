"""A small GitHub in this process: comments and releases of one repository, kept as GitHub keeps them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "secret-token"


@dataclass
class GitHub:
    """What is at the host, and the calls that came. `failures` are answered first: status, headers."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    releases: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    last: int = 0

    def add(self, kept: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
        self.last += 1
        kept.append({"id": self.last, **values})
        return kept[-1]

    def answer(self, method: str, path: str, data: Any) -> tuple[int, Any]:
        way, query = (
            urlsplit(path).path.removeprefix("/repos/example/handbook/"),
            parse_qs(urlsplit(path).query),
        )
        if way == "issues/47/comments":
            if method == "POST":
                return 201, self.add(self.comments, body=data["body"])
            size, page = int(query["per_page"][0]), int(query["page"][0])
            return 200, self.comments[(page - 1) * size : page * size]
        if match := re.fullmatch(r"issues/comments/(\d+)", way):
            return self._one(self.comments, match[1], method, data)
        if match := re.fullmatch(r"releases/tags/(.+)", way):
            found = [one for one in self.releases if one["tag_name"] == match[1]]
            return (200, found[0]) if found else (404, {"message": "Not Found"})
        if way == "releases" and method == "POST":
            if any(one["tag_name"] == data["tag_name"] for one in self.releases):
                return 422, {"message": "Validation Failed"}
            return 201, self.add(self.releases, draft=False, **data)
        if match := re.fullmatch(r"releases/(\d+)", way):
            return self._one(self.releases, match[1], method, data)
        return 404, {"message": "Not Found"}

    def _one(self, kept: list[dict[str, Any]], id: str, method: str, data: Any) -> tuple[int, Any]:
        found = [one for one in kept if one["id"] == int(id)]
        if not found:
            return 404, {"message": "Not Found"}
        if method == "DELETE":
            kept.remove(found[0])
            return 204, None
        found[0].update(data)
        return 200, found[0]


@contextmanager
def served(given: GitHub | None = None) -> Iterator[GitHub]:
    """A GitHub, or the one that is given, that answers on a port of this machine until the block ends."""
    host = given or GitHub()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            sent = self.rfile.read(size)
            data = json.loads(sent) if sent else None
            with lock:
                host.calls.append(
                    f"{self.command} {urlsplit(self.path).path.removeprefix('/repos/example/handbook/')}"
                )
                status, headers, body = self._result(data)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if body is not None:
                self.wfile.write(json.dumps(body).encode())

        def _result(self, data: Any) -> tuple[int, dict[str, str], Any]:
            if host.failures:
                status, headers = host.failures.pop(0)
                return status, headers, {"message": "not now"}
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                return 401, {}, {"message": "Bad credentials"}
            status, body = host.answer(self.command, self.path, data)
            return status, {}, body

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815  # names of the standard library

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
