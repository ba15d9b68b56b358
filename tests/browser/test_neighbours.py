"""The drawing of the neighbours of a process leads to them, by mouse and by keyboard, and its text stays inside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.site.test_fonts import BEYOND

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("title", "path"), [("Launch management", "processes"), ("Launch brief", "artifacts")]
)
def test_a_neighbour_is_one_click_away(page: Page, address: str, title: str, path: str) -> None:
    page.goto(f"{address}processes/go-no-go/")
    drawing = page.get_by_role("region", name="Neighbours of Go/no-go decision")
    drawing.get_by_role("link", name=f"{title}, ").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)
    assert f"/{path}/" in page.url


def test_names_stay_inside_of_their_boxes_and_the_list_has_them_too(page: Page, address: str) -> None:
    page.goto(f"{address}processes/launch-management/")
    assert page.evaluate(BEYOND.replace(".diagram-body a", ".neighbours a")) == []
    links = page.locator(".neighbours a")
    assert links.count() > 6
    for link in links.all():
        name = (link.get_attribute("aria-label") or "").rpartition(",")[0]
        place = page.locator("#before-and-after ~ dl, #inputs-and-outputs ~ *").get_by_role("link", name=name)
        assert place.count() > 0, name


def test_on_a_phone_the_drawing_scrolls_and_the_page_does_not(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}processes/launch-management/")
    drawing = page.locator(".neighbours")
    assert drawing.evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_shade_says_that_a_drawing_goes_on_and_is_gone_at_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}processes/launch-management/")
    shade = "one => Number(getComputedStyle(one, '::after').opacity)"
    wide, narrow = page.locator(".diagram").first, page.locator(".neighbours")
    assert wide.evaluate(shade) == 1
    assert narrow.evaluate(shade) == 0, "it fits, and nothing is to its right"
    wide.evaluate("one => one.scrollTo(one.scrollWidth, 0)")
    page.wait_for_function(f"one => ({shade})(one) < 0.01", arg=wide.element_handle())
