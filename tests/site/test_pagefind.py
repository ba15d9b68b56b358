"""What a site with Pagefind is made of, and what is said where it cannot be made."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from handbook.site import pagefind, pagefind_index
from tests.site import small
from tests.site.building import write

SETTINGS = '[site]\nsearch = "pagefind"\n'


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


def test_while_somebody_writes_the_index_is_that_of_the_first_build(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"index.html": "<html><body><article data-pagefind-body>First words</article></body></html>"},
    )
    index = pagefind_index.Index(once=True)
    index.add(str(tmp_path))
    made = {path.name for path in (tmp_path / "pagefind").rglob("*") if path.is_file()}
    assert "pagefind.js" in made
    assert not made & {"pagefind-ui.js", "pagefind-modular-ui.js"}
    again = tmp_path / "again"
    again.mkdir()
    index.add(str(again))
    assert {path.name for path in (again / "pagefind").rglob("*") if path.is_file()} == made


def test_what_pagefind_says_of_a_site_that_it_cannot_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="Pagefind could not index the site"):
        pagefind_index.Index(once=False).add(str(tmp_path / "nowhere"))
