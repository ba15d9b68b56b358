"""Searching the built site, as a reader does it: open the page, type, follow a result."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_searching_for_go_no_go_finds_the_process_and_leads_to_it(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.insert_text("go/no-g")
    page.keyboard.type("o")  # each letter typed is a search of its own
    results = page.locator(".md-search-result__item > a.md-search-result__link")
    expect(results.first).to_be_visible(timeout=30_000)
    found = [urlsplit(link.get_attribute("href") or "").path for link in results.all()[:5]]
    assert "/processes/go-no-go/" in found
    results.nth(found.index("/processes/go-no-go/")).click()
    expect(page.locator("h1")).to_contain_text("Go/no-go decision")
    assert urlsplit(page.url).path == "/processes/go-no-go/"


def test_the_process_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}processes/go-no-go/")
    expect(page.locator("h1")).to_contain_text("Go/no-go decision")
    assert (
        "Confirm release quality" in page.locator("article").inner_text()
    )  # what is hidden has no inner text
    context.close()


def test_on_a_narrow_screen_a_page_does_not_scroll_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{address}processes/go-no-go/")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
