"""Publishing at GitHub: once, however often and by how many, and never over what somebody else wrote."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.cli import run
from handbook.publish import github
from handbook.publish.api import Api
from tests.publish.server import TOKEN, GitHub, served

WAITED: list[float] = []


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[GitHub]:
    with served() as host:
        monkeypatch.setenv("GITHUB_API_URL", host.address)
        monkeypatch.setenv("GITHUB_REPOSITORY", "example/handbook")
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        monkeypatch.setattr("time.sleep", WAITED.append)
        monkeypatch.chdir(tmp_path)
        WAITED.clear()
        yield host


def api(host: GitHub) -> Api:
    return Api(address=host.address, repository="example/handbook", token=TOKEN, wait=WAITED.append)


def publish(what: str, where: str, text: str) -> int:
    Path("text.md").write_text(text, encoding="utf-8")
    return run(["publish", what, where, "text.md"])


def test_a_comment_is_written_once_and_then_brought_up_to_date(
    host: GitHub, capsys: pytest.CaptureFixture[str]
) -> None:
    host.add(host.comments, body="Looks good to me")
    for text in ("one", "one", "two é"):
        assert publish("comment", "47", text) == 0
    assert [one["body"].partition("-->\n")[2] or one["body"] for one in host.comments] == [
        "Looks good to me",
        "two é",
    ]
    assert capsys.readouterr().out.splitlines() == [
        "The comment on #47 is written.",
        "The comment on #47 is as it should be already.",
        "The comment on #47 is brought up to date.",
    ]


def test_a_comment_is_found_behind_a_hundred_others(host: GitHub) -> None:
    for number in range(250):
        host.add(host.comments, body=f"Comment {number}")
    publish("comment", "47", "one")
    publish("comment", "47", "two")
    assert len(host.comments) == 251
    assert host.comments[-1]["body"].endswith("two")


def test_several_runs_at_once_leave_one_comment(host: GitHub) -> None:
    threads = [threading.Thread(target=github.comment, args=(api(host), 47, "text")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    github.comment(api(host), 47, "text")
    assert len(host.comments) == 1


def test_a_comment_that_is_too_long_is_cut_between_lines(host: GitHub) -> None:
    publish("comment", "47", "- a line of it\n" * 10_000)
    body = host.comments[0]["body"]
    assert len(body) <= 65_536
    assert "\n- a line of it\n\nThe rest is left out here" in body


def test_a_release_is_published_once_with_the_title_of_its_notes(host: GitHub) -> None:
    notes = "# What changed to v2026.11.0\n\nA duty.\n"
    assert [publish("release", "v2026.11.0", notes) for _ in range(2)] == [0, 0]
    (release,) = host.releases
    assert release["name"] == "What changed to v2026.11.0"
    assert "A duty." in release["body"]
    assert "PATCH releases/1" not in host.calls


def test_a_tag_that_is_not_there_is_set_at_the_commit_that_is_named(host: GitHub) -> None:
    Path("text.md").write_text("text", encoding="utf-8")
    assert run(["publish", "release", "v1", "text.md", "--commit", "abc123"]) == 0
    assert (host.releases[0]["tag_name"], host.releases[0]["target_commitish"]) == ("v1", "abc123")


def test_what_somebody_wrote_into_a_release_stays_and_a_draft_stays_one(host: GitHub) -> None:
    host.add(host.releases, tag_name="v1", name="Hers", body="Dear all,\r\n\r\nread this.", draft=True)
    publish("release", "v1", "# Notes\n\none\n")
    publish("release", "v1", "# Notes\n\ntwo\n")
    (release,) = host.releases
    assert (release["name"], release["draft"]) == ("Hers", True)
    assert release["body"].startswith("Dear all,\n\nread this.\n")
    assert "two" in release["body"]
    assert "one" not in release["body"]


def test_a_release_that_another_run_has_just_made_is_brought_up_to_date(host: GitHub) -> None:
    made = api(host)
    get = Api.get
    seen: list[str] = []

    class Late(Api):
        def get(self, path: str) -> object:
            if path.startswith("releases/tags/") and not seen:
                seen.append(path)
                host.add(host.releases, tag_name="v1", name="v1", body="", draft=False)
                from handbook.publish.api import Refused

                raise Refused("none yet", "", 404)
            return get(self, path)

    late = Late(address=made.address, repository=made.repository, token=made.token)
    assert github.release(late, "v1", "v1", "text") == "brought up to date"
    assert len(host.releases) == 1


PASSING = {
    "busy": [(503, {})],
    "too quick": [(429, {"Retry-After": "7"})],
    "secondary limit": [(403, {"Retry-After": "5"}), (502, {})],
}


@pytest.mark.parametrize("failures", PASSING.values(), ids=list(PASSING))
def test_what_passes_is_tried_again_after_as_long_as_the_server_asks(
    host: GitHub, failures: list[tuple[int, dict[str, str]]]
) -> None:
    host.failures = list(failures)
    assert github.comment(api(host), 47, "text") == "written"
    assert [float(headers.get("Retry-After", 2)) for _, headers in failures] == WAITED


FAILING = {
    "wrong token": ([(401, {})], "failed with 401: not now"),
    "no right": ([(403, {})], "look at its permissions"),
    "no such number": ([(404, {})], "there is no such repository or number"),
    "asks for too long a wait": ([(429, {"Retry-After": "3600"})], "failed with 429"),
    "down": ([(503, {})] * 9, "failed with 503"),
}


@pytest.mark.parametrize(("failures", "message"), FAILING.values(), ids=list(FAILING))
def test_what_does_not_pass_is_said(
    host: GitHub, capsys: pytest.CaptureFixture[str], failures: list[tuple[int, dict[str, str]]], message: str
) -> None:
    host.failures = list(failures)
    assert publish("comment", "47", "text") == 3
    assert message in capsys.readouterr().err
    assert TOKEN not in capsys.readouterr().err
    assert host.comments == []


WRONG = {
    "no number": (["comment", "x47", "text.md"], {}, "not the number of a pull request"),
    "no file": (["comment", "47", "none.md"], {}, "none.md cannot be read"),
    "no token": (["comment", "47", "text.md"], {"GITHUB_TOKEN": ""}, "there is no token"),
    "no repository": (["comment", "47", "text.md", "--repository", "x"], {}, "is not a repository at GitHub"),
}


@pytest.mark.parametrize(("call", "environment", "message"), WRONG.values(), ids=list(WRONG))
def test_wrong_use_is_said_before_anything_is_sent(
    host: GitHub,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    call: list[str],
    environment: dict[str, str],
    message: str,
) -> None:
    monkeypatch.delenv("GH_TOKEN", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    Path("text.md").write_text("text", encoding="utf-8")
    assert run(["publish", *call]) == 2
    assert message in capsys.readouterr().err
    assert host.calls == []


def test_a_server_that_is_not_there_is_said(
    host: GitHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    assert publish("comment", "47", "text") == 3
    assert "http://127.0.0.1:9 cannot be reached" in capsys.readouterr().err


def test_publishing_needs_nothing_that_was_installed(root: Path, tmp_path: Path) -> None:
    """In a workflow it has the right to write, so nothing but the engine itself runs there."""
    environment = {"PYTHONPATH": str(root / "scripts"), "PATH": "/usr/bin:/bin"}
    (tmp_path / "text.md").write_text("text", encoding="utf-8")
    call = ["publish", "comment", "47", "text.md", "--repository", "a/b"]
    done = subprocess.run(
        [sys.executable, "-S", "-m", "handbook", *call],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "there is no token" in done.stderr) == (2, True), done.stderr
