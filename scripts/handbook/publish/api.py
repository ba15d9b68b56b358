"""Calls of GitHub's REST API: JSON in, JSON out, tried again where the server asks for it.

Source: https://docs.github.com/en/rest, version 2022-11-28.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from handbook.errors import COULD_NOT_RUN, UserError

_VERSION = "2022-11-28"
_TRIES = 4
_LONGEST_WAIT = 60  #: seconds that a server may ask us to wait
_SECONDS = 30  #: until a server that says nothing is given up
_PAGE = 100
_AGAIN = (429, 500, 502, 503, 504)


class Refused(UserError):
    """The server understood the call and refused it. `status` is its HTTP status."""

    def __init__(self, message: str, hint: str, status: int) -> None:
        super().__init__(message, hint, code=COULD_NOT_RUN)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The API of one repository, such as `example/handbook`, at an address such as https://api.github.com."""

    address: str
    repository: str
    token: str
    wait: Callable[[float], None] = lambda seconds: time.sleep(seconds)

    def get(self, path: str) -> Any:
        """Return what is at a path below the repository.

        Raises:
            UserError: the server cannot be reached, or it refuses.
        """
        return self._call("GET", path, None)

    def send(self, method: str, path: str, data: Any) -> Any:
        """Send data with POST, PATCH or DELETE, and return the answer."""
        return self._call(method, path, data)

    def every(self, path: str) -> Iterator[Any]:
        """Yield the entries of a list, page by page."""
        number, sign = 1, "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{sign}per_page={_PAGE}&page={number}")
            yield from page
            if len(page) < _PAGE:
                return
            number += 1

    def _call(self, method: str, path: str, data: Any) -> Any:
        for left in reversed(range(_TRIES)):
            try:
                with urlopen(self._request(method, path, data), timeout=_SECONDS) as answer:
                    body = answer.read()
                return json.loads(body) if body else None
            except HTTPError as error:
                if not left or not self._may_try_again(error):
                    raise self._refused(method, path, error) from None
            except (URLError, TimeoutError, ConnectionError) as error:
                if not left:
                    reason = getattr(error, "reason", error)
                    message = f"{self.address} cannot be reached: {reason}"
                    raise UserError(message, "run it again later; it picks up where it stopped", code=COULD_NOT_RUN) from None  # fmt: skip
                self.wait(2.0 ** (_TRIES - left))
        raise AssertionError("the last try returns or raises")

    def _request(self, method: str, path: str, data: Any) -> Request:
        address = f"{self.address.rstrip('/')}/repos/{self.repository}/{path}"
        headers = {
            "Accept": "application/vnd.github+json, application/json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "handbook",
            "X-GitHub-Api-Version": _VERSION,
        }
        body = None if data is None else json.dumps(data).encode()
        return Request(address, data=body, headers=headers, method=method)

    def _may_try_again(self, error: HTTPError) -> bool:
        """Wait as long as the server asks, and say whether another try makes sense."""
        limited = error.code == HTTPStatus.FORBIDDEN and error.headers.get("Retry-After")
        if error.code not in _AGAIN and not limited:
            return False
        asked = error.headers.get("Retry-After", "")
        seconds = int(asked) if re.fullmatch("[0-9]{1,6}", asked) else 2
        if seconds > _LONGEST_WAIT:
            return False
        self.wait(seconds)
        return True

    def _refused(self, method: str, path: str, error: HTTPError) -> Refused:
        said = _message(error.read())
        hints = {
            401: "the token is wrong or has ended: set GITHUB_TOKEN",
            403: "the token may not do this: in a workflow, look at its permissions",
            404: "there is no such repository or number, or the token may not see it",
        }
        message = f"{method} {path.partition('?')[0]} of {self.repository} failed with {error.code}: {said}"
        return Refused(message, hints.get(error.code, "https://www.githubstatus.com tells whether GitHub is well"), error.code)  # fmt: skip


def _message(body: bytes) -> str:
    try:
        data = json.loads(body)
        return str(data["message"])
    except (ValueError, KeyError, TypeError):
        return "without a word"
