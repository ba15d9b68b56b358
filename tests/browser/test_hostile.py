"""A hostile handbook in a real browser: nothing in it runs, asks another host or changes a page. See tests/site/hostile.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import served
from tests.site import hostile

pytestmark = pytest.mark.browser

CONFIG = """\
site_name: Small
use_directory_urls: false
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, search.suggest, search.highlight]
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-night, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-sunny, name: Light}}
plugins: [search, tags, handbook]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - meta
  - tables
  - toc
  - pymdownx.caret
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.magiclink
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tabbed
  - pymdownx.tasklist
  - pymdownx.tilde
"""
#: a page that somebody wrote by hand, with a title that no theme escapes, and a file name that MkDocs makes a title of
WRITTEN = """\
---
title: "</title><script>ran()</script>"
description: '"><script>ran()</script>'
tags: ["<img src=x onerror=ran()>"]
---

# Written

<script>ran()</script>
<img src="data:image/png;base64,x" onerror="ran()">
<a href="javascript:ran()">run</a>
<iframe srcdoc="<script>parent.ran()</script>"></iframe>
"""
#: what a browser shows of a page that nobody could put anything into
_STRANGE = """() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]
  .filter(({name, value}) => name.startsWith('on') || /^\\s*(javascript|vbscript|data):/i.test(value) && /^(href|src|action)$/.test(name)
    || name === 'srcdoc')
  .map(({name, value}) => `${element.tagName} ${name}=${value}`))
  .concat([...document.querySelectorAll('base, meta[http-equiv=refresh], iframe, article img, article script, article style, body > style')]
  .map(element => element.outerHTML))"""


def _site(folder: Path, files: dict[str, str], policy: str) -> Path:
    settings = files["handbook.toml"] + f'\n[site]\npolicy = "{policy}"\n'
    for path, text in {**files, "mkdocs.yml": CONFIG, "handbook.toml": settings}.items():
        file = folder / "handbook" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _pages() -> dict[str, str]:
    """Return the hostile handbook without its records, where pages written by hand are what it is about."""
    return {path: text for path, text in hostile.files().items() if not path.startswith("processes/")}


@pytest.fixture(scope="module", params=["strict", "off"])
def hostile_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile handbook, with the policy and without it."""
    folder = _site(tmp_path_factory.mktemp(f"hostile-{request.param}"), hostile.files(), request.param)
    return served.built(folder / "handbook", folder / "site")


@pytest.fixture
def ran(browser: Browser) -> Iterator[Page]:
    """A page in which an attack that runs leaves a trace."""
    context = browser.new_context()
    context.add_init_script("window.ran = () => { document.documentElement.dataset.ran = 'yes' }")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield page
    context.close()


def test_no_page_of_a_hostile_handbook_does_anything(hostile_site: Path, ran: Page) -> None:
    seen = 0
    with served.at(hostile_site) as address:
        faults = served.watched(ran, urlsplit(address).netloc)
        pages = sorted(path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("*.html"))
        made = [path for path in pages if not path.startswith("reference/")]
        assert len(made) > 30
        for path in [*made, "reference/rules/index.html"]:
            ran.goto(address + path)
            assert (ran.evaluate(_STRANGE), path) == ([], path)
            assert (ran.evaluate("document.documentElement.dataset.ran"), path) == (None, path)
            seen += ran.evaluate("(document.querySelector('article') ?? document.body).innerText").count(
                "ran()"
            )
        for file in hostile_site.rglob("*.svg"):
            ran.goto(address + file.relative_to(hostile_site).as_posix())
            assert ran.evaluate("document.documentElement.dataset.ran") is None
            assert ran.evaluate("document.querySelector('script, foreignObject, image')") is None
    assert faults == []
    assert seen > 500  # else the attacks are not there at all


def test_searching_a_hostile_handbook_shows_attacks_as_text(hostile_site: Path, ran: Page) -> None:
    with served.at(hostile_site) as address:
        faults = served.watched(ran, urlsplit(address).netloc)
        ran.goto(f"{address}index.html")
        ran.get_by_role("textbox", name="Search").click()
        ran.keyboard.type("go/no-go", delay=20)
        expect(ran.locator(".md-search-result__item").first).to_be_visible(timeout=15_000)
        assert ran.evaluate(_STRANGE) == []
        assert ran.evaluate("document.documentElement.dataset.ran") is None
    assert faults == []


def test_titles_of_hostile_records_are_read_as_they_are_typed(hostile_site: Path, ran: Page) -> None:
    title = json.loads(hostile.files()["processes/release/go-no-go.yaml"])["title"]
    with served.at(hostile_site) as address:
        ran.goto(f"{address}processes/go-no-go.html")
        expect(ran.locator("h1")).to_contain_text(title)
        assert "ran()" in ran.title() or "ran(" in ran.title()


def test_the_policy_stops_what_a_written_page_would_run(browser: Browser, tmp_path: Path, ran: Page) -> None:
    files = {**_pages(), "docs/written.md": WRITTEN, "docs/<img src=x onerror=ran()>.md": "No heading.\n"}
    folder = _site(tmp_path, files, "strict")
    out = served.built(folder / "handbook", folder / "site", strict=False)
    with served.at(out) as address:
        for path in ("written.html", "index.html", "%3Cimg%20src=x%20onerror=ran()%3E.html"):
            ran.goto(address + path)
            ran.wait_for_timeout(200)
            assert (ran.evaluate("document.documentElement.dataset.ran"), path) == (None, path)
        ran.goto(f"{address}written.html")
        ran.get_by_role("link", name="run").click()
        ran.wait_for_timeout(200)
        assert ran.evaluate("document.documentElement.dataset.ran") is None


def test_without_the_policy_a_written_page_runs_its_scripts(tmp_path: Path, ran: Page) -> None:
    """This is what the policy is for; it also shows that the trace of the tests above works."""
    folder = _site(tmp_path, {**_pages(), "docs/written.md": WRITTEN}, "off")
    out = served.built(folder / "handbook", folder / "site", strict=False)
    with served.at(out) as address:
        ran.goto(f"{address}written.html")
        assert ran.evaluate("document.documentElement.dataset.ran") == "yes"
