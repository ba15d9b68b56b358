"""Feeds of release notes, read by readers of news that others wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest

from handbook.cli import run
from tests.changes.books import BASE, RELEASE, edited, put
from tests.changes.repositories import Repository

EVIL = "<script>alert(1)</script> & ]]> \x08é"
TAGS = ["v3", "v2", "v1"]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    repository = Repository(tmp_path / "repository")
    repository.commit("The handbook", BASE, tag="v1")
    repository.commit("Promise less", edited(put(RELEASE, "sla", "30d")), tag="v2")
    repository.commit(f"Rename\n\nWhy: {EVIL}", edited(put(RELEASE, "title", "<b>A & B</b>")), tag="v3")
    repository.commit("Not released", edited(put(RELEASE, "sla", "90d")))
    monkeypatch.chdir(repository.folder)
    return repository


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["notes", *arguments]) == 0
    return capsys.readouterr().out


def atom(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    feed = feedparser.parse(written(capsys, *arguments, "--format", "atom").encode(), sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_an_atom_feed_has_an_entry_for_each_release_the_newest_first(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = atom(capsys)
    assert feed.version == "atom10"
    assert [entry.id.rpartition("#")[2] for entry in feed.entries] == TAGS
    assert [entry.updated for entry in feed.entries] == [f"2026-10-0{day}T00:00:00Z" for day in (7, 6, 5)]
    assert feed.feed.updated == "2026-10-07T00:00:00Z"
    assert "promised within 30 working days" in feed.entries[1].content[0].value


def test_text_from_outside_is_text_in_a_feed(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    content = atom(capsys).entries[0].content[0].value
    assert "<script" not in content
    assert "<b>" not in content
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in content
    items = json.loads(written(capsys, "--format", "json-feed"))["items"]
    assert "<script" not in items[0]["content_html"]


def test_a_json_feed_has_what_its_version_asks_for(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    made.write({"handbook.toml": '[handbook]\nrepository = "https://github.com/example/handbook"\n'})
    feed = json.loads(written(capsys, "--format", "json-feed"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "https://github.com/example/handbook"
    assert [item["url"].rpartition("/")[2] for item in feed["items"]] == TAGS
    assert all({"id", "title", "content_html", "date_published"} <= item.keys() for item in feed["items"])
    assert len({item["id"] for item in feed["items"]}) == len(TAGS)


def test_a_feed_for_a_role_tells_what_concerns_it(
    made: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = [entry.title for entry in atom(capsys, "--for", "role:pm").entries]
    assert titles[0].startswith("What changed for Product manager from v2 to v3")


def test_a_range_limits_a_feed(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [entry.id.rpartition("#")[2] for entry in atom(capsys, "v1..v3").entries]
    assert ids == ["v3", "v2"]


def test_the_same_history_gives_the_same_feed(
    made: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    once = written(capsys, "--format", "atom")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert written(capsys, "--format", "atom") == once


def test_a_handbook_without_a_release_has_an_empty_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = Repository(tmp_path / "other")
    repository.commit("The handbook", BASE)
    monkeypatch.chdir(repository.folder)
    assert atom(capsys).entries == []
