"""What a site with Pagefind is made of, and what is said where it cannot be made."""

from __future__ import annotations

import gzip
import importlib.util
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from handbook.site import pagefind, pagefind_index
from tests.site import small
from tests.site.building import write

SETTINGS = '[site]\nsearch = "pagefind"\n'


def indexed(site: Path) -> list[dict[str, Any]]:
    """Return what the index of a site knows of its pages."""
    packed = sorted(site.glob("pagefind/fragment/*.pf_fragment"))
    return [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in packed]


def texts(site: Path) -> list[str]:
    """Return the text of each page in the index of a site."""
    return [page["content"] for page in indexed(site)]


def served(site: Path) -> pagefind_index.Index:
    """Return the index of a site that is served, with one page of two words."""
    index = pagefind_index.Index(serving=True)
    write(site, page_of("First words"))
    index.add(str(site))
    return index


def until(done: Callable[[], bool]) -> None:
    """Wait for what goes on beside the test."""
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def text_of(path: str, settings: str = SETTINGS) -> str:
    return small.made({**small.FILES, "handbook.toml": settings})[path].text


def test_a_page_tells_what_it_is_whose_for_whom_and_what_else_it_is_called() -> None:
    text = text_of("processes/go-no-go.md")
    for name, value in (
        ("kind", "Processes"),
        ("owner", "Product operations"),
        ("role", "Head of product"),
        ("role", "Analyst"),
        ("stage", "Release"),
    ):
        assert f'<i data-pagefind-filter="{name}">{value}</i>' in text
    assert "checkpoint" in text_of("terms/index.md") + text_of("terms/gate.md")


def test_records_tell_the_order_of_kinds_and_of_stages() -> None:
    text = text_of("processes/go-no-go.md", f'[areas]\nrelease = "Ship"\nstrategy = "Aim"\n{SETTINGS}')
    assert '<i data-pagefind-filter="order">stage 0 Ship</i>' in text
    assert '<i data-pagefind-filter="order">kind 0 Processes</i>' in text
    assert '<i data-pagefind-filter="order">kind 5 Roles</i>' in text_of("roles/analyst.md")


def test_sections_come_in_the_order_of_the_navigation_and_the_one_with_the_reference_last() -> None:
    about = ("About", ["tutorial/index.md", "reference/rules/index.md"])
    places = pagefind.places([("Guides", ["guides/a.md"]), about, ("More", ["more.md"])])
    assert sorted(places, key=places.__getitem__) == ["Guides", "More", "About"]
    assert max(places, key=places.__getitem__) == "About"
    assert places["More"] < pagefind.About.place < places["About"]


def test_without_it_pages_tell_nothing() -> None:
    assert "pagefind" not in "".join(page.text for page in small.made().values() if page.path.endswith(".md"))


def test_what_a_page_by_hand_tells_cannot_leave_its_place() -> None:
    about = pagefind.About('"><script>ran()</script>', "a & b", "Guides", '" onload="ran()')
    page = pagefind.marked("<html><head></head><body><article class='x'>Text</article></body></html>", about)
    assert "<script>" not in page
    assert '" onload' not in page
    assert "<article data-pagefind-body class='x'>" in page


def test_a_page_that_is_not_to_be_found_is_left_alone() -> None:
    page = "<html><head></head><body><article>Text</article></body></html>"
    assert pagefind.marked(page, None) == page


def test_where_it_is_not_installed_the_build_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    missing: Any = lambda name, *more: None if name == "pagefind" else find(name, *more)  # noqa: E731
    monkeypatch.setattr(pagefind_index, "find_spec", missing)
    with pytest.raises(
        PluginError, match=r'not installed: install it with pip install "process-handbook\[search\]"'
    ):
        pagefind_index.prepared("pagefind", MkDocsConfig(), None, serving=False)


def page_of(words: str) -> dict[str, str]:
    return {"index.html": f"<html><body><article data-pagefind-body>{words}</article></body></html>"}


def test_an_index_is_made_of_the_pages_and_holds_nothing_that_no_page_asks_for(tmp_path: Path) -> None:
    write(tmp_path, page_of("First words"))
    pagefind_index.Index(serving=False).add(str(tmp_path))
    assert texts(tmp_path) == ["First words."]
    made = {path.name for path in (tmp_path / "pagefind").rglob("*") if path.is_file()}
    assert "pagefind.js" in made
    assert not made & {"pagefind-ui.js", "pagefind-modular-ui.js"}


def test_while_somebody_writes_the_index_is_there_at_once_and_is_renewed_after_each_build(
    tmp_path: Path,
) -> None:
    index = served(tmp_path)
    assert texts(tmp_path) == ["First words."]
    shutil.rmtree(tmp_path / "pagefind")  # MkDocs empties the site
    write(tmp_path, page_of("Second words"))
    index.add(str(tmp_path))
    assert (tmp_path / "pagefind/pagefind-entry.json").exists()
    until(lambda: texts(tmp_path) == ["Second words."])
    until(lambda: not (tmp_path / ".pagefind").exists())
    assert not list((tmp_path / "pagefind").rglob("pagefind-ui.js"))


def test_a_build_that_comes_meanwhile_ends_the_work_on_the_index_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = served(tmp_path)
    begun: list[subprocess.Popen[str]] = []
    begin = pagefind_index._begin

    def slow(site: str, out: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        begun.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return begun[-1]

    monkeypatch.setattr(pagefind_index, "_begin", slow)
    index.add(str(tmp_path))
    write(tmp_path, page_of("Third words"))
    monkeypatch.setattr(pagefind_index, "_begin", begin)
    index.add(str(tmp_path))
    assert begun[0].poll() is not None
    until(lambda: texts(tmp_path) == ["Third words."])
    monkeypatch.setattr(pagefind_index, "_begin", slow)
    index.add(str(tmp_path))
    index.rest()
    assert begun[1].poll() is not None


def test_where_a_later_index_cannot_be_made_the_one_before_stays_and_the_writer_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = served(tmp_path)
    (tmp_path / "index.html").unlink()
    index.add(str(tmp_path))
    until(lambda: "it finds what was there before" in caplog.text)
    assert texts(tmp_path) == ["First words."]


def test_what_pagefind_says_of_a_site_that_it_cannot_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="Pagefind could not index the site"):
        pagefind_index.Index(serving=False).add(str(tmp_path / "nowhere"))
