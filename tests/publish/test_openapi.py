"""Our calls are those that GitHub describes, and its answers are understood."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from handbook.publish import github
from handbook.publish.api import Api, Refused
from tests.publish import described


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    home = described.installed()
    if home is None:
        assert os.environ.get("CI") != "true", (
            "CI has to have npm, or nothing proves that GitHub takes our calls"
        )
        pytest.skip("npm is not installed")
    with described.served(home, tmp_path_factory.mktemp("github")) as address:
        yield Api(address=address, repository="example/handbook", token="token", wait=lambda seconds: None)


def test_a_comment_is_written_as_github_describes_it(api: Api) -> None:
    assert github.comment(api, 47, "text") == "written"


def test_a_release_is_brought_up_to_date_as_github_describes_it(api: Api) -> None:
    assert github.release(api, "v2026.11.0", "Notes", "text") == "brought up to date"


def test_what_is_rarely_called_is_described_too(api: Api) -> None:
    assert api.send("POST", "releases", {"tag_name": "v1", "name": "Notes", "body": "text"})["id"]
    assert api.send("PATCH", "issues/comments/1", {"body": "text"})["id"]
    assert api.send("DELETE", "issues/comments/1", None) is None


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("POST", "releases", {"name": "no tag"}),
        ("POST", "issues/47/comments", {"text": "no body"}),
        ("POST", "issue/47/comments", {"body": "x"}),
    ],
)
def test_a_call_that_github_does_not_describe_would_be_seen(
    api: Api, method: str, path: str, data: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        api.send(method, path, data)
