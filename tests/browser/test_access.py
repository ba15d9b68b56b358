"""Every kind of page, opened once and looked at in both colour schemes, on a wide and on a narrow screen.

It opens without an error, fits into the window and shuts nobody out; axe-core is the judge. A picture of each is left for
people to look at: in build/screenshots, light and wide, dark and narrow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import served

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parent.parent.parent / "build/screenshots"
NARROW, WIDE = 390, 1280
#: in this order each step changes one thing
LOOKS = (("light", WIDE), ("light", NARROW), ("dark", NARROW), ("dark", WIDE))
PICTURED = {LOOKS[0], LOOKS[2]}
#: what the scheme can change: it sets colours and nothing else
_COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, axe: str, rules: list[str] | None = None) -> list[str]:
    """Return what is wrong with the page that is open, as it looks now, by all rules or by some."""
    served.settled(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    options = {"resultTypes": ["violations"], "preload": False, **({"runOnly": rules} if rules else {})}
    found: Any = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", served.KINDS)
def test_a_kind_of_page_opens_fits_and_shuts_nobody_out(
    reading: Page, address: str, axe: str, path: str
) -> None:
    name = path.strip("/").replace("/", "-").removesuffix(".html") or "home"
    reading.emulate_media(color_scheme="light")
    response = reading.goto(address + path, wait_until="load")
    assert response is not None
    assert response.status == 200
    expect(reading.locator("h1")).to_have_count(1)
    for scheme, width in LOOKS:
        reading.set_viewport_size({"width": width, "height": 900})
        if (scheme, width) == LOOKS[2]:
            reading.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
            expect(reading.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        found = violations(reading, axe, _COLOURS if scheme == "dark" else None)
        assert (found, scheme, width) == ([], scheme, width)
        wide = reading.evaluate("document.documentElement.scrollWidth")
        assert (wide <= width, scheme, width) == (True, scheme, width)
        if (scheme, width) in PICTURED:
            reading.screenshot(path=PICTURES / f"{name}-{scheme}-{width}.png")


def test_an_open_search_shuts_nobody_out(page: Page, address: str, axe: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("launch")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30_000)
    assert violations(page, axe) == []
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")  # a click would close it
    assert violations(page, axe, _COLOURS) == []
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_a_wide_table_is_scrolled_by_keyboard(reading: Page, address: str) -> None:
    reading.set_viewport_size({"width": NARROW, "height": 800})
    reading.goto(f"{address}processes/go-no-go/")
    table = reading.locator(".md-typeset__scrollwrap[tabindex='0']").first
    table.focus()
    reading.keyboard.press("ArrowRight")
    reading.wait_for_function("element => element.scrollLeft > 0", arg=table.element_handle())
    assert "Table: " in (table.get_attribute("aria-label") or "")
    step = table.get_by_role("link", name="1. Collect the evidence").bounding_box()
    assert step is not None
    assert step["x"] >= 0, "the steps went out of sight"


#: pages with wide tables, and how many of them still scroll on a phone: those that are compared across
_WIDE = {
    "": 0,
    "processes/": 0,
    "processes/go-no-go/": 1,
    "launch-templates/tier-1/": 0,
    "launches/shared-dashboards/": 0,
    "onboarding/": 0,
    "roles/": 0,
    "roles/product-manager/": 0,
    "guides/launch-tiers/": 0,
    "health/": 0,
    "reference/rules/": 0,
    "reference/commands/": 0,
}


@pytest.mark.parametrize("path", _WIDE)
def test_on_a_phone_only_a_matrix_scrolls_sideways(reading: Page, address: str, path: str) -> None:
    reading.set_viewport_size({"width": NARROW, "height": 800})
    reading.goto(address + path, wait_until="load")
    reading.wait_for_selector(".md-typeset__scrollwrap")
    wide = reading.locator(".md-typeset__scrollwrap").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText.slice(0, 80))"
    )
    assert len(wide) == _WIDE[path], wide


def test_on_a_phone_each_cell_stands_behind_its_head(reading: Page, address: str) -> None:
    reading.set_viewport_size({"width": NARROW, "height": 800})
    reading.goto(f"{address}launch-templates/tier-1/#phase-frame")
    row = reading.get_by_role("row").filter(has_text="Write the launch brief").first
    heads = row.locator("td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content.split('\"')[1].trim())"
    )
    assert heads[:3] == ["Due", "Task", "Who"]
    expect(reading.get_by_role("columnheader", name="Task").first).to_be_hidden()


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    top = {path.name for path in site.iterdir() if path.is_dir()} - {"assets", "search"}
    assert top <= {path.partition("/")[0] for path in served.KINDS}, "add a page to tests/browser/served.py"
