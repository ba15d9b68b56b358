"""Every kind of page, judged by axe-core: in both colour schemes, on a wide and on a narrow screen, with tables and search in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import served

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)


def violations(page: Page, axe: str) -> list[str]:
    """Return what is wrong with the page that is open, as it looks now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", served.KINDS)
def test_a_kind_of_page_shuts_nobody_out(page: Page, address: str, axe: str, path: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address + path, wait_until="load")
    for scheme in ("light", "dark"):
        if scheme == "dark":
            page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(300)  # colours fade
            assert (violations(page, axe), scheme, width) == ([], scheme, width)
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_an_open_search_shuts_nobody_out(page: Page, address: str, axe: str, scheme: str) -> None:
    page.emulate_media(color_scheme="light" if scheme == "default" else "dark")
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("launch", delay=20)
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=15_000)
    page.wait_for_timeout(500)
    assert violations(page, axe) == []


def test_a_wide_table_is_scrolled_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}launch-templates/tier-1/")
    table = page.locator(".md-typeset__scrollwrap[tabindex='0']").first
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("element => element.scrollLeft > 0", arg=table.element_handle())
    assert "Table: " in (table.get_attribute("aria-label") or "")


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    top = {path.name for path in site.iterdir() if path.is_dir()} - {"assets", "search"}
    assert top <= {path.partition("/")[0] for path in served.KINDS}, "add a page to tests/browser/served.py"
