"""Addresses that people keep: old ones lead to the new page, and those for feedback are filled in with where the reader was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from handbook.text import markup
from tests.browser import served
from tests.browser.test_hostile import CONFIG
from tests.site import hostile
from tests.site.building import write

pytestmark = pytest.mark.browser

HOME = "https://handbook.example.com/"
FEEDBACK = "https://forge.example.com/issues/new?title={title}&body={page}%0A{file}"
RECORD = "processes/release/go-no-go.yaml"


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a hostile handbook in which a process has a former name, and readers may say what is wrong."""
    folder = tmp_path_factory.mktemp("moved")
    files = hostile.files()
    record = {**json.loads(files[RECORD]), "aliases": ["go-live"]}
    settings = f'{files["handbook.toml"]}\n[site]\nfeedback = "{FEEDBACK}"\n'
    write(
        folder / "handbook",
        {
            **files,
            RECORD: json.dumps(record),
            "handbook.toml": settings,
            "mkdocs.yml": f"site_url: {HOME}\n{CONFIG}",
        },
    )
    with served.at(served.built(folder / "handbook", folder / "site")) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_old_address_leads_to_the_new_page(browser: Browser, moved: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    faults = served.watched(page, urlsplit(moved).netloc)
    page.goto(f"{moved}processes/go-live.html", wait_until="commit")
    page.wait_for_url(f"{moved}processes/go-no-go.html")
    expect(page.locator("h1")).to_contain_text(json.loads(hostile.files()[RECORD])["title"])
    context.close()
    assert faults == []


@pytest.mark.parametrize(
    ("path", "file"),
    [("processes/go-no-go.html", RECORD), ("guides/tiers.html", "docs/guides/tiers.md")],
    ids=["a record", "a page by hand"],
)
def test_feedback_says_which_page_it_is_about(browser: Browser, moved: str, path: str, file: str) -> None:
    page = browser.new_page()
    page.goto(moved + path)
    link = page.get_by_role("link", name="Say what is wrong or missing")
    expect(link).to_be_visible()
    to = urlsplit(link.evaluate("one => one.href"))
    title = json.loads(hostile.files()[RECORD])["title"] if file == RECORD else "Tiers"
    assert f"{to.scheme}://{to.netloc}{to.path}" == FEEDBACK.partition("?")[0]
    assert parse_qs(to.query) == {"title": [markup.plain(title)], "body": [f"{HOME}{path}\n{file}"]}
    page.close()
